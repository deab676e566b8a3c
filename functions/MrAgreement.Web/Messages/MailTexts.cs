using System.Text.Encodings.Web;
using System.Text.Unicode;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Pages.WorkLists;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Messages;

/// <summary>Where people reach the pages.</summary>
public sealed record PagesAddress(Uri Root);

/// <summary>A message in somebody's language: one sentence, and one link to where it is seen to. What may be secret is not in it: no
/// reasons, no amounts, no texts of the parties but what the agreement and its obligations are called.</summary>
public sealed class MailTexts(PagesAddress address, IPeople people)
{
    static readonly HtmlEncoder html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Several messages in one mail, each with its sentence and its link.</summary>
    public MailMessage Together(IReadOnlyList<DigestItem> messages, IReadOnlyList<Recipient> to, string id)
    {
        var language = Language.For(to[0].Language);
        var names = NamesOf(to);
        var isOfSeveral = names != to[0].Name;
        var (greeting, why) = (language.Say("mail.greeting", ("name", names)),
            language.Say(isOfSeveral ? "mail.why-together-several" : "mail.why-together"));
        var subject = language.Say("mail.together", ("count", messages.Count));
        var lines = messages.Select(each => (Said: SentenceOf(each.Message, each.Of, language),
            About: (isOfSeveral ? $"{language.Say("mail.for", ("people", NamesOf(each.Whom.Select(it => it.To))))} " : "")
                + language.Say("mail.about", ("title", each.Of.Agreement.Terms.Title),
                    ("diary", $"{each.Of.Agreement.NumberOf(each.Message.Key.Party)}")),
            Link: $"{new Uri(address.Root, PlaceOf(each.Message))}")).ToList();
        var items = string.Concat(lines.Select(it => $"""
            <li style="margin-bottom:1em"><a href="{html.Encode(it.Link)}" style="color:#0b4f8a">{html.Encode(it.Said)}</a><br>
            {html.Encode(it.About)}</li>

            """));
        return new(id, to[0].Mail, names, language.Code, subject,
            string.Join("\r\n\r\n", [greeting, subject, .. lines.Select(it => $"{it.Said}\r\n{it.About}\r\n{it.Link}"), why])
                + "\r\n",
            Html(language, subject, $"<p>{html.Encode(greeting)}</p>\n<p>{html.Encode(subject)}</p>\n<ul>\n{items}</ul>\n", why))
        {
            // Of one meeting the latest says it all.
            Invitations = [.. messages.SelectMany(each => InvitationTo(each.Whom[0], each.Of, language)).Reverse()
                .DistinctBy(it => it.File).Reverse()],
            About = [.. messages.SelectMany(each => each.Whom).Select(MailedTo)]
        };
    }

    /// <summary>One message, to everybody who has it in one mailbox.</summary>
    public MailMessage Write(IReadOnlyList<Addressee> whom, Dossier it, string id)
    {
        var (message, to) = (whom[0].Message, whom[0].To);
        var (language, names) = (Language.For(to.Language), NamesOf(whom.Select(each => each.To)));
        var (agreement, said) = (it.Agreement, SentenceOf(message, it, language));
        var (diary, link) = ($"{agreement.NumberOf(message.Key.Party)}", $"{new Uri(address.Root, PlaceOf(message))}");
        IReadOnlyList<string> before = [language.Say("mail.greeting", ("name", names)), $"{said}."];
        var about = language.Say("mail.about", ("title", agreement.Terms.Title), ("diary", diary));
        var why = whom.Count > 1
            ? language.Say("mail.why-several", ("people", string.Join(", ", whom.Select(each => InRole(each, it, language)).Distinct())))
            : language.Say(to.For is null ? "mail.why" : "mail.why-deputy", [("name", to.For ?? ""), .. RoleOf(message, it, language)]);
        return new(id, to.Mail, names, language.Code, $"{diary}: {said}",
            string.Join("\r\n\r\n", [.. before, about, $"{language.Say("mail.link")}\r\n{link}", why]) + "\r\n",
            Html(language, said, Paragraphs(language, [.. before, about], link), why))
        {
            Invitations = InvitationTo(whom[0], it, language),
            About = [.. whom.Select(MailedTo)]
        };
    }

    static MailedMessage MailedTo(Addressee it) => new(it.Message.Agreement, it.Message.Key, it.To.Id, it.Message.Obligation);

    // Somebody who has two logins is one.
    static string NamesOf(IEnumerable<Recipient> to) => string.Join(", ", to.Select(it => it.Name).Distinct(StringComparer.Ordinal));

    static string InRole(Addressee each, Dossier it, Language language) =>
        language.Say(each.To.For is null ? "mail.in-role" : "mail.in-role-deputy",
            [("person", each.To.Name), ("name", each.To.For ?? ""), .. RoleOf(each.Message, it, language)]);

    static IEnumerable<(string, object)> RoleOf(Message message, Dossier it, Language language) =>
    [
        ("role", language.Word(message.Key.Role).ToLowerInvariant()),
        ("party", it.Agreement.NameOf(message.Key.Party, StockholmTime.DateOf(message.At)))
    ];

    /// <summary>The mail with a checkpoint of the logs at its end, for whoever keeps it.</summary>
    public static MailMessage WithCheckpoint(MailMessage it, string checkpoint)
    {
        var kept = Language.For(it.Language).Say("mail.checkpoint");
        return it with
        {
            Text = $"{it.Text}\r\n{kept}\r\n{checkpoint.ReplaceLineEndings("\r\n")}",
            Html = it.Html.Replace(End, $"""
                <p style="font-size:14px;color:#4a4a4a">{html.Encode(kept)}</p>
                <pre style="font-size:13px;color:#4a4a4a">{html.Encode(checkpoint)}</pre>
                {End}
                """, StringComparison.Ordinal)
        };
    }

    const string End = "</body></html>";

    // Of whatever has become of a meeting: invited, moved, agreed, called off.
    IReadOnlyList<MailInvitation> InvitationTo(Addressee each, Dossier it, Language language) => each.Message is
        {
            Obligation: { } key,
            Happened: TimeProposed or TimeAgreed or TimeCalledOff or ObligationScheduled or ObligationWaived
        }
        && Invitation.Mailed(it.Agreement.Obligations[key], new(it, StockholmTime.DateOf(each.Message.At),
            new(each.To.Id, each.Message.Key.Party, each.Message.Key.Role), language, people), address.Root) is { } invitation
                ? [invitation] : [];

    internal static string SentenceOf(Message message, Dossier it, Language language) => message switch
    {
        { Happened: SubmissionReturned returned, Turn: not null } => language.Say("mail.returned",
            ("what", it.Agreement.Obligations[returned.Obligation].Title), ("date", returned.CompleteBy)),
        { Turn: { } turn } => language.Say($"turn.{Json.NameOf(turn.Work)}", ("what", turn.Title)),
        { Happened: ReminderSent reminder } => language.Say($"mail.{Json.NameOf(message.Key.Reason)}",
            ("what", it.Agreement.Obligations[reminder.Obligation].Title), ("date", reminder.DueOn)),
        { Happened: ReviewReminded reminder } => language.Say($"mail.{Json.NameOf(message.Key.Reason)}",
            ("what", it.Agreement.Obligations[reminder.Obligation].Title), ("days", language.DayCount(reminder.Days))),
        { Key.Reason: MessageReason.Closed } => language.Say("mail.closed"),
        { Happened: TimeCalledOff { Obligation: var off } } => language.Say(
            it.Agreement.Obligations[off].AgreedTime is null ? "mail.called-off" : "mail.time-withdrawn",
            ("what", it.Agreement.Obligations[off].Title)),
        { Key.Reason: MessageReason.Moved, Obligation: { } met }
            when it.Agreement.Obligations[met] is { AgreedTime.Time: var time } meeting && meeting.ScheduledOn == time.On =>
                TimeSet(language, meeting, time),
        { Key.Reason: MessageReason.Moved, Obligation: { } key } => it.Agreement.Obligations[key] is var moved
            && (moved.TakesPlaceOn ?? moved.EffectiveDueOn) is { } on
            ? language.Say("mail.moved", ("what", moved.Title), ("date", on)) : language.Say("mail.undated", ("what", moved.Title)),
        // Where the agreement says nothing of acceptance it is no approval.
        { Happened: SubmissionAccepted { Obligation: var key } }
            when it.Agreement.Obligations[key] is { IsReviewedByPractice: true } seen =>
                language.Say("mail.reviewed", ("what", seen.Title)),
        { Act: { } act } => language.Say($"mail.act-{EventJson.NameOf(act.Happened)}", ("what", SubjectOf(act))),
        _ => language.Say("mail.changed")
    };

    // Where they meet stands in the invitation and on the page; how they come in on the page alone.
    static string TimeSet(Language language, Obligation meeting, MeetingTime time) =>
        language.Say(time.LastDay is null ? "mail.time-set" : "mail.time-set-over-days", ("what", meeting.Title), ("date", time.On),
            ("start", MeetingTime.Of(time.Start)), ("last", time.LastDay ?? time.On), ("end", MeetingTime.Of(time.End)),
            ("form", language.Word(time.Form).ToLowerInvariant()));

    // The decision's number tells nobody which year's money it is.
    static string SubjectOf(RegisteredAct act) => act.Happened switch
    {
        InstalmentReleased it => it.Instalment,
        ReleaseCorrected it => it.Instalment,
        _ => act.Title
    };

    internal static string PlaceOf(Message it) => it switch
    {
        { Turn: { } turn } => WorkPlace.Of(turn),
        { Obligation: { } key } => $"/agreements/{it.Agreement}/obligations/{Uri.EscapeDataString(key)}",
        _ => $"/agreements/{it.Agreement}"
    };

    /// <summary>The page that a message leads to, without the place on it.</summary>
    internal static string PageOf(Message it) => Uri.UnescapeDataString(PlaceOf(it).Split('#', '?')[0]);

    static string Paragraphs(Language language, IReadOnlyList<string> paragraphs, string link) =>
        string.Concat(paragraphs.Select(paragraph => $"<p>{html.Encode(paragraph)}</p>\n"))
        + $"<p><a href=\"{html.Encode(link)}\" style=\"color:#0b4f8a\">{html.Encode(language.Say("mail.link"))}</a></p>\n";

    static string Html(Language language, string title, string body, string why) => $"""
        <!DOCTYPE html>
        <html lang="{language.Code}"><head><meta charset="utf-8"><title>{html.Encode(title)}</title></head>
        <body style="font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;max-width:36em">
        {body}<p style="font-size:14px;color:#4a4a4a">{html.Encode(why)}</p>
        {End}

        """;
}
