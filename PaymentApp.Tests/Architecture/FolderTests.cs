using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
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
        ["Languages"] = [],
        ["Payments"] = [],
        ["Preferences"] = ["Languages"],
        ["Work"] = ["Payments"],
        ["Orders"] = ["Languages", "Payments", "Work"],
        ["Orders.Pages"] = ["Orders", "Languages", "Payments", "Checkout", "Components", "Security"],
        ["Checkout"] = ["Languages", "Payments"],
        ["Mail"] = ["Languages", "Orders", "Payments", "Work", "Checkout"],
        ["Stripe"] = ["Payments"],
        ["Security"] = ["Stripe"],
        ["Components"] = ["Languages", "Orders", "Payments", "Preferences", "Security"],
        ["Webhooks"] = ["Payments", "Stripe", "Work"],
        ["Reconciliation"] = ["Payments", "Work"],
        ["Desk"] = ["Payments", "Checkout", "Components", "Security", "Operations", "Work", "Mail"],
        ["Ledger"] = ["Payments", "Orders", "Webhooks", "Work", "Desk", "Operations", "Security"],
        ["Telemetry"] = ["Payments", "Orders", "Security", "Stripe", "Work", "Desk", "Operations"],
        ["Operations"] = ["Payments", "Orders", "Stripe", "Webhooks", "Work"],
    };

    public static TheoryData<string> Folders => [.. MayKnow.Keys];

    [Fact]
    public void Every_folder_has_its_row() => Assert.Equal(
        MayKnow.Keys.Order(),
        App.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Root + ".", StringComparison.Ordinal))
            .Select(name => FolderOf(name[(Root.Length + 1)..])).Distinct().Order());

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_only_what_its_row_allows(string folder) =>
        Types().That().ResideInNamespaceMatching(AnyOf([folder])).Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(AnyOf(MayKnow.Keys.Except([folder, .. MayKnow[folder]])))
                .Or().ResideInNamespaceMatching($"^{Root}$"))
            .Check(Loaded);

    /// <summary>Constants and names leave no trace in what is compiled.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_in_its_source_only_what_its_row_allows(string folder)
    {
        var root = Path.Combine(Repository.Root, Root);
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file => FolderOf(Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')) == folder)
            .ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var named = OwnNamespace().Matches(File.ReadAllText(file)).Select(match => FolderOf(match.Groups[1].Value)).Where(name => name != folder);
            Assert.All(named, name => Assert.True(MayKnow[folder].Contains(name), $"{file} uses {name}."));
        }
    }

    [Fact]
    public void No_folder_knows_itself_by_way_of_others()
    {
        var open = MayKnow.ToDictionary(row => row.Key, row => row.Value.ToHashSet());
        while (open.FirstOrDefault(row => row.Value.Count == 0).Key is { } free)
        {
            open.Remove(free);
            foreach (var known in open.Values)
                known.Remove(free);
        }

        Assert.Empty(open.Keys);
    }

    [Fact]
    public void Only_the_gateway_and_the_command_that_checks_Stripe_know_Stripe_net() =>
        NobodyBut("(Stripe|Operations\\.CheckStripe)", "^Stripe(\\.|$)");

    [Fact]
    public void Only_the_ledger_knows_its_database() =>
        NobodyBut("Ledger", "^(Microsoft\\.(EntityFrameworkCore|Data\\.Sqlite)|Npgsql)(\\.|$)");

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

    private static void NobodyBut(string folders, string namespacePattern) =>
        Types().That().ResideInNamespaceMatching($"^{Root}(\\.|$)").And().DoNotResideInNamespaceMatching($"^{Root}\\.{folders}(\\.|$)").Should()
            .NotDependOnAny(Types(includeReferenced: true).That().ResideInNamespaceMatching(namespacePattern))
            .Check(Loaded);

    /// <summary>The row that a namespace belongs to: its own, or that of the namespace around it.</summary>
    private static string FolderOf(string name) => MayKnow.ContainsKey(name) || !name.Contains('.', StringComparison.Ordinal) ? name : FolderOf(name[..name.LastIndexOf('.')]);

    private static string AnyOf(IEnumerable<string> folders) => string.Join('|', folders.Select(folder =>
    {
        var apart = MayKnow.Keys.Where(other => other.StartsWith(folder + ".", StringComparison.Ordinal)).Select(other => $"(?!{Regex.Escape($"{Root}.{other}")})");
        return $"(^{string.Concat(apart)}{Regex.Escape($"{Root}.{folder}")}(\\.|$))";
    }));

    [GeneratedRegex(@"using (?:static )?PaymentApp\.([\w.]+?)(?=;|\s|$)", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();
}
