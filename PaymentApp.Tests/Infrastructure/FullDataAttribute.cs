using System.Reflection;
using Xunit.Sdk;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// A further row of a theory in a full run (<see cref="TestSize.IsFull"/>): another case of a kind that the rows of its
/// <c>InlineData</c> hold already.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FullDataAttribute(params object?[] row) : DataAttribute
{
    public IReadOnlyList<object?> Row => row;

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => TestSize.IsFull ? [row] : [];
}
