using StripeSandbox.Books;
using StripeSandbox.Forms;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;
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
    SandboxOptions options,
    TimeProvider clock,
    ILogger<ApiPipeline> logger)
{
    public async Task HandleAsync(HttpContext context, ApiRoute route)
    {
        var requestId = Ids.Request();
        var version = ApiVersion.Default;
        var key = KeyKind.Publishable;
        string? idempotencyKey = null;
        Answer answer;
        try
        {
            agenda.RunDue();
            var form = await RequestForm.ReadAsync(context.Request, context.RequestAborted);
            key = Admit(context, route, form);
            version = VersionOf(context.Request, form);
            idempotencyKey = IdempotencyKeyOf(context.Request);
            answer = Answer(route, new ApiCall(
                requestId, key, version, form, idempotencyKey, context.Request.Path.Value!, context.Request.RouteValues["id"] as string,
                $"{context.Request.Scheme}://{context.Request.Host}"));
        }
        catch (Refusal refusal)
        {
            answer = Refuse(refusal, requestId, key);
        }
#pragma warning disable CA1031 // Whatever goes wrong in here, the client gets Stripe's answer to it.
        catch (Exception problem) when (problem is not (OperationCanceledException or BadHttpRequestException))
#pragma warning restore CA1031
        {
            Log.Failed(logger, problem, context.Request.Method, context.Request.Path);
            answer = Refuse(new Refusal(StatusCodes.Status500InternalServerError, new Failure
            {
                Type = "api_error",
                Message = "An error occurred on our side. Check the sandbox's log.",
            }), requestId, key);
        }

        Log.Answered(logger, context.Request.Method, context.Request.Path, answer.Status, requestId);
        await AnswerHeaders.SendAsync(context, route, answer, requestId, version, idempotencyKey, key);
    }

    /// <summary>Answers a request for what is not there.</summary>
    public Task RefuseAsync(HttpContext context, ApiRoute route)
    {
        var requestId = Ids.Request();
        var refusal = Refusal.NoSuchUrl(context.Request.Method, context.Request.Path.Value!);
        return AnswerHeaders.SendAsync(
            context, route, Refuse(refusal, requestId, KeyKind.Secret), requestId, ApiVersion.Default, null, KeyKind.Secret);
    }

    private Answer Answer(ApiRoute route, ApiCall call)
    {
        if (call.IdempotencyKey is not { } key)
            return Execute(route, call, null);
        using var claim = keys.Take(call.Key.ToString(), key, call.Path, Fingerprint.Of(call.Form), Now);
        return claim.Replay is { } replay ? replay with { IsReplay = true } : Execute(route, call, claim);
    }

    private Answer Execute(ApiRoute route, ApiCall call, IdempotencyKeys.Claim? claim)
    {
        route.Accepted.Check(call.Form);
        var expansion = Expansion.Parse(call.Form.TextList("expand"), route.Returns, route.IsList);
        var execute = route.Prepare(call);

        using var unit = new UnitOfWork(books, clock.GetUtcNow(), call.RequestId, call.IdempotencyKey);
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

        var body = ReplyWriter.Write(reply, unit, call.Version, expansion, call.IsPublishable, call.RequestId, unit.NowSeconds);
        var answer = new Answer(reply.Status, body) { RequestId = call.RequestId };
        unit.Commit();
        claim?.Keep(answer, unit.NowSeconds);
        return answer;
    }

    private KeyKind Admit(HttpContext context, ApiRoute route, FormNode form)
    {
        switch (route.Access)
        {
            case Access.ClientSecret:
                return KeyKind.Publishable;
            case Access.Control:
                ControlAccess.Require(context, options);
                return KeyKind.Secret;
            default:
                var key = ApiKey.Recognize(ApiKey.Of(context.Request, form), options);
                return key == KeyKind.Secret || route.Access == Access.SecretOrPublishableKey
                    ? key
                    : throw Refusal.Invalid(
                        "This API call cannot be made with a publishable API key. Please use a secret API key. " +
                        "You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
                        code: "secret_key_required", status: StatusCodes.Status403Forbidden);
        }
    }

    private static ApiVersion VersionOf(HttpRequest request, FormNode form)
    {
        var text = request.Headers[AnswerHeaders.StripeVersion].ToString();
        if (text.Length == 0)
            text = form.Text("_stripe_version");
        return ApiVersion.Parse(text) ?? throw Refusal.Invalid($"Invalid Stripe API version: {text}");
    }

    private static string? IdempotencyKeyOf(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || request.Headers[AnswerHeaders.IdempotencyKey].ToString() is not { Length: > 0 } key)
            return null;
        return key.Length <= IdempotencyKeys.MaxKeyLength
            ? key
            : throw Refusal.Invalid($"Idempotency keys can be at most {IdempotencyKeys.MaxKeyLength} characters long, yours has {key.Length}.");
    }

    private Answer Refuse(Refusal refusal, string requestId, KeyKind key) =>
        new(refusal.Status, ReplyWriter.Write(
            ErrorReply.From(refusal), books, ApiVersion.Default, Expansion.None, key == KeyKind.Publishable, requestId, Now))
        {
            RequestId = requestId,
            ShouldRetry = refusal.Failure.Code == "lock_timeout" ? true : null,
        };

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Path} {Status} {RequestId}")]
        public static partial void Answered(ILogger logger, string method, PathString path, int status, string requestId);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, Exception problem, string method, PathString path);
    }
}
