using System.Diagnostics;
using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Faults;
using StripeSandbox.Forms;
using StripeSandbox.Guard;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;
using StripeSandbox.Time;

namespace StripeSandbox.Api;

/// <summary>
/// The way of every request: key, version, form, idempotency, validation, execution, answer. Execution is synchronous
/// and touches memory only, so a request holds its locks for microseconds.
/// </summary>
internal sealed partial class ApiPipeline(
    SandboxBooks books,
    Agenda agenda,
    IdempotencyKeys keys,
    FaultBox faults,
    AccessSettings access,
    SandboxKeys apiKeys,
    SandboxClock clock,
    IRequestObserver observer,
    ILogger<ApiPipeline> logger)
{
    /// <summary>Marks a call, among the items of its context, that no fault is to meet.</summary>
    public static readonly object WithoutFaults = new();

    public async Task HandleAsync(HttpContext context, ApiRoute route)
    {
        var struck = route.Access == Access.Control || context.Items.ContainsKey(WithoutFaults) ? null : faults.Strike(route.Method, route.Pattern);
        if (struck?.Kind == FaultKind.ResetBefore)
        {
            context.Abort();
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var sender = new AnswerSender(context, route, Ids.Request()) { Fault = struck };
        var answer = await AnswerOrRefuseAsync(context, route, sender);
        var fault = sender.Fault;
        Log.Answered(logger, context.Request.Method, context.Request.Path, answer.Status, sender.RequestId);
        if (fault is not null)
        {
            if (fault.Kind == FaultKind.DelayAfter)
                await fault.WaitAsync(clock.World, context.RequestAborted);
            if (fault.Kind == FaultKind.ErrorAfter)
                answer = Refuse(FaultyAnswers.ServerError(), sender);
        }

        // Before the answer: who has it finds its request in the log.
        if (route.Access != Access.Control)
            observer.Observe(context, sender, answer, fault?.Kind, started);
        if (fault is not null)
        {
            if (fault.Kind == FaultKind.ResetAfter)
            {
                context.Abort();
                return;
            }

            answer = FaultyAnswers.Spoil(fault.Kind, answer);
        }

        await sender.SendAsync(answer);
    }

    /// <summary>Answers a request for what is not there.</summary>
    public Task RefuseAsync(HttpContext context, ApiRoute route)
    {
        var started = Stopwatch.GetTimestamp();
        var sender = new AnswerSender(context, route, Ids.Request()) { Key = KeyKind.Secret };
        var answer = Refuse(Refusal.NoSuchUrl(context.Request.Method, context.Request.Path.Value!), sender);
        observer.Observe(context, sender, answer, null, started);
        AnswerDiagnostics.Show(context, route, sender, answer);
        return sender.SendAsync(answer);
    }

    private async ValueTask<Answer> AnswerOrRefuseAsync(HttpContext context, ApiRoute route, AnswerSender sender)
    {
        try
        {
            Answer answer;
            try
            {
                answer = await AnswerAsync(context, route, sender);
            }
            catch (Refusal refusal)
            {
                answer = Refuse(refusal, sender);
            }

            AnswerDiagnostics.Show(context, route, sender, answer);
            return answer;
        }
#pragma warning disable CA1031 // Whatever goes wrong in here, the client gets an answer, and reads in it what went wrong.
        catch (Exception problem) when (problem is not (OperationCanceledException or BadHttpRequestException))
#pragma warning restore CA1031
        {
            Log.Failed(logger, problem, context.Request.Method, context.Request.Path);
            return Refuse(FaultyAnswers.ServerError($"StripeSandbox failed: {problem.Message}"), sender) with { ShouldRetry = false };
        }
    }

    private async ValueTask<Answer> AnswerAsync(HttpContext context, ApiRoute route, AnswerSender sender)
    {
        var request = context.Request;
        agenda.RunDue();
        var form = sender.Form = await RequestForm.ReadAsync(request, context.RequestAborted);
        sender.Key = Admit(context, route, form);
        sender.Version = VersionOf(request, form);
        sender.IdempotencyKey = IdempotencyKeyOf(request);
        if (route.Access != Access.Control)
            sender.Fault ??= faults.Strike(route.Method, route.Pattern, form);
        var fault = sender.Fault;
        if (fault is not null && FaultyAnswers.Instead(fault) is { } refusal)
            throw refusal;

        var call = new ApiCall(
            sender.RequestId, sender.Key, sender.Version, form, sender.IdempotencyKey, PathOf(request, route), request.RouteValues["id"] as string,
            sender.Link.Origin);
        using var claim = call.IdempotencyKey is { } key
            ? keys.Take(call.Key.ToString(), key, call.Path, Fingerprint.Of(form), clock.NowSeconds)
            : null;
        if (claim?.Replay is { } replay)
            return replay with { IsReplay = true };
        if (fault?.Kind == FaultKind.DelayBefore)
            await fault.WaitAsync(clock.World, context.RequestAborted);
        return Execute(route, call, sender, claim, isLost: fault?.Kind == FaultKind.ErrorStored);
    }

    private Answer Execute(ApiRoute route, ApiCall call, AnswerSender sender, IdempotencyKeys.Claim? claim, bool isLost)
    {
        route.Accepted.Check(call.Form);
        route.Rules.CheckFields(call.Form, null);
        var expansion = Expansion.Parse(call.Form.TextList("expand"), route.Returns, route.IsList, call.Version);
        var execute = route.Prepare(call);

        using var unit = new UnitOfWork(books, clock.Now, call.RequestId, call.IdempotencyKey);
        Reply reply;
        try
        {
            reply = execute(unit);
        }
        catch (Refusal refusal) when (refusal.Status != StatusCodes.Status429TooManyRequests)
        {
            unit.Discard();
            reply = ErrorReply.From(refusal);
        }

        if (isLost)
            reply = ErrorReply.From(FaultyAnswers.ServerError());
        sender.Reply = reply;
        var body = ReplyWriter.Write(reply, unit, call.Version, expansion, call.IsPublishable, sender.Link, unit.NowSeconds);
        var answer = new Answer(reply.Status, body) { RequestId = call.RequestId, Location = (reply as RedirectReply)?.Url };
        var kept = claim?.Record(answer, unit.NowSeconds);
        unit.Commit(kept);
        if (kept is not null)
            claim!.Keep(kept);
        return answer;
    }

    private KeyKind Admit(HttpContext context, ApiRoute route, FormNode form)
    {
        switch (route.Access)
        {
            case Access.ClientSecret:
                return KeyKind.Publishable;
            case Access.Control:
                ControlAccess.Require(context, access);
                return KeyKind.Secret;
            default:
                var key = ApiKey.Recognize(ApiKey.Of(context.Request, form), apiKeys);
                if (key == KeyKind.Secret)
                    CallerGuard.RequireProgram(context.Request, access);
                return key == KeyKind.Secret || route.Access == Access.SecretOrPublishableKey
                    ? key
                    : throw RequestErrors.NeedsSecretKey();
        }
    }

    // The route's own text, where it is the same: it is kept with the idempotency key.
    private static string PathOf(HttpRequest request, ApiRoute route) => request.Path.Value == route.Pattern ? route.Pattern : request.Path.Value!;

    private static ApiVersion VersionOf(HttpRequest request, FormNode form)
    {
        var text = request.Headers[AnswerSender.StripeVersionHeader].ToString();
        if (text.Length == 0)
            text = form.Text("_stripe_version");
        return ApiVersion.Parse(text) ?? throw ParameterErrors.InvalidVersion(text);
    }

    private static string? IdempotencyKeyOf(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || request.Headers[AnswerSender.IdempotencyKeyHeader].ToString() is not { Length: > 0 } key)
            return null;
        return key.Length <= IdempotencyKeys.MaxKeyLength
            ? key
            : throw RequestErrors.IdempotencyKeyTooLong(key, IdempotencyKeys.MaxKeyLength);
    }

    private Answer Refuse(Refusal refusal, AnswerSender sender)
    {
        sender.Reply = ErrorReply.From(refusal);
        var isPublishable = sender.Key == KeyKind.Publishable;
        return new(refusal.Status, ReplyWriter.Write(sender.Reply, books, sender.Version, Expansion.None, isPublishable, sender.Link, clock.NowSeconds))
        {
            RequestId = sender.RequestId,
            ShouldRetry = refusal.Failure.Code == "lock_timeout" ? true : null,
            RetryAfter = refusal.Failure.Code == "rate_limit" ? 1 : null,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Path} {Status} {RequestId}")]
        public static partial void Answered(ILogger logger, string method, PathString path, int status, string requestId);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, Exception problem, string method, PathString path);
    }
}
