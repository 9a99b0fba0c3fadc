using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

/// <summary>The blocks of a <see cref="VersionStore"/> as they were at one moment. An address is a block's number and a byte in it.</summary>
/// <param name="Owner">The store.</param>
/// <param name="Vocabulary">What the texts in the blocks are written with.</param>
/// <param name="Blocks">Those that are still there.</param>
/// <param name="First">The number of the first of them.</param>
internal sealed record VersionBlocks(VersionStore Owner, Vocabulary Vocabulary, byte[][] Blocks, long First)
{
    private const int PositionBits = 24;
    private const int SmallBlock = 1 << 14;
    private const int LargeBlock = 1 << 19;

    public byte[]? Last => Blocks is [.., var last] ? last : null;

    /// <summary>Small for the sandbox of one test, large for a million payments.</summary>
    public int NextSize => Math.Min(SmallBlock << Math.Min(Blocks.Length, 16), LargeBlock);

    public VersionBlocks With(byte[] block) => this with { Blocks = [.. Blocks, block] };

    public VersionBlocks Cleared() => this with { Blocks = [], First = First + Blocks.Length };

    public long AddressInLast(int position) => ((First + Blocks.Length - 1) << PositionBits) | (uint)position;

    public bool Holds(long address) => (address >> PositionBits) - First is >= 0 and var index && index < Blocks.Length;

    public StripeObject? Read(long address)
    {
        if (!Holds(address))
            return null;
        var reader = ReaderAt(address);
        return reader.Object();
    }

    public bool HasId(long address, string id)
    {
        if (!Holds(address))
            return false;
        var reader = ReaderAt(address);
        return ObjectCodecs.At(reader.Byte()).HasId(ref reader, id);
    }

    private PackReader ReaderAt(long address)
    {
        var number = address >> PositionBits;
        return new PackReader(this, Blocks[number - First], number << PositionBits, (int)(address - (number << PositionBits)));
    }
}
