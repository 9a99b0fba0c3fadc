using System.Buffers;
using StripeSandbox.Errors;
using StripeSandbox.Forms;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>
/// What stands on the card holder's statement: the account's own words and a suffix of the payment's
/// (https://docs.stripe.com/get-started/account/statement-descriptors).
/// </summary>
internal static class StatementDescriptors
{
    private const string Name = "statement_descriptor";
    private const string Suffix = "statement_descriptor_suffix";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>\\'\"*");

    /// <exception cref="Refusal">The whole descriptor, which cards do not take, or a suffix that no statement can show.</exception>
    public static void Require(FormNode form)
    {
        if (form.Text(Name) is not null)
            throw ParameterErrors.NotForCards(Name, Suffix);

        if (form.Text(Suffix) is not { } suffix)
            return;
        if (suffix.AsSpan().ContainsAny(Forbidden))
            throw ParameterErrors.DescriptorHasForbiddenCharacters(Suffix);
        if (!suffix.Any(char.IsLetter))
            throw ParameterErrors.DescriptorHasNoLetter(Suffix);
    }
}
