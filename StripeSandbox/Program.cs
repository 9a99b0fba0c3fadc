using StripeSandbox;

var command = SandboxCommand.Parse(args);
if (command.Text is { } text)
{
    await (command.ExitCode == 0 ? Console.Out : Console.Error).WriteLineAsync(text);
    return command.ExitCode;
}

// Started in somebody's project, as a tool is, it must not read that project's settings.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddInMemoryCollection(command.Settings);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.AddStripeSandbox();
await using var app = builder.Build();
if (!app.CanStart())
    return 1;
app.UseStripeSandbox();
app.AnnounceStripeSandbox();
await app.RunAsync();
return 0;
