using System.Net;
using System.Net.Sockets;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using PaymentApp.Mail;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Mail;

/// <summary>Mail by SMTP, against a server that says what a test wants.</summary>
public sealed class SmtpMailSenderTests
{
    [Fact]
    public async Task A_mail_reaches_the_server_with_its_id_and_address()
    {
        using var listener = Listen();
        var serving = ServeAsync(listener, recipientAnswer: "250 OK");

        await SendAsync(listener);

        var received = await serving;
        Assert.Contains($"RCPT TO:<{LogGuard.ShopperEmail}>", received, StringComparison.Ordinal);
        Assert.Contains("Message-Id: <receipt.1042@shop.example>", received, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("450 Busy", false)]
    [InlineData("550 No such user", true)]
    public async Task A_refusal_says_its_code_and_never_the_address(string answer, bool isFinal)
    {
        using var listener = Listen();
        var serving = ServeAsync(listener, $"{answer} <{LogGuard.ShopperEmail}>");

        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(listener));

        Assert.Equal(isFinal, refused.IsFinal);
        Assert.DoesNotContain(LogGuard.ShopperEmail, refused.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(answer[..3], refused.Message, StringComparison.Ordinal);
        await serving;
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again()
    {
        var listener = Listen();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Dispose();

        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(port));

        Assert.False(refused.IsFinal);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Task SendAsync(TcpListener listener) => SendAsync(((IPEndPoint)listener.LocalEndpoint).Port);

    private static async Task SendAsync(int port)
    {
        var sender = new SmtpMailSender(Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, Security = SecureSocketOptions.None }));
        using var mail = new MimeMessage(
            [new MailboxAddress("Shop", "hello@shop.example")], [new MailboxAddress(name: null, LogGuard.ShopperEmail)], "Receipt", new TextPart("plain") { Text = "Paid" })
        {
            MessageId = "receipt.1042@shop.example",
        };
        await sender.SendAsync(mail);
    }

    /// <summary>Takes one connection and answers it; returns all that the client said.</summary>
    private static async Task<string> ServeAsync(TcpListener listener, string recipientAnswer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 ready");
        var said = new List<string>();
        var inData = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (inData && line != ".")
                continue;
            inData = line == "DATA";
            await writer.WriteLineAsync(line switch
            {
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ when line.StartsWith("RCPT", StringComparison.Ordinal) => recipientAnswer,
                _ => "250 OK",
            });
            if (line == "QUIT")
                break;
        }

        return string.Join('\n', said);
    }
}
