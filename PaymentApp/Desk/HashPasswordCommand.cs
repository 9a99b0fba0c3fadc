using Microsoft.AspNetCore.Identity;
using PaymentApp.Operations;

namespace PaymentApp.Desk;

/// <summary>Makes the hash of a password that is typed, or piped in, for <c>Desk:Accounts</c>.</summary>
internal sealed class HashPasswordCommand(IPasswordHasher<DeskAccount> hasher, PasswordInput input) : ICommand
{
    private const int Shortest = 12;

    public string Name => "hash-password";

    public string Purpose => "reads a password and prints its hash, for Desk:Accounts:0:PasswordHash";

    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var password = await input.ReadAsync(output, cancellationToken);
        if (password.Length is < Shortest or > SignIn.Longest)
        {
            await output.WriteLineAsync($"A password of the desk has {Shortest} to {SignIn.Longest} characters; this one has {password.Length}.");
            return 1;
        }

        await output.WriteLineAsync(hasher.HashPassword(new DeskAccount(), password));
        return 0;
    }
}

/// <summary>Where a password is typed: the console, without showing it, or what is piped into the process.</summary>
internal class PasswordInput
{
    public virtual async Task<string> ReadAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Console.IsInputRedirected)
            return (await Console.In.ReadLineAsync(cancellationToken) ?? "").TrimEnd('\r');

        await output.WriteAsync("Password: ");
        var typed = new List<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is not ConsoleKey.Backspace)
                typed.Add(key.KeyChar);
            else if (typed.Count > 0)
                typed.RemoveAt(typed.Count - 1);
        }

        await output.WriteLineAsync();
        return new string([.. typed]);
    }
}
