namespace PaymentApp.Preferences;

/// <summary>Wires what a visitor chooses for a browser.</summary>
internal static class PreferencesHosting
{
    // Its form is on every page: a token in each, which is a cookie too, would be the dearest part of it.
    public static void MapPreferences(this IEndpointRouteBuilder routes) =>
        routes.MapPost(PreferencesEndpoint.Path, PreferencesEndpoint.Choose).DisableAntiforgery().AddEndpointFilter(OwnPages.OnlyAsync);
}
