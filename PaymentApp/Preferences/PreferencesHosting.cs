namespace PaymentApp.Preferences;

/// <summary>Wires what a visitor chooses for a browser.</summary>
internal static class PreferencesHosting
{
    public static void MapPreferences(this IEndpointRouteBuilder routes) => routes.MapPost(PreferencesEndpoint.Path, PreferencesEndpoint.Choose);
}
