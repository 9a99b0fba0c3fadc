namespace PaymentApp.Security;

/// <summary>Wires what every request is held to.</summary>
internal static class SecurityHosting
{
    public static void AddSecurity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddLimits();
        builder.Services.AddForwardedRequests();
        builder.Services.AddTransportSecurity();
        builder.Services.AddCircuitLimit();
        builder.AddKeyStorage();
        builder.Services.AddTestKeys();
        builder.Services.AddPageCompression();
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseTransportSecurity();
        app.UseCircuitLimit();
        app.UseSecurityHeaders();
    }
}
