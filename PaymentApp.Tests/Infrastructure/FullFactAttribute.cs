namespace PaymentApp.Tests.Infrastructure;

/// <summary>A test that takes half a minute or more of two cores, and is skipped but in a full run (<see cref="TestSize.IsFull"/>).</summary>
public sealed class FullFactAttribute : FactAttribute
{
    public FullFactAttribute() => Skip = TestSize.WhyLeftOut;
}
