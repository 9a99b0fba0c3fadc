using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Payments;

/// <summary>What a payment asks of the database: each command is a round trip, each transaction a wait for the disk.</summary>
public sealed class PaymentCostTests
{
    [Theory]
    [InlineData("good", AuthenticationMode.Handle, typeof(PaymentOutcome.Succeeded))]
    [InlineData("bank", AuthenticationMode.Handle, typeof(PaymentOutcome.ActionRequired))]
    [InlineData("poor", AuthenticationMode.Handle, typeof(PaymentOutcome.Declined))]
    public async Task Paying_takes_three_commands_and_two_transactions(string card, AuthenticationMode mode, Type outcome)
    {
        var commands = new QueryPlans();
        var transactions = new Transactions();
        using var till = new PaymentTestBench(commands, transactions);
        till.Stripe.Before = _ => Task.CompletedTask;
        var order = await till.OrderAsync();
        commands.Clear();
        transactions.Committed = 0;

        Assert.IsType(outcome, await till.PayAsync(order, card, mode));

        // Read it, write the step, write Stripe's answer.
        Assert.Equal(3, commands.Commands.Count);
        Assert.Equal(2, transactions.Committed);
    }

    private sealed class Transactions : DbTransactionInterceptor
    {
        public int Committed { get; set; }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Committed++;
            return Task.CompletedTask;
        }
    }
}
