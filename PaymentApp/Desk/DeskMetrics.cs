using System.Diagnostics.Metrics;

namespace PaymentApp.Desk;

/// <summary>What an operator watches of the desk.</summary>
internal sealed class DeskMetrics(IMeterFactory meters)
{
    public const string MeterName = "PaymentApp.Desk";

    private readonly Counter<long> _limited = meters.Create(MeterName)
        .CreateCounter<long>("desk.sign_ins.limited", "{sign_in}", "Sign-ins that were refused because of failures before them");

    public void SignInLimited() => _limited.Add(1);
}
