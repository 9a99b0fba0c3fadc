using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

/// <summary>The codec of each type that a property may have.</summary>
internal static class Codecs
{
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static object Of(Type type)
    {
        if (type == typeof(string))
            return new TextCodec();
        if (type == typeof(long))
            return new LongCodec();
        if (type == typeof(int))
            return new IntCodec();
        if (type == typeof(bool))
            return new FlagCodec();
        if (type == typeof(KeyValuePair<string, string>))
            return new PairCodec();
        if (type.IsEnum)
            return New(typeof(EnumCodec<>), type);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return New(typeof(OptionalCodec<>), underlying, Of(underlying));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return New(typeof(ListCodec<>), type.GenericTypeArguments[0], Of(type.GenericTypeArguments[0]));
        if (typeof(StripeObject).IsAssignableFrom(type))
            return New(typeof(HeldCodec<>), type);
        if (type.IsClass && type.IsSealed && type.Namespace == typeof(StripeObject).Namespace)
            return New(typeof(RecordCodec<>), type);
        throw new NotSupportedException($"Objects with a {type} cannot be kept: it needs a codec.");
    }

    private static object New(Type definition, Type type, params object[] arguments) =>
        Activator.CreateInstance(definition.MakeGenericType(type), arguments)!;
}
