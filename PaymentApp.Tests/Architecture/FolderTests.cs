using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace PaymentApp.Tests.Architecture;

/// <summary>Which folder of PaymentApp may know which. A new folder needs a row, and a row that makes a cycle fails.</summary>
public sealed partial class FolderTests
{
    private const string Root = "PaymentApp";

    private static readonly Assembly App = typeof(Payment).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(App).Build();

    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Payments"] = [],
        ["Orders"] = ["Payments"],
        ["Checkout"] = ["Payments"],
        ["Stripe"] = ["Payments"],
        ["Security"] = ["Checkout", "Stripe"],
        ["Orders.Pages"] = ["Orders", "Payments", "Checkout", "Security"],
        ["Components"] = ["Components.Layout", "Orders", "Payments", "Security"],
        ["Components.Layout"] = [],
        ["Webhooks"] = ["Payments", "Stripe"],
        ["Reconciliation"] = ["Payments"],
        ["Ledger"] = ["Ledger.Migrations", "Payments", "Orders", "Webhooks", "Reconciliation"],
        ["Ledger.Migrations"] = ["Ledger"],
    };

    // EF Core's migrations name their context, which finds them by itself: the one pair that belongs together.
    private static readonly string[] Generated = ["Ledger.Migrations"];

    public static TheoryData<string> Folders => [.. MayKnow.Keys];

    [Fact]
    public void Every_folder_has_its_row() => Assert.Equal(
        MayKnow.Keys.Order(),
        App.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Root + ".", StringComparison.Ordinal))
            .Select(name => name[(Root.Length + 1)..]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_only_what_its_row_allows(string folder)
    {
        var others = Types().That().ResideInNamespaceMatching(AnyOf(MayKnow.Keys.Except(MayKnow[folder]).Where(other => other != folder)))
            .Or().ResideInNamespaceMatching($"^{Root}$");

        Types().That().ResideInNamespaceMatching(AnyOf([folder])).Should().NotDependOnAny(others)
            .WithoutRequiringPositiveResults().Check(Loaded);
    }

    /// <summary>Constants and names leave no trace in what is compiled.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_in_its_source_only_what_its_row_allows(string folder)
    {
        if (Generated.Contains(folder))
            return;

        var files = Directory.EnumerateFiles(Path.Combine([Repository.Root, Root, .. folder.Split('.')]))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var named = OwnNamespace().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Where(name => name != folder);
            Assert.All(named, name => Assert.True(MayKnow[folder].Contains(name), $"{file} uses {name}."));
        }
    }

    [Fact]
    public void No_folder_knows_itself_by_way_of_others()
    {
        SliceRuleDefinition.Slices().Matching($"{Root}.(*)").Should().BeFreeOfCycles().Check(Loaded);

        var open = MayKnow.Keys.Except(Generated).ToDictionary(folder => folder, folder => MayKnow[folder].Except(Generated).ToHashSet());
        while (open.FirstOrDefault(folder => folder.Value.Count == 0).Key is { } free)
        {
            open.Remove(free);
            foreach (var known in open.Values)
                known.Remove(free);
        }

        Assert.Empty(open.Keys);
    }

    [Fact]
    public void Only_the_folder_Stripe_knows_Stripe_net() => NobodyBut("Stripe", "^Stripe(\\.|$)");

    [Fact]
    public void Only_the_ledger_knows_its_database() =>
        NobodyBut("Ledger", "^Microsoft\\.(EntityFrameworkCore|Data\\.Sqlite)(\\.|$)");

    [Fact]
    public void Payments_know_no_page_no_request_and_no_web_server() =>
        Types().That().ResideInNamespaceMatching(AnyOf(["Payments"])).Should()
            .NotDependOnAny(Types(includeReferenced: true).That()
                .ResideInNamespaceMatching("^(Microsoft\\.AspNetCore|Microsoft\\.JSInterop|System\\.Net)(\\.|$)"))
            .Check(Loaded);

    [Fact]
    public void An_order_knows_no_PaymentIntent() =>
        Types().That().ResideInNamespaceMatching(AnyOf(["Orders"])).Should()
            .NotDependOnAny(typeof(PaymentIntentId), typeof(IntentSnapshot), typeof(IPaymentGateway), typeof(IPaymentLedger))
            .Check(Loaded);

    [Fact]
    public void Each_folder_wires_itself_in_a_file_of_its_name()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, Root), "*Hosting.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "PaymentAppHosting.cs"))
            Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)) + "Hosting.cs", Path.GetFileName(file));
    }

    private static void NobodyBut(string folder, string namespacePattern) =>
        Types().That().ResideInNamespaceMatching($"^{Root}(\\.|$)").And().DoNotResideInNamespaceMatching($"^{Root}\\.{folder}(\\.|$)").Should()
            .NotDependOnAny(Types(includeReferenced: true).That().ResideInNamespaceMatching(namespacePattern))
            .Check(Loaded);

    private static string AnyOf(IEnumerable<string> folders) => $"^{Root}\\.({string.Join('|', folders.Select(Regex.Escape))})$";

    [GeneratedRegex(@"using (?:static )?PaymentApp\.([\w.]+?)(?=;|\s|$)", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();
}
