using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Ledger;

/// <summary>How a ledger is used that several nodes share. Section <c>Ledger</c>.</summary>
internal sealed class LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>
    /// Whether the start migrates the ledger. Null stands for yes on SQLite, which one process uses, and for no on PostgreSQL,
    /// where the command <c>migrate</c> does it once before new nodes are started.
    /// </summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>How often a node of PostgreSQL reads the versions of payments whose pages are open, for a notification may be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "Ledger:RecheckEvery is between a tenth of a second and an hour.")]
    public TimeSpan RecheckEvery { get; set; } = TimeSpan.FromSeconds(5);
}
