using System.Diagnostics;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Deploy;

/// <summary>systemd only warns of what it does not understand, and then runs the shop without it.</summary>
public sealed class SystemdUnitTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    [SystemdTheory]
    [InlineData("payment-app@.service", "payment-app@8080.service")]
    [InlineData("payment-app-migrate.service", "payment-app-migrate.service")]
    public async Task Systemd_takes_the_unit_as_it_stands(string file, string unit) =>
        Assert.Equal("", await VerifyAsync(unit, await File.ReadAllTextAsync(Path.Combine(Folder, file))));

    [SystemdTheory]
    [InlineData("ProtectSystem=strict", "ProtectSystems=strict", "ProtectSystems")]
    [InlineData("TimeoutStopSec=60", "TimeoutStopSec=a minute", "a minute")]
    public async Task A_unit_with_a_mistake_is_noticed(string line, string mistake, string noticed)
    {
        var unit = await File.ReadAllTextAsync(Path.Combine(Folder, "payment-app@.service"));

        Assert.Contains(noticed, await VerifyAsync("payment-app@8080.service", unit.Replace(line, mistake, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<string> VerifyAsync(string name, string unit)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        // Where .NET is on this machine is not what is looked at.
        await File.WriteAllTextAsync(path, unit.Replace("/usr/bin/dotnet", Environment.ProcessPath, StringComparison.Ordinal));
        using var systemd = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", path]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = systemd.StandardOutput.ReadToEndAsync();
        var complained = systemd.StandardError.ReadToEndAsync();
        await systemd.WaitForExitAsync();
        return await said + await complained;
    }
}

/// <summary>A test that needs systemd's <c>systemd-analyze</c>; where there is none, it is shown as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SystemdTheoryAttribute : TheoryAttribute
{
    public SystemdTheoryAttribute() => Skip = IsThere ? null : "systemd-analyze is not installed: the units were not checked.";

    private static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "systemd-analyze")));
}
