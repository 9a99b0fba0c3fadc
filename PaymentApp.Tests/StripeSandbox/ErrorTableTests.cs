using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Sandbox;

public sealed class ErrorTableTests
{
    private const string Tables = "Errors";

    /// <summary>Words, code and param of a refusal stand in one of the tables; whoever refuses names it.</summary>
    [Fact]
    public void No_refusal_is_worded_outside_the_error_tables()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "StripeSandbox"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is Tables or "obj" or "bin"))
            .ToList();
        Assert.NotEmpty(sources);

        Assert.DoesNotContain(sources, file => File.ReadAllText(file).Contains("Refusal.Invalid(", StringComparison.Ordinal));
    }
}
