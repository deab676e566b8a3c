using System.Text.Json.Nodes;

namespace MrAgreement.Web.Drafts;

/// <summary>What a draft of terms can begin from.</summary>
static class DraftTemplates
{
    /// <summary>No terms at all.</summary>
    public const string Empty = "empty";

    /// <summary>By name, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> All = [Empty, "state-grant", "shared-assignment", "mr-2014"];

    public static JsonObject Read(string name)
    {
        if (name == Empty)
            return [];
        using var file = typeof(DraftTemplates).Assembly.GetManifestResourceStream($"TermsTemplates/{name}.json")!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
