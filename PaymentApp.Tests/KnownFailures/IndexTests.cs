using System.Globalization;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.KnownFailures;

/// <summary>The table of README.md beside this file names tests that exist, for each of the seventeen failures.</summary>
public sealed partial class IndexTests
{
    private static readonly string[] Rows =
        [.. File.ReadLines(Path.Combine(Repository.Root, "PaymentApp.Tests", "KnownFailures", "README.md")).Where(line => Row().IsMatch(line))];

    [Fact]
    public void Each_of_the_seventeen_has_a_row() =>
        Assert.Equal(Enumerable.Range(1, 17), Rows.Select(row => int.Parse(Row().Match(row).Groups[1].Value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_row_names_tests_and_all_of_them_exist()
    {
        foreach (var row in Rows)
        {
            var names = Name().Matches(row.Split('|')[3]).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(IsTest(name), $"There is no test {name}."));
        }
    }

    private static bool IsTest(string name) =>
        name.LastIndexOf('.') is > 0 and var dot
        && typeof(IndexTests).Assembly.GetType($"PaymentApp.Tests.{name[..dot]}")?.GetMethod(name[(dot + 1)..]) is { } method
        && method.IsDefined(typeof(FactAttribute), inherit: false);

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
