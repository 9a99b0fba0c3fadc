using Microsoft.Win32.SafeHandles;

namespace StripeSandbox.Persistence;

/// <summary>Reads whole lines; what follows the last line break is not one.</summary>
internal sealed class LineReader(SafeFileHandle file)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _offset;

    /// <summary>How many bytes the lines so far took, their breaks included.</summary>
    public long Consumed { get; private set; }

    public ReadOnlyMemory<byte>? Next()
    {
        var searched = _start;
        while (true)
        {
            var newLine = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (newLine >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + newLine - _start);
                _start = searched + newLine + 1;
                Consumed += line.Length + 1;
                return line;
            }

            searched = _end - _start;
            MakeRoom();
            var read = RandomAccess.Read(file, _buffer.AsSpan(_end), _offset);
            if (read == 0)
                return null;
            _offset += read;
            _end += read;
        }
    }

    private void MakeRoom()
    {
        var kept = _end - _start;
        if (kept == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        else if (_start > 0)
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        (_start, _end) = (0, kept);
    }
}
