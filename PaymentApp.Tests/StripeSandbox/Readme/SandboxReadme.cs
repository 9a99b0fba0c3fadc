using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Sandbox;

/// <summary>StripeSandbox/README.md, of which every line of code is run: its blocks, and what they say that they print.</summary>
internal static partial class SandboxReadme
{
    /// <summary>The address that stands in it wherever a sandbox is meant.</summary>
    public const string Address = "http://127.0.0.1:12111";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "StripeSandbox", "README.md"));

    public static IReadOnlyList<string> Blocks(string language) =>
        [.. Fenced().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    /// <summary>The block's comments, which are what it prints.</summary>
    public static IReadOnlyList<string> Prints(string block, string comment) =>
        [.. block.Split('\n').Where(line => line.StartsWith(comment + " ", StringComparison.Ordinal)).Select(line => line[(comment.Length + 1)..])];

    /// <summary>Whether that was printed; an ellipsis in what was promised stands for anything.</summary>
    public static void AssertPrinted(IReadOnlyList<string> promised, string printed)
    {
        var lines = printed.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(promised, lines.Select((line, index) => index < promised.Count && IsAsPromised(line, promised[index]) ? promised[index] : line));
    }

    private static bool IsAsPromised(string line, string promised) =>
        Regex.IsMatch(line, $"^{Regex.Escape(promised).Replace("…", ".*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
