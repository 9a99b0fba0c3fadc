using Microsoft.Win32.SafeHandles;

namespace StripeSandbox.Persistence;

/// <summary>Reads whole lines; what follows the last line break is not one.</summary>
internal sealed class LineReader(SafeFileHandle file)
{
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private long offset;

    /// <summary>How many bytes the lines so far took, their breaks included.</summary>
    public long Consumed { get; private set; }

    public ReadOnlyMemory<byte>? Next()
    {
        var searched = start;
        while (true)
        {
            var newLine = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (newLine >= 0)
            {
                var line = buffer.AsMemory(start, searched + newLine - start);
                start = searched + newLine + 1;
                Consumed += line.Length + 1;
                return line;
            }

            searched = end - start;
            MakeRoom();
            var read = RandomAccess.Read(file, buffer.AsSpan(end), offset);
            if (read == 0)
                return null;
            offset += read;
            end += read;
        }
    }

    private void MakeRoom()
    {
        var kept = end - start;
        if (kept == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        else if (start > 0)
            buffer.AsSpan(start, kept).CopyTo(buffer);
        (start, end) = (0, kept);
    }
}
