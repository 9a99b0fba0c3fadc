using System.Runtime;

/// <summary>
/// Runs in servers that are measured, before their own code, and collects their garbage when it is told:
/// https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md, which wants this name and no
/// namespace.
/// </summary>
internal static class StartupHook
{
    public const string Collect = "collect";
    public const string Heap = "managed heap: ";

    public static void Initialize() => new Thread(Listen) { IsBackground = true }.Start();

    private static void Listen()
    {
        while (Console.ReadLine() is { } line)
        {
            if (line != Collect)
                continue;
            // What finalizers let go of is garbage too.
            for (var time = 0; time < 2; time++)
            {
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            Console.WriteLine($"{Heap}{GC.GetTotalMemory(forceFullCollection: false)}");
        }
    }
}
