using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Random histories of one SetupIntent, played against the sandbox and against a model of a page.
/// </summary>
public sealed class SetupHistoryTests(ITestOutputHelper output)
{
    private static readonly int Runs = TestSize.Of(quick: 25, full: 200);

    [Fact]
    public async Task Any_history_leaves_the_setup_where_the_model_says()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var histories = StateMachineTests.Steps().NonEmptyListOf().Select(steps => new SetupHistory([.. steps]));
        Randomly.Check(output, Arb.From(histories, SetupHistory.Shorter), (SetupHistory history) => PlayAsync(sandbox, history), Runs);
    }

    private static async Task PlayAsync(SandboxUnderTest sandbox, SetupHistory history)
    {
        var created = (await sandbox.NewSetupAsync()).Ok();
        var model = new SetupModel();
        var usedCard = "pm_none";

        foreach (var step in history.Steps)
        {
            var expected = model.Play(step);
            var answer = step switch
            {
                ConfirmWith { Card: var card } => await sandbox.ConfirmSetupAsync(created.Id, ("payment_method", StateMachineTests.TokenOf(card))),
                ConfirmAgain => await sandbox.ConfirmSetupAsync(created.Id),
                ConfirmWithUsedCard => await sandbox.ConfirmSetupAsync(created.Id, ("payment_method", usedCard)),
                AnswerBank { IsAuthenticated: var passed } => await sandbox.AnswerSetupChallengeAsync(created.Id, passed ? "succeed" : "fail"),
                Cancel => await sandbox.PostAsync($"/v1/setup_intents/{created.Id}/cancel"),
                Wait { Minutes: var minutes } => Advance(minutes),
                _ => throw new InvalidOperationException(),
            };

            var now = (await sandbox.SetupAsync(created.Id)).Ok();
            var error = now.At("last_setup_error") is null ? null : now.At("last_setup_error.code");
            var attempts = sandbox.Server.Books.Find<SetupIntent>(created.Id)!.SetupAttempts;
            Assert.Equal(
                $"{step}: {expected.Status} -> {model.State}, error {model.LastError}, {model.Attempts} attempts",
                $"{step}: {answer?.Status ?? 200} -> {now.State}, error {error}, {attempts.Count} attempts");
            Assert.Equal(now.State == "requires_action" ? 1 : 0,
                attempts.Select(sandbox.Server.Books.Find<SetupAttempt>).Count(attempt => attempt!.Status == SetupAttemptStatus.RequiresAction));
            if (error is not null)
                usedCard = now.Text("last_setup_error.payment_method.id");
        }

        SandboxAnswer? Advance(int minutes)
        {
            sandbox.Clock.Advance(TimeSpan.FromMinutes(minutes));
            return null;
        }
    }

    private sealed record SetupHistory(Step[] Steps)
    {
        public static IEnumerable<SetupHistory> Shorter(SetupHistory history) =>
            Enumerable.Range(0, history.Steps.Length).Select(left => new SetupHistory([.. history.Steps.Where((_, index) => index != left)]));

        public override string ToString() => string.Join("; ", (object[])Steps);
    }

    private sealed class SetupModel
    {
        private static readonly Expected Ok = new(200);
        private static readonly Expected Declined = new(402);
        private static readonly Expected Refused = new(400);

        private Card? _card;
        private int _minutesSinceConfirm;

        public string State { get; private set; } = "requires_payment_method";

        public string? LastError { get; private set; }

        public int Attempts { get; private set; }

        public Expected Play(Step step) => step switch
        {
            ConfirmWith { Card: var fresh } when IsOpen => Confirm(fresh),
            ConfirmAgain when IsOpen && _card is { } own => Confirm(own),
            AnswerBank { IsAuthenticated: var passed } when State == "requires_action" => Answer(passed),
            Cancel when IsOpen => End("canceled"),
            Wait { Minutes: var minutes } => Wait(minutes),
            _ => Refused,
        };

        private bool IsOpen => State is "requires_payment_method" or "requires_action";

        private Expected Confirm(Card with)
        {
            (_card, _minutesSinceConfirm, LastError) = (with, 0, null);
            Attempts++;
            if (with == Card.Declined)
            {
                Fail("card_declined");
                return Declined;
            }

            return End(with == Card.Good ? "succeeded" : "requires_action");
        }

        private Expected Answer(bool passed)
        {
            if (passed)
                return End("succeeded");
            Fail("setup_intent_authentication_failure");
            return Ok;
        }

        private Expected Wait(int minutes)
        {
            _minutesSinceConfirm += minutes;
            if (State == "requires_action" && _minutesSinceConfirm >= 60)
                Fail("setup_intent_setup_attempt_expired");
            return Ok;
        }

        private Expected End(string state)
        {
            State = state;
            return Ok;
        }

        private void Fail(string error) => (State, LastError, _card) = ("requires_payment_method", error, null);
    }
}
