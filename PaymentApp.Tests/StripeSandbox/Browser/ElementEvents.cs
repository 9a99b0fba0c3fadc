using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>What the elements of the host page have told it.</summary>
internal static class ElementEvents
{
    /// <summary>Waits for an event that a JavaScript condition on <c>event</c> accepts, and gives it as JSON.</summary>
    public static async Task<string> EventAsync(this IPage page, string condition)
    {
        string? told = null;
        await Eventually.TrueAsync(async () =>
        {
            told = await page.EvaluateAsync<string?>($"JSON.stringify(shop.events.findLast(event => {condition})) ?? null");
            return told is not null;
        });
        return told!;
    }

    /// <summary>The names of all events so far, in order.</summary>
    public static Task<string[]> EventNamesAsync(this IPage page) => page.EvaluateAsync<string[]>("shop.events.map(event => event.name)");

    /// <summary>Runs a call that gives a promise, and gives its outcome: <c>value</c>, or <c>rejected</c> with <c>message</c>.</summary>
    public static Task<JsonElement> OutcomeAsync(this IPage page, string call) => page.EvaluateAsync<JsonElement>($"() => shop.outcome({call})");
}
