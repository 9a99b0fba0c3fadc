namespace PaymentApp.Preferences;

/// <summary>Wires what a visitor chooses for a browser.</summary>
internal static class PreferencesHosting
{
    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        // Its form is on every page: a token in each, which is a cookie too, would be the dearest part of it.
        routes.MapPost(PreferencesEndpoint.Path, PreferencesEndpoint.Choose).DisableAntiforgery().AddEndpointFilter(OwnPages.OnlyAsync);
        // No page stands here, but the page that says that a form was refused has a form, too, which leads back to this address.
        routes.MapGet(PreferencesEndpoint.Path, () => TypedResults.LocalRedirect("/"));
    }
}
