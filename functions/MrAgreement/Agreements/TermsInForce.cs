using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>The terms that bind: as they were drafted, and with the amendments that have taken effect.</summary>
public static class TermsInForce
{
    /// <summary>The one way of writing them, byte for byte: members in order of their names, no spaces, UTF-8, and
    /// in <c>amendments</c> the changes that have taken effect, when any have.</summary>
    public static byte[] Write(Agreement it)
    {
        var terms = JsonSerializer.SerializeToNode(it.Drafted, Json.Options)!.AsObject();
        var effective = it.Amendments.Where(amendment => amendment.TookEffect is not null)
            .Select(amendment => new Effective(amendment.Number, amendment.Proposed.EffectiveFrom, amendment.Proposed.Changes)).ToList();
        if (effective.Count > 0)
            terms["amendments"] = JsonSerializer.SerializeToNode(effective, Json.Options);
        return JsonSerializer.SerializeToUtf8Bytes(Sorted(terms), Json.Options);
    }

    /// <summary>SHA-256 of those bytes: what a signature is of.</summary>
    public static Sha256 Hash(Agreement it) => Sha256.Of(Write(it));

    /// <summary>The terms with what amendments have changed written into them, to begin another agreement from: what they say of a
    /// single year of a yearly obligation has no place there, and is left out.</summary>
    public static Terms AsOne(Agreement it) => it.Terms;

    /// <summary>The terms with one change written into them.</summary>
    internal static Terms Changed(Terms terms, AmendmentChange change) => change switch
    {
        { Add: { } added } => terms with { Obligations = [.. terms.Obligations, added] },
        { Drop: { } drop } => terms with
        {
            Obligations = [.. terms.Obligations.Where(o => o.Key != drop.Key).Select(o => o with { Rests = o.Rests is null ? null
                : [.. o.Rests.Where(rest => rest != drop.Key)] })]
        },
        { Reschedule: { } moved } => Of(terms, moved.Key, o => o with { Due = moved.Due, Reading = o.Reading?.WithoutDue }),
        { Revise: { } revised } => Of(terms, revised.Key, o => o with
        {
            Title = revised.Title?.Trim() ?? o.Title,
            Text = revised.Text is { } text ? HiddenLetters.WithoutOrNull(text) : o.Text,
            Documents = revised.Documents ?? o.Documents
        }),
        { Raise: { Instalment: null } raised } when terms.Grant is { } grant =>
            terms with { Grant = grant with { Total = raised.Amount } },
        { Raise: { } raised } => Of(terms, raised.Instalment!, i => i with { Amount = raised.Amount }),
        { Instalment: { } amended } => Of(terms, amended.Key, i => amended.Of(i)),
        { Period: { } period } => terms with { Period = period },
        { Reminders: { } plan } => terms with { Reminders = plan },
        { TakeOver: { } take } when terms.Parties.All(party => party.Key != take.Key) => terms with
        {
            Parties = AmendmentParties.Changed(terms.Parties, change),
            Obligations = [.. terms.Obligations.Select(o => o with
            {
                Responsible = [.. o.Responsible.Select(key => key == take.From ? take.Key : key)],
                Recipient = o.Recipient == take.From ? take.Key : o.Recipient
            })]
        },
        { Join: not null } or { Leave: not null } or { Duty: not null } =>
            terms with { Parties = AmendmentParties.Changed(terms.Parties, change) },
        _ => terms
    };

    static Terms Of(Terms terms, string obligation, Func<ObligationTerms, ObligationTerms> changed) =>
        terms with { Obligations = [.. terms.Obligations.Select(o => o.Key == obligation ? changed(o) : o)] };

    static Terms Of(Terms terms, string instalment, Func<InstalmentTerms, InstalmentTerms> changed) => terms.Grant is not { } grant ? terms
        : terms with { Grant = grant with { Instalments = [.. grant.Instalments.Select(i => i.Key == instalment ? changed(i) : i)] } };

    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone()
    };

    sealed record Effective(int Number, LocalDate EffectiveFrom, IReadOnlyList<AmendmentChange> Changes);
}
