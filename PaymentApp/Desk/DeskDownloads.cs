using System.Text;
using PaymentApp.Desk.Queries;

namespace PaymentApp.Desk;

/// <summary>The desk's tables as files.</summary>
internal static class DeskDownloads
{
    private const int Batch = 500;

    public static void MapDeskDownloads(this IEndpointRouteBuilder routes)
    {
        var downloads = routes.MapGroup(DeskPaths.Root).RequireAuthorization(DeskPolicies.Look);
        downloads.MapGet("/payments.csv", SendPaymentsAsync);
        downloads.MapGet("/insights.csv", SendInsightsAsync);
    }

    private static async Task SendPaymentsAsync(
        HttpContext http, IDeskLedger ledger, EmailSearch emails, TimeProvider clock, string? from, string? to, string? state, string? code, string? currency, string? last4, string? email)
    {
        var filter = PaymentFilter.Read(from, to, state, code, currency, last4, emails.Read(email), Today(clock));
        await using var writer = Begin(http, $"payments-{filter.Days.From:yyyy-MM-dd}-{filter.Days.To:yyyy-MM-dd}.csv");
        await writer.WriteAsync(Csv.Line(
            "Placed", "Order", "Product", "State", "Currency", "Amount", "Received", "Refunded", "Failure code", "Card", "Last four", "Disputed", "PaymentIntent"));
        // Page by page: the whole file is never in memory, and the ledger is not held up by a slow reader.
        long? next = null;
        do
        {
            (var lines, next) = await ledger.ListAsync(filter, after: next, Batch, http.RequestAborted);
            foreach (var line in lines)
            {
                await writer.WriteAsync(Csv.Line(
                    line.PlacedAt, line.Number, line.Product, line.State, line.Amount.Currency, line.Amount.Major, line.Received.Major, line.Refunded.Major,
                    line.FailureCode, line.Card?.Brand, line.Card?.Last4, line.IsDisputed ? "yes" : "no", line.Intent));
            }

            await writer.FlushAsync(http.RequestAborted);
        }
        while (next is not null);
    }

    private static async Task SendInsightsAsync(HttpContext http, IDeskLedger ledger, TimeProvider clock, string? from, string? to)
    {
        var days = DayRange.Read(from, to, Today(clock));
        var counts = await ledger.CountAttemptsAsync(days, http.RequestAborted);
        await using var writer = Begin(http, $"insights-{days.From:yyyy-MM-dd}-{days.To:yyyy-MM-dd}.csv");
        await writer.WriteAsync(Csv.Line("Table", "Day", "What", "Count", "Currency", "Amount"));
        foreach (var failure in counts.Failures)
            await writer.WriteAsync(Csv.Line("failures", failure.Day, failure.Code, failure.Attempts, null, null));
        foreach (var challenge in counts.Challenges)
            await writer.WriteAsync(Csv.Line("authentication", null, challenge.Result, challenge.Attempts, null, null));
        foreach (var time in counts.BankTimes)
            await writer.WriteAsync(Csv.Line("time at the bank", null, time.UpToSeconds is { } limit ? $"up to {limit} s" : "longer", time.Attempts, null, null));
        foreach (var upgrade in counts.Upgrades)
            await writer.WriteAsync(Csv.Line("upgrade", null, upgrade.Kind, upgrade.Payments, upgrade.Money.Currency, upgrade.Money.Major));
        foreach (var country in counts.Countries)
        {
            await writer.WriteAsync(Csv.Line("attempts by card country", null, country.Country, country.Attempts, null, null));
            await writer.WriteAsync(Csv.Line("asked by card country", null, country.Country, country.Asked, null, null));
        }
    }

    private static StreamWriter Begin(HttpContext http, string name)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        http.Response.Headers.CacheControl = "no-store";
        return new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
