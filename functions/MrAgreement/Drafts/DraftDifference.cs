using System.Globalization;
using System.Text.Json.Nodes;

namespace MrAgreement.Drafts;

/// <summary>What became of a field, or of something with fields of its own.</summary>
public enum DraftChange
{
    Added,
    Removed,
    Changed
}

/// <summary>One thing in which two versions of terms differ.</summary>
/// <param name="Part">Which part of the terms: about, parties, goals, obligations, grant, reminders.</param>
/// <param name="Item">Key of the party, obligation, goal or instalment; null for the part itself.</param>
/// <param name="Title">What people call that one; null where it has no other name.</param>
/// <param name="Field">The field within it, as the terms call it; null for the whole of it.</param>
/// <param name="Before">As it was; null for nothing.</param>
/// <param name="After">As it is; null for nothing.</param>
public sealed record DraftDifference(
    DraftChange Change, string Part, string? Item, string? Title, string? Field, JsonNode? Before, JsonNode? After)
{
    static readonly string[] lists = ["parties", "goals", "obligations", "instalments"];

    /// <summary>Everything in which the second differs from the first; what is named by a key is the same where its key is.</summary>
    public static IReadOnlyList<DraftDifference> Between(JsonObject before, JsonObject after) =>
        [.. Fields(before, after).SelectMany(field => Differ(PartOf(field), field, before[field], after[field]))];

    static IEnumerable<DraftDifference> Differ(string part, string field, JsonNode? before, JsonNode? after)
    {
        if (IsSame(before, after))
            return [];
        if (lists.Contains(field))
            return Items(part, before as JsonArray ?? [], after as JsonArray ?? []);
        if (field == "grant" && before is JsonObject or null && after is JsonObject or null)
            return Fields(before as JsonObject ?? [], after as JsonObject ?? [])
                .SelectMany(name => Differ(part, name, before?[name], after?[name]));
        return [One(part, null, null, field, before, after)];
    }

    static IEnumerable<DraftDifference> Items(string part, JsonArray before, JsonArray after)
    {
        var (was, now) = (ByKey(before), ByKey(after));
        foreach (var (key, it) in now)
            if (was.Find(other => other.Key == key).It is not { } old)
                yield return new(DraftChange.Added, part, key, TitleOf(it), null, null, it);
            else
                foreach (var field in Fields(old, it).Where(field => field != "key" && !IsSame(old[field], it[field])))
                    yield return One(part, key, TitleOf(it), field, old[field], it[field]);
        foreach (var (key, it) in was.Where(old => now.TrueForAll(other => other.Key != old.Key)))
            yield return new(DraftChange.Removed, part, key, TitleOf(it), null, it, null);
        var (oldOrder, newOrder) = (was.Select(it => it.Key).Intersect(now.Select(it => it.Key)), now.Select(it => it.Key)
            .Intersect(was.Select(it => it.Key)));
        if (!oldOrder.SequenceEqual(newOrder))
            yield return new(DraftChange.Changed, part, null, null, "order", null, null);
    }

    static DraftDifference One(string part, string? item, string? title, string field, JsonNode? before, JsonNode? after) =>
        new(IsNothing(before) ? DraftChange.Added : IsNothing(after) ? DraftChange.Removed : DraftChange.Changed, part, item, title, field,
            IsNothing(before) ? null : before, IsNothing(after) ? null : after);

    // What may be left out means the same left out, null, no and empty.
    static bool IsSame(JsonNode? a, JsonNode? b) => JsonNode.DeepEquals(a, b) || IsNothing(a) && IsNothing(b);

    static bool IsNothing(JsonNode? node) => node switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => true,
        JsonValue value => value.TryGetValue(out bool yes) && !yes || value.TryGetValue(out string? text) && text.Length == 0,
        _ => false
    };

    // The same key twice is two all the same.
    static List<(string Key, JsonObject It)> ByKey(JsonArray items) =>
        [.. items.OfType<JsonObject>().GroupBy(it => DraftTerms.TextOf(it["key"]) ?? "").SelectMany(same => same.Select((it, i) =>
            (i == 0 ? same.Key : string.Create(CultureInfo.InvariantCulture, $"{same.Key} ({i + 1})"), it)))];

    static string? TitleOf(JsonObject it) => DraftTerms.TextOf(it["title"]) ?? DraftTerms.TextOf(it["name"]);

    static string PartOf(string field) => field switch
    {
        "parties" or "goals" or "obligations" or "grant" => field,
        "workingDayRule" or "reminders" => DraftSection.Reminders,
        _ => DraftSection.About
    };

    static IEnumerable<string> Fields(JsonObject before, JsonObject after) =>
        after.Select(field => field.Key).Union(before.Select(field => field.Key));
}
