namespace PaymentApp.Desk;

/// <summary>Says at the start how the desk can be entered, if not by accounts of its owner's.</summary>
internal sealed partial class DeskNotice(DeskAccess access, ILogger<DeskNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!access.IsOpen)
            Log.Closed(logger, DeskPaths.Root);
        if (access.IsDemo)
            Log.Demo(logger, DeskPaths.Root);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The operators' desk at {Path} is closed, for nobody could sign in: set Desk:Accounts or Desk:OpenIdConnect")]
        public static partial void Closed(ILogger logger, string path);

        [LoggerMessage(2, LogLevel.Information, "The operators' desk at {Path} has the demo account of Development, which its sign-in page shows")]
        public static partial void Demo(ILogger logger, string path);
    }
}
