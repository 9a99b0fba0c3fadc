using PaymentApp;
using PaymentApp.Operations;

// Settings are read at start. Who waits for them to change is woken by each write to a ledger that lies beside them.
var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.AddPaymentApp();
var app = builder.Build();
app.UsePaymentApp();
return await app.RunPaymentAppAsync(args);
