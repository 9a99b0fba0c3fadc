using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using PaymentApp.Payments;
using static System.Text.Json.Serialization.JsonIgnoreCondition;
using static Microsoft.AspNetCore.Components.Web.RenderMode;

namespace PaymentApp.Checkout;

/// <summary>
/// What a checkout form leaves to the form that takes its place when its circuit was given up and is resumed:
/// https://learn.microsoft.com/aspnet/core/blazor/state-management/server.
/// </summary>
/// <param name="WasBusy">Whether a payment was under way, which then goes on without a click.</param>
/// <param name="Alert">What the shopper was being told beside the card.</param>
/// <param name="Known">How the order stood; true as long as its payment is at this version.</param>
internal sealed record CheckoutHandover(
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool WasBusy,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string? Alert,
    [property: JsonIgnore(Condition = WhenWritingDefault)] KnownPayment? Known = null)
{
    /// <summary>What the form before this one left; null where there was none.</summary>
    public static CheckoutHandover? Take(PersistentComponentState persisted, OrderId order) =>
        persisted.TryTakeFromJson<CheckoutHandover>(Key(order), out var handover) ? handover : null;

    /// <summary>Leaves what <paramref name="current"/> says when the circuit is given up, until the subscription is disposed.</summary>
    public static IDisposable Leave(PersistentComponentState persisted, OrderId order, Func<CheckoutHandover> current) =>
        persisted.RegisterOnPersisting(
            () =>
            {
                persisted.PersistAsJson(Key(order), current());
                return Task.CompletedTask;
            },
            InteractiveServer);

    /// <summary>What to tell a shopper who can enter a card again: a failure that was known before is not that of the card that was under way.</summary>
    public string? AlertFor(PaymentChange now, CheckoutText text) => !WasBusy ? Alert
        : now.View.Failure is { } failure && !(now.Version <= Known?.Version) ? text.Failure(failure)
        : text["ConnectionTrouble"];

    // Not the one that earlier versions left other things under: their nodes may run beside this one.
    private static string Key(OrderId order) => $"pay:{order.Value}";
}
