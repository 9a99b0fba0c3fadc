namespace PaymentApp.Operations;

/// <summary>Serves the shop, or runs the command that the first argument names.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command line that makes no sense: EX_USAGE of sysexits.h.</summary>
    public const int Misused = 64;

    private const int CannotStart = 1;

    /// <param name="app">The shop, wired and not started.</param>
    /// <param name="args">The command line: <c>check-stripe</c>, or settings such as <c>--urls http://localhost:80</c>.</param>
    /// <param name="output">Where a command writes; the console when null.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunPaymentAppAsync(this WebApplication app, string[] args, TextWriter? output = null)
    {
        if (args is not [var name, ..] || !IsCommand(name))
        {
            await using (app)
            {
                if (!app.CanStart())
                    return CannotStart;
                try
                {
                    await app.RunAsync();
                    return 0;
                }
                catch (LedgerNotMigratedException outdated)
                {
                    app.SayWhyNotStarted(outdated.Message);
                    return CannotStart;
                }
            }
        }

        await using (app)
        {
            output ??= Console.Out;
            var commands = app.Services.GetServices<ICommand>().ToList();
            if (commands.Find(command => command.Name == name) is { } called)
                return await called.RunAsync(output, CancellationToken.None);

            await output.WriteLineAsync($"There is no command {name}. Without one the app serves the shop; with one it");
            foreach (var command in commands)
                await output.WriteLineAsync($"  {command.Name}  {command.Purpose}");
            return Misused;
        }
    }

    // Everything else is a setting: --key value, /key value, key=value.
    private static bool IsCommand(string argument) =>
        argument.Length > 0 && char.IsAsciiLetter(argument[0]) && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
