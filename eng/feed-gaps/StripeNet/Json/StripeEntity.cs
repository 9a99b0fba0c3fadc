using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Stripe;

/// <summary>What the API answers with.</summary>
public abstract class StripeEntity
{
    /// <summary>The whole object as JSON, client secret included: do not log it.</summary>
    public override string ToString() =>
        $"<{GetType().FullName}@{RuntimeHelpers.GetHashCode(this)} id={(this as IHasId)?.Id}> JSON: "
        + JsonSerializer.Serialize(this, GetType(), StripeJsonContext.Default);
}
