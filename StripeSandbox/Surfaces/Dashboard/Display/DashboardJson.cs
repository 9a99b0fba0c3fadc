using System.Text;
using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Dashboard.Display;

/// <summary>Writes objects as the API would, less what is secret.</summary>
internal sealed class DashboardJson(SandboxBooks books, Secrets secrets)
{
    public string Of(StripeObject value)
    {
        var json = ReplyWriter.Write(new ObjectReply(value), books, ApiVersion.Default, Expansion.None, isPublishable: false, default, value.Created);
        return secrets.Mask(Encoding.UTF8.GetString(json));
    }
}
