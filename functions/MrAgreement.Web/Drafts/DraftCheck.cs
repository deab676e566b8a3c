using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Drafts;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Drafts;

/// <summary>What is wrong with unfinished terms, all of it at once: what can't be read, and what the rules say of the rest.</summary>
/// <param name="Faults">Each at its place in the whole.</param>
/// <param name="Doubts">What may be a slip, likewise.</param>
/// <param name="Preview">An agreement to show dates of; null when none has any.</param>
/// <param name="Terms">What an agreement can be made of; null while there are faults.</param>
/// <param name="Whole">The terms as one document, to be read.</param>
public sealed record DraftCheck(IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Doubts, Dossier? Preview, Terms? Terms, JsonObject Whole)
{
    // Every page of a draft asks for it, and few change it.
    static readonly ConditionalWeakTable<TermsDraft, Judged> known = [];

    sealed record Judged(LocalDate On, DraftCheck Check);

    // What the forms and the pages have no place for, so that it can't be kept as it is.
    static readonly string[] strange = ["unknown-field", "duplicate-field", "null-value", "invalid-text", "invalid-type"];

    // By which an editor knows what a file is; the program knows.
    const string SchemaKey = TermsSchema.Key;

    public static DraftCheck Of(TermsDraft draft, LocalDate today)
    {
        if (known.TryGetValue(draft, out var judged) && judged.On == today)
            return judged.Check;
        var check = Judge(draft, today);
        known.AddOrUpdate(draft, new(today, check));
        return check;
    }

    static DraftCheck Judge(TermsDraft draft, LocalDate today)
    {
        var whole = DraftTerms.Whole(draft);
        DraftTerms.Unfold(whole);
        var unreadable = Unreadable(whole);
        var reading = DraftReading.Of(draft.Id, whole, today);
        // What is missing, or no date, is told as that and as nothing else.
        var faults = unreadable.Concat(reading.Faults.Where(fault => unreadable.All(noted =>
            !$"{fault.Pointer}/".StartsWith($"{noted.Pointer}/", StringComparison.Ordinal)))).ToList();
        return new(faults, [.. reading.Doubts, .. DraftDoubts.Said(draft)], reading.Preview,
            faults.Count == 0 ? whole.Deserialize<Terms>(Json.Options) : null, whole);
    }

    /// <summary>What stands against taking in a document as a draft: another shape than terms have. Faults that can be mended are none.
    /// </summary>
    public static Refused? Against(JsonElement terms)
    {
        var faults = StrictJson.Faults(terms, typeof(Terms)).Where(fault => fault.Rule != "required"
            && fault is not { Rule: "unknown-field", Pointer: $"/{SchemaKey}" }
            && (strange.Contains(fault.Rule) || !IsWord(terms, fault.Pointer))).ToList();
        return faults.Count == 0 ? null
            : new(faults.Exists(fault => fault.Rule == "unknown-field") ? "terms-newer" : "terms-unreadable", RefusalKind.Invalid)
            {
                Faults = faults
            };
    }

    /// <summary>Terms as text; what stands against it when they can't be a draft.</summary>
    public static (JsonObject? Terms, Refused? Refused) Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Json.Options.MaxDepth / 2 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, new("terms-shape", RefusalKind.Invalid));
            if (Against(document.RootElement) is { } refused)
                return (null, refused);
            var terms = JsonObject.Create(document.RootElement.Clone())!;
            terms.Remove(SchemaKey);
            return (terms, null);
        }
        catch (JsonException malformed)
        {
            return (null, new("malformed-json", RefusalKind.Invalid, ("line", (malformed.LineNumber ?? 0) + 1)));
        }
    }

    static IReadOnlyList<Fault> Unreadable(JsonObject whole)
    {
        using var document = JsonDocument.Parse(whole.ToJsonString(Json.Options));
        return StrictJson.Faults(document.RootElement, typeof(Terms));
    }

    // A date that is none can stand in its field; something with parts of its own can't.
    static bool IsWord(JsonElement terms, string pointer)
    {
        var at = terms;
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < at.GetArrayLength())
                at = at[index];
            else
                return false;
        return at.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
    }
}
