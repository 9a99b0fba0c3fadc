namespace PaymentApp.Operations.CheckStripe;

/// <summary>What the checks found, line by line.</summary>
internal sealed class CheckReport(TextWriter output)
{
    /// <summary>How much is as it must be.</summary>
    public int Passed { get; private set; }

    /// <summary>How much is not.</summary>
    public int Failed { get; private set; }

    public void Ok(string what)
    {
        Passed++;
        output.WriteLine($"ok      {what}");
    }

    public void NotOk(string what)
    {
        Failed++;
        output.WriteLine($"NOT OK  {what}");
    }

    /// <summary>Something worth knowing that no checkout fails by.</summary>
    public void Note(string what) => output.WriteLine($"note    {what}");

    /// <summary>Says whether an exchange with Stripe came out as it must.</summary>
    /// <param name="what">What was tried, in a few words.</param>
    /// <returns>Whether it did.</returns>
    public bool Expect(string what, Exchange exchange, Expectation expected)
    {
        var line = $"{what}: {exchange.Sent} -> {exchange.CameBack}";
        if (expected.IsMetBy(exchange))
        {
            Ok(line);
            return true;
        }

        NotOk($"{line}, not {expected}{(exchange.Message is { Length: > 0 } message ? $". {message}" : "")}");
        return false;
    }
}
