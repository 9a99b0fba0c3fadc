using System.Diagnostics;
using StripeSandbox.Calls;
using StripeSandbox.Idempotency;
using StripeSandbox.Rendering;

namespace StripeSandbox.Api;

/// <summary>An answer as the API gives it, before a fault gets at it.</summary>
internal sealed record GivenAnswer(string Origin, ApiRoute Route, string Path, KeyKind Key, ApiVersion Version, Answer Answer);

/// <summary>
/// Shows every answer to whoever listens to the <see cref="DiagnosticListener"/> of this name; costs nothing while nobody does.
/// A listener that throws turns the answer into a 500 with its message.
/// </summary>
internal static class AnswerDiagnostics
{
    public const string ListenerName = "StripeSandbox";
    public const string Answered = "StripeSandbox.Answered";

    private static readonly DiagnosticListener Source = new(ListenerName);

    public static void Show(HttpContext context, ApiRoute route, AnswerSender sender, Answer answer)
    {
        if (!Source.IsEnabled(Answered))
            return;
        var request = context.Request;
        Source.Write(Answered, new GivenAnswer($"{request.Scheme}://{request.Host}", route, request.Path.Value!, sender.Key, sender.Version, answer));
    }
}
