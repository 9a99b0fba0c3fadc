using System.Text;
using StripeSandbox.Forms;
using StripeSandbox.Idempotency;

namespace PaymentApp.Tests.Sandbox;

public sealed class KeptAnswerTests
{
    private const int Many = 500;

    private readonly KeptBodies _bodies = new();

    [Fact]
    public void Bodies_of_one_kind_come_back_as_they_were_and_share_what_is_alike()
    {
        var bodies = Enumerable.Range(0, Many).Select(number => Body(number, metadata: number % 3)).ToList();

        var kept = bodies.ConvertAll(body => _bodies.Keep(body));

        Assert.Equal(bodies.Select(Text), kept.Select(body => Text(body.Read())));
        Assert.InRange(kept.Count(body => body.IsWhole), 1, 6);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("a", "")]
    [InlineData("a\nb\nc", "a\nx\nc")]
    [InlineData("a\nb\nc", "a\nb\nc")]
    [InlineData("a\nb\nc\n", "a\nb\nc")]
    [InlineData("a\nb\nc", "c\nb\na")]
    [InlineData("a\n\n\nc", "\n\na\nc")]
    [InlineData("é\nb\nc", "è\nb\nc")]
    [InlineData("one\ntwo\nthree\nfour", "one\ntwo\nthree\nfour\nfive\nsix")]
    [InlineData("one\ntwo\nthree\nfour\nfive", "one\nfive")]
    public void A_difference_makes_the_text_of_the_model(string model, string text)
    {
        var room = new byte[256];
        var length = LineDifference.Write(Bytes(model), Bytes(text), room);

        Assert.Equal(text, Text(LineDifference.Apply(Bytes(model), room.AsSpan(0, length!.Value))));
    }

    [Fact]
    public void Any_two_texts_have_a_difference()
    {
        var random = new Random(4711);
        var room = new byte[4096];
        for (var round = 0; round < 2000; round++)
        {
            var (model, text) = (Lines(random), Lines(random));
            var length = LineDifference.Write(Bytes(model), Bytes(text), room);
            Assert.Equal(text, Text(LineDifference.Apply(Bytes(model), room.AsSpan(0, length!.Value))));
        }
    }

    [Fact]
    public void A_body_that_is_like_no_other_or_large_comes_back_too()
    {
        byte[][] bodies = [Bytes("{}"), Bytes(new string('x', 100_000)), Bytes("{}"), Bytes(new string('y', 100_000)), Body(1, 0), Bytes("")];

        var kept = Array.ConvertAll(bodies, body => _bodies.Keep(body));

        Assert.Equal(bodies.Select(Text), kept.Select(body => Text(body.Read())));
    }

    /// <summary>Data files hold fingerprints: a restart on a newer version must not refuse a repeated request.</summary>
    [Theory]
    [InlineData("amount=1999&currency=usd&metadata[order_id]=42", "AE6DFF86F81E8EDB7A3927941B118000")]
    [InlineData("currency=usd&metadata[order_id]=42&amount=1999", "AE6DFF86F81E8EDB7A3927941B118000")]
    [InlineData("b[]=2&b[]=1&a=%C3%BC", "3EF0BEC3947A375B9DDA1A1CDAC1D5E4")]
    public void A_fingerprint_stays_what_it_was(string encoded, string fingerprint)
    {
        var form = new FormNode();
        FormDecoder.Decode(Bytes(encoded), form);

        Assert.Equal(fingerprint, Fingerprint.Of(form));
    }

    private static byte[] Body(int number, int metadata) => Bytes(
        $$"""
        {
          "id": "pi_{{number:D24}}",
          "object": "payment_intent",
        {{string.Concat(Enumerable.Range(0, 60).Select(line => $"  \"property_{line}\": null,\n"))}}  "metadata": {
        {{string.Concat(Enumerable.Range(0, metadata).Select(entry => $"    \"key_{entry}\": \"value {number}\",\n"))}}  },
          "status": "succeeded"
        }
        """);

    private static string Lines(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(9)).Select(_ => new string((char)('a' + random.Next(3)), random.Next(3))));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
