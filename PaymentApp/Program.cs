using PaymentApp;

var builder = WebApplication.CreateBuilder(args);
builder.AddPaymentApp();
await using var app = builder.Build();
if (!app.CanStart())
    return 1;
app.UsePaymentApp();
await app.RunAsync();
return 0;
