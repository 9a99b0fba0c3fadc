namespace StripeSandbox.Idempotency;

/// <summary>
/// Keeps the bodies of answers for a day. One body differs from another of its kind in a few lines, so only these are kept, in blocks
/// that go once none of their answers is remembered.
/// </summary>
internal sealed class KeptBodies
{
    private const int BlockSize = 1 << 16;
    private const int MaxModels = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(int Lines, int Kind), byte[]> _models = [];
    private byte[] _block = [];
    private int _used;

    public KeptBody Keep(byte[] body)
    {
        lock (_gate)
        {
            var kind = KindOf(body);
            if (!_models.TryGetValue(kind, out var model))
                return Model(kind, body);
            if (BlockSize - _used < body.Length || _block.Length == 0)
            {
                if (body.Length > BlockSize)
                    return new KeptBody(body, null, 0, 0);
                (_block, _used) = (GC.AllocateUninitializedArray<byte>(BlockSize), 0);
            }

            // What is no shorter than a good part of the body was made after the wrong model.
            if (LineDifference.Write(model, body, _block.AsSpan(_used, body.Length / 2)) is not { } length)
                return Model(kind, body);
            var kept = new KeptBody(model, _block, _used, length);
            _used += length;
            return kept;
        }
    }

    private KeptBody Model((int Lines, int Kind) kind, byte[] body)
    {
        if (_models.Count == MaxModels)
            _models.Clear();
        _models[kind] = body;
        return new KeptBody(body, null, 0, 0);
    }

    // The third line names the kind of object.
    private static (int Lines, int Kind) KindOf(ReadOnlySpan<byte> body)
    {
        var hash = new HashCode();
        var lines = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            if (++lines == 3)
                hash.AddBytes(body[range]);
        }

        return (lines, hash.ToHashCode());
    }
}

/// <summary>A body that is kept: as it is, or by what distinguishes it from another.</summary>
internal readonly struct KeptBody(byte[] model, byte[]? block, int start, int length)
{
    /// <summary>Whether it is kept as it is.</summary>
    public bool IsWhole => block is null;

    public byte[] Read() => block is null ? model : LineDifference.Apply(model, block.AsSpan(start, length));
}
