using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Messages;
using MrAgreement.Money;
using MrAgreement.Parties;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Log;

/// <summary>One row of the log in plain language.</summary>
static class LogEntry
{
    // Where events keep the day and the words that their sentence names, the telling one first.
    static readonly string[] days = ["completeBy", "signedOn", "doneOn", "informedOn", "paidOn", "dueOn", "effectiveFrom", "decidedOn", "on"];
    static readonly string[] reasons = ["reason", "comment", "note", "summary"];

    public static Sentence Sentence(StoredEvent row, Dossier dossier, PageVisitor visitor) =>
        Sentence(row, dossier, new LogTeller(visitor.Actor, visitor.Language, visitor.NameOf));

    public static Sentence Sentence(StoredEvent row, Dossier dossier, LogTeller visitor)
    {
        if (row.Data is not { } data)
            return new("log.erased", []);
        if (!Sight.Sees(dossier, visitor.Actor, EventJson.Read(row.Type, data)))
            return new("log.hidden", []);
        using var json = JsonDocument.Parse(data);
        var told = json.RootElement;
        return new(Key(row.Type, told, dossier), [.. Places(told, row, dossier, visitor)]);
    }

    static string Key(string type, JsonElement told, Dossier dossier) => type switch
    {
        "reminder-sent" => $"event.{type}." + told.GetProperty("rung").GetInt32() switch
        {
            -1 => "before-one",
            < 0 => "before",
            1 => "after-one",
            _ => "after"
        },
        "review-reminded" when told.GetProperty("days").GetInt32() == 1 => $"event.{type}.one",
        "reminder-acknowledged" when told.TryGetProperty("submission", out var review) && review.ValueKind == JsonValueKind.Number =>
            $"event.{type}.{(HasDay(told) ? "review-later" : "review")}",
        "reminder-acknowledged" when HasDay(told) => $"event.{type}.later",
        "submission-accepted" when told.TryGetProperty("obligation", out var obligation)
            && dossier.Agreement.Obligations.GetValueOrDefault(obligation.GetString()!)?.IsReviewedByPractice == true =>
            $"event.{type}.reviewed",
        "amendment-proposed" or "amendment-took-effect" when Amendment(told, dossier)?.Difference.Count > 0 => $"event.{type}.told",
        "instalment-amended" when !told.TryGetProperty("amount", out _) => $"event.{type}.otherwise",
        "repayment-claimed" when !IsClaim(told) => $"event.{type}.agreed",
        "repayment-claimed" when ClaimedBy(told, dossier) is null => $"event.{type}.unnamed",
        "message-handed-over" when told.GetProperty("server").GetString() == MessageHandedOver.Folder => $"event.{type}.folder",
        "message-given-up" when told.GetProperty("why").GetString() == "overtaken" => $"event.{type}.overtaken",
        "message-given-up" when told.GetProperty("to").GetArrayLength() == 0 => $"event.{type}.nobody",
        "recommendation-recorded" when told.GetProperty("recommendations").GetArrayLength() > 1 => $"event.{type}.several",
        _ => $"event.{type}"
    };

    static bool HasDay(JsonElement told) => told.TryGetProperty("until", out var until) && until.ValueKind == JsonValueKind.String;

    static Amendment? Amendment(JsonElement told, Dossier dossier) =>
        told.TryGetProperty("number", out var number) ? dossier.Agreement.Amendments.Find(number.GetInt32()) : null;

    static bool IsClaim(JsonElement told) =>
        told.TryGetProperty("disallowance", out var disallowance) && disallowance.ValueKind == JsonValueKind.Number;

    static string? ClaimedBy(JsonElement told, Dossier dossier) => IsClaim(told)
        ? dossier.Grant.Disallowance(told.GetProperty("disallowance").GetInt32())?.Decision.Reference
        : null;

    static IEnumerable<(string Place, object Value)> Places(JsonElement told, StoredEvent row, Dossier dossier, LogTeller visitor)
    {
        yield return ("actor", visitor.NameOf(row.Actor));
        if (told.TryGetProperty("obligation", out var obligation))
            yield return ("obligation", new Content(TitleOf(obligation, dossier.Agreement)));
        if (told.TryGetProperty("number", out var number) || told.TryGetProperty("version", out number))
            yield return ("number", number.GetInt32());
        if (row.Type.StartsWith("amendment-", StringComparison.Ordinal) && Amendment(told, dossier) is { } amendment
            && AmendmentWords.All(visitor.Language, amendment.Difference) is { } difference)
            yield return ("difference", difference);
        if (row.Type == "duty-ended")
            yield return ("duty", visitor.Language.Word(Enum.GetValues<Duty>()
                .First(duty => Json.NameOf(duty) == told.GetProperty("duty").GetString())));
        if (told.TryGetProperty("row", out var about) || told.TryGetProperty("of", out about) && about.ValueKind == JsonValueKind.Number)
            yield return ("row", about.GetInt32());
        if (row.Type.StartsWith("message-", StringComparison.Ordinal))
            yield return ("name", string.Join(", ", told.GetProperty("to").EnumerateArray()
                .Select(person => visitor.NameOf(new(person.GetString()!)))));
        if (told.TryGetProperty("rung", out var rung))
            yield return ("days", Math.Abs(rung.GetInt32()));
        if (row.Type == "recommendation-recorded")
            yield return ("days", told.GetProperty("recommendations").GetArrayLength());
        if (row.Type == "review-reminded")
            yield return ("days", told.GetProperty("days").GetInt32());
        if (told.TryGetProperty("amount", out var amount) || told.TryGetProperty("costs", out amount))
            yield return ("amount", Kronor.Parse(amount.GetRawText()));
        if ((row.Type == "reminder-acknowledged" ? First(told, ["until"]) : First(told, days)) is { } day)
            yield return ("date", LocalDatePattern.Iso.Parse(day).Value);
        if (told.TryGetProperty("transaction", out var transaction))
            yield return ("transaction", transaction.GetInt32());
        if (told.TryGetProperty("payments", out var payments))
            yield return ("payments", string.Join(", ", payments.EnumerateArray()));
        if (told.TryGetProperty("name", out var name)
            || (told.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.Object
            && file.TryGetProperty("name", out name)))
            yield return ("name", new Content(name.GetString()!));
        else if (told.TryGetProperty("import", out var import)
            && dossier.Grant.WithdrawnFiles.Find(withdrawn => withdrawn.Import == import.GetGuid()) is { } gone)
            yield return ("name", new Content(gone.Name));
        if (row.Type == "budget-set")
            yield return ("kind", visitor.Language.Word(Enum.Parse<BudgetKind>(told.GetProperty("kind").GetString()!, ignoreCase: true))
                .ToLowerInvariant());
        if (told.TryGetProperty("what", out var what))
            yield return ("kind", visitor.Language.Say($"prepared-kind.{what.GetString()}"));
        if (told.TryGetProperty("rule", out var rule) && rule.ValueKind == JsonValueKind.String)
            yield return ("rule", visitor.Language.Find($"check.{rule.GetString()}") ?? rule.GetString()!);
        foreach (var place in (string[])["instalment", "reference", "title", "party"])
            if (told.TryGetProperty(place, out var text))
                yield return (place, new Content(text.GetString() ?? ""));
        if (told.TryGetProperty("focusArea", out var area) && area.GetString() is { } areaKey)
            yield return ("title", new Content(new Plans(dossier).FocusArea(areaKey)?.Title ?? areaKey));
        if (told.TryGetProperty("measure", out var measure) && measure.GetString() is { } measureKey)
            yield return ("title", new Content(new Plans(dossier).Measure(measureKey)?.Title ?? measureKey));
        if (row.Type is "material-published" or "material-spread" or "publication-approved" or "publication-withdrawn"
            && dossier.Grounds.Publications.Find(told.GetProperty("number").GetInt32()) is { } publication)
            yield return ("title", new Content(publication.Material.Title));
        if (told.TryGetProperty("indicator", out var indicator) && indicator.GetString() is { } indicatorKey)
            yield return ("title", new Content(dossier.Grounds.Indicators.GetValueOrDefault(indicatorKey)?.Content.Title ?? indicatorKey));
        if (row.Type == "repayment-claimed" && ClaimedBy(told, dossier) is { } decision)
            yield return ("reference", new Content(decision));
        if (told.TryGetProperty("document", out var document) && !told.TryGetProperty("title", out _))
            yield return ("title", new Content(dossier.Documents[document.GetGuid()]?.Title ?? ""));
        if (told.TryGetProperty("terms", out var terms) && terms.ValueKind == JsonValueKind.Object
            && terms.TryGetProperty("title", out var title))
            yield return ("title", new Content(title.GetString()!));
        yield return ("reason", row.Type == "obligation-waived" && First(told, reasons) == Termination.Reason
            ? visitor.Language.Say("obligation.waived-by-end") : new Content(First(told, reasons) ?? ""));
    }

    static string TitleOf(JsonElement obligation, Agreement agreement) =>
        agreement.Obligations.TryGetValue(obligation.GetString()!, out var known) ? known.Title : obligation.GetString()!;

    static string? First(JsonElement told, IEnumerable<string> places) =>
        places.Select(place => told.TryGetProperty(place, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null).FirstOrDefault(text => text is not null);
}

/// <summary>To whom a row is told.</summary>
/// <param name="NameOf">What people are called.</param>
sealed record LogTeller(Actor Actor, Language Language, Func<PersonId, string> NameOf);
