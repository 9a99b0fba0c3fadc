using PaymentApp;

var builder = WebApplication.CreateBuilder(args);
builder.AddPaymentApp();
var app = builder.Build();
app.UsePaymentApp();
app.Run();
