using PaymentApp.Work;

namespace PaymentApp.Webhooks;

/// <summary>Has the missing events read as soon as the app is started, and from then on.</summary>
internal sealed class CatchUpStart(IWorkQueue queue, TimeProvider clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        queue.ScheduleAsync(WorkKind.CatchUp, EventCatchUp.Subject, clock.GetUtcNow().UtcDateTime, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
