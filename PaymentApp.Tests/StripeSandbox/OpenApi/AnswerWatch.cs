using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StripeSandbox.Api;
using StripeSandbox.Calls;
using StripeSandbox.Idempotency;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Holds every answer that any sandbox of this process gives to a secret key against Stripe's description of today's objects, whoever asked: the
/// test itself, the shop, Node or a browser. A wrong answer becomes a 500 that says what is wrong, and is remembered until the
/// test ends its sandbox, so that a shop that lives with a 500 cannot hide it.
/// </summary>
internal sealed class AnswerWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly ConcurrentDictionary<int, ConcurrentQueue<string>> Wrong = new();

    /// <exception cref="WrongAnswerException">The sandbox at that address has given a wrong answer since it was started.</exception>
    public static void Verify(Uri sandbox)
    {
        if (Wrong.TryRemove(sandbox.Port, out var problems))
            throw new WrongAnswerException(string.Join('\n', problems));
    }

    /// <summary>Raised for every answer of every sandbox, whoever gets it.</summary>
    public static event Action<GivenAnswer>? Answered;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == AnswerDiagnostics.ListenerName)
            value.Subscribe(this, name => name == AnswerDiagnostics.Answered);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        var given = (GivenAnswer)value.Value!;
        Answered?.Invoke(given);
        if (given is { Key: KeyKind.Secret, Route.Access: not Access.Control, Version.HasAllowedMethodTypes: true })
            Check(given);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void Check(GivenAnswer given)
    {
        using var body = JsonDocument.Parse(given.Answer.Body);
        var problems = OpenApiSubset.ProblemsOf(body.RootElement);
        if (problems.Count == 0)
            return;
        var report = $"{given.Route.Method} {given.Path}: {string.Join("; ", problems)}";
        Wrong.GetOrAdd(new Uri(given.Origin).Port, _ => new()).Enqueue(report);
        throw new WrongAnswerException(report);
    }

#pragma warning disable CA2255 // The suite has no other place that runs before the first sandbox, whichever test starts it.
    [ModuleInitializer]
    internal static void Watch() => DiagnosticListener.AllListeners.Subscribe(new AnswerWatch());
#pragma warning restore CA2255
}

/// <summary>The sandbox answered what Stripe never would.</summary>
public sealed class WrongAnswerException(string report) : Exception(report);
