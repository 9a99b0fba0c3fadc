using StripeSandbox.Guard;
using StripeSandbox.Persistence;

namespace StripeSandbox;

/// <summary>What would keep a sandbox, or the app that hosts one, from starting where it was told to.</summary>
public static class SandboxPlace
{
    /// <summary>What is in the way of a sandbox with these options, in one line; null when nothing is.</summary>
    public static string? FindProblem(SandboxOptions options) =>
        ApiKey.IsLive(options.SecretKey) || ApiKey.IsLive(options.PublishableKey)
            ? "It was given a live key, and no sandbox takes one: name a test key, or none, and give a live one to nobody but Stripe."
        : options.Data is not { } file ? FindProblem(options.Urls)
        : Occupation.IsHeld(file) ? $"The data file {file} is in use by another process: stop it, or name another file."
        : Journal.FindProblem(file) ?? FindProblem(options.Urls);

    /// <summary>The first of these addresses that is taken, in one line; null when none is.</summary>
    /// <param name="urls">Addresses as Kestrel takes them, such as <c>http://localhost:5080</c>.</param>
    public static string? FindProblem(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            if (Occupation.IsHeld(BindingAddress.Parse(url)))
                return $"{url} is in use by another process: stop it, or listen elsewhere.";
        }

        return null;
    }
}
