using System.Buffers.Binary;
using System.Text;

namespace PaymentApp.Bench.Load;

/// <summary>
/// What a circuit sends to be shown, in the layout that blazor.web.js reads:
/// https://github.com/dotnet/aspnetcore/blob/main/src/Components/Web.JS/src/Rendering/RenderBatch/OutOfProcessRenderBatch.ts.
/// </summary>
internal readonly ref struct RenderBatch(ReadOnlySpan<byte> bytes)
{
    private const int EditLength = 16;
    private const int RemoveAttribute = 4;

    private const int FrameLength = 20;
    private const int AttributeFrame = 3;

    // Its last five numbers say where its tables begin.
    private const int TablesLength = 20;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    private int Updates => Number(_bytes.Length - TablesLength);

    private int Frames => Number(_bytes.Length - TablesLength + 4);

    private int Texts => Number(_bytes.Length - 4);

    /// <summary>Whether an attribute is taken off an element.</summary>
    public bool Removes(string attribute)
    {
        for (var update = 0; update < Number(Updates); update++)
        {
            // Its component, the number of edits, and these.
            var edits = Number(Updates + 4 + (4 * update)) + 4;
            for (var index = 0; index < Number(edits); index++)
            {
                var edit = edits + 4 + (EditLength * index);
                if (Number(edit) == RemoveAttribute && Text(Number(edit + 12)) == attribute)
                    return true;
            }
        }

        return false;
    }

    /// <summary>The handler of an event such as <c>onsubmit</c>, the last where there are several; null without one.</summary>
    public long? HandlerOf(string attribute)
    {
        long? found = null;
        for (var index = 0; index < Number(Frames); index++)
        {
            var frame = Frames + 4 + (FrameLength * index);
            if (Number(frame) == AttributeFrame
                && BinaryPrimitives.ReadInt64LittleEndian(_bytes[(frame + 12)..]) is not 0 and var handler
                && Text(Number(frame + 4)) == attribute)
                found = handler;
        }

        return found;
    }

    /// <summary>Whether a text is among those that it shows, as a whole.</summary>
    public bool Shows(string text)
    {
        var expected = Encoding.UTF8.GetBytes(text);
        for (var index = 0; index < (_bytes.Length - TablesLength - Texts) / 4; index++)
        {
            if (Utf8(index).SequenceEqual(expected))
                return true;
        }

        return false;
    }

    private string? Text(int index) => index < 0 ? null : Encoding.UTF8.GetString(Utf8(index));

    private ReadOnlySpan<byte> Utf8(int index)
    {
        var at = Number(Texts + (4 * index));
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = _bytes[at++];
            length |= (next & 0x7f) << shift;
            if (next < 0x80)
                return _bytes.Slice(at, length);
        }
    }

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);
}
