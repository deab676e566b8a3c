using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using MrAgreement.Parties;

namespace MrAgreement.Drafts;

/// <summary>Between a draft's sections and the one document of terms that they make up.</summary>
public static class DraftTerms
{
    static readonly (string Section, string[] Fields)[] before =
    [
        (DraftSection.About, ["diaryNumber", "title", "period", "reading"]),
        (DraftSection.Parties, ["parties"]),
        (DraftSection.Goals, ["goals"])
    ];

    static readonly (string Section, string[] Fields)[] after =
        [(DraftSection.Grant, ["grant"]), (DraftSection.Reminders, ["workingDayRule", "reminders"])];

    /// <summary>The sections that every draft has, in their order.</summary>
    public static IReadOnlyList<string> Fixed { get; } = [.. before.Concat(after).Select(part => part.Section)];

    /// <summary>A draft of terms; those that are not whole, or not right, are taken as they are.</summary>
    public static TermsDraft Begin(Guid id, JsonObject terms, Occasion on)
    {
        var draft = new TermsDraft(id, on.By.Party, on.By.Id, on.Now,
            [.. Fixed.Select(key => new DraftSection(key, 1, [], on.By.Id, on.Now))]);
        return draft.Replaced(terms, on);
    }

    /// <summary>The terms as the draft has them.</summary>
    public static JsonObject Whole(TermsDraft draft)
    {
        var terms = new JsonObject();
        Put(before);
        terms["obligations"] = new JsonArray([.. draft.Obligations.Select(section => section.Content.DeepClone())]);
        Put(after);
        return terms;

        void Put(IEnumerable<(string Section, string[])> parts)
        {
            foreach (var (section, _) in parts)
                foreach (var (field, value) in draft[section]!.Content)
                    terms[field] = value?.DeepClone();
        }
    }

    /// <summary>The draft with these terms in place of what it says; sections that say the same stay as they are. An obligation is the
    /// same where its key is.</summary>
    public static TermsDraft Replaced(this TermsDraft draft, JsonObject terms, Occasion on)
    {
        var (left, number) = (draft.Obligations.ToList(), draft.LastNumber);
        var obligations = new List<DraftSection>();
        foreach (var content in (terms["obligations"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var same = left.Find(section => TextOf(section.Content["key"]) is { } key && key == TextOf(content["key"]));
            if (same is not null)
                left.Remove(same);
            obligations.Add(same is null
                ? new(DraftSection.ObligationKey(++number), 1, (JsonObject)content.DeepClone(), on.By.Id, on.Now)
                : Changed(same, content));
        }
        // What went counts too: the version of the whole does not come back to what it was.
        return draft with
        {
            Sections = [.. before.Select(Part), .. obligations, .. after.Select(Part)],
            LastNumber = number + left.Sum(gone => gone.Version)
        };

        DraftSection Part((string Section, string[] Fields) part) => Changed(draft[part.Section]!,
            new(part.Fields.Where(terms.ContainsKey).Select(field => KeyValuePair.Create(field, terms[field]?.DeepClone()))));

        DraftSection Changed(DraftSection section, JsonObject content) =>
            JsonNode.DeepEquals(section.Content, content) ? section : section.With((JsonObject)content.DeepClone(), on);
    }

    /// <summary>From a place in the whole to the section that it is in, and the place there: <c>/obligations/2/title</c> is
    /// <c>title</c> in the third obligation. Without a section for what concerns all obligations.</summary>
    public static (string? Section, string Field) Place(TermsDraft draft, string pointer)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            return (DraftSection.About, "");
        if (parts[0] != "obligations")
            return (before.Concat(after).FirstOrDefault(part => part.Fields.Contains(parts[0])).Section, string.Join('/', parts));
        return parts.Length > 1 && int.TryParse(parts[1], out var index) && draft.Obligations.ElementAtOrDefault(index) is { } section
            ? (section.Key, string.Join('/', parts[2..]))
            : (null, "obligations");
    }

    /// <summary>The place of a section in the whole: of its first field, where it has several.</summary>
    public static string PlaceOf(TermsDraft draft, DraftSection section) => section.IsObligation
        ? string.Create(CultureInfo.InvariantCulture, $"/obligations/{draft.Obligations.ToList().IndexOf(section)}")
        : $"/{before.Concat(after).First(part => part.Section == section.Key).Fields[0]}";

    /// <summary>A section's content, as text, where it stands in the whole.</summary>
    public static byte[] Around(DraftSection section, ReadOnlySpan<byte> content) =>
        section.IsObligation ? [.. "{\"obligations\":["u8, .. content, .. "]}"u8] : content.ToArray();

    /// <summary>A section's content out of terms that hold it and nothing else.</summary>
    public static JsonObject Within(DraftSection section, JsonObject terms)
    {
        if (section.IsObligation)
            return terms["obligations"]?[0] is JsonObject obligation ? (JsonObject)obligation.DeepClone() : [];
        var fields = before.Concat(after).First(part => part.Section == section.Key).Fields;
        return new(fields.Where(terms.ContainsKey).Select(field => KeyValuePair.Create(field, terms[field]?.DeepClone())));
    }

    /// <summary>The parties that it names, as far as they can be read: with key and role.</summary>
    public static IReadOnlyList<Party> Parties(JsonObject terms) =>
        [.. (terms["parties"] as JsonArray ?? []).OfType<JsonObject>().Select(Read).OfType<Party>().DistinctBy(party => party.Key)];

    /// <summary>Has all of it read, so that several can read it at once: until then a node reads itself where it is first looked at.
    /// </summary>
    public static void Unfold(JsonNode? node)
    {
        if (node is JsonObject members)
            foreach (var (_, value) in members)
                Unfold(value);
        else if (node is JsonArray items)
            foreach (var item in items)
                Unfold(item);
    }

    /// <summary>A text; null for what is none.</summary>
    public static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    static Party? Read(JsonObject party)
    {
        var role = Enum.GetValues<PartyRole>().Cast<PartyRole?>().FirstOrDefault(it => Json.NameOf(it!.Value) == TextOf(party["role"]));
        return TextOf(party["key"]) is { } key && role is { } known ? new(key, TextOf(party["name"]) ?? key, known) : null;
    }
}
