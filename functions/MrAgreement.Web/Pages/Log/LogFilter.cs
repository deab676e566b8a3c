using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Work;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Log;

/// <summary>What an event is about.</summary>
public enum LogSubject
{
    Agreement,
    Obligation,
    Money,
    Document,
    Work,
    Reminder
}

/// <summary>What somebody looks for in the log; stands in the address.</summary>
/// <param name="From">The first day, inclusive.</param>
/// <param name="To">The last day, inclusive.</param>
/// <param name="Event">Sequence of the event whose page it is to be; null for none.</param>
public sealed record LogFilter(LogSubject? Subject, string? Person, string? Obligation, LocalDate? From, LocalDate? To, long? Event,
    int Page)
{
    public bool IsForAll => this is { Subject: null, Person: null, Obligation: null, From: null, To: null };

    /// <summary>What can't be read in the address is not looked for.</summary>
    public static LogFilter In(IQueryCollection address) => new(
        Enum.GetValues<LogSubject>().Cast<LogSubject?>().FirstOrDefault(subject => Json.NameOf(subject!) == address["subject"]),
        Given(address["person"]), Given(address["obligation"]), Day(address["from"]), Day(address["to"]),
        long.TryParse(address["event"], out var sequence) && sequence > 0 ? sequence : null, PageNumber.Of(address["page"]));

    /// <summary>Whether the event is among what is looked for, as far as this person may know what it is about.</summary>
    public bool Finds(StoredEvent row, Dossier dossier, Actor by)
    {
        var day = StockholmTime.DateOf(row.At);
        if (Person is not null && row.Actor.Value != Person || day < From || day > To)
            return false;
        if (Subject is null && Obligation is null)
            return true;
        if (row.Data is not { } data || EventJson.Read(row.Type, data) is not { } happened || !Sight.Sees(dossier, by, happened))
            return false;
        return (Subject is null || Subject == SubjectOf(happened))
            && (Obligation is null || Obligation == (happened as ObligationEvent)?.Obligation);
    }

    /// <summary>What an event is about; null when this person may not know.</summary>
    public static LogSubject? SubjectOf(StoredEvent row, Dossier dossier, Actor by) =>
        row.Data is { } data && EventJson.Read(row.Type, data) is var happened && Sight.Sees(dossier, by, happened)
            ? SubjectOf(happened)
            : null;

    /// <summary>The address of this search but for the page.</summary>
    public string Address(string log)
    {
        var address = new QueryBuilder();
        foreach (var (name, value) in new[] { ("subject", Subject is { } subject ? Json.NameOf(subject) : null), ("person", Person),
            ("obligation", Obligation), ("from", Text(From)), ("to", Text(To)) })
            if (value is not null)
                address.Add(name, value);
        return $"{log}{address}";
    }

    static LogSubject SubjectOf(Event happened) => happened switch
    {
        ReminderEvent or ReminderAcknowledged or MessageEvent => LogSubject.Reminder,
        ObligationEvent or ObligationAdded => LogSubject.Obligation,
        AgreementEvent or ErasureEvent => LogSubject.Agreement,
        DocumentEvent or ArchiveEvent => LogSubject.Document,
        GrantEvent => LogSubject.Money,
        WorkEvent => LogSubject.Work,
        _ => throw new System.Diagnostics.UnreachableException($"No subject for {happened}.")
    };

    static string? Given(string? text) => text is { Length: > 0 and <= 100 } ? text : null;

    static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: var day } ? day : null;

    static string? Text(LocalDate? day) => day is { } given ? LocalDatePattern.Iso.Format(given) : null;
}
