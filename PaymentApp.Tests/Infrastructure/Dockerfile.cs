using System.Text.Json;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>A Dockerfile of this repository, read and carried out without Docker as far as its files go.</summary>
internal sealed class Dockerfile(string project)
{
    private static readonly string[] Sources = [".cs", ".razor", ".csproj", ".txt", ".js", ".css", ".html", ".json", ".svg"];

    private readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, project, "Dockerfile"));

    /// <summary>What follows the name of each instruction of a kind, such as <c>RUN</c>.</summary>
    public IEnumerable<string> Instructions(string name) =>
        _lines.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..]);

    /// <summary>The words of the one instruction of a kind that is written as a list.</summary>
    public string[] Words(string name) => JsonSerializer.Deserialize<string[]>(Instructions(name).Single())!;

    /// <summary>Copies what the build stage copies: a folder's content, or a file, into a folder.</summary>
    public void CopyTo(string source)
    {
        foreach (var arguments in Instructions("COPY").Where(copied => !copied.StartsWith("--from", StringComparison.Ordinal)).Select(copied => copied.Split(' ')))
        {
            foreach (var from in arguments[..^1].Select(copied => Path.Combine(Repository.Root, copied)))
            {
                var to = Path.Combine(source, arguments[^1]);
                Copy(from, Directory.Exists(from) ? to : Path.Combine(to, Path.GetFileName(from)));
            }
        }
    }

    /// <summary>Nothing that the projects are made of stays behind: their own files, and what every project here builds on.</summary>
    public static void AssertComplete(string source, string[] projects, string[] shared)
    {
        var own = projects
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => Sources.Contains(Path.GetExtension(file)))
            .Where(file => file.Split(Path.DirectorySeparatorChar)[1] is not ("bin" or "obj"));
        Assert.All(shared.Concat(own), file => Assert.True(File.Exists(Path.Combine(source, file)), $"The Dockerfile does not copy {file}."));
    }

    public void AssertUnprivilegedWithVolume()
    {
        Assert.Equal("$APP_UID", Instructions("USER").Single());
        Assert.Equal("/data", Instructions("VOLUME").Single());
        Assert.Contains(Instructions("RUN"), run => run == "mkdir /data && chown $APP_UID /data");
        Assert.All(Instructions("FROM"), image => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0( AS build)?$", image));
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            // What Dockerfile.dockerignore leaves out.
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj" or "App_Data"))
                Copy(file, Path.Combine(to, path));
        }
    }
}
