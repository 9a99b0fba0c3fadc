namespace PaymentApp.Telemetry;

/// <summary>Where traces and metrics go.</summary>
internal sealed class TelemetryOptions
{
    public string Endpoint { get; set; } = "";

    public bool IsValid => Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
