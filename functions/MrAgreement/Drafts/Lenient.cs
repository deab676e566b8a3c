using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Drafts;

/// <summary>As much of unfinished terms as can be read, so that the rest is judged and its dates are shown all the same.</summary>
/// <param name="Terms">Parties, obligations and instalments that can't be read are left out.</param>
sealed record Lenient(Terms Terms, IReadOnlyList<int> Parties, IReadOnlyList<int> Obligations, IReadOnlyList<int> Instalments)
{
    // What stands where nothing does, so that only what is missing is told to be.
    const string Nothing = "–";

    static readonly string[] essential = ["key", "title", "due"];

    public static Lenient Read(JsonObject terms, LocalDate today)
    {
        // One that has no key yet has its role all the same.
        var parties = Each(terms["parties"], Party).Select(it => it.Value.Key is null
            ? it with { Value = it.Value with { Key = $"X{it.At}" } } : it).ToList();
        var obligations = Each(terms["obligations"], Obligation).ToList();
        var grant = terms["grant"] is JsonObject money ? money : null;
        var instalments = Each(grant?["instalments"], Instalment).ToList();
        return new(new(
            Value<DiaryNumber>(terms["diaryNumber"]) ?? DiaryNumber.Parse(Nothing), Text(terms["title"]),
            [.. parties.Select(it => it.Value)], Reference<DateSpan>(terms["period"]) ?? Year(today),
            [.. obligations.Select(it => it.Value)], Value<WorkingDayRule>(terms["workingDayRule"]),
            Reminders(terms["reminders"]), grant is null ? null : Grant(grant, [.. instalments.Select(it => it.Value)]),
            [.. Each(terms["goals"], node => Reference<Goal>(node) is { Key: not null, Title: not null } goal ? goal : null)
                .Select(it => it.Value)], DraftTerms.TextOf(terms["reading"])),
            [.. parties.Select(it => it.At)], [.. obligations.Select(it => it.At)], [.. instalments.Select(it => it.At)]);
    }

    /// <summary>A fault of what was read, at its place in the document that it was read from.</summary>
    public Fault InPlace(Fault fault)
    {
        var parts = fault.Pointer.Split('/');
        var (at, places) = parts switch
        {
            ["", "parties", _, ..] => (2, Parties),
            ["", "obligations", _, ..] => (2, Obligations),
            ["", "grant", "instalments", _, ..] => (3, Instalments),
            _ => (0, [])
        };
        if (at == 0 || !int.TryParse(parts[at], out var index) || index >= places.Count)
            return fault;
        parts[at] = $"{places[index]}";
        return fault with { Pointer = string.Join('/', parts) };
    }

    static Party? Party(JsonObject node) => Reference<Party>(Without(node, "organisationNumber")) is { } it
        ? it with { Name = it.Name ?? Nothing, Duties = it.Duties ?? [] } : null;

    static ObligationTerms? Obligation(JsonObject node)
    {
        var it = Reference<ObligationTerms>(node) ?? Reference<ObligationTerms>(Without(node, "due"))
            // Of the rest only what others are judged by.
            ?? Reference<ObligationTerms>(new JsonObject(essential.Select(field => KeyValuePair.Create(field, node[field]?.DeepClone()))))
            ?? new(DraftTerms.TextOf(node["key"])!, DraftTerms.TextOf(node["title"])!, [], default, new(None: true));
        return it.Key is null ? null : it with
        {
            Title = it.Title ?? Nothing, Responsible = [.. (it.Responsible ?? []).Where(key => key is not null)],
            Due = it.Due ?? new(None: true)
        };
    }

    static InstalmentTerms? Instalment(JsonObject node) =>
        Reference<InstalmentTerms>(node) is { Key: not null } it && it.Appropriation is null or { Item: not null } ? it : null;

    static GrantTerms Grant(JsonObject node, IReadOnlyList<InstalmentTerms> instalments) =>
        Reference<GrantTerms>(Without(node, "instalments")) is { } it && it.Categories?.Any(c => c?.Key is null) != true
            && it.Overhead is null or { Category: not null } && it.Shares?.Any(s => s?.Party is null) != true
            ? it with { Currency = it.Currency ?? "SEK", Instalments = instalments }
            : new("SEK", Value<Money.Kronor>(node["total"]) ?? instalments.Aggregate(default(Money.Kronor), (sum, i) => sum + i.Amount),
                instalments);

    static ReminderPlan? Reminders(JsonNode? node) =>
        Reference<ReminderPlan>(node) is { Before: not null, Overdue: not null } it ? it : null;

    static DateSpan Year(LocalDate today) => new(new(today.Year, 1, 1), new(today.Year, 12, 31));

    static string Text(JsonNode? node) => DraftTerms.TextOf(node) ?? Nothing;

    static IEnumerable<(int At, T Value)> Each<T>(JsonNode? node, Func<JsonObject, T?> read) where T : class =>
        (node as JsonArray ?? []).Select((item, at) => (at, item is JsonObject it ? read(it) : null))
            .Where(it => it.Item2 is not null).Select(it => (it.at, it.Item2!));

    static JsonObject Without(JsonObject node, string field)
    {
        var rest = (JsonObject)node.DeepClone();
        rest.Remove(field);
        return rest;
    }

    static T? Reference<T>(JsonNode? node) where T : class => TryRead<T>(node, out var it) ? it : null;

    static T? Value<T>(JsonNode? node) where T : struct => TryRead<T>(node, out var it) ? it : null;

    static bool TryRead<T>(JsonNode? node, out T? it)
    {
        it = default;
        if (node is null)
            return false;
        try
        {
            it = node.Deserialize<T>(Json.Options);
            return it is not null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }
}
