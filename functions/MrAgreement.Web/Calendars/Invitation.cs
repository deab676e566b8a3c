using System.Text;
using MrAgreement.Formats.Calendars;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Calendars;

/// <summary>The invitation to one meeting, as a file for a calendar.</summary>
static class Invitation
{
    /// <summary>The file; null where nobody has proposed a time, and for whoever sees no more than what is public.</summary>
    /// <param name="host">Address of the host, without a path.</param>
    public static Attachment? File(Obligation it, Viewpoint at, Uri host) => Of(it, at, host) is { } invitation
        ? Attachment.Of(Encoding.UTF8.GetBytes(ICalendar.Write(invitation)), ICalendar.MediaType,
            $"{Attachment.Name(at.Agreement.Terms.DiaryNumber, it.Key)}.ics")
        : null;

    /// <summary>The same as it goes by mail, which passes through many hands: with hours and place, without the way in by video and what
    /// is to be discussed. Null likewise.</summary>
    public static MailInvitation? Mailed(Obligation it, Viewpoint at, Uri host) => Of(it, at, host, isMailed: true) is { } invitation
        ? new($"{Attachment.Name(at.Agreement.Terms.DiaryNumber, it.Key)}.ics",
            invitation.State == InvitationState.Cancelled ? "CANCEL" : "REQUEST", ICalendar.Write(invitation))
        : null;

    /// <summary>Whether there is one to be had.</summary>
    public static bool IsThere(Obligation it) => Told(it) is not null;

    static CalendarInvitation? Of(Obligation it, Viewpoint at, Uri host, bool isMailed = false)
    {
        if (!at.SeesSubmissions || !IsThere(it) || Told(it) is not { } told)
            return null;
        var time = told.Time;
        var invited = Invited(it, at);
        // Those who are invited know each other's addresses; others learn from it when and where, and not how to reach whom.
        var seesMail = invited.Any(person => person.Id == at.By.Id);
        return new($"meeting-{it.Key}.{at.Dossier.Id}@mragreement", SequenceOf(it), ChangedAt(it, told),
            new(time.StartsAt, time.EndsAt, time.Place ?? (isMailed ? at.Language.Word(time.Form) : time.Link)), it.Title,
            Description(it, told, at, isMailed),
            new(host, $"/agreements/{at.Dossier.Id}/obligations/{Uri.EscapeDataString(it.Key)}"),
            told.State switch
            {
                // What it was about is let go.
                _ when it.Waived is not null => InvitationState.Cancelled,
                TimeState.CalledOff => InvitationState.Cancelled,
                TimeState.Agreed => InvitationState.Confirmed,
                _ => InvitationState.Tentative
            },
            new(at.People.NameOf(told.By), seesMail ? at.People.MailOf(told.By) : null),
            seesMail ? [.. from person in invited
                           where person.Id != told.By
                           let mail = at.People.MailOf(person.Id)
                           where mail is not null
                           select new CalendarGuest(person.Name, mail, person.Id == told.AgreedBy)] : []);
    }

    // What was agreed stands until another time is; what was called off is told last.
    static ProposedTime? Told(Obligation it) => it.AgreedTime ?? it.OpenTime ?? it.Times.LastOrDefault();

    /// <summary>Rises whenever anything becomes of the meeting, and when what it is about is let go.</summary>
    public static int SequenceOf(Obligation it) => it.TimeChanges - (it.Waived is null ? 1 : 0);

    /// <summary>When that was last.</summary>
    public static Instant ChangedAt(Obligation it, ProposedTime told) =>
        it.Waived?.At ?? told.CalledOff?.At ?? told.AgreedAt ?? told.At;

    // Both parties' people who see to what the parties do together.
    static IReadOnlyList<Person> Invited(Obligation it, Viewpoint at) =>
        [.. at.People.All.Where(person => (it.Responsible.Contains(person.Party) || it.Recipient == person.Party)
            && Rights.May(person.Actor, Right.RecordJointAct, at.Agreement.Terms.Parties)).DistinctBy(person => person.Id)];

    static string Description(Obligation it, ProposedTime told, Viewpoint at, bool isMailed)
    {
        var language = at.Language;
        var stands = language.Say($"calendar.meeting-{Json.NameOf(told.State)}", ("party", told.Party));
        var lines = new List<string> { $"{at.Agreement.Terms.DiaryNumber}: {stands}" };
        if (it.OpenTime is { } other && other.Number != told.Number)
            lines.Add(language.Say("calendar.meeting-other", ("party", other.Party), ("time", other.Time.Written)));
        lines.Add(language.Word(told.Time.Form));
        if (isMailed)
            return string.Join('\n', lines);
        if (told.Time.Link is { } link)
            lines.Add(link);
        lines.AddRange(it.Agenda.Select(item => $"– {item.Title}"));
        return string.Join('\n', lines);
    }
}
