using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Drafts;

/// <summary>Writes terms in pages, form by form, as people do who have the agreement before them: each form by the next of them.</summary>
sealed class DraftWriter(IReadOnlyList<PageCaller> people, string draft)
{
    int turn;

    PageCaller Next => people[turn++ % people.Count];

    /// <summary>A draft that is begun.</summary>
    public static async Task<string> Begin(PageCaller by, string template = "empty")
    {
        var begun = await by.Send("/drafts", "/drafts", ("template", template));
        Assert.Equal(200, begun.Status);
        Assert.StartsWith("/drafts/", begun.Path, StringComparison.Ordinal);
        return begun.Path.Split('/')[2].Split('?')[0];
    }

    public async Task Write(JsonObject terms)
    {
        await Save("about", [.. Plain(terms, "diaryNumber", "title", "reading"), .. Plain(terms["period"]!.AsObject(), "from", "to").Select(it => ($"period/{it.Field}", it.Value))]);
        await Save("parties", [.. Rows("parties", terms["parties"], "key", "name", "organisationNumber", "role", "duties", "signOff"),
            .. (terms["parties"] as JsonArray ?? []).SelectMany((party, i) => Rows($"parties/{i}/names", party!["names"], "name", "from", "to"))]);
        await Save("goals", Rows("goals", terms["goals"], "key", "title"));
        var obligations = terms["obligations"]!.AsArray();
        foreach (var it in obligations)
            Assert.Equal(200, (await Next.Send($"/drafts/{draft}/obligations", $"/drafts/{draft}/obligations", ("title", Text(it!["title"])))).Status);
        for (var i = 0; i < obligations.Count; i++)
            await Save($"obligation-{i + 1}", Obligation(obligations[i]!.AsObject()));
        if (terms["grant"] is JsonObject grant)
            await Save("grant", Grant(grant));
        await Save("reminders", [.. Plain(terms, "workingDayRule"), .. terms["reminders"] is JsonObject own
            ? (IEnumerable<(string, string)>)[("reminders/own", "true"), ("reminders/before", List(own["before"])), ("reminders/overdue", List(own["overdue"])), .. own["review"] is { } review ? [("reminders/review", List(review))] : Array.Empty<(string, string)>()] : []]);
    }

    /// <summary>Sends a section's form as its page has it.</summary>
    public Task<PageAnswer> Save(string section, (string Field, string Value)[] fields) => Save(Next, section, fields);

    public async Task<PageAnswer> Save(PageCaller by, string section, (string Field, string Value)[] fields)
    {
        var page = $"/drafts/{draft}/sections/{section}";
        var saved = await by.Send(page, page, [("version", (await by.Get(page)).Version), .. fields]);
        Assert.True(saved.Status == 200, saved.Text);
        return saved;
    }

    public static (string, string)[] Obligation(JsonObject it) =>
    [
        .. Plain(it, "key", "title", "recipient", "kind", "is", "clause", "text"), .. Each(it, "responsible"), .. Each(it, "rests"), .. Each(it, "documents"), .. Due(it["due"]!.AsObject()),
        .. Ticked(it, "acceptance"), .. it["financial"] is { } financial ? new[] { ("financial", Text(financial)) } : [],
        .. it["reading"] is JsonObject reading ? reading.Select(part => ($"reading/{part.Key}", Text(part.Value))) : [], .. it["reading"] is JsonValue whole ? new[] { ("reading/whole", Text(whole)) } : [],
        .. Rows("agenda", it["agenda"], "key", "title", "whenNeeded"), .. Rows("contents", it["contents"], "key", "title", "must")
    ];

    static IEnumerable<(string, string)> Due(JsonObject due)
    {
        var rule = due.First(part => part.Key is "on" or "month" or "everyYear" or "before" or "after" or "signed" or "scheduled" or "none").Key;
        yield return ("due/rule", rule);
        if (rule is "on" or "month")
            yield return ($"due/{rule}", Text(due[rule]));
        if (rule is "before" or "after")
            yield return ("due/other", Text(due[rule]));
        foreach (var field in new[] { "days", "months", "from", "to" })
            if (due[field] is { } number)
                yield return ($"due/{field}", Text(number));
        if (due["everyYear"] is JsonObject yearly)
            foreach (var part in yearly)
                yield return ($"due/everyYear/{part.Key}", Text(part.Value));
    }

    static (string, string)[] Grant(JsonObject grant)
    {
        var fields = new List<(string, string)> { ("grant/total", Amount(grant["total"])) };
        foreach (var (i, it) in grant["instalments"]!.AsArray().Select(it => it!.AsObject()).Index())
        {
            fields.AddRange(Plain(it, "key", "condition", "requisitionDueOn").Select(field => ($"grant/instalments/{i}/{field.Field}", field.Value)));
            fields.Add(($"grant/instalments/{i}/amount", Amount(it["amount"])));
            if (it["appropriation"] is JsonObject place)
                fields.AddRange(place.Select(part => ($"grant/instalments/{i}/appropriation/{part.Key}", Text(part.Value))));
        }
        fields.AddRange(Plain(grant, "transfer", "interest", "varianceThreshold", "auditAbove", "attestationLimit", "ownContribution").Select(field => ($"grant/{field.Field}", field.Value.Replace('.', ','))));
        foreach (var part in new[] { "eligible", "overhead" })
            if (grant[part] is JsonObject whole)
                fields.AddRange(whole.Select(it => ($"grant/{part}/{it.Key}", Text(it.Value))));
        foreach (var (i, it) in (grant["categories"] as JsonArray ?? []).Index())
            fields.AddRange(it is JsonObject category
                ? category.Select(part => ($"grant/categories/{i}/{part.Key}", part.Value is JsonArray ? List(part.Value) : Text(part.Value)))
                : [($"grant/categories/{i}/key", Text(it))]);
        fields.AddRange(Rows("grant/shares", grant["shares"], "party", "weight"));
        return [.. fields];
    }

    static (string Field, string Value)[] Rows(string name, JsonNode? rows, params string[] fields) =>
        [.. (rows as JsonArray ?? []).Select(it => it!.AsObject()).SelectMany((it, i) => fields.Where(it.ContainsKey).SelectMany(field => it[field] switch
        {
            JsonArray several => several.Select(one => ($"{name}/{i}/{field}", Text(one))),
            JsonValue no when Text(no) == "false" => [],
            var one => [($"{name}/{i}/{field}", Text(one))]
        }))];

    static IEnumerable<(string Field, string Value)> Plain(JsonObject it, params string[] fields) => fields.Where(field => it[field] is not null).Select(field => (field, Text(it[field])));

    static IEnumerable<(string, string)> Each(JsonObject it, string field) => (it[field] as JsonArray ?? []).Select(one => (field, Text(one)));

    static (string, string)[] Ticked(JsonObject it, string field) => it[field] is { } yes && Text(yes) == "true" ? [(field, "true")] : [];

    static string List(JsonNode? items) => string.Join(", ", items!.AsArray().Select(Text));

    // As people write it, with spaces between the thousands.
    static string Amount(JsonNode? amount) => amount!.GetValue<decimal>().ToString("#,##0.##", System.Globalization.CultureInfo.InvariantCulture).Replace(',', ' ').Replace('.', ',') + " kr";

    static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node!.ToJsonString();

    /// <summary>Terms without what may as well be left out, in one order: what they mean, and not how they are written.</summary>
    public static string Meaning(JsonNode? node) => Sorted(node)?.ToJsonString() ?? "";

    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(it => !IsNothing(it.Value)).OrderBy(it => it.Key, StringComparer.Ordinal).Select(it => KeyValuePair.Create(it.Key, Sorted(it.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone()
    };

    static bool IsNothing(JsonNode? node) => node is null or JsonArray { Count: 0 } || node is JsonValue value && value.TryGetValue(out bool yes) && !yes;
}
