namespace PaymentApp.Tests.Infrastructure;

internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests do not run below the folder of PaymentApp.sln."),
        _ when File.Exists(Path.Combine(folder.FullName, "PaymentApp.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
