using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using MrAgreement.Drafts;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>The forms of a draft's sections: from what is typed to the section's content, and back.</summary>
static class SectionForms
{
    /// <summary>Kinds of document that are offered to be ticked.</summary>
    public static readonly IReadOnlyList<string> DocumentKinds = ["report", "plan", "statement", "accounts", "audit-certificate", "minutes"];

    static readonly SectionField[] about =
        [new TextIn("diaryNumber"), new TextIn("title"), new TextIn("period/from"), new TextIn("period/to"), new TextIn("reading")];

    static readonly SectionField[] parties =
    [
        new RowsIn("parties", [new TextIn("key"), new TextIn("name"), new TextIn("organisationNumber"), new TextIn("role"),
            new SeveralIn("duties"), new TickIn("signOff"),
            new RowsIn("names", [new TextIn("name"), new TextIn("from"), new TextIn("to")], ["name", "from"])], ["key", "name", "organisationNumber"])
    ];

    static readonly SectionField[] goals =
        [new RowsIn("goals", [new TextIn("key"), new TextIn("title")], ["key", "title"], Keyed: true)];

    static readonly SectionField[] obligation =
    [
        new TextIn("key"), new TextIn("title"), new SeveralIn("responsible"), new TextIn("recipient"), new TextIn("kind"), new TextIn("is"),
        new DueIn(), new SeveralIn("rests"), new TickIn("acceptance"), new SeveralIn("documents", "documents/other", DocumentKinds),
        new YesNoIn("financial"),
        new RowsIn("agenda", [new TextIn("key"), new TextIn("title"), new TickIn("whenNeeded")], ["key", "title"], Keyed: true),
        new TextIn("clause"), new TextIn("text"), new ReadingIn(),
        new RowsIn("contents", [new TextIn("key"), new TextIn("title"), new TickIn("must")], ["key", "title"], Keyed: true)
    ];

    static readonly SectionField[] grant =
    [
        new AmountIn("grant/total"),
        new RowsIn("grant/instalments", [new TextIn("key"), new AmountIn("amount"), new TextIn("condition"), new TextIn("requisitionDueOn"),
            new WholeIn("appropriation/area"), new TextIn("appropriation/item"), new WholeIn("appropriation/post")], ["key", "amount"]),
        new TextIn("grant/interest"), new TextIn("grant/eligible/from"), new TextIn("grant/eligible/to"),
        new ShareIn("grant/varianceThreshold"), new AmountIn("grant/auditAbove"), new AmountIn("grant/attestationLimit"),
        new RowsIn("grant/categories", [new TextIn("key"), new TextIn("title"), new ListIn("accounts"), new AmountIn("budget")],
            ["key", "title"], Keyed: true),
        new TextIn("grant/overhead/category"), new ShareIn("grant/overhead/share"), new AmountIn("grant/ownContribution"),
        new RowsIn("grant/shares", [new TextIn("party"), new WholeIn("weight")], ["party", "weight"]), new TextIn("grant/transfer")
    ];

    static readonly SectionField[] reminders = [new TextIn("workingDayRule"), new RemindersIn()];

    /// <summary>The section's content as a form of its own.</summary>
    public static FormCollection Shown(DraftSection section, JsonObject content) => SectionField.Shown(Of(section), content);

    /// <summary>The section's content as it was typed.</summary>
    public static JsonObject Read(DraftSection section, TermsDraft draft, IFormCollection form)
    {
        var content = SectionField.Read(Of(section), form);
        if (content["grant"] is JsonObject money)
        {
            // Kronor only.
            money.Insert(0, "currency", "SEK");
            money.TryAdd("instalments", new JsonArray());
            // A category that has no more than its key is written as that.
            if (money["categories"] is JsonArray categories)
                for (var i = 0; i < categories.Count; i++)
                    if (categories[i] is JsonObject { Count: 1 } category && category["key"] is { } alone)
                        categories[i] = alone.DeepClone();
        }
        if (section.IsObligation && content["key"] is null && DraftTerms.TextOf(content["title"]) is { } title)
            content.Insert(0, "key", Keys.Of(title, KeysBeside(section, draft)));
        return content;
    }

    /// <summary>The field of the form in which what is at fault at a place of the content is mended; null for the form as a
    /// whole.</summary>
    public static string? Field(DraftSection section, string place) => (section.IsObligation, place) switch
    {
        (true, "") => "responsible",
        (true, "due") => DueIn.Rule,
        (true, "due/before" or "due/after") => "due/other",
        (true, "due/everyYear") => "due/everyYear/month",
        (true, "reading") => "reading/whole",
        (true, _) when place.StartsWith("responsible/", StringComparison.Ordinal) => "responsible",
        (true, _) when place.StartsWith("rests/", StringComparison.Ordinal) => "rests",
        (true, _) when place.StartsWith("documents/", StringComparison.Ordinal) => "documents",
        (false, "period") => "period/to",
        (false, "grant/eligible") => "grant/eligible/to",
        (false, _) when place.Split('/') is ["parties", var row, "duties", ..] => $"parties/{row}/duties",
        (false, _) when place.Split('/') is ["grant", "categories", var row, "accounts", ..] => $"grant/categories/{row}/accounts",
        (false, _) when place.Split('/') is ["reminders", var days, _] => $"reminders/{days}",
        (_, "parties" or "grant/instalments" or "grant/categories" or "grant/shares" or "goals" or "agenda" or "contents" or "") => null,
        _ => place
    };

    static IEnumerable<string?> KeysBeside(DraftSection section, TermsDraft draft) =>
        draft.Obligations.Where(other => other.Key != section.Key).Select(other => DraftTerms.TextOf(other.Content["key"]));

    static SectionField[] Of(DraftSection section) => section.Key switch
    {
        DraftSection.About => about,
        DraftSection.Parties => parties,
        DraftSection.Goals => goals,
        DraftSection.Grant => grant,
        DraftSection.Reminders => reminders,
        _ => obligation
    };
}
