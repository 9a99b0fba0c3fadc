namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/pagination, and what is left of a deleted object.</summary>
internal static class ListJson
{
    public static void Write(JsonOutput output, ListReply list, Expansion expansion, long? total = null)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("object"u8, "list");
        json.WriteStartArray("data"u8);
        foreach (var value in list.Data)
            output.Object(value, expansion["data"] ?? Expansion.None);
        json.WriteEndArray();
        output.Flag("has_more"u8, list.HasMore);
        if (total is not null)
            output.Number("total_count"u8, total);
        output.Text("url"u8, list.Url);
        json.WriteEndObject();
    }

    public static void WriteDeleted(JsonOutput output, DeletedReply deleted)
    {
        output.Json.WriteStartObject();
        output.Text("id"u8, deleted.Id);
        output.Text("object"u8, deleted.Kind);
        output.Flag("deleted"u8, true);
        output.Json.WriteEndObject();
    }
}
