using System.Diagnostics;

namespace PaymentApp.Tests.Killing;

/// <summary>Kills the process that it is in, by SIGKILL, at one named instant: no handler runs, nothing is flushed.</summary>
/// <param name="armed">Where to strike; null for nowhere.</param>
/// <param name="passes">How often that instant passes unharmed before.</param>
internal sealed class KillSwitch(KillPoint? armed, int passes)
{
    private int _reached;

    public void Reach(KillPoint point)
    {
        if (!Strikes(point))
            return;

        Process.GetCurrentProcess().Kill();
        throw new UnreachableException();
    }

    /// <summary>Runs a change between two instants.</summary>
    public async Task<T> AroundAsync<T>(KillPoint before, Func<Task<T>> change, KillPoint after)
    {
        Reach(before);
        var result = await change();
        Reach(after);
        return result;
    }

    /// <summary>Makes a request with an instant while it is under way, and one before its answer is used.</summary>
    public async Task<T> DuringAsync<T>(KillPoint underWay, Func<Task<T>> request, KillPoint answered)
    {
        var answer = request();
        Reach(underWay);
        var result = await answer;
        Reach(answered);
        return result;
    }

    private bool Strikes(KillPoint point) => point == armed && Interlocked.Increment(ref _reached) > passes;
}
