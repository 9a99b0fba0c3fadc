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

    private readonly Lock gate = new();
    private SafeFileHandle? file;
    private long length;

    /// <summary>Opens the file, or begins a new one, and reads what it holds.</summary>
    /// <exception cref="InvalidDataException">The file is not a journal that this program can read.</exception>
    /// <exception cref="IOException">Another process has it open.</exception>
    public void Open(Action<JournalEntry> replay)
    {
        if (path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var lines = new LineReader(file);
        if (lines.Next() is { } header)
        {
            RequireHeader(header);
            while (lines.Next() is { } line)
                replay(JsonSerializer.Deserialize(line.Span, JournalJson.Default.JournalEntry)!);
        }

        length = lines.Consumed;
        RandomAccess.SetLength(file, length);
        if (length == 0)
            length = WriteHeader(file);
    }

    public void Append(IReadOnlyList<StripeObject> changes, KeptAnswer? kept)
    {
        if (path is null || (changes.Count == 0 && kept is null))
            return;
        var line = Serialize(new JournalEntry(changes, kept));
        lock (gate)
            length += Write(file!, line, length);
    }

    /// <summary>Replaces the history by what it led to: a new file is written whole, then takes the old one's place.</summary>
    public void Compact(IEnumerable<JournalEntry> state)
    {
        if (path is null)
            return;
        lock (gate)
        {
            var fresh = path + ".new";
            var compacted = File.OpenHandle(fresh, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
            var written = WriteHeader(compacted);
            foreach (var entry in state)
                written += Write(compacted, Serialize(entry), written);
            RandomAccess.FlushToDisk(compacted);
            File.Move(fresh, path, overwrite: true);
            file!.Dispose();
            (file, length) = (compacted, written);
        }
    }

    public void Dispose() => file?.Dispose();

    private void RequireHeader(ReadOnlyMemory<byte> line)
    {
        JournalHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize(line.Span, JournalJson.Default.JournalHeader);
        }
        catch (JsonException)
        {
            // Not a journal: said below.
        }

        if (header != JournalHeader.Current)
            throw new InvalidDataException($"{path} is not a data file that this version of StripeSandbox can read. Name another with --data.");
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
