using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Disputes;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>https://docs.stripe.com/api/disputes and https://docs.stripe.com/api/radar/early_fraud_warnings</summary>
internal static class DisputeEndpoints
{
    private static readonly ParameterSet ListParameters = Listing.Parameters.With(Parameter.Text("charge"), Parameter.Text("payment_intent"));

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get<Dispute>("/v1/disputes/{id}", new ParameterSet(), call => unit =>
            new ObjectReply(unit.Find<Dispute>(call.RouteId) ?? throw NoSuchDispute(call))),
        ApiRoute.Get<Dispute>("/v1/disputes", ListParameters, call =>
        {
            var (charge, intent) = (call.Form.Text("charge"), call.Form.Text("payment_intent"));
            return Listing.Prepare<Dispute>(call, dispute =>
                (charge is null || dispute.Charge == charge) && (intent is null || dispute.PaymentIntent == intent));
        }) with { IsList = true },
        ApiRoute.Post<Dispute>("/v1/disputes/{id}", DisputeEvidence.Update, Update),
        ApiRoute.Post<Dispute>("/v1/disputes/{id}/close", new ParameterSet(), Close),
        ApiRoute.Post<Dispute>("/_sandbox/disputes/{id}/settle", new ParameterSet(Parameter.Choice("outcome", "won", "lost").Required()), Settle)
            with { Access = Access.Control },
        ApiRoute.Get<EarlyFraudWarning>("/v1/radar/early_fraud_warnings/{id}", new ParameterSet(), call => unit =>
            new ObjectReply(unit.Find<EarlyFraudWarning>(call.RouteId) ?? throw Refusal.NoSuch("issuer_fraud_record", call.RouteId, "early_fraud_warning"))),
        ApiRoute.Get<EarlyFraudWarning>("/v1/radar/early_fraud_warnings", ListParameters, call =>
        {
            var (charge, intent) = (call.Form.Text("charge"), call.Form.Text("payment_intent"));
            return Listing.Prepare<EarlyFraudWarning>(call, warning =>
                (charge is null || warning.Charge == charge) && (intent is null || warning.PaymentIntent == intent));
        }) with { IsList = true },
    ];

    private static Func<UnitOfWork, Reply> Update(ApiCall call)
    {
        var form = call.Form;
        _ = DisputeEvidence.Read(form["evidence"], Metadata.Empty);
        _ = MetadataForm.Read(form["metadata"], Metadata.Empty);
        return unit =>
        {
            var dispute = Claimed(unit, call);
            var isAnswer = form.Has("evidence") || form.Flag("submit") == true;
            if (isAnswer)
                RequireUnsettled(dispute);
            var isSubmitted = isAnswer && form.Flag("submit") != false;
            var updated = unit.Put(dispute with
            {
                Evidence = DisputeEvidence.Read(form["evidence"], dispute.Evidence),
                IntendedSubmissionMethod = form.Text("intended_submission_method") ?? dispute.IntendedSubmissionMethod,
                Metadata = MetadataForm.Read(form["metadata"], dispute.Metadata),
                State = isSubmitted ? DisputeState.UnderReview : dispute.State,
                SubmissionCount = dispute.SubmissionCount + (isSubmitted ? 1 : 0),
            });
            unit.Emit("charge.dispute.updated", updated, dispute);
            return new ObjectReply(isSubmitted ? Disputing.Judge(unit, updated) : updated);
        };
    }

    // Who has nothing to say accepts that the money is lost.
    private static Func<UnitOfWork, Reply> Close(ApiCall call) => unit =>
    {
        var dispute = Claimed(unit, call);
        RequireUnsettled(dispute);
        return new ObjectReply(Disputing.Settle(unit, dispute, isWon: false));
    };

    private static Func<UnitOfWork, Reply> Settle(ApiCall call) => unit =>
    {
        var dispute = Claimed(unit, call);
        RequireUnsettled(dispute);
        return new ObjectReply(Disputing.Settle(unit, dispute, call.Form.Text("outcome") == "won"));
    };

    private static Dispute Claimed(UnitOfWork unit, ApiCall call)
    {
        unit.Claim<PaymentIntent>((unit.Find<Dispute>(call.RouteId) ?? throw NoSuchDispute(call)).PaymentIntent);
        return unit.Find<Dispute>(call.RouteId)!;
    }

    private static void RequireUnsettled(Dispute dispute)
    {
        if (dispute.State is DisputeState.Won or DisputeState.Lost)
            throw StateErrors.IsSettled(dispute);
    }

    private static Refusal NoSuchDispute(ApiCall call) => Refusal.NoSuch("dispute", call.RouteId, "id");
}
