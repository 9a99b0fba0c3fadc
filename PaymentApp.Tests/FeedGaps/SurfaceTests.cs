using System.Globalization;
using System.Reflection;
using System.Text;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

/// <summary>
/// Code that compiles here must compile against Stripe.net: nothing joins the stand-in's public surface without
/// a line in StripeNet.surface.txt, which lists members of Stripe.net 52.2.0 only.
/// </summary>
public sealed class SurfaceTests
{
    private static readonly string[] Approved =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "PaymentApp.Tests", "FeedGaps", "StripeNet.surface.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')),
    ];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(void)] = "void",
    };

    private static readonly Assembly StripeNet = typeof(StripeClient).Assembly;

#if OFFICIAL_STRIPE
    [Fact]
    public void The_official_package_has_every_approved_member()
    {
        var official = StripeNet.GetExportedTypes().SelectMany(type => Lines(type, BindingFlags.FlattenHierarchy)).ToHashSet();

        Assert.Empty(Approved.Where(line => line.Contains(" : ", StringComparison.Ordinal)).Except(official));
    }
#else
    [Fact]
    public void The_stand_in_has_the_approved_members_and_no_other()
    {
        var actual = StripeNet.GetExportedTypes().SelectMany(type => Lines(type, BindingFlags.DeclaredOnly)).ToList();

        Assert.Empty(actual.Except(Approved));
        Assert.Empty(Approved.Except(actual));
    }

    [Fact]
    public void The_stand_in_stands_on_nothing_but_the_framework() => Assert.All(
        StripeNet.GetReferencedAssemblies(),
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
#endif

    /// <summary>A type and its members, one a line, as <c>Type : member</c>.</summary>
    private static IEnumerable<string> Lines(Type type, BindingFlags depth)
    {
        var owner = Name(type);
        yield return $"{owner}{(type.IsInterface ? " is an interface" : type.IsAbstract ? " is abstract" : "")}";

        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | depth))
        {
            if (member.DeclaringType!.Assembly == StripeNet && Signature(member) is { } signature)
                yield return $"{owner} : {signature}";
        }
    }

    private static string? Signature(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{ {(property.CanRead ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}",
        MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Virtual(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    private static string Virtual(MethodInfo method) =>
        method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false, DeclaringType.IsInterface: false } ? "virtual " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")}"));

    private static string Value(object? value) => value switch
    {
        null => "default",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (!type.IsGenericType)
            return Keywords.GetValueOrDefault(type, type.Name);

        return new StringBuilder(type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)])
            .Append('<').AppendJoin(", ", type.GetGenericArguments().Select(Name)).Append('>').ToString();
    }
}
