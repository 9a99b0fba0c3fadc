using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Work;

/// <summary>How the durable work queue behaves. Section <c>Work</c>.</summary>
internal sealed class WorkOptions
{
    public const string Section = "Work";

    /// <summary>How long work that fails is tried again, eight times at least, before it is parked for an operator.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ErrorMessage = "Work:GiveUpAfter is between a minute and a year.")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// How long what was done is kept. Stripe sends an event again for three days and lists it for thirty, and one that is
    /// forgotten would be processed once more.
    /// </summary>
    [Range(typeof(TimeSpan), "4.00:00:00", "3650.00:00:00", ErrorMessage = "Work:KeepDone is between four days and ten years.")]
    public TimeSpan KeepDone { get; set; } = TimeSpan.FromDays(35);

    /// <summary>How often the queue is read although nobody in this process put anything into it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "49.00:00:00", ErrorMessage = "Work:PollEvery is between ten milliseconds and 49 days.")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(15);
}
