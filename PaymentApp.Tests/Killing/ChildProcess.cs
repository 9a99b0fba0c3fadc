using System.Collections.Concurrent;
using System.Diagnostics;

namespace PaymentApp.Tests.Killing;

/// <summary>A .NET program in a process of its own, which ends by being killed.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>The exit code of a process that died of SIGKILL: 128 and the signal's number.</summary>
    private static readonly int KilledCode = OperatingSystem.IsWindows() ? -1 : 128 + 9;

    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ChildProcess(ProcessStartInfo start, string readyWords)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data, readyWords);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, readyWords);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Ended = EndAsync();
    }

    /// <summary>The line that says it is ready; null when it ended before.</summary>
    public Task<string?> Ready => _ready.Task;

    public Task Ended { get; }

    public IReadOnlyCollection<string> Lines => _said;

    public string Said => string.Join('\n', _said);

    public int Id => _process.Id;

    /// <summary>How it ended, once it has.</summary>
    public int ExitCode => _process.ExitCode;

    public bool WasKilled => _process.ExitCode == KilledCode;

    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <param name="settings">Its settings; a colon in a name makes a section.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="readyWords">What it says when it is ready.</param>
    public static ChildProcess Start(
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings, string folder, string readyWords) =>
        StartProgram("dotnet", arguments, settings, folder, readyWords);

    /// <summary>The same for a program that is not started by <c>dotnet</c>.</summary>
    public static ChildProcess StartProgram(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings, string folder, string readyWords)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new ChildProcess(start, readyWords);
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Hear(string? line, string readyWords)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        if (line.Contains(readyWords, StringComparison.Ordinal))
            _ready.TrySetResult(line);
    }

    private async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        _ready.TrySetResult(null);
    }
}
