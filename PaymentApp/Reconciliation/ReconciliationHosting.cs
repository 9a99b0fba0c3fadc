using PaymentApp.Work;

namespace PaymentApp.Reconciliation;

/// <summary>Wires the looks at orders.</summary>
internal static class ReconciliationHosting
{
    public static void AddReconciliation(this IHostApplicationBuilder builder) =>
        builder.Services.AddWorkHandler<OrderLook>(WorkKind.Look);
}
