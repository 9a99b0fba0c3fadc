namespace PaymentApp.Tests.Infrastructure;

/// <summary>A test that takes many seconds of two cores, and is skipped but in a full run (<see cref="TestSize.IsFull"/>).</summary>
public sealed class FullFactAttribute : FactAttribute
{
    public FullFactAttribute() => Skip = TestSize.WhyLeftOut;
}

/// <summary>A theory whose every row is such a test.</summary>
public sealed class FullTheoryAttribute : TheoryAttribute
{
    public FullTheoryAttribute() => Skip = TestSize.WhyLeftOut;
}
