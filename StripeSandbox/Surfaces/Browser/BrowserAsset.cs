using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace StripeSandbox.Browser;

/// <summary>A file that the browser loads, as it travels inside this assembly.</summary>
internal sealed record BrowserAsset(byte[] Content, string ContentType)
{
    private const string ResourceRoot = "Browser/";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    internal EntityTagHeaderValue EntityTag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..32]}\"");

    internal bool IsDocument => ContentType.StartsWith("text/html", StringComparison.Ordinal);

    /// <summary>All files of a folder, by their path in it.</summary>
    internal static IEnumerable<(string Path, BrowserAsset Asset)> LoadAll(string folder)
    {
        foreach (var resource in typeof(BrowserAsset).Assembly.GetManifestResourceNames())
        {
            // Built on Windows, resource names carry its separators.
            var name = resource.Replace('\\', '/');
            if (name.StartsWith(ResourceRoot + folder, StringComparison.Ordinal))
                yield return (name[(ResourceRoot.Length + folder.Length)..], new BrowserAsset(Read(resource), TypeOf(name)));
        }
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(BrowserAsset).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string TypeOf(string name) => ContentTypes.TryGetContentType(name, out var type)
        ? type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type
        : throw new InvalidOperationException($"No content type is known for the embedded file {name}.");
}
