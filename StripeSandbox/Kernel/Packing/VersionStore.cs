using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

/// <summary>
/// Keeps every version of every object as bytes, one after another in large blocks, without a reference that the garbage collector would
/// follow. A version never changes and never moves: its address is where it stands, and no address is given twice. Writing takes a
/// lock, reading takes none.
/// </summary>
internal sealed class VersionStore
{
    private readonly Lock _gate = new();
    private readonly PackWriter _writer;
    private VersionBlocks _blocks;
    private int _used;

    public VersionStore()
    {
        _blocks = new VersionBlocks(this, new Vocabulary(), [], 0);
        _writer = new PackWriter(_blocks.Vocabulary, AddressOf);
    }

    /// <summary>Keeps the objects as they are; each then knows where.</summary>
    public void Write(IReadOnlyList<StripeObject> values)
    {
        lock (_gate)
        {
            _writer.Reset();
            foreach (var value in values)
                _writer.Object(value);
            var start = Append(_writer.Bytes);
            foreach (var (value, position) in _writer.Versions)
                value.Version = new PackedVersion(this, start + position);
        }
    }

    /// <summary>The version there; null for one of before <see cref="Clear"/>.</summary>
    public StripeObject? Read(long address) => Volatile.Read(ref _blocks).Read(address);

    /// <summary>Whether the version there is of the object with that id.</summary>
    public bool HasId(long address, string id) => Volatile.Read(ref _blocks).HasId(address, id);

    public void Clear()
    {
        lock (_gate)
        {
            Volatile.Write(ref _blocks, _blocks.Cleared());
            _used = 0;
        }
    }

    private long? AddressOf(StripeObject value) =>
        ReferenceEquals(value.Version.Keeper, this) && _blocks.Holds(value.Version.Address) ? value.Version.Address : null;

    private long Append(ReadOnlySpan<byte> bytes)
    {
        var blocks = _blocks;
        if (blocks.Last is not { } last || last.Length - _used < bytes.Length)
        {
            last = GC.AllocateUninitializedArray<byte>(Math.Max(blocks.NextSize, bytes.Length));
            blocks = blocks.With(last);
            _used = 0;
        }

        bytes.CopyTo(last.AsSpan(_used));
        var address = blocks.AddressInLast(_used);
        _used += bytes.Length;
        // After the bytes: whoever reads an address finds what stands there.
        Volatile.Write(ref _blocks, blocks);
        return address;
    }
}
