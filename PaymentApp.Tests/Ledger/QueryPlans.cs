using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace PaymentApp.Tests.Ledger;

/// <summary>
/// Asks the database how it would run every command that a piece of code executes. A command that reads a table or an index
/// from one end to the other costs more with every order: https://sqlite.org/eqp.html,
/// https://www.postgresql.org/docs/current/using-explain.html.
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
        if (command is not NpgsqlCommand)
            return Read(command, "EXPLAIN QUERY PLAN " + statement, "detail");

        // In a small table, or where most of a table is wanted, reading all of it is the best plan there is. Whether there is
        // a way that stays the best one in a large table shows when the planner must take any other that it has.
        Read(command, "SET enable_seqscan = off");
        var plan = Read(command, "EXPLAIN (COSTS OFF) " + statement, "QUERY PLAN");
        Read(command, "RESET enable_seqscan");
        return plan;
    }

    private static List<string> Read(DbCommand command, string sql, string? column = null)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
#pragma warning disable CA2100 // The statement is the application's own, and its values stay parameters.
        explain.CommandText = sql;
#pragma warning restore CA2100
        foreach (DbParameter parameter in command.Parameters)
        {
            if (column is not null)
                explain.Parameters.Add(CopyOf(explain, parameter));
        }

        using var rows = explain.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
            lines.Add(rows.GetString(rows.GetOrdinal(column!)));
        return lines;
    }

    private static DbParameter CopyOf(DbCommand explain, DbParameter parameter)
    {
        if (parameter is NpgsqlParameter typed)
            return typed.Clone();
        var copy = explain.CreateParameter();
        (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
        return copy;
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

/// <summary>One command and how the database runs it.</summary>
/// <param name="Plan">The lines of its plan.</param>
internal sealed partial record PlannedCommand(string Sql, IReadOnlyList<string> Plan)
{
    /// <summary>
    /// The lines that read a whole table or index, or that build an index of one for this query alone. What the query
    /// itself has put together before, from rows that it found by key, may be read whole.
    /// </summary>
    public IReadOnlyList<string> Scans => [.. Plan.Where((line, index) => IsSqliteScan(line) || IsPostgresScan(line, index))];

    public override string ToString() => $"{Sql}\n\n{string.Join('\n', Plan)}";

    private bool IsSqliteScan(string line) =>
        line.Contains("AUTOMATIC", StringComparison.Ordinal)
        || (line.StartsWith("SCAN ", StringComparison.Ordinal) && !line.EndsWith("CONSTANT ROW", StringComparison.Ordinal) && !IsOwn(line.Split(' ')[1]));

    /// <summary>A sequential scan, or an index without a condition that is not read in its order up to a limit.</summary>
    private bool IsPostgresScan(string line, int index)
    {
        if (line.Contains("Seq Scan on ", StringComparison.Ordinal))
            return true;
        return PostgresIndex().IsMatch(line)
            && !Plan.Skip(index + 1).TakeWhile(below => !below.Contains("->", StringComparison.Ordinal)).Any(below => below.Contains("Index Cond:", StringComparison.Ordinal))
            && !Plan.Take(index).Any(above => above.Trim() is "Limit" or "->  Limit");
    }

    private bool IsOwn(string name) => Plan.Contains("MATERIALIZE " + name) || Plan.Contains("CO-ROUTINE " + name);

    [GeneratedRegex("Index (Only )?Scan (Backward )?using ")]
    private static partial Regex PostgresIndex();
}
