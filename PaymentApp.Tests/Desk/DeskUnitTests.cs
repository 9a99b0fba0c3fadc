using PaymentApp.Desk;
using PaymentApp.Desk.Actions;
using PaymentApp.Desk.Pages;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>The rules of the desk that need no shop.</summary>
public sealed class DeskUnitTests
{
    [Theory]
    [InlineData("12.50", "usd", 1250)]
    [InlineData("12", "usd", 1200)]
    [InlineData(".5", "usd", 50)]
    [InlineData("1800", "jpy", 1800)]
    [InlineData("1.234", "kwd", 1234)]
    [InlineData("1800.5", "jpy", null)]
    [InlineData("1.2345", "kwd", null)]
    [InlineData("12,50", "usd", null)]
    [InlineData("+5", "usd", null)]
    [InlineData(" ", "usd", null)]
    [InlineData("1000000000", "usd", null)]
    [InlineData("79228162514264337593543950335", "usd", null)]
    public void An_amount_is_what_the_currency_can_count(string typed, string currency, int? minorUnits) =>
        Assert.Equal(minorUnits, ActionForm.ReadAmount(typed, Currency.Of(currency))?.MinorUnits);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("Kettle", "Kettle")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void A_cell_is_text_whatever_it_looks_like(string text, string cell) => Assert.Equal(cell + "\r\n", Csv.Line(text));

    [Fact]
    public void Numbers_times_and_nothing_are_written_for_machines() =>
        Assert.Equal("-12.5,2026-09-01T12:00:00Z,2026-09-01,\r\n", Csv.Line(-12.5m, TestClock.Start.UtcDateTime, new DateOnly(2026, 9, 1), null));

    [Theory]
    [InlineData(null, null, "2026-08-03", "2026-09-01")]
    [InlineData("2026-08-30", null, "2026-08-30", "2026-09-01")]
    [InlineData(null, "2026-08-30", "2026-08-01", "2026-08-30")]
    [InlineData("2026-09-05", "2026-09-01", "2026-09-05", "2026-09-05")]
    [InlineData("1999-01-01", "2026-09-01", "2025-09-01", "2026-09-01")]
    [InlineData("9999-12-31", "0001-01-01", "2026-08-03", "2026-09-01")]
    [InlineData("tomorrow", "01.09.2026", "2026-08-03", "2026-09-01")]
    public void A_range_is_at_most_a_year_of_whole_days(string? from, string? to, string first, string last)
    {
        var range = DayRange.Read(from, to, new DateOnly(2026, 9, 1));

        Assert.Equal((first, last), ($"{range.From:yyyy-MM-dd}", $"{range.To:yyyy-MM-dd}"));
        Assert.InRange(range.Length, 1, DayRange.MostDays);
    }

    [Fact]
    public void A_key_is_within_the_day_of_its_order_and_tells_orders_of_one_moment_apart()
    {
        var day = new DayRange(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 1));
        var keys = Enumerable.Range(0, 100).Select(_ => PlacedKey.Of(new DateTime(2026, 9, 1, 23, 59, 59, 999, DateTimeKind.Utc), OrderId.New())).ToList();

        Assert.All(keys, key => Assert.InRange(key, day.FirstKey, day.EndKey - 1));
        Assert.True(keys.Distinct().Count() > 95);
        Assert.True(PlacedKey.FirstAt(DateTime.UnixEpoch.AddYears(230)) > 0);
        Assert.All(keys, key => Assert.Equal(new DateTime(2026, 9, 1, 23, 59, 59, 999, DateTimeKind.Utc), PlacedKey.MomentOf(key)));
    }

    [Fact]
    public void Filters_come_back_from_the_address_that_they_make()
    {
        var filter = new PaymentFilter(new DayRange(new DateOnly(2026, 8, 1), new DateOnly(2026, 9, 1)), PaymentState.Paid, "a&b=c", Currency.Eur, "4242", new SearchedEmail(EmailAddress.Parse("ada@mail.example"), "a+b&c"));

        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filter.ToQuery(("after", "7")));

        Assert.Equal(filter, PaymentFilter.Read(query["from"], query["to"], query["state"], query["code"], query["currency"], query["last4"], new SearchedEmail(EmailAddress.Parse("ada@mail.example"), query["email"].ToString()), default));
        Assert.Equal("7", query["after"]);
    }

    [Fact]
    public void Guesses_that_come_all_at_once_are_counted_too()
    {
        var failures = new SignInFailures(TestClock.Create());
        var allowed = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (failures.TryCount("olga", "192.0.2.1"))
                Interlocked.Increment(ref allowed);
        });

        Assert.Equal(SignInFailures.MostOfName, allowed);
    }

    [Fact]
    public void An_address_that_tries_many_names_is_locked_out_and_others_are_not()
    {
        var failures = new SignInFailures(TestClock.Create());
        for (var name = 0; name < SignInFailures.MostOfAddress; name++)
            Assert.True(failures.TryCount($"name{name}", "192.0.2.1"));

        Assert.False(failures.TryCount("olga", "192.0.2.1"));
        Assert.True(failures.TryCount("olga", "192.0.2.2"));
    }

    [Fact]
    public void Invented_names_do_not_wash_a_lock_out_away()
    {
        var failures = new SignInFailures(TestClock.Create());
        for (var guess = 0; guess < SignInFailures.MostOfName; guess++)
            failures.TryCount("olga", "192.0.2.1");
        for (var name = 0; name < 20_000; name++)
            failures.TryCount($"name{name}", $"address{name}");

        Assert.False(failures.TryCount("olga", "192.0.2.3"));
    }

    [Fact]
    public void Every_outcome_of_every_action_has_words()
    {
        foreach (var kind in Enum.GetValues<OperatorActionKind>())
        {
            foreach (var result in Enum.GetValues<OperatorActionResult>().Cast<OperatorActionResult?>().Append(null))
            {
                var now = TestClock.Start.UtcDateTime;
                var action = new OperatorAction(Guid.NewGuid(), OrderId.New(), "Olga", kind, null, null, now, result);
                Assert.NotEqual("", DeskWords.Outcome(action, isSettled: false, now));
                if (result is OperatorActionResult.Unknown && kind is not (OperatorActionKind.Note or OperatorActionKind.Read))
                    Assert.Contains("unknown", DeskWords.Outcome(action, isSettled: false, now), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(1, false, "under way")]
    [InlineData(10, true, "cut short when the shop stopped. The timeline")]
    [InlineData(10, false, "the outcome is unknown")]
    public void An_action_that_a_crash_cut_short_is_not_under_way_for_ever(int minutes, bool isSettled, string words)
    {
        var begun = TestClock.Start.UtcDateTime;
        var action = new OperatorAction(Guid.NewGuid(), OrderId.New(), "Olga", OperatorActionKind.Refund, null, "Duplicate", begun);

        Assert.Contains(words, DeskWords.Outcome(action, isSettled, begun.AddMinutes(minutes)), StringComparison.Ordinal);
    }
}
