using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Actions;

/// <summary>Takes the forms of the payment page, and of the attention page, and leads back to it.</summary>
internal static class ActionEndpoints
{
    public static void MapDeskActions(this IEndpointRouteBuilder routes)
    {
        var payment = routes.MapGroup(DeskPaths.Payments + "/{number}").RequireAuthorization(DeskPolicies.Act);
        foreach (var kind in Enum.GetValues<OperatorActionKind>())
        {
            payment.MapPost(PathOf(kind), (HttpContext http, string number, IFormCollection form, IDeskLedger ledger, IPaymentService payments, OperatorActions actions) =>
                ActAsync(http, kind, number, form, ledger, payments, actions));
        }

        routes.MapPost(DeskPaths.Attention + "/replay", ReplayAsync).RequireAuthorization(DeskPolicies.Act);
    }

    public static string PathOf(OperatorActionKind kind) => kind switch
    {
        OperatorActionKind.Refund => "/refund",
        OperatorActionKind.Capture => "/capture",
        OperatorActionKind.Cancel => "/cancel",
        OperatorActionKind.Read => "/read",
        OperatorActionKind.Note => "/note",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static async Task<IResult> ActAsync(
        HttpContext http, OperatorActionKind kind, string number, IFormCollection form, IDeskLedger ledger, IPaymentService payments, OperatorActions actions)
    {
        if (await ledger.FindOrderAsync(number) is not { } order || await payments.FindAsync(order.Id) is not { } payment)
            return Results.NotFound();
        var page = DeskPaths.Payment(order.Number);
        if (ActionForm.Read(form, kind, payment, http.User.Identity?.Name ?? "", out var problem) is not { } ask)
            // What was mistyped can be typed again: the form stays open.
            return Results.LocalRedirect($"{page}?problem={problem}{(problem is ActionProblem.Form ? null : $"&ask={kind}")}");

        await actions.ActAsync(ask);
        // A reload repeats the page, not the action.
        return Results.LocalRedirect($"{page}?done={ask.Id:n}");
    }

    private static async Task<IResult> ReplayAsync(IFormCollection form, IParkedWork work)
    {
        var isReplayed = await work.ReplayAsync(form["id"].ToString());
        return Results.LocalRedirect($"{DeskPaths.Attention}?replayed={(isReplayed ? 1 : 0)}");
    }
}
