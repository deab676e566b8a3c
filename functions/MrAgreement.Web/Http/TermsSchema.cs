using System.Text.Json;

namespace MrAgreement.Web.Http;

/// <summary>The member by which a program that helps to write terms finds their schema: it may stand beside them, and says nothing of the
/// agreement.</summary>
static class TermsSchema
{
    public const string Key = "$schema";

    /// <summary>The document without it; as it is when it has none, or is none.</summary>
    public static byte[] Without(byte[] terms)
    {
        var options = new JsonDocumentOptions { MaxDepth = Json.Options.MaxDepth };
        using var document = JsonDocument.Parse(terms, options);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty(Key, out _))
            return terms;
        using var without = new MemoryStream();
        using (var json = new Utf8JsonWriter(without))
        {
            json.WriteStartObject();
            foreach (var member in root.EnumerateObject().Where(member => member.Name != Key))
                member.WriteTo(json);
            json.WriteEndObject();
        }
        return without.ToArray();
    }
}
