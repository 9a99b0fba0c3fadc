using System.Buffers;

namespace PaymentApp.Bench.Load;

/// <summary>
/// The messages of <c>blazorpack</c>, which are those of SignalR's MessagePack protocol:
/// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md#messagepack-msgpack-encoding.
/// </summary>
internal abstract record HubMessage
{
    private const int InvocationType = 1;
    private const int CompletionType = 3;
    private const int PingType = 6;
    private const int CloseType = 7;

    private const int ErrorResult = 1;
    private const int NoResult = 2;

    /// <summary>What each side says first, as text that ends with a record separator.</summary>
    public static ReadOnlySpan<byte> Handshake => "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8;

    /// <summary>Takes one message from the front of what has arrived; false where it has not arrived as a whole.</summary>
    public static bool TryTake(ref ReadOnlyMemory<byte> arrived, out HubMessage? message)
    {
        message = null;
        var (length, at) = (0, 0);
        while (true)
        {
            if (at == arrived.Length)
                return false;
            var next = arrived.Span[at];
            length |= (next & 0x7f) << (7 * at++);
            if (next < 0x80)
                break;
        }

        if (arrived.Length < at + length)
            return false;
        message = Read(arrived.Span.Slice(at, length));
        arrived = arrived[(at + length)..];
        return true;
    }

    /// <summary>The message as it is sent, behind its length.</summary>
    public byte[] ToBytes()
    {
        var writer = new MessagePackWriter();
        WriteTo(writer);
        var bytes = new ArrayBufferWriter<byte>(writer.Written.Length + 5);
        for (var length = writer.Written.Length; ; length >>= 7)
        {
            bytes.Write([(byte)(length < 0x80 ? length : length | 0x80)]);
            if (length < 0x80)
                break;
        }

        bytes.Write(writer.Written);
        return bytes.WrittenSpan.ToArray();
    }

    protected abstract void WriteTo(MessagePackWriter writer);

    private static HubMessage Read(ReadOnlySpan<byte> bytes) => new MessagePackReader(bytes).Read() switch
    {
        List<object?> and [(long)InvocationType, _, var id, string target, List<object?> arguments, ..] => new Invocation((string?)id, target, arguments),
        List<object?> and [(long)CompletionType, _, string id, (long)ErrorResult, string error, ..] => new Completion(id, Result: null, error),
        List<object?> and [(long)CompletionType, _, string id, (long)NoResult, ..] => new Completion(id, Result: null, Error: null),
        List<object?> and [(long)CompletionType, _, string id, _, var result, ..] => new Completion(id, result, Error: null),
        List<object?> and [(long)PingType, ..] => new Ping(),
        List<object?> and [(long)CloseType, var error, ..] => new Close((string?)error),
        _ => throw new InvalidDataException("A message that a circuit does not send."),
    };

    /// <param name="Id">Null where no completion is wanted.</param>
    public sealed record Invocation(string? Id, string Target, IReadOnlyList<object?> Arguments) : HubMessage
    {
        protected override void WriteTo(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(6);
            writer.Write(InvocationType);
            writer.WriteEmptyMap();
            writer.Write(Id);
            writer.Write(Target);
            writer.WriteArrayHeader(Arguments.Count);
            foreach (var argument in Arguments)
                writer.Write(argument);
            writer.WriteArrayHeader(0);
        }
    }

    public sealed record Completion(string Id, object? Result, string? Error) : HubMessage
    {
        protected override void WriteTo(MessagePackWriter writer) => throw new NotSupportedException("A circuit asks for no completions.");
    }

    public sealed record Ping : HubMessage
    {
        protected override void WriteTo(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(1);
            writer.Write(PingType);
        }
    }

    public sealed record Close(string? Error) : HubMessage
    {
        protected override void WriteTo(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(2);
            writer.Write(CloseType);
            writer.Write(Error);
        }
    }
}
