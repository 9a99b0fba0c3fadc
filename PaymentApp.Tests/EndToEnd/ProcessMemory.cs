using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Looks for texts in all that a process on Linux has in its memory, garbage not yet collected included.</summary>
internal static class ProcessMemory
{
    private const int Window = 4 * 1024 * 1024;

    /// <summary>The texts that occur, as ASCII or as UTF-16.</summary>
    public static IReadOnlySet<string> Find(int processId, IReadOnlyList<string> texts)
    {
        var patterns = texts.SelectMany(text => new[] { (text, Encoding.ASCII.GetBytes(text)), (text, Encoding.Unicode.GetBytes(text)) }).ToList();
        var overlap = patterns.Max(pattern => pattern.Item2.Length) - 1;
        var found = new HashSet<string>();
        var buffer = new byte[Window];
        using var memory = File.OpenHandle($"/proc/{processId}/mem");
        foreach (var (start, end) in Mappings(processId))
        {
            for (var from = start; from < end; from += Window - overlap)
            {
                var read = Read(memory, buffer.AsSpan(0, (int)Math.Min(Window, end - from)), from);
                foreach (var (text, bytes) in patterns)
                    if (buffer.AsSpan(0, read).IndexOf(bytes) >= 0)
                        found.Add(text);
            }
        }

        return found;
    }

    private static int Read(SafeFileHandle memory, Span<byte> buffer, long from)
    {
        try
        {
            return RandomAccess.Read(memory, buffer, from);
        }
        catch (IOException)
        {
            // Unmapped since it was listed, or the kernel's own.
            return 0;
        }
    }

    /// <summary>
    /// What can be read, less the assemblies' files: they hold what was compiled, such as the sandbox's table of cards,
    /// and nothing that happened.
    /// </summary>
    private static IEnumerable<(long Start, long End)> Mappings(int processId)
    {
        foreach (var line in File.ReadLines($"/proc/{processId}/maps"))
        {
            var columns = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            var file = columns.Length == 6 ? columns[5].Trim() : "";
            if (columns[1][0] != 'r' || file.EndsWith(".dll", StringComparison.Ordinal) || file.StartsWith("[v", StringComparison.Ordinal))
                continue;

            var range = columns[0].Split('-');
            yield return (Address(range[0]), Address(range[1]));
        }
    }

    private static long Address(string hexadecimal) => long.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
