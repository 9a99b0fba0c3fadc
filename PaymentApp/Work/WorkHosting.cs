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

    /// <summary>Has work of one kind done by <typeparamref name="THandler"/>.</summary>
    public static void AddWorkHandler<THandler>(this IServiceCollection services, WorkKind kind)
        where THandler : class, IWorkHandler => services.AddKeyedScoped<IWorkHandler, THandler>(kind);
}
