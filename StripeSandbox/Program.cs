using StripeSandbox;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddCommandLine(args, new Dictionary<string, string>
{
    ["--url"] = "Sandbox:Url",
    ["--data"] = "Sandbox:Data",
});
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.AddStripeSandbox();
var app = builder.Build();
app.UseStripeSandbox();
app.AnnounceStripeSandbox();
app.Run();
