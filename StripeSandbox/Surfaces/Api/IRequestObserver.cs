using StripeSandbox.Faults;
using StripeSandbox.Idempotency;

namespace StripeSandbox.Api;

/// <summary>Is told of every request of the API, before its answer goes out.</summary>
internal interface IRequestObserver
{
    /// <param name="context">The request.</param>
    /// <param name="sender">Who asked what.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="fault">The fault that strikes it; null for none.</param>
    /// <param name="started">The timestamp at which it came.</param>
    void Observe(HttpContext context, AnswerSender sender, Answer answer, FaultKind? fault, long started);
}
