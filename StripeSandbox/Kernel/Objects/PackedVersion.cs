namespace StripeSandbox.Objects;

/// <summary>Where exactly this version of an object is kept; nowhere, for one that is not.</summary>
/// <param name="Keeper">Whoever keeps it: addresses mean nothing to another.</param>
/// <param name="Address">Where, with that keeper.</param>
internal readonly record struct PackedVersion(object? Keeper, long Address);
