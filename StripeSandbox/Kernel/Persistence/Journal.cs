using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;

namespace StripeSandbox.Persistence;

/// <summary>
/// An append-only file of JSON lines, one a unit of work; or, without a path, nothing. A line is with the operating system
/// before the request that wrote it is answered, so a killed process loses nothing that it has promised; a line cut short
/// by the kill was not promised, and is dropped.
/// </summary>
internal sealed class Journal(string? path) : IDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private long _length;

    /// <summary>Opens the file, or begins a new one, and reads what it holds.</summary>
    /// <exception cref="InvalidDataException">The file is not a journal that this program can read.</exception>
    /// <exception cref="IOException">Another process has it open.</exception>
    public void Open(Action<JournalEntry> replay)
    {
        if (path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var lines = new LineReader(_file);
        if (lines.Next() is { } header)
        {
            if (!IsHeader(header))
                throw new InvalidDataException(NotReadable(path));
            while (lines.Next() is { } line)
                replay(JsonSerializer.Deserialize(line.Span, JournalJson.Default.JournalEntry)!);
        }

        _length = lines.Consumed;
        RandomAccess.SetLength(_file, _length);
        if (_length == 0)
            _length = WriteHeader(_file);
    }

    public void Append(IReadOnlyList<StripeObject> changes, KeptAnswer? kept)
    {
        if (path is null || (changes.Count == 0 && kept is null))
            return;
        var line = Serialize(new JournalEntry(changes, kept));
        lock (_gate)
            _length += Write(_file!, line, _length);
    }

    /// <summary>Replaces the history by what it led to: a new file is written whole, then takes the old one's place.</summary>
    public void Compact(IEnumerable<JournalEntry> state)
    {
        if (path is null)
            return;
        lock (_gate)
        {
            var fresh = path + ".new";
            var compacted = File.OpenHandle(fresh, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
            var written = WriteHeader(compacted);
            foreach (var entry in state)
                written += Write(compacted, Serialize(entry), written);
            RandomAccess.FlushToDisk(compacted);
            File.Move(fresh, path, overwrite: true);
            _file!.Dispose();
            (_file, _length) = (compacted, written);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Why that file cannot be a sandbox's data, in one line; null when it can.</summary>
    public static string? FindProblem(string path)
    {
        if (Directory.Exists(path))
            return $"{path} is a folder: name a file with --data.";
        if (!File.Exists(path))
            return null;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            return new LineReader(file).Next() is { } header && !IsHeader(header) ? NotReadable(path) : null;
        }
        catch (UnauthorizedAccessException)
        {
            return $"The data file {path} may not be read and written by this user.";
        }
    }

    private static string NotReadable(string path) =>
        $"{path} is not a data file that this version of StripeSandbox can read. Name another with --data.";

    private static bool IsHeader(ReadOnlyMemory<byte> line)
    {
        JournalHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize(line.Span, JournalJson.Default.JournalHeader);
        }
        catch (JsonException)
        {
            // Not a journal.
        }

        return header == JournalHeader.Current;
    }

    private static byte[] Serialize(JournalEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);

    private static long WriteHeader(SafeFileHandle file) =>
        Write(file, JsonSerializer.SerializeToUtf8Bytes(JournalHeader.Current, JournalJson.Default.JournalHeader), 0);

    private static long Write(SafeFileHandle file, byte[] line, long offset)
    {
        RandomAccess.Write(file, [line, NewLine], offset);
        return line.Length + NewLine.Length;
    }
}
