using System.Text;
using Microsoft.AspNetCore.Http;
using StripeSandbox.Calls;

namespace PaymentApp.Tests.Sandbox.Fuzz;

/// <summary>One request of a fuzz run, as it goes over the wire. <paramref name="Form"/> is encoded already.</summary>
internal sealed record ThrownRequest(ApiRoute Route, string Method, string Path, string Form, IReadOnlyList<(string Name, string Value)> Headers)
{
    public HttpRequestMessage ToMessage()
    {
        var isPost = HttpMethods.IsPost(Method);
        var message = new HttpRequestMessage(new HttpMethod(Method), isPost || Form.Length == 0 ? Path : $"{Path}?{Form}");
        if (isPost)
            message.Content = new StringContent(Form, Encoding.UTF8, "application/x-www-form-urlencoded");
        foreach (var (name, value) in Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }

        return message;
    }

    public override string ToString() => $"{Method} {Path} {Form} {string.Join(' ', Headers)}";
}
