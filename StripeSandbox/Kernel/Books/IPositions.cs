namespace StripeSandbox.Books;

/// <summary>Positions on a shelf in the order of creation: all of them, or those of one customer.</summary>
internal interface IPositions
{
    /// <summary>The nearest older position; null when there is none.</summary>
    long? Before(long position);

    /// <summary>The nearest newer position; null when there is none.</summary>
    long? After(long position);
}
