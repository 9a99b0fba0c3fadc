using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PaymentApp.Checkout;

namespace PaymentApp.Tests.Checkout;

/// <summary>How the answers of the form's script are read.</summary>
public sealed class CardResultTests
{
    private readonly List<Type> _learned = [];
    private readonly JsonSerializerOptions _circuit;

    public CardResultTests() => _circuit = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { type => _learned.Add(type.Type) } },
    };

    [Fact]
    public void A_PaymentMethod_that_was_made_is_read_with_the_address_of_the_receipt()
    {
        var result = Read("""{"paymentMethodId":"pm_1","error":null,"email":"YWRh"}""");

        Assert.Equal(("pm_1", null), (result.PaymentMethodId, result.Error));
        Assert.Equal("ada"u8.ToArray(), result.Email);
    }

    [Theory]
    [InlineData("""{"paymentMethodId":null,"error":{"type":"card_error","message":"No."},"email":null}""")]
    [InlineData("""{"paymentMethodId":null,"error":{"type":"card_error","message":"No."}}""")]
    public void What_went_wrong_is_read(string answer)
    {
        var result = Read(answer);

        Assert.Equal(new CardResult(null, new CardError("card_error", "No.")), result);
        Assert.Null(result.Email);
    }

    [Fact]
    public void No_circuit_learns_more_types_of_an_answer_than_its_own()
    {
        Read("""{"paymentMethodId":null,"error":{"type":"card_error","message":"No."},"email":null}""");

        Assert.Subset(new HashSet<Type> { typeof(CardResult), typeof(IEquatable<CardResult>) }, _learned.ToHashSet());
    }

    [Fact]
    public void No_circuit_learns_more_types_of_a_text_than_its_own()
    {
        Assert.Equal("\"./form.js\"", JsonSerializer.Serialize(new ScriptText("./form.js"), _circuit));
        Assert.Equal("No.", JsonSerializer.Deserialize<ScriptText>("\"No.\"", _circuit).Value);
        Assert.Null(JsonSerializer.Deserialize<ScriptText>("null", _circuit).Value);

        Assert.Equal([typeof(ScriptText)], _learned.Distinct());
    }

    private CardResult Read(string answer) => JsonSerializer.Deserialize<CardResult>(answer, _circuit)!;
}
