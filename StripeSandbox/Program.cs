using StripeSandbox;

var builder = WebApplication.CreateBuilder(args);
builder.AddStripeSandbox();
var app = builder.Build();
app.UseStripeSandbox();
app.AnnounceStripeSandbox();
app.Run();
