namespace PaymentApp.Work;

/// <summary>Wires the queue's worker. The queue itself is the ledger's, and each folder registers the handlers of its own kinds.</summary>
internal static class WorkHosting
{
    public static void AddWork(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WorkOptions>().BindConfiguration(WorkOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<WorkSignal>();
        builder.Services.AddSingleton<WorkMetrics>();
        builder.Services.AddSingleton<WorkProcessor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkProcessor>());
    }

    /// <summary>Has the queue read every few seconds, for the metrics of its age and of what is parked.</summary>
    public static void AddQueueWatch(this IServiceCollection services) => services.AddHostedService<QueueWatch>();

    /// <summary>Has work of one kind done by <typeparamref name="THandler"/>.</summary>
    public static void AddWorkHandler<THandler>(this IServiceCollection services, WorkKind kind)
        where THandler : class, IWorkHandler => services.AddKeyedScoped<IWorkHandler, THandler>(kind);
}
