using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NUglify;
using NUglify.Css;
using NUglify.JavaScript;

/// <summary>Puts the files of one bundle together, in their order, and takes out of them what a browser does not need.</summary>
public sealed class MinifyWebAssets : Task
{
    /// <summary>The files; their metadata <c>Bundle</c> names the file that each becomes a part of.</summary>
    [Required]
    public ITaskItem[] Sources { get; set; }

    // import … from './Other.js'; with the name of the other.
    private static readonly Regex SiblingImport = new Regex(@"(import\s*\{[^}]*\}\s*from\s*)'\./([^']+)';");

    private static readonly Regex Export = new Regex(@"^export (?=(async )?function |const |class )", RegexOptions.Multiline);

    public override bool Execute()
    {
        foreach (var bundle in Sources.GroupBy(source => source.GetMetadata("Bundle")))
        {
            // What the others export is for the last, which is what the bundle's name says.
            var text = string.Join("\n", bundle.Select(source => source == bundle.Last() ? TextOf(source) : Export.Replace(TextOf(source), "")));
            var minified = bundle.Key.EndsWith(".css")
                ? Uglify.Css(text, bundle.Key, new CssSettings { ColorNames = CssColor.NoSwap })
                : Uglify.Js(text, bundle.Key, new CodeSettings
                {
                    SourceMode = JavaScriptSourceMode.Module,
                    // It takes functions for unneeded that a module calls within an if.
                    RemoveUnneededCode = false,
                });
            foreach (var error in minified.Errors)
                Log.LogError(null, error.ErrorCode, null, error.File, error.StartLine, error.StartColumn, error.EndLine, error.EndColumn, error.Message);
            if (minified.HasErrors || Log.HasLoggedErrors)
                continue;

            Directory.CreateDirectory(Path.GetDirectoryName(bundle.Key));
            File.WriteAllText(bundle.Key, minified.Code);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>What a file says. A script's imports lead to the bundles that hold what is imported; what its own bundle holds needs none.</summary>
    private string TextOf(ITaskItem source) => SiblingImport.Replace(File.ReadAllText(source.ItemSpec), import =>
    {
        var imported = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source.ItemSpec), import.Groups[2].Value));
        var bundle = Sources.FirstOrDefault(other => Path.GetFullPath(other.ItemSpec) == imported)?.GetMetadata("Bundle");
        return bundle == source.GetMetadata("Bundle") ? "" : $"{import.Groups[1].Value}'./{Path.GetFileName(bundle ?? imported)}';";
    });
}
