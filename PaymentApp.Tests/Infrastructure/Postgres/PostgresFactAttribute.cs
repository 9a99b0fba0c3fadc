namespace PaymentApp.Tests.Infrastructure.Postgres;

/// <summary>A test that needs a PostgreSQL server. Where there is none, it is shown as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <param name="isDear">Whether it is left out but in a full run.</param>
    public PostgresFactAttribute(bool isDear = false) => Skip = (isDear ? TestSize.WhyLeftOut : null) ?? PostgresServer.WhyMissing;
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.WhyMissing;
}
