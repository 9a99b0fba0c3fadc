using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using StripeSandbox.Objects;
using StripeSandbox.Packing;
using StripeSandbox.Persistence;

namespace PaymentApp.Tests.Sandbox;

public sealed class PackedObjectTests
{
    private readonly VersionStore _store = new();

    public static TheoryData<string> Types =>
        [.. typeof(StripeObject).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_property_of_every_object_comes_back(string type)
    {
        var maker = new ObjectMaker();
        for (var round = 0; round < 3; round++)
        {
            var value = maker.Filled(TypeNamed(type));
            _store.Write([value]);
            Assert.Equal(Json(value), Json(Kept(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_has_no_value_comes_back_without_one(string type)
    {
        var value = ObjectMaker.Bare(TypeNamed(type));
        _store.Write([value]);
        Assert.Equal(Json(value), Json(Kept(value)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pi_")]
    [InlineData("pi_0Az9")]
    [InlineData("pi_0AZaz9zzzzzzzzzzzzzzzzzz")]
    [InlineData("pi_0AZaz9zzzzzzzzzzzzzzzzz")]
    [InlineData("_sandbox0000000000000000")]
    [InlineData("a_longer_beginning_0000000000000000")]
    [InlineData("Grüße, 世界 \U0001F4B3")]
    [InlineData("order-4711")]
    public void A_text_is_the_same_each_time_it_comes(string text)
    {
        for (var round = 0; round < 4; round++)
        {
            var value = new Customer { Id = $"cus_{round}", Created = 1, InvoicePrefix = text, Name = text, Description = text + text, Email = text };
            _store.Write([value]);
            var kept = (Customer)Kept(value);
            Assert.Equal((text, text, text + text, text), (kept.InvoicePrefix, kept.Name, kept.Description, kept.Email));
        }
    }

    [Fact]
    public void A_text_may_be_long_and_texts_may_be_many()
    {
        var values = Enumerable.Range(0, 9000)
            .Select(number => new Customer
            {
                Id = $"cus_{number}",
                Created = number,
                InvoicePrefix = "A",
                Name = $"shopper {number / 2}",
                Description = new string('x', number % 700),
            })
            .ToList();
        values.Add(new Customer { Id = "cus_big", Created = 1, InvoicePrefix = "A", Description = new string('y', 2_000_000) });
        foreach (var value in values)
            _store.Write([value]);

        Assert.Equal(values.Select(Json), values.Select(value => Json(Kept(value))));
    }

    [Fact]
    public void An_event_tells_of_the_version_that_it_was_written_with()
    {
        var charge = (Charge)new ObjectMaker().Filled(typeof(Charge)) with { Amount = 1 };
        var first = Told("evt_1", charge, null);
        _store.Write([charge, first]);
        var changed = (Charge)Kept(charge) with { Amount = 2 };
        var second = Told("evt_2", changed, (Charge)Kept(charge));
        _store.Write([second, changed]);

        Assert.Equal(1, ((Charge)((Event)Kept(first)).Object).Amount);
        Assert.Equal((2, 1), (((Charge)((Event)Kept(second)).Object).Amount, ((Charge)((Event)Kept(second)).Previous!).Amount));
        Assert.Equal(2, ((Charge)Kept(changed)).Amount);
    }

    [Fact]
    public void A_change_is_another_version_and_where_it_is_kept_makes_no_difference()
    {
        var intent = (PaymentIntent)new ObjectMaker().Filled(typeof(PaymentIntent)) with { Metadata = Metadata.Empty };
        _store.Write([intent]);

        Assert.Null((intent with { Amount = 5 }).Version.Keeper);
        Assert.Equal(intent, intent with { });
        Assert.NotEqual(intent, intent with { Id = "pi_other" });
    }

    [Fact]
    public void What_was_cleared_is_gone_and_its_addresses_are_not_given_again()
    {
        var old = ObjectMaker.Bare(typeof(Refund));
        _store.Write([old]);
        _store.Clear();
        var told = Told("evt_1", old, null);
        var address = old.Version.Address;
        Assert.Null(_store.Read(address));

        _store.Write([told]);

        Assert.Null(_store.Read(address));
        Assert.Equal(Json(old), Json(((Event)Kept(told)).Object));
    }

    [Fact]
    public void An_event_takes_a_fraction_of_what_it_tells_of()
    {
        var charge = new ObjectMaker().Filled(typeof(Charge));
        _store.Write([charge]);
        var told = Told("evt_0000000000000000000000000", charge, charge);
        _store.Write([told]);
        var after = ObjectMaker.Bare(typeof(Refund));
        _store.Write([after]);

        Assert.InRange(after.Version.Address - told.Version.Address, 1, 80);
    }

    private static Event Told(string id, StripeObject value, StripeObject? previous) =>
        new() { Id = id, Created = 7, Type = "charge.updated", Object = value, Previous = previous };

    private StripeObject Kept(StripeObject value) => _store.Read(value.Version.Address)!;

    private static Type TypeNamed(string name) => typeof(StripeObject).Assembly.GetType($"{typeof(StripeObject).Namespace}.{name}")!;

    private static string Json(StripeObject value) => JsonSerializer.Serialize(new JournalEntry([value], null), JournalJson.Default.JournalEntry);

    /// <summary>Fills the properties of objects, each with another value.</summary>
    private sealed class ObjectMaker
    {
        private int _next;

        public StripeObject Filled(Type type) => (StripeObject)Value(type)!;

        public static StripeObject Bare(Type type)
        {
            var value = (StripeObject)RuntimeHelpers.GetUninitializedObject(type);
            type.GetProperty(nameof(StripeObject.Id))!.SetValue(value, "bare_000000000000000000000001");
            return value;
        }

        private object? Value(Type type)
        {
            _next++;
            if (type == typeof(string))
                return _next % 3 == 0 ? $"ch_{_next:D24}" : $"text {_next}";
            if (type == typeof(bool))
                return true;
            if (type == typeof(int))
                return -_next;
            if (type == typeof(long))
                return 1L << (_next % 62);
            if (type.IsEnum)
                return Enum.GetValues(type).Cast<object>().Last();
            if (Nullable.GetUnderlyingType(type) is { } underlying)
                return _next % 2 == 0 ? Activator.CreateInstance(underlying) : Value(underlying);
            if (type == typeof(IReadOnlyList<string>))
                return new[] { (string)Value(typeof(string))!, (string)Value(typeof(string))! };
            if (type == typeof(IReadOnlyList<KeyValuePair<string, string>>))
                return new KeyValuePair<string, string>[] { new((string)Value(typeof(string))!, (string)Value(typeof(string))!) };
            if (type == typeof(StripeObject))
                return Value(typeof(Charge));
            var value = RuntimeHelpers.GetUninitializedObject(type);
            foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
                property.SetValue(value, property.Name == nameof(Intent.ClientSecret) ? $"x{Ids.SecretMark}{_next:D25}" : Value(property.PropertyType));
            return value;
        }
    }
}
