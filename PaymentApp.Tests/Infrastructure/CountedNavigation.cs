using Microsoft.AspNetCore.Components;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>Counts how often a circuit has its page loaded, also where the address stays the same.</summary>
internal sealed class CountedNavigation : NavigationManager
{
    private int _loads;

    public CountedNavigation() => Initialize("http://localhost/", "http://localhost/");

    public int Loads => Volatile.Read(ref _loads);

    protected override void NavigateToCore(string uri, NavigationOptions options) => Interlocked.Increment(ref _loads);
}
