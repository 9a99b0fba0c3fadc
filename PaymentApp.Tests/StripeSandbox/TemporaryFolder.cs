namespace PaymentApp.Tests.Sandbox;

/// <summary>A folder that goes with the test that made it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stripe-sandbox-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
