namespace PaymentApp.Tests.Node;

/// <summary>A test that needs Node.js, which only development does: where it is missing, the test is shown as skipped.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!NodePackages.HasNode)
            Skip = NodePackages.WhyNot;
    }
}

/// <inheritdoc cref="NodeFactAttribute"/>
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute()
    {
        if (!NodePackages.HasNode)
            Skip = NodePackages.WhyNot;
    }
}
