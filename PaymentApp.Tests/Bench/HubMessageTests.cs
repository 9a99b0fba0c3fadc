using PaymentApp.Bench.Load;

namespace PaymentApp.Tests.Bench;

/// <summary>The load generator and a circuit understand each other, byte for byte.</summary>
public sealed class HubMessageTests
{
    [Fact]
    public void An_invocation_is_read_as_it_was_written()
    {
        var sent = new HubMessage.Invocation("0", "StartCircuit", ["http://shop.test/", null, true, false, 7, 70_000L, -3L, new string('ü', 40), new string('x', 70_000)]);

        var invocation = Assert.IsType<HubMessage.Invocation>(Assert.Single(Take(sent.ToBytes())));

        Assert.Equal("0", invocation.Id);
        Assert.Equal("StartCircuit", invocation.Target);
        Assert.Equal(["http://shop.test/", null, true, false, 7L, 70_000L, -3L, new string('ü', 40), new string('x', 70_000)], invocation.Arguments);
    }

    [Fact]
    public void Messages_are_taken_from_what_arrived_and_the_half_of_one_is_left()
    {
        byte[] ping = new HubMessage.Ping().ToBytes();
        byte[] call = new HubMessage.Invocation(Id: null, "JS.AttachComponent", [2]).ToBytes();
        ReadOnlyMemory<byte> arrived = (byte[])[.. ping, .. call, .. call[..^1]];

        Assert.True(HubMessage.TryTake(ref arrived, out var first));
        Assert.True(HubMessage.TryTake(ref arrived, out var second));
        Assert.False(HubMessage.TryTake(ref arrived, out _));

        Assert.IsType<HubMessage.Ping>(first);
        Assert.Equal("JS.AttachComponent", Assert.IsType<HubMessage.Invocation>(second).Target);
        Assert.Equal(call.Length - 1, arrived.Length);
    }

    [Theory]
    // As SignalR's specification writes them: a result, none, and an error.
    [InlineData(new byte[] { 0x95, 0x03, 0x80, 0xa1, 0x30, 0x03, 0xa3, 0x61, 0x62, 0x63 }, "abc", null)]
    [InlineData(new byte[] { 0x94, 0x03, 0x80, 0xa1, 0x30, 0x02 }, null, null)]
    [InlineData(new byte[] { 0x95, 0x03, 0x80, 0xa1, 0x30, 0x01, 0xa2, 0x6e, 0x6f }, null, "no")]
    public void A_completion_has_a_result_or_an_error(byte[] message, string? result, string? error)
    {
        var completion = Assert.IsType<HubMessage.Completion>(Assert.Single(Take((byte[])[(byte)message.Length, .. message])));

        Assert.Equal(new HubMessage.Completion("0", result, error), completion);
    }

    [Fact]
    public void Numbers_and_bytes_are_read_in_every_width()
    {
        object? Read(params byte[] bytes) => new MessagePackReader(bytes).Read();

        Assert.Equal(-1L, Read(0xff));
        Assert.Equal(200L, Read(0xcc, 200));
        Assert.Equal(0x1234L, Read(0xcd, 0x12, 0x34));
        Assert.Equal(-2L, Read(0xd1, 0xff, 0xfe));
        Assert.Equal(1.5d, Read(0xca, 0x3f, 0xc0, 0, 0));
        Assert.Equal(new byte[] { 1, 2 }, Read(0xc5, 0, 2, 1, 2));
        Assert.Throws<InvalidDataException>(() => Read(0xc4, 9, 1));
        Assert.Throws<InvalidDataException>(() => Read(0xc1));
    }

    private static List<HubMessage> Take(ReadOnlyMemory<byte> arrived)
    {
        var messages = new List<HubMessage>();
        while (HubMessage.TryTake(ref arrived, out var message))
            messages.Add(message!);
        Assert.True(arrived.IsEmpty);
        return messages;
    }
}
