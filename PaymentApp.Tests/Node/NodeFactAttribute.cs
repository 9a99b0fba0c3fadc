using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Node;

/// <summary>A test that needs Node.js, which only development does: where it is missing, the test is shown as skipped.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="isDear">Whether it is left out but in a full run.</param>
    public NodeFactAttribute(bool isDear = false) => Skip = (isDear ? TestSize.WhyLeftOut : null) ?? (NodePackages.HasNode ? null : NodePackages.WhyNot);
}

/// <inheritdoc cref="NodeFactAttribute"/>
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="NodeFactAttribute(bool)"/>
    public NodeTheoryAttribute(bool isDear = false) => Skip = (isDear ? TestSize.WhyLeftOut : null) ?? (NodePackages.HasNode ? null : NodePackages.WhyNot);
}
