using System.Text;
using PaymentApp.Bench.Load;

namespace PaymentApp.Tests.Bench;

/// <summary>The load generator sees in a render batch what a shopper would see of it.</summary>
public sealed class RenderBatchTests
{
    [Fact]
    public void The_last_handler_of_an_event_is_found()
    {
        var bytes = Batch(["onclick", "onsubmit"], edits: [], frames: [(0, 7), (1, 8), (1, 0), (1, 5_000_000_000)]);

        Assert.Equal(5_000_000_000, new RenderBatch(bytes).HandlerOf("onsubmit"));
        Assert.Equal(7, new RenderBatch(bytes).HandlerOf("onclick"));
        Assert.Null(new RenderBatch(bytes).HandlerOf("onchange"));
    }

    [Fact]
    public void An_attribute_that_is_taken_off_is_told_from_one_that_is_set()
    {
        const int SetAttribute = 3;
        const int RemoveAttribute = 4;
        var bytes = Batch(["disabled", "hidden"], edits: [(SetAttribute, 1), (RemoveAttribute, 0)], frames: []);

        Assert.True(new RenderBatch(bytes).Removes("disabled"));
        Assert.False(new RenderBatch(bytes).Removes("hidden"));
    }

    [Fact]
    public void A_text_is_shown_as_a_whole()
    {
        var bytes = Batch(["Your receipt, please", "Größe", new string('x', 300)], edits: [], frames: []);

        Assert.True(new RenderBatch(bytes).Shows("Größe"));
        Assert.True(new RenderBatch(bytes).Shows(new string('x', 300)));
        Assert.False(new RenderBatch(bytes).Shows("Your receipt"));
    }

    /// <summary>A batch as the server writes it, with one component that changes.</summary>
    /// <param name="edits">Their types and texts.</param>
    /// <param name="frames">The names and handlers of attributes.</param>
    private static byte[] Batch(string[] texts, (int Type, int Text)[] edits, (int Name, long Handler)[] frames)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream, Encoding.UTF8);
        var component = (int)stream.Position;
        writer.Write(1);
        writer.Write(edits.Length);
        foreach (var (type, text) in edits)
            Write(type, 0, 0, text);
        var updates = (int)stream.Position;
        Write(1, component);
        var frameTable = (int)stream.Position;
        writer.Write(frames.Length);
        foreach (var (name, handler) in frames)
        {
            Write(3, name, -1);
            writer.Write(handler);
        }

        var disposed = (int)stream.Position;
        writer.Write(0);
        var positions = new List<int>();
        foreach (var text in texts)
        {
            positions.Add((int)stream.Position);
            writer.Write(text);
        }

        var textTable = (int)stream.Position;
        Write([.. positions]);
        Write(updates, frameTable, disposed, disposed, textTable);
        return stream.ToArray();

        void Write(params int[] numbers)
        {
            foreach (var number in numbers)
                writer.Write(number);
        }
    }
}
