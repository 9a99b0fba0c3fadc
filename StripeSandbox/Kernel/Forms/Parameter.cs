namespace StripeSandbox.Forms;

internal enum ParameterKind
{
    Text,
    Integer,
    Flag,
    Choice,
    TextList,

    /// <summary>An object whose fields are known and checked.</summary>
    Fields,

    /// <summary>Names of the caller's choosing with text values: metadata.</summary>
    Map,

    /// <summary>Known to Stripe, of any shape; kept or passed over.</summary>
    Open,
}

/// <summary>One parameter that Stripe knows, with what it takes.</summary>
internal sealed record Parameter(string Name, ParameterKind Kind)
{
    public bool IsRequired { get; private init; }

    /// <summary>Whether an empty string is accepted and clears the field.</summary>
    public bool IsClearable { get; private init; }

    public string[] Choices { get; private init; } = [];

    public ParameterSet? Fields { get; private init; }

    public static Parameter Text(string name) => new(name, ParameterKind.Text);

    public static Parameter Integer(string name) => new(name, ParameterKind.Integer);

    public static Parameter Flag(string name) => new(name, ParameterKind.Flag);

    public static Parameter Choice(string name, params string[] choices) => new(name, ParameterKind.Choice) { Choices = choices };

    public static Parameter TextList(string name) => new(name, ParameterKind.TextList);

    public static Parameter Object(string name, params Parameter[] fields) => new(name, ParameterKind.Fields) { Fields = new ParameterSet(fields) };

    public static Parameter Map(string name) => new(name, ParameterKind.Map) { IsClearable = true };

    public static Parameter Open(string name) => new(name, ParameterKind.Open) { IsClearable = true };

    public Parameter Required() => this with { IsRequired = true };

    public Parameter Clearable() => this with { IsClearable = true };
}
