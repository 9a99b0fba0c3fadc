using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class OrderIdTests
{
    [Fact]
    public void Ids_do_not_repeat_and_read_back()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => OrderId.New()).ToHashSet();

        Assert.Equal(1000, ids.Count);
        Assert.All(ids, id => Assert.Equal(id, OrderId.Parse(id.ToString())));
    }

    [Fact]
    public void An_id_holds_128_bits_that_all_vary()
    {
        var ids = Enumerable.Range(0, 500).Select(_ => Convert.FromHexString(OrderId.New().Value)).ToList();

        Assert.All(ids, id => Assert.Equal(16, id.Length));
        for (var bit = 0; bit < 128; bit++)
            Assert.Equal(2, ids.Select(id => id[bit / 8] >> (bit % 8) & 1).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Forged))]
    public void What_is_not_shaped_like_an_id_is_none(string? text)
    {
        Assert.False(OrderId.TryParse(text, out var id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => OrderId.Parse(text!));
    }

    public static TheoryData<string?> Forged() =>
    [
        null, "", "1", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0", "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdeg", "0123456789abcdef0123456789abcde ", "01234567-89ab-cdef-0123-456789abcd", "../../../../etc/passwd/aaaaaaaaaaa",
    ];
}
