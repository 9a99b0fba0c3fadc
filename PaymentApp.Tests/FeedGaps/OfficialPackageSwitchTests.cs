using System.Diagnostics;
using System.Text.Json;

namespace PaymentApp.Tests.FeedGaps;

/// <summary>
/// Each switch alone, and the one that they follow, puts the official package in the stand-in's place. Projects
/// are evaluated, not restored: a feed without the official packages can tell as well.
/// </summary>
public sealed class OfficialPackageSwitchTests
{
    private const string StripeStandIn = "eng/feed-gaps/StripeNet/StripeNet.csproj";
    private const string ScriptStandIn = "Microsoft.AspNetCore.App.Runtime.linux-x64";
    private const string OfficialScript = "Microsoft.AspNetCore.App.Internal.Assets";
    private const string BunitStandIn = "AngleSharp.Diffing";

    [Fact]
    public async Task Without_a_switch_everything_stands_in()
    {
        var app = await Evaluate("PaymentApp");
        var tests = await Evaluate("PaymentApp.Tests");

        Assert.DoesNotContain("Stripe.net", app.PackageReferences);
        Assert.Contains(app.ProjectReferences, path => path.EndsWith(StripeStandIn, StringComparison.Ordinal));
        Assert.Contains(ScriptStandIn, app.PackageDownloads);
        Assert.DoesNotContain("bunit", tests.PackageReferences);
        Assert.Contains(BunitStandIn, tests.PackageDownloads);
    }

    [Theory]
    [InlineData("OfficialStripe")]
    [InlineData("OfficialPackages")]
    public async Task Stripe_net_takes_the_place_of_its_stand_in(string property)
    {
        var app = await Evaluate("PaymentApp", property);

        Assert.Contains("Stripe.net", app.PackageReferences);
        Assert.DoesNotContain(app.ProjectReferences, path => path.EndsWith(StripeStandIn, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OfficialBlazorScript")]
    [InlineData("OfficialPackages")]
    public async Task The_sdk_brings_the_Blazor_script_itself(string property)
    {
        var app = await Evaluate("PaymentApp", property);

        Assert.DoesNotContain(ScriptStandIn, app.PackageDownloads);
        Assert.Contains(OfficialScript, app.PackageReferences);
    }

    [Theory]
    [InlineData("OfficialBunit")]
    [InlineData("OfficialPackages")]
    public async Task Bunit_takes_the_place_of_its_parts(string property)
    {
        var tests = await Evaluate("PaymentApp.Tests", property);

        Assert.Contains("bunit", tests.PackageReferences);
        Assert.DoesNotContain(BunitStandIn, tests.PackageDownloads);
    }

    [Theory]
    [InlineData("OfficialStripe")]
    [InlineData("OfficialBlazorScript")]
    [InlineData("OfficialBunit")]
    public async Task A_switch_leaves_the_other_stand_ins_alone(string property)
    {
        var app = await Evaluate("PaymentApp", property);
        var tests = await Evaluate("PaymentApp.Tests", property);

        Assert.Equal(property == "OfficialStripe", app.PackageReferences.Contains("Stripe.net"));
        Assert.Equal(property == "OfficialBlazorScript", !app.PackageDownloads.Contains(ScriptStandIn));
        Assert.Equal(property == "OfficialBunit", tests.PackageReferences.Contains("bunit"));
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData("OfficialStripe", false, true)]
    [InlineData("OfficialBlazorScript", true, false)]
    public async Task A_publish_goes_on_with_one_warning_that_names_what_stands_in(string? property, bool stripe, bool script)
    {
        var output = await MsBuild("PaymentApp", property, "-target:WarnOfStandIns", "-consoleLoggerParameters:NoSummary");

        var warning = Assert.Single(output.Split('\n'), line => line.Contains("warning FEEDGAP001", StringComparison.Ordinal));
        Assert.Equal(stripe, warning.Contains("Stripe.net", StringComparison.Ordinal));
        Assert.Equal(script, warning.Contains("Blazor script", StringComparison.Ordinal));
    }

    private static async Task<Evaluation> Evaluate(string project, string? property = null) => new(JsonDocument.Parse(
        await MsBuild(project, property, "-target:CollectPackageDownloads", "-getItem:PackageReference", "-getItem:ProjectReference", "-getItem:PackageDownload")).RootElement);

    private static async Task<string> MsBuild(string project, string? property, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(project, $"{project}.csproj"), "-nologo", "-nodeReuse:false", .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        if (property is not null)
            start.ArgumentList.Add($"-property:{property}=true");

        // What the environment tells the MSBuild that runs this test must not reach this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Official", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }

    private sealed class Evaluation(JsonElement evaluation)
    {
        public IReadOnlyList<string> PackageReferences { get; } = [.. Items(evaluation, "PackageReference")];

        public IReadOnlyList<string> PackageDownloads { get; } = [.. Items(evaluation, "PackageDownload")];

        public IReadOnlyList<string> ProjectReferences { get; } = [.. Items(evaluation, "ProjectReference")];

        private static IEnumerable<string> Items(JsonElement evaluation, string name) =>
            evaluation.GetProperty("Items").GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
    }
}
