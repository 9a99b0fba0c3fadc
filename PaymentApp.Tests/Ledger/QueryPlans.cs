using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PaymentApp.Tests.Ledger;

/// <summary>
/// Asks SQLite how it would run every command that a piece of code executes. A command that reads a table or an index
/// from one end to the other costs more with every order: https://sqlite.org/eqp.html.
/// </summary>
internal sealed class QueryPlans : DbCommandInterceptor
{
    private readonly List<PlannedCommand> _commands = [];
    private readonly Lock _gate = new();

    /// <summary>Every command since the last call of <see cref="Clear"/>, in the order of their execution.</summary>
    public IReadOnlyList<PlannedCommand> Commands
    {
        get
        {
            lock (_gate)
                return [.. _commands];
        }
    }

    public void Clear()
    {
        lock (_gate)
            _commands.Clear();
    }

    /// <summary>Runs <paramref name="act"/> and fails if it executed no command, or one that reads a whole table.</summary>
    /// <returns>What it executed.</returns>
    public async Task<IReadOnlyList<PlannedCommand>> AssertByKeyAsync(Func<Task> act)
    {
        Clear();
        await act();
        var executed = Commands;
        Assert.NotEmpty(executed);
        Assert.All(executed, command => Assert.True(command.Scans.Count == 0, command.ToString()));
        return executed;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(Keep(command, result));

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(Keep(command, result));

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        new(Keep(command, result));

    private T Keep<T>(DbCommand command, T result)
    {
        var plan = Statements(command.CommandText).Where(IsPlanned).SelectMany(statement => Explain(command, statement)).ToList();
        lock (_gate)
            _commands.Add(new PlannedCommand(command.CommandText, plan));
        return result;
    }

    private static List<string> Explain(DbCommand command, string statement)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
#pragma warning disable CA2100 // The statement is the application's own, and its values stay parameters.
        explain.CommandText = "EXPLAIN QUERY PLAN " + statement;
#pragma warning restore CA2100
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        using var rows = explain.ExecuteReader();
        var details = new List<string>();
        while (rows.Read())
            details.Add(rows.GetString(rows.GetOrdinal("detail")));
        return details;
    }

    private static bool IsPlanned(string statement) =>
        new[] { "SELECT", "INSERT", "UPDATE", "DELETE", "WITH" }.Any(verb => statement.StartsWith(verb, StringComparison.OrdinalIgnoreCase));

    /// <summary>The statements of a batch: EXPLAIN stands before one of them, and the others would be carried out.</summary>
    private static IEnumerable<string> Statements(string batch)
    {
        var statement = new StringBuilder();
        char? quote = null;
        foreach (var character in batch)
        {
            if (quote is null && character is '\'' or '"')
                quote = character;
            else if (quote == character)
                quote = null;

            if (character is ';' && quote is null)
            {
                yield return statement.ToString().Trim();
                statement.Clear();
            }
            else
            {
                statement.Append(character);
            }
        }

        yield return statement.ToString().Trim();
    }
}

/// <summary>One command and how SQLite runs it.</summary>
/// <param name="Plan">The lines of its plan.</param>
internal sealed record PlannedCommand(string Sql, IReadOnlyList<string> Plan)
{
    /// <summary>
    /// The lines that read a whole table or index, or that build an index of one for this query alone. What the query
    /// itself has put together before, from rows that it found by key, may be read whole.
    /// </summary>
    public IReadOnlyList<string> Scans => [.. Plan.Where(line =>
        line.Contains("AUTOMATIC", StringComparison.Ordinal)
        || (line.StartsWith("SCAN ", StringComparison.Ordinal) && !line.EndsWith("CONSTANT ROW", StringComparison.Ordinal) && !IsOwn(line.Split(' ')[1])))];

    public override string ToString() => $"{Sql}\n\n{string.Join('\n', Plan)}";

    private bool IsOwn(string name) => Plan.Contains("MATERIALIZE " + name) || Plan.Contains("CO-ROUTINE " + name);
}
