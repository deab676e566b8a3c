using MrAgreement.Access;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;

namespace MrAgreement.Web.Messages;

/// <summary>The reminders of an obligation, and every message about it.</summary>
/// <param name="Reminders">Every rung of the ladder for the present date.</param>
/// <param name="Review">Every step of the ladder for what waits for its review; empty where nothing waits, or the terms have none.</param>
/// <param name="Acknowledgements">What parties have said of the reminders for the present date, and of what waits for its review, in order.
/// </param>
/// <param name="Messages">What people were written of it, in order; what is still under way last.</param>
/// <param name="Mail">Whether the host sends mail: without, people are reminded in the system alone.</param>
public sealed record RemindersView(IReadOnlyList<ReminderView> Reminders, IReadOnlyList<ReviewReminderView> Review,
    IReadOnlyList<AcknowledgementView> Acknowledgements, IReadOnlyList<MessageView> Messages, bool Mail)
{
    internal static async Task<RemindersView> Of(Obligation it, Viewpoint at, Postman? postman, Openings openings, OwnMessages own,
        CancellationToken cancellation) => new(
        [.. MrAgreement.Obligations.Reminders.Ladder(it, at.Agreement.Plan).Select(ReminderView.Of)],
        [.. MrAgreement.Obligations.Reminders.ReviewLadder(it, at.Agreement.Plan).Select(ReviewReminderView.Of)],
        [.. MrAgreement.Obligations.Acknowledgements.Present(it).Select(said => AcknowledgementView.Of(said, at))],
        await MessageView.About(it.Key, at, postman, openings, own, cancellation), postman is not null);
}

/// <summary>A reminder of what waits for its review.</summary>
/// <param name="Submission">Number of what was delivered.</param>
/// <param name="Days">Days since it came in.</param>
/// <param name="PlannedFor">08:00 in Stockholm on that day.</param>
/// <param name="At">When it was sent; null until then.</param>
/// <param name="To">Keys of the parties reminded, or to be reminded: the reviewer's, and from the second step the one that waits.</param>
/// <param name="Skipped">Whether the day had passed when the days were agreed, so that it is not sent.</param>
/// <param name="Held">Whether it is not sent because the reviewer's party has asked to be reminded later.</param>
public sealed record ReviewReminderView(int Submission, int Days, Instant PlannedFor, Instant? At, IReadOnlyList<string> To, bool Skipped,
    bool Held)
{
    internal static ReviewReminderView Of(ReviewRung it) =>
        new(it.Submission, it.Days, it.PlannedFor, it.Sent?.At, it.To, it.IsSkipped, it.IsHeld);
}

/// <summary>That a party has seen a reminder, and when it wants to be reminded again.</summary>
/// <param name="Party">Key of the party.</param>
/// <param name="Until">On which day it is reminded again; null leaves the reminders as they are planned.</param>
/// <param name="Reason">What is done about it; null where one may not see it.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
/// <param name="Submission">Number of what waits for its review, where that was reminded of; null for the date.</param>
public sealed record AcknowledgementView(string Party, LocalDate? Until, string? Reason, PersonView By, Instant At, int? Submission)
{
    internal static AcknowledgementView Of(Acknowledgement it, Viewpoint at) =>
        new(it.Party, it.Until, at.SeesSubmissions ? it.Reason : null, at.Name(it.By), it.At, it.Submission);
}

/// <summary>A message to the people of a role in a party.</summary>
/// <param name="Of">Sequence of the event that it is about.</param>
/// <param name="Reason">reminder, late, review, reviewer, turn, decided, moved or closed.</param>
/// <param name="Party">Key of the party.</param>
/// <param name="Role">The role in it.</param>
/// <param name="To">Whom it is to; empty where nobody has the role, and while it waits for a morning of somebody in another party.</param>
/// <param name="State">waiting, for somebody's morning; trying, handed-over, given-up, bounced: a server had taken it, and it came back;
/// or in-system: it is shown in the pages, and no mail tells it.</param>
/// <param name="Server">The mail server that took it, or was asked last; folder where a demo lays it in one.</param>
/// <param name="At">When the outcome was recorded; null while it is tried.</param>
/// <param name="Why">Why it was given up: nobody, refused, timed-out, or overtaken: it was no longer so before it could go.</param>
/// <param name="Tries">How often a server was asked; none where it waits behind another; null once it is over.</param>
/// <param name="NextAt">When it is tried again, or goes; null for a morning of somebody in another party, and behind another.</param>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
/// <param name="Status">Why it came back, as mail servers tell each other: 5.1.1 for an address that there is not (RFC 3463).</param>
/// <param name="Opened">Who of them has opened the page that it leads to since, when for the first time; null for other parties than
/// theirs.</param>
public sealed record MessageView(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonView> To, MessageState State,
    string? Server, Instant? At, MessageFailure? Why, int? Tries, Instant? NextAt, string? Obligation, string? Status = null,
    IReadOnlyList<OpenedView>? Opened = null)
{
    /// <summary>Those about one obligation; all of the agreement with null.</summary>
    internal static async Task<IReadOnlyList<MessageView>> About(string? obligation, Viewpoint at, Postman? postman, Openings openings,
        OwnMessages own, CancellationToken cancellation)
    {
        var outcomes = at.Dossier.Messages.About(obligation).ToList();
        var opened = outcomes.Exists(it => MaySee(it.Happened.Party, at))
            ? await openings.Of(at.Dossier.Id, cancellation) : Enumerable.Empty<Opening>().ToLookup(_ => default(MessageKey));
        var underway = postman is null ? await Shown(obligation, at, own, cancellation)
            : await Underway(obligation, at, postman, cancellation);
        return [.. outcomes.Select(it => From(it, at, opened)), .. underway];
    }

    // Without mail they are shown to whoever looks; each of what the person may know of.
    static async Task<IReadOnlyList<MessageView>> Shown(string? obligation, Viewpoint at, OwnMessages own,
        CancellationToken cancellation) =>
        [.. (await own.Of(at.Dossier, cancellation)).Where(it => (obligation is null || it.Obligation == obligation)
            && !at.Dossier.Messages.IsSettled(it.Key) && Sight.Sees(at.Dossier, at.By, it.Happened)).Select(it => InSystem(it, []))];

    /// <summary>A message that no mail tells.</summary>
    internal static MessageView InSystem(Message it, IReadOnlyList<PersonView> to) => new(it.Key.Of, it.Key.Reason, it.Key.Party,
        it.Key.Role, to, MessageState.InSystem, null, it.At, null, null, null, it.Obligation);

    /// <summary>What has become of a message for one person.</summary>
    /// <param name="opened">When they opened the page that it leads to, for the first time since; null for not yet.</param>
    internal static MessageView ToOne(MessageOutcome it, PersonView me, Instant? opened) => new(it.Happened.Of, it.Happened.Reason,
        it.Happened.Party, it.Happened.Role, [me], StateOf(it.Happened), (it.Happened as MessageHandedOver)?.Server, it.At,
        (it.Happened as MessageGivenUp)?.Why, null, null, it.Happened.Obligation, (it.Happened as MessageBounced)?.Status,
        opened is { } at ? [new(me, at)] : []);

    /// <summary>How it goes with a message to one person of which the log tells nothing yet.</summary>
    /// <param name="tries">Null before the first one.</param>
    /// <param name="waits">For their morning; null where it does not.</param>
    internal static MessageView Underway(Message it, PersonView me, Attempts? tries, WaitingMessage? waits)
    {
        var queued = new MessageView(it.Key.Of, it.Key.Reason, it.Key.Party, it.Key.Role, [me], MessageState.Trying, null, null, null, 0,
            null, it.Obligation);
        return (tries, waits) switch
        {
            ({ End: AttemptEnd.Taken }, _) => queued with { State = MessageState.HandedOver, Server = tries.Server, At = tries.First,
                Tries = null },
            ({ End: null }, _) => queued with { Server = tries.Server, Tries = tries.Tries, NextAt = tries.Next },
            (null, { Tries: null }) => queued with { State = MessageState.Waiting, NextAt = waits.Until, Tries = null },
            (null, { Tries: { } together }) => queued with { Server = together.Server, Tries = together.Tries, NextAt = together.Next },
            _ => queued
        };
    }

    static async Task<IReadOnlyList<MessageView>> Underway(string? obligation, Viewpoint at, Postman postman,
        CancellationToken cancellation)
    {
        var trying = (await postman.AttemptsOf(at.Dossier.Id, cancellation)).Values
            .Where(it => (obligation is null || it.Obligation == obligation) && !at.Dossier.Messages.IsSettled(it.Message)).ToList();
        var waiting = (await postman.WaitingOf(at.Dossier, obligation, cancellation))
            .Where(it => !trying.Exists(other => (other.Message, other.Person) == (it.Message, it.Person))).ToList();
        // What is next in turn, or after something else.
        var queued = (await postman.ToldOf(at.Dossier.Id, cancellation)).To >= at.Dossier.Sequence ? []
            : (await postman.Unsent(at.Dossier.Id, cancellation)).Where(it => (obligation is null || it.Obligation == obligation)
                && !trying.Exists(other => (other.Message, other.Person) == (it.Message, it.Person))
                && !waiting.Exists(other => (other.Message, other.Person) == (it.Message, it.Person)));
        return
        [
            .. trying.Where(it => it.End is null).Select(it => From(it, at)),
            .. queued.Select(it => new MessageView(it.Message.Of, it.Message.Reason, it.Message.Party, it.Message.Role,
                [at.Name(it.Person)], MessageState.Trying, null, null, null, 0, null, it.Obligation)),
            .. waiting.Where(it => MaySee(it.Message.Party, at)).Select(it => From(it, at)),
            // Whose days are quiet is nobody else's matter.
            .. waiting.Where(it => !MaySee(it.Message.Party, at)).DistinctBy(it => it.Message)
                .Select(it => new MessageView(it.Message.Of, it.Message.Reason, it.Message.Party, it.Message.Role, [],
                    MessageState.Waiting, null, null, null, null, null, it.Obligation))
        ];
    }

    // Who was at work when is their own party's matter.
    static bool MaySee(string party, Viewpoint at) => at.By.Party == party || at.By.Role == Role.Admin;

    static MessageView From(MessageOutcome it, Viewpoint at, ILookup<MessageKey, Opening> opened) => new(it.Happened.Of,
        it.Happened.Reason, it.Happened.Party, it.Happened.Role,
        [.. it.Happened.To.Select(person => at.Name(person))],
        StateOf(it.Happened), (it.Happened as MessageHandedOver)?.Server, it.At, (it.Happened as MessageGivenUp)?.Why, null, null,
        it.Happened.Obligation, (it.Happened as MessageBounced)?.Status,
        MaySee(it.Happened.Party, at) ? [.. opened[it.Happened.ToKey()].Where(opening => it.Happened.To.Contains(opening.By))
            .OrderBy(opening => opening.At).Select(opening => new OpenedView(at.Name(opening.By), opening.At))] : null);

    internal static MessageState StateOf(MessageEvent it) => it switch
    {
        MessageGivenUp => MessageState.GivenUp,
        MessageBounced => MessageState.Bounced,
        _ => MessageState.HandedOver
    };

    static MessageView From(Attempts it, Viewpoint at) => new(it.Message.Of, it.Message.Reason, it.Message.Party, it.Message.Role,
        [at.Name(it.Person)], MessageState.Trying, it.Server, null, null, it.Tries, it.Next, it.Obligation);

    static MessageView From(WaitingMessage it, Viewpoint at) => new(it.Message.Of, it.Message.Reason, it.Message.Party, it.Message.Role,
        [at.Name(it.Person)], it.Tries is null ? MessageState.Waiting : MessageState.Trying, it.Tries?.Server, null, null,
        it.Tries?.Tries, it.Tries?.Next ?? it.Until, it.Obligation);
}

/// <param name="By">Who opened it.</param>
/// <param name="At">When for the first time after the message.</param>
public sealed record OpenedView(PersonView By, Instant At);

public enum MessageState
{
    /// <summary>For somebody's morning.</summary>
    Waiting,
    Trying,
    HandedOver,
    GivenUp,
    Bounced,

    /// <summary>Shown in the pages; no mail tells it.</summary>
    InSystem
}
