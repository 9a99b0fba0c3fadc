using System.Reflection;
using System.Text;

namespace StripeSandbox;

/// <summary>
/// What the sandbox's own process is told on its command line: options of its own, and settings by their whole name
/// (<c>--Logging:LogLevel:Default=Debug</c>). What it does not know it refuses: a misspelt <c>--data</c> would lose everything.
/// </summary>
internal sealed record SandboxCommand(IReadOnlyDictionary<string, string?> Settings)
{
    private const int UsageError = 2;

    private static readonly Option[] Options =
    [
        new("--urls", "Sandbox:Url", "ADDRESSES", "Where it listens, separated by semicolons. Otherwise ASPNETCORE_URLS, or http://127.0.0.1:12111.") { Alias = "--url" },
        new("--data", "Sandbox:Data", "FILE", "Keeps everything in this file across restarts. Otherwise it forgets when it ends."),
        new("--secret-key", "Sandbox:SecretKey", "KEY", "The only secret key. Otherwise every test key opens the account."),
        new("--publishable-key", "Sandbox:PublishableKey", "KEY", "The only publishable key."),
        new("--make-keys", "Sandbox:MakeKeys", null, "Makes the only pair of keys, kept with the data."),
        new("--allow-remote-control", "Sandbox:AllowRemoteControl", null, "Shows the dashboard and the control surface to other machines too."),
        new("--allowed-hosts", "Sandbox:AllowedHosts", "NAMES", "More host names under which secret keys are taken, separated by semicolons."),
    ];

    private static readonly string[] Sections = ["Sandbox", "Logging"];

    private static string Version => typeof(SandboxCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>What to print in place of starting; null to start.</summary>
    public string? Text { get; private init; }

    /// <summary>How the process ends that prints it.</summary>
    public int ExitCode { get; private init; }

    public static SandboxCommand Parse(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = Split(arguments[index]);
            if (name is "--help" or "-h" or "-?")
                return new(settings) { Text = Help() };
            if (name is "--version")
                return new(settings) { Text = Version };
            var option = Array.Find(Options, known => known.Name == name || known.Alias == name);
            if (option is null && !IsSetting(name))
                return Refused(settings, name.StartsWith('-') ? $"Unknown option {name}." : $"Unknown argument {name}.");
            if (option is { ValueName: null })
                value ??= "true";
            else if (value is null && ++index < arguments.Count)
                value = arguments[index];
            if (value is null || (value.Length == 0 && option is not null))
                return Refused(settings, $"{name} needs a value.");
            if (option?.Setting == "Sandbox:AllowedHosts")
                AddAll(settings, option.Setting, value);
            else
                settings[option?.Setting ?? name[2..]] = value;
        }

        return ProblemOf(settings) is { } problem ? Refused(settings, problem) : new(settings);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static bool IsSetting(string name)
    {
        var parts = name.Split(':');
        return name.StartsWith("--", StringComparison.Ordinal) && parts.Length > 1
            && Sections.Contains(parts[0][2..], StringComparer.OrdinalIgnoreCase)
            && (!parts[0].Equals("--Sandbox", StringComparison.OrdinalIgnoreCase)
                || typeof(SandboxOptions).GetProperties().Any(known => known.Name.Equals(parts[1], StringComparison.OrdinalIgnoreCase)));
    }

    private static void AddAll(Dictionary<string, string?> settings, string setting, string values)
    {
        foreach (var value in values.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            settings[$"{setting}:{settings.Count}"] = value;
    }

    private static string? ProblemOf(Dictionary<string, string?> settings)
    {
        foreach (var url in (settings.GetValueOrDefault("Sandbox:Url") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url.Trim().Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
            {
                return $"--urls takes addresses such as http://127.0.0.1:12111, not {url}.";
            }
        }

        foreach (var flag in Options.Where(option => option.ValueName is null))
        {
            if (settings.GetValueOrDefault(flag.Setting) is { } value && !bool.TryParse(value, out _))
                return $"{flag.Name} is true or false, not {value}.";
        }

        return null;
    }

    private static SandboxCommand Refused(Dictionary<string, string?> settings, string why) =>
        new(settings) { Text = $"{why} --help lists what there is.", ExitCode = UsageError };

    private static string Help()
    {
        var help = new StringBuilder("stripe-sandbox, a stand-in for Stripe's card payments.\n\nUsage: stripe-sandbox [options]\n\n");
        foreach (var option in Options)
            help.Append("  ").Append($"{option.Name} {option.ValueName}".PadRight(30)).Append(option.Help).Append('\n');
        help.Append("  ").Append("--help, --version".PadRight(30)).Append("Says this, or which version it is.\n\n");
        help.Append("Settings of the sections Sandbox and Logging may be given by name: --Logging:LogLevel:Default=Debug.");
        return help.ToString();
    }

    private sealed record Option(string Name, string Setting, string? ValueName, string Help)
    {
        public string? Alias { get; init; }
    }
}
