using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Random histories of one intent, played against the sandbox and against a model of a page.
/// </summary>
public sealed class StateMachineTests(ITestOutputHelper output)
{
    private static readonly int Runs = TestSize.Of(quick: 25, full: 300);

    [Fact]
    public async Task Any_history_leaves_the_intent_where_the_model_says()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        Randomly.Check(output, Arb.From(Histories(), ShorterHistories), (History history) => PlayAsync(sandbox, history), Runs);
    }

    private static async Task PlayAsync(SandboxUnderTest sandbox, History history)
    {
        var created = (await sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirmation_method", "manual"), ("allowed_payment_method_types[]", "card"),
            ("capture_method", history.CapturesLater ? "manual" : "automatic"))).Ok();
        var model = new IntentModel(history.CapturesLater);
        var usedCard = "pm_none";

        foreach (var step in history.Steps)
        {
            var expected = model.Play(step);
            var answer = step switch
            {
                ConfirmWith { Card: var card } => await sandbox.ConfirmAsync(created.Id, ("payment_method", TokenOf(card)), ("use_stripe_sdk", "true")),
                ConfirmAgain => await sandbox.ConfirmAsync(created.Id, ("use_stripe_sdk", "true")),
                ConfirmWithUsedCard => await sandbox.ConfirmAsync(created.Id, ("payment_method", usedCard)),
                AnswerBank { IsAuthenticated: var passed } => await sandbox.AnswerChallengeAsync(created.Id, passed ? "succeed" : "fail"),
                Cancel => await sandbox.PostAsync($"/v1/payment_intents/{created.Id}/cancel"),
                Wait { Minutes: var minutes } => Advance(minutes),
                _ => throw new InvalidOperationException(),
            };

            var now = (await sandbox.GetAsync($"/v1/payment_intents/{created.Id}")).Ok();
            var charges = sandbox.Server.Books.All<Charge>().Count(charge => charge.PaymentIntent == created.Id && charge.Status == ChargeStatus.Succeeded);
            var error = now.At("last_payment_error") is null ? null : now.At("last_payment_error.code");
            Assert.Equal(
                $"{step}: {expected.Status} -> {model.State}, error {model.LastError}, {model.Charges} charged",
                $"{step}: {answer?.Status ?? 200} -> {now.State}, error {error}, {charges} charged");
            if (error is not null && now.Has("last_payment_error.payment_method.id"))
                usedCard = now.Text("last_payment_error.payment_method.id");
        }

        SandboxAnswer? Advance(int minutes)
        {
            sandbox.Clock.Advance(TimeSpan.FromMinutes(minutes));
            return null;
        }
    }

    internal static string TokenOf(Card card) => card switch
    {
        Card.Good => "pm_card_visa",
        Card.Declined => "pm_card_chargeDeclined",
        Card.Authenticated => "pm_card_authenticationRequired",
        _ => "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    };

    internal static Gen<Step> Steps()
    {
        var card = Gen.Elements(Enum.GetValues<Card>());
        return Gen.Frequency(
            (5, card.Select(Step (one) => new ConfirmWith(one))),
            (4, Gen.Constant<Step>(new ConfirmAgain())),
            (1, Gen.Constant<Step>(new ConfirmWithUsedCard())),
            (5, Gen.Elements(true, true, false).Select(Step (passed) => new AnswerBank(passed))),
            (1, Gen.Constant<Step>(new Cancel())),
            (3, Gen.Elements(1, 30, 59, 60, 61, 7 * 24 * 60).Select(Step (minutes) => new Wait(minutes))));
    }

    private static Gen<History> Histories() =>
        from later in Gen.Elements(true, false)
        from steps in Steps().NonEmptyListOf()
        select new History(later, [.. steps]);

    private static IEnumerable<History> ShorterHistories(History history) =>
        Enumerable.Range(0, history.Steps.Length).Select(left => history with { Steps = [.. history.Steps.Where((_, index) => index != left)] });

    internal sealed record History(bool CapturesLater, Step[] Steps)
    {
        public override string ToString() => $"capture later {CapturesLater}: {string.Join("; ", (object[])Steps)}";
    }
}

internal enum Card
{
    Good,
    Declined,
    Authenticated,
    AuthenticatedThenDeclined,
}

internal abstract record Step;

internal sealed record ConfirmWith(Card Card) : Step;

internal sealed record ConfirmAgain : Step;

internal sealed record ConfirmWithUsedCard : Step;

internal sealed record AnswerBank(bool IsAuthenticated) : Step;

internal sealed record Cancel : Step;

internal sealed record Wait(int Minutes) : Step;
