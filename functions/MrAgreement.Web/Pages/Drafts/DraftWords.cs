using System.Globalization;
using System.Text.Json.Nodes;
using MrAgreement.Calendars;
using MrAgreement.Drafts;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>What fields of terms are called, and what stands in them, in words.</summary>
static class DraftWords
{
    const int MonthsAYear = 12;

    /// <summary>What obligations are called, by their keys.</summary>
    public static IReadOnlyDictionary<string, string> Titles(TermsDraft draft) => draft.Obligations
        .Select(section => (Key: DraftTerms.TextOf(section.Content["key"]), Title: DraftTerms.TextOf(section.Content["title"])))
        .Where(it => it is { Key: not null, Title: not null }).DistinctBy(it => it.Key).ToDictionary(it => it.Key!, it => it.Title!);

    /// <summary>By a place like <c>parties/0/name</c>, of which the number tells nothing.</summary>
    public static string Label(Language language, string field)
    {
        var name = string.Join('-', field.Split('/').Where(part => !part.All(char.IsAsciiDigit))
            .Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName));
        var last = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(field.Split('/')[^1]);
        return language.Find($"draft-field.{name}") ?? language.Find($"draft-field.{last}") ?? field;
    }

    /// <summary>The same, with which row it is in.</summary>
    public static string InRow(Language language, string field) =>
        field.Split('/').FirstOrDefault(part => part.Length > 0 && part.All(char.IsAsciiDigit)) is { } row
            ? language.Say("drafts.in-row", ("field", Label(language, field)),
                ("row", int.Parse(row, CultureInfo.InvariantCulture) + 1))
            : Label(language, field);

    /// <summary>What stands in a field; empty for nothing.</summary>
    /// <param name="titles">What obligations are called, by their keys.</param>
    public static string Value(Language language, string field, JsonNode? node, IReadOnlyDictionary<string, string>? titles = null) =>
        (field.Split('/')[^1], node) switch
    {
        (_, null) => "",
        ("due", JsonObject due) => Due(language, due, titles),
        ("period" or "eligible", JsonObject span) => $"{Day(language, span["from"])} – {Day(language, span["to"])}",
        ("appropriation", JsonObject it) => string.Join(' ', it.Select(part => part.Value?.ToString())),
        (_, JsonObject parts) => string.Join("; ", parts.Where(part => part.Value is not null)
            .Select(part => $"{Label(language, part.Key)}: {Value(language, part.Key, part.Value)}")),
        (_, JsonArray items) => string.Join(items.Any(item => item is JsonObject) ? "; " : ", ", items.Select(item => item is JsonObject it
            ? DraftTerms.TextOf(it["title"]) is { } title
                ? Yes(it["must"]) ? language.Say("drafts.must", ("title", title)) : title
                : Parts(language, field, it, titles)
            : Value(language, field, item, titles))),
        ("rests", _) => titles?.GetValueOrDefault($"{node}") ?? $"{node}",
        ("rule", _) => language.Find($"draft-rule.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{node}")}") ?? $"{node}",
        ("other" or "recipient", _) when titles?.TryGetValue($"{node}", out var title) == true => title,
        ("kind", _) => Word<ObligationKind>(language, node),
        ("is", _) => Word<Purpose>(language, node),
        ("role", _) => Word<PartyRole>(language, node),
        ("duties", _) => Word<Duty>(language, node),
        ("workingDayRule", _) => Word<WorkingDayRule>(language, node),
        ("interest", _) => Word<InterestRule>(language, node),
        ("transfer", _) => Word<TransferKind>(language, node),
        ("documents", _) => DocumentKinds.Word($"{node}", language),
        ("condition", _) => language.Find($"condition.{node}") ?? $"{node}",
        ("total" or "amount" or "budget" or "auditAbove" or "attestationLimit" or "ownContribution", _)
            when Kronor.TryParse($"{node}".AsSpan(), out var amount) => language.Money(amount),
        ("varianceThreshold" or "share", JsonValue) when $"{node}" is var share =>
            language == Language.Swedish ? share.Replace('.', ',') : share,
        ("from" or "to" or "requisitionDueOn" or "on", _) => Day(language, node),
        (_, JsonValue value) when value.TryGetValue(out bool yes) => language.Say(yes ? "drafts.yes" : "drafts.no"),
        _ => $"{node}"
    };

    /// <summary>Whether what stands there is what people wrote, and no word of ours.</summary>
    public static bool IsContent(string field) => field.Split('/')[^1]
        is "title" or "name" or "clause" or "text" or "reading" or "whole" or "rests" or "contents" or "agenda" or "goals" or "due" or "acceptance";

    /// <summary>Something with fields of its own, each with its name: what a row of a list says.</summary>
    public static string Parts(Language language, string field, JsonObject it, IReadOnlyDictionary<string, string>? titles) =>
        string.Join("; ", it.Where(part => part.Value is not null)
            .Concat(field == "contents" && it["must"] is null ? [KeyValuePair.Create("must", (JsonNode?)JsonValue.Create(false))] : [])
            .Select(part => $"{Label(language, $"{field}/{part.Key}")}: {Value(language, part.Key, part.Value, titles)}"));

    static string Due(Language language, JsonObject due, IReadOnlyDictionary<string, string>? titles)
    {
        var (other, days, months) = (DraftTerms.TextOf(due["before"] ?? due["after"]), Number(due["days"]) ?? 0, Number(due["months"]) ?? 0);
        if (other is not null && titles?.TryGetValue(other, out var title) == true)
            other = title;
        var way = due["before"] is null ? "after" : "before";
        var said = due switch
        {
            _ when due["on"] is { } on => language.Say("draft-due.on", ("date", Day(language, on))),
            _ when due["month"] is { } month => language.Say("draft-due.month", ("month", Month(language, month))),
            _ when due["everyYear"] is JsonObject every && $"{every["from"]}" == $"{every["to"]}" => language.Say("draft-due.one-year",
                ("month", Number(every["month"]) is { } number and >= 1 and <= MonthsAYear ? language.Say($"month.{number}") : "–"),
                ("year", $"{every["from"]}")),
            _ when due["everyYear"] is JsonObject every => language.Say("draft-due.every-year",
                ("month", Number(every["month"]) is { } number and >= 1 and <= MonthsAYear ? language.Say($"month.{number}") : "–"),
                ("from", $"{every["from"]}"), ("to", $"{every["to"]}")),
            _ when due["signed"] is not null => days + months == 0 ? language.Say("draft-due.signed-same")
                : language.Say("draft-due.signed", ("days", language.Span(months, days))),
            _ when other is not null => days + months == 0 ? language.Say("draft-due.same", ("other", other))
                : language.Say($"draft-due.{way}", ("days", language.Span(months, days)), ("other", other)),
            _ when due["scheduled"] is not null => language.Say("draft-due.scheduled"),
            _ => language.Say("draft-due.none")
        };
        return (due["from"], due["to"]) switch
        {
            (null, null) => said,
            ({ } from, null) => $"{said}{language.Say("draft-due.from-year", ("from", $"{from}"))}",
            (null, { } to) => $"{said}{language.Say("draft-due.to-year", ("to", $"{to}"))}",
            var (from, to) when $"{from}" == $"{to}" => $"{said}{language.Say("draft-due.in-year", ("year", $"{from}"))}",
            var (from, to) => $"{said}{language.Say("draft-due.years", ("from", $"{from}"), ("to", $"{to}"))}"
        };
    }

    // What is no date stands as it was typed.
    static string Day(Language language, JsonNode? node) =>
        LocalDatePattern.Iso.Parse($"{node}").TryGetValue(default, out var day) ? language.Date(day) : $"{node}";

    static string Month(Language language, JsonNode? node) =>
        YearMonthPattern.Iso.Parse($"{node}").TryGetValue(default, out var month) ? $"{language.Say($"month.{month.Month}")} {month.Year}" : $"{node}";

    static int? Number(JsonNode? node) =>
        int.TryParse($"{node}", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static bool Yes(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool yes) && yes;

    static string Word<T>(Language language, JsonNode node) where T : struct, Enum =>
        Enum.GetValues<T>().Where(it => Json.NameOf(it) == $"{node}").Select(it => language.Word(it)).FirstOrDefault() ?? $"{node}";
}
