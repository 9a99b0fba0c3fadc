using System.Collections.Generic;
using System.IO;
using System.Linq;
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

    public override bool Execute()
    {
        foreach (var bundle in Sources.GroupBy(source => source.GetMetadata("Bundle")))
        {
            var text = string.Join("\n", bundle.Select(source => File.ReadAllText(source.ItemSpec)));
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
}
