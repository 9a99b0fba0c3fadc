using System.Buffers.Binary;
using System.Text;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>A TrueType font that no machine has: its digits are blank and two em wide, so that a text's width tells its font.</summary>
internal static class WideFont
{
    private const int UnitsPerEm = 1000;
    private const int Advance = 2 * UnitsPerEm;
    private const int GlyphCount = 11;
    private const int DirectoryEntrySize = 16;

    public static byte[] Bytes { get; } = Build();

    private static byte[] Build()
    {
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            // Only .notdef has an outline, a line there and back: a font without any is refused.
            ["glyf"] = Words(1, 0, 0, 1, 1, 1, 0, 0x0101, 0, 1, 0, 1),
            ["loca"] = Words([0, .. Enumerable.Repeat(12, GlyphCount)]),
            ["head"] = [.. Words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, UnitsPerEm), .. new byte[16], .. Words(0, 0, 1, 1, 0, 8, 2, 0, 0)],
            ["hhea"] = Words(1, 0, 800, -200, 0, Advance, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1),
            ["hmtx"] = Words([Advance, .. new int[GlyphCount]]),
            ["maxp"] = Words(1, 0, GlyphCount, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
            // Format 4: the digits are glyphs 1 to 10.
            ["cmap"] = Words(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, '9', 0xFFFF, 0, '0', 0xFFFF, 1 - '0', 1, 0, 0),
            ["OS/2"] = [.. Words(0, Advance, 400, 5, 0), .. new byte[48], .. "TEST"u8, .. Words(0x40, '0', '9', 800, -200, 0, 800, 200)],
            ["name"] = Names("Wide", "Regular", "Wide Regular", "Wide Regular", "1", "Wide-Regular"),
            ["post"] = [.. Words(3, 0), .. new byte[28]],
        };
        var font = new List<byte>(Words(1, 0, tables.Count, 128, 3, tables.Count * DirectoryEntrySize - 128));
        var offset = font.Count + tables.Count * DirectoryEntrySize;
        foreach (var (tag, table) in tables)
        {
            font.AddRange([.. Encoding.ASCII.GetBytes(tag), .. Long(Checksum(table)), .. Long((uint)offset), .. Long((uint)table.Length)]);
            offset += Padded(table).Length;
        }

        return [.. font, .. tables.Values.SelectMany(Padded)];
    }

    private static byte[] Names(params string[] names)
    {
        var records = new List<byte>(Words(0, names.Length, 6 + names.Length * 12));
        var texts = new List<byte>();
        for (var id = 1; id <= names.Length; id++)
        {
            var text = Encoding.BigEndianUnicode.GetBytes(names[id - 1]);
            records.AddRange(Words(3, 1, 0x409, id, text.Length, texts.Count));
            texts.AddRange(text);
        }

        return [.. records, .. texts];
    }

    private static byte[] Words(params int[] values) => [.. values.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })];

    private static byte[] Long(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Padded(byte[] table) => [.. table, .. new byte[-table.Length & 3]];

    private static uint Checksum(byte[] table)
    {
        var padded = Padded(table);
        var sum = 0u;
        for (var at = 0; at < padded.Length; at += 4) sum += BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(at));
        return sum;
    }
}
