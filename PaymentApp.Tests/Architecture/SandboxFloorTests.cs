using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace PaymentApp.Tests.Architecture;

/// <summary>
/// The sandbox is a house with three floors, and arrows lead downward only: from surfaces to features to the kernel. A folder of it
/// needs a row, and a row that makes a cycle fails. The namespace <c>StripeSandbox</c> itself is the roof: it knows all, and nobody knows it.
/// </summary>
public sealed partial class SandboxFloorTests
{
    private const string Root = "StripeSandbox";

    private static readonly Assembly Sandbox = typeof(SandboxServer).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(Sandbox).Build();

    private static readonly string[] Floors = ["Kernel", "Features", "Surfaces"];

    private static readonly Dictionary<string, (string Floor, string[] MayKnow)> Rows = new()
    {
        ["Objects"] = ("Kernel", []),
        ["Money"] = ("Kernel", []),
        ["Errors"] = ("Kernel", ["Money", "Objects"]),
        ["Forms"] = ("Kernel", ["Errors", "Money", "Objects"]),
        ["Idempotency"] = ("Kernel", ["Errors", "Forms", "Objects"]),
        ["Persistence"] = ("Kernel", ["Idempotency", "Objects"]),
        ["Packing"] = ("Kernel", ["Objects"]),
        ["Books"] = ("Kernel", ["Errors", "Idempotency", "Objects", "Packing", "Persistence"]),
        ["Time"] = ("Kernel", ["Books", "Objects"]),
        ["Recovery"] = ("Kernel", ["Books", "Idempotency", "Objects", "Persistence", "Time"]),

        ["Cards"] = ("Features", ["Errors", "Objects"]),
        ["Balance"] = ("Features", ["Books", "Objects"]),
        ["Disputes"] = ("Features", ["Balance", "Books", "Cards", "Errors", "Forms", "Objects"]),
        ["Refunds"] = ("Features", ["Balance", "Books", "Cards", "Disputes", "Errors", "Forms", "Money", "Objects"]),
        ["Customers"] = ("Features", ["Books", "Cards", "Errors", "Objects"]),
        ["Payments"] = ("Features", ["Balance", "Books", "Cards", "Customers", "Disputes", "Errors", "Objects", "Refunds"]),
        ["Setups"] = ("Features", ["Books", "Cards", "Customers", "Errors", "Objects", "Payments"]),
        ["Banking"] = ("Features", ["Books", "Errors", "Objects", "Payments", "Setups"]),
        ["Scheduling"] = ("Features", ["Books", "Objects", "Payments", "Refunds", "Setups", "Time"]),
        ["Rendering"] = ("Features", ["Books", "Cards", "Disputes", "Errors", "Forms", "Objects"]),
        ["Webhooks"] = ("Features", ["Books", "Errors", "Objects", "Rendering", "Time"]),

        ["Calls"] = ("Surfaces", ["Books", "Errors", "Forms", "Objects", "Rendering"]),
        ["Guard"] = ("Surfaces", ["Books", "Calls", "Errors", "Forms", "Objects", "Time"]),
        ["Faults"] = ("Surfaces", ["Books", "Calls", "Errors", "Forms", "Idempotency", "Objects", "Rendering"]),
        ["Control"] = ("Surfaces", ["Books", "Calls", "Errors", "Faults", "Forms", "Objects", "Recovery", "Rendering", "Time", "Webhooks"]),
        ["Endpoints.Methods"] = ("Surfaces", ["Books", "Calls", "Cards", "Customers", "Errors", "Forms", "Objects", "Payments", "Rendering"]),
        ["Endpoints.Customers"] = ("Surfaces", ["Books", "Calls", "Customers", "Endpoints.Methods", "Errors", "Forms", "Objects", "Payments", "Rendering"]),
        ["Endpoints.Intents"] = ("Surfaces", ["Books", "Calls", "Customers", "Endpoints.Methods", "Errors", "Forms", "Objects", "Payments", "Rendering"]),
        ["Endpoints.Setups"] = ("Surfaces",
            ["Books", "Calls", "Customers", "Endpoints.Intents", "Endpoints.Methods", "Errors", "Forms", "Objects", "Payments", "Rendering", "Setups"]),
        ["Endpoints"] = ("Surfaces",
        [
            "Banking", "Books", "Calls", "Control", "Disputes", "Endpoints.Intents", "Endpoints.Setups", "Errors", "Forms", "Objects", "Payments", "Refunds",
            "Rendering",
        ]),
        ["Api"] = ("Surfaces",
        [
            "Books", "Calls", "Control", "Endpoints", "Endpoints.Customers", "Endpoints.Intents", "Endpoints.Methods", "Endpoints.Setups", "Errors", "Faults",
            "Forms", "Guard", "Idempotency", "Objects", "Rendering", "Time",
        ]),
        ["Browser"] = ("Surfaces", []),
        ["Dashboard.Live"] = ("Surfaces", ["Books", "Objects"]),
        ["Dashboard.Display"] = ("Surfaces", ["Books", "Cards", "Guard", "Objects", "Rendering"]),
        ["Dashboard.Requests"] = ("Surfaces",
            ["Api", "Books", "Dashboard.Display", "Dashboard.Live", "Faults", "Forms", "Idempotency", "Objects", "Rendering", "Time"]),
        ["Dashboard.Payments"] = ("Surfaces", ["Books", "Dashboard.Requests", "Objects"]),
        ["Dashboard.Search"] = ("Surfaces", ["Books", "Dashboard.Payments", "Money", "Objects"]),
        ["Dashboard.Actions"] = ("Surfaces", ["Api", "Books", "Calls", "Dashboard.Payments", "Errors", "Forms", "Guard", "Money", "Objects"]),
        ["Dashboard.Pages"] = ("Surfaces",
        [
            "Books", "Cards", "Dashboard.Actions", "Dashboard.Display", "Dashboard.Payments", "Dashboard.Requests", "Dashboard.Search", "Faults", "Money",
            "Objects", "Time",
        ]),
        ["Dashboard"] = ("Surfaces",
        [
            "Api", "Books", "Browser", "Dashboard.Actions", "Dashboard.Display", "Dashboard.Live", "Dashboard.Pages", "Dashboard.Payments", "Dashboard.Requests",
            "Dashboard.Search", "Errors", "Guard", "Objects",
        ]),
    };

    public static TheoryData<string> Folders => [.. Rows.Keys];

    [Fact]
    public void Every_folder_has_its_row() => Assert.Equal(
        Rows.Keys.Order(),
        Sandbox.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Root + ".", StringComparison.Ordinal))
            .Select(name => name[(Root.Length + 1)..]).Distinct().Order());

    [Fact]
    public void Arrows_lead_downward() => Assert.All(Rows, row => Assert.All(
        row.Value.MayKnow, known => Assert.True(
            Array.IndexOf(Floors, Rows[known].Floor) <= Array.IndexOf(Floors, row.Value.Floor), $"{row.Key} stands below {known} and knows it.")));

    [Fact]
    public void No_folder_knows_itself_by_way_of_others()
    {
        var open = Rows.ToDictionary(row => row.Key, row => row.Value.MayKnow.ToHashSet());
        while (open.FirstOrDefault(row => row.Value.Count == 0).Key is { } free)
        {
            open.Remove(free);
            foreach (var known in open.Values)
                known.Remove(free);
        }

        Assert.Empty(open.Keys);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_only_what_its_row_allows(string folder) =>
        Types().That().ResideInNamespaceMatching(Only(folder)).Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(
                string.Join('|', Rows.Keys.Except([folder, .. Rows[folder].MayKnow]).Select(Only).Append($"(^{Root}$)"))))
            .Check(Loaded);

    /// <summary>Constants and names leave no trace in what is compiled.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_lies_on_its_floor_and_names_in_its_source_only_what_its_row_allows(string folder)
    {
        var files = Directory.EnumerateFiles(FolderOf(folder)).Where(file => Path.GetExtension(file) is ".cs" or ".razor").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            Assert.All(
                OwnNamespace().Matches(text).Select(match => match.Groups[1].Value),
                name => Assert.True(name == folder || Rows[folder].MayKnow.Contains(name), $"{file} uses {name}."));
            if (Path.GetExtension(file) == ".cs")
                Assert.Contains($"namespace {Root}.{folder};", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Words, codes and blamed parameters stand in the two tables of <c>Kernel/Errors</c>.</summary>
    [Fact]
    public void No_operation_words_its_own_errors()
    {
        var files = new[] { "Features/Payments", "Features/Setups", "Features/Refunds", "Features/Customers", "Features/Disputes", "Surfaces/Endpoints" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, Root, folder), "*.cs", SearchOption.AllDirectories)).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain("Refusal.Invalid(", File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static string FolderOf(string folder) =>
        Path.Combine([Repository.Root, Root, Rows[folder].Floor, .. folder.Split('.')]);

    private static string Only(string folder) => $"(^{Regex.Escape($"{Root}.{folder}")}$)";

    [GeneratedRegex(@"using (?:static )?StripeSandbox\.([\w.]+?)(?:\.Parameter)?(?=;|\s|$)", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();
}
