namespace StripeSandbox.Objects;

/// <summary>The account that everything belongs to.</summary>
internal static class Account
{
    public const string Id = "acct_1StripeSandbox0";
}
