using System.Text.Json;
using System.Text.Json.Nodes;

namespace MrAgreement.Agreements;

/// <summary>The terms that bind: as they were drafted, and with the amendments that have taken effect.</summary>
public static class TermsInForce
{
    /// <summary>The one way of writing them, byte for byte: members in order of their names, no spaces, UTF-8, and
    /// in <c>amendments</c> the changes that have taken effect, when any have.</summary>
    public static byte[] Write(Agreement it)
    {
        var terms = JsonSerializer.SerializeToNode(it.Terms, Json.Options)!.AsObject();
        var effective = it.Amendments.Where(amendment => amendment.TookEffect is not null)
            .Select(amendment => new Effective(amendment.Number, amendment.Proposed.EffectiveFrom, amendment.Proposed.Changes)).ToList();
        if (effective.Count > 0)
            terms["amendments"] = JsonSerializer.SerializeToNode(effective, Json.Options);
        return JsonSerializer.SerializeToUtf8Bytes(Sorted(terms), Json.Options);
    }

    /// <summary>SHA-256 of those bytes: what a signature is of.</summary>
    public static Sha256 Hash(Agreement it) => Sha256.Of(Write(it));

    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone()
    };

    sealed record Effective(int Number, LocalDate EffectiveFrom, IReadOnlyList<AmendmentChange> Changes);
}
