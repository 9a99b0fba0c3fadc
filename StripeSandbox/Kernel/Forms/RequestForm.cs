using System.Buffers;
using System.Text;
using StripeSandbox.Errors;

namespace StripeSandbox.Forms;

/// <summary>Reads a request's parameters: the query, and the body of a POST.</summary>
internal static class RequestForm
{
    private const int MaxBody = 1 << 20;

    /// <exception cref="Refusal">The body is too large, of another type, or cannot be decoded.</exception>
    public static async ValueTask<FormNode> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = new FormNode();
        if (request.QueryString.Value is { Length: > 1 } query)
            FormDecoder.Decode(Encoding.UTF8.GetBytes(query[1..]), form);
        if (HttpMethods.IsPost(request.Method) && request.ContentLength is not 0)
            await ReadBodyAsync(request, form, cancellationToken);
        return form;
    }

    private static async ValueTask ReadBodyAsync(HttpRequest request, FormNode form, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBody)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw RequestErrors.BodyTooLarge();
            }

            if (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                if (read.Buffer.IsEmpty)
                    return;
                RequireForm(request);
                FormDecoder.Decode(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(), form);
                return;
            }
            finally
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private static void RequireForm(HttpRequest request)
    {
        if (request.ContentType is { Length: > 0 } type && !type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            throw RequestErrors.NotAForm();
        }
    }
}
