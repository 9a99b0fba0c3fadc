using Microsoft.Extensions.Options;
using PaymentApp.Work;

namespace PaymentApp.Mail;

/// <summary>Wires the shop's mail: what is written, and how it leaves.</summary>
internal static class MailHosting
{
    public static void AddMail(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OrderLinks>();
        builder.Services.AddScoped<OrderMail>();
        builder.Services.AddSingleton<IMailSender>(services =>
            string.IsNullOrEmpty(services.GetRequiredService<IOptions<MailOptions>>().Value.Host)
                ? ActivatorUtilities.CreateInstance<MailFolderSender>(services)
                : ActivatorUtilities.CreateInstance<SmtpMailSender>(services));
        builder.Services.AddWorkHandler<ReceiptWork>(WorkKind.Receipt);
        builder.Services.AddWorkHandler<OrderMailWork>(WorkKind.OrderMail);
    }
}
