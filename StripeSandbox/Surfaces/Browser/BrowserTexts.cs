using System.Text.Json;
using System.Text.Json.Nodes;

namespace StripeSandbox.Browser;

/// <summary>
/// What people read in the script, its frames and the bank's page: one table a language, <c>Assets/locales/*.json</c>, each
/// with groups of texts. Every table has the same keys.
/// </summary>
internal static class BrowserTexts
{
    public const string Fallback = "en";

    public static IReadOnlyDictionary<string, JsonObject> Languages { get; } = BrowserAsset.LoadAll("locales/").ToDictionary(
        file => Path.GetFileNameWithoutExtension(file.Path), file => JsonNode.Parse(file.Asset.Content)!.AsObject());

    /// <summary>All tables as one JavaScript object.</summary>
    public static string AsScript { get; } = JsonSerializer.Serialize(Languages);

    /// <summary>The best of our languages for an <c>Accept-Language</c> header; English where it names none of them.</summary>
    public static string LanguageFor(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(accepted => accepted.Value.Value?.Split('-')[0].ToLowerInvariant() ?? "")
        .FirstOrDefault(Languages.ContainsKey, Fallback);

    public static string Text(string language, string group, string key) => Languages[language][group]![key]!.GetValue<string>();
}
