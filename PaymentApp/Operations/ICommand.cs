namespace PaymentApp.Operations;

/// <summary>What the app does in place of serving pages when its first argument is the command's name.</summary>
internal interface ICommand
{
    /// <summary>The argument that calls it, such as <c>check-stripe</c>.</summary>
    string Name { get; }

    /// <summary>What it is for, in one line.</summary>
    string Purpose { get; }

    /// <param name="output">Where it says what it did.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exit code of the process: 0 when all went well.</returns>
    Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken);
}
