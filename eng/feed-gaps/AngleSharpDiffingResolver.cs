using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace FeedGaps;

/// <summary>
/// Answers bUnit's request for AngleSharp.Diffing 1.x with the 0.17 that every feed has: the runtime refuses an
/// older version by itself, a resolver may hand it out.
/// </summary>
internal static class AngleSharpDiffingResolver
{
#pragma warning disable CA2255 // The one place to be before bUnit's first type loads.
    [ModuleInitializer]
    internal static void Register() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "feed-gaps", "AngleSharp.Diffing.dll"))
            : null;
#pragma warning restore CA2255
}
