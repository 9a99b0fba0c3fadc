using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PaymentApp.Languages;

/// <summary>Which languages shoppers may choose. Section <c>Languages</c>.</summary>
public sealed class LanguagesOptions : IValidatableObject
{
    public const string Section = "Languages";

    /// <summary>
    /// Languages beside those that the shop is translated into, by their codes in <c>Languages:Additional:0</c> and so on:
    /// what a translation lacks reads English, so that one that is being made can be looked at.
    /// </summary>
    public IList<string> Additional { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Additional.Where(code => !IsLanguage(code)).Select(code => new ValidationResult(
            $"Languages:Additional names '{code}', which is no language. Use a code such as it or pt-BR."));

    private static bool IsLanguage(string code)
    {
        try
        {
            return code.Length > 0 && CultureInfo.GetCultureInfo(code, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
