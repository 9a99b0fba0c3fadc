using PaymentApp;
using PaymentApp.Operations;

var builder = WebApplication.CreateBuilder(args);
builder.AddPaymentApp();
var app = builder.Build();
app.UsePaymentApp();
return await app.RunPaymentAppAsync(args);
