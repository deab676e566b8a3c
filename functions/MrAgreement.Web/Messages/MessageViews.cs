using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;

namespace MrAgreement.Web.Messages;

/// <summary>The reminders of an obligation, and every message about it.</summary>
/// <param name="Reminders">Every rung of the ladder for the present date.</param>
/// <param name="Review">Every step of the ladder for what waits for its review; empty where nothing waits, or the terms have none.</param>
/// <param name="Acknowledgements">What parties have said of the reminders for the present date, in order.</param>
/// <param name="Messages">What people were written of it, in order; what is still under way last.</param>
/// <param name="Mail">Whether the host sends mail: without, people are reminded in the system alone.</param>
public sealed record RemindersView(IReadOnlyList<ReminderView> Reminders, IReadOnlyList<ReviewReminderView> Review,
    IReadOnlyList<AcknowledgementView> Acknowledgements, IReadOnlyList<MessageView> Messages, bool Mail)
{
    internal static async Task<RemindersView> Of(Obligation it, Viewpoint at, Postman? postman, CancellationToken cancellation) => new(
        [.. MrAgreement.Obligations.Reminders.Ladder(it, at.Agreement.Plan).Select(ReminderView.Of)],
        [.. MrAgreement.Obligations.Reminders.ReviewLadder(it, at.Agreement.Plan).Select(ReviewReminderView.Of)],
        [.. it.Acknowledged.Where(said => said.DueOn == it.EffectiveDueOn).Select(said => AcknowledgementView.Of(said, at))],
        await MessageView.About(it.Key, at, postman, cancellation), postman is not null);
}

/// <summary>A reminder of what waits for its review.</summary>
/// <param name="Submission">Number of what was delivered.</param>
/// <param name="Days">Days since it came in.</param>
/// <param name="PlannedFor">08:00 in Stockholm on that day.</param>
/// <param name="At">When it was sent; null until then.</param>
/// <param name="To">Keys of the parties reminded, or to be reminded: the reviewer's, and from the second step the one that waits.</param>
/// <param name="Skipped">Whether the day had passed when the days were agreed, so that it is not sent.</param>
public sealed record ReviewReminderView(int Submission, int Days, Instant PlannedFor, Instant? At, IReadOnlyList<string> To, bool Skipped)
{
    internal static ReviewReminderView Of(ReviewRung it) => new(it.Submission, it.Days, it.PlannedFor, it.Sent?.At, it.To, it.IsSkipped);
}

/// <summary>That a party has seen a reminder, and when it wants to be reminded again.</summary>
/// <param name="Party">Key of the party.</param>
/// <param name="Until">On which day it is reminded again; null leaves the reminders as they are planned.</param>
/// <param name="Reason">What is done about it; null where one may not see it.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record AcknowledgementView(string Party, LocalDate? Until, string? Reason, PersonView By, Instant At)
{
    internal static AcknowledgementView Of(Acknowledgement it, Viewpoint at) =>
        new(it.Party, it.Until, at.SeesSubmissions ? it.Reason : null, at.Name(it.By), it.At);
}

/// <summary>A message to the people of a role in a party.</summary>
/// <param name="Of">Sequence of the event that it is about.</param>
/// <param name="Reason">reminder, late, turn, decided, moved or closed.</param>
/// <param name="Party">Key of the party.</param>
/// <param name="Role">The role in it.</param>
/// <param name="To">Whom it is to; empty where nobody has the role.</param>
/// <param name="State">trying, handed-over, given-up, or bounced: a server had taken it, and it came back.</param>
/// <param name="Server">The mail server that took it, or was asked last; folder where a demo lays it in one.</param>
/// <param name="At">When the outcome was recorded; null while it is tried.</param>
/// <param name="Why">Why it was given up: nobody, refused or timed-out.</param>
/// <param name="Tries">How often a server was asked; null once it is over.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="Status">Why it came back, as mail servers tell each other: 5.1.1 for an address that there is not (RFC 3463).</param>
public sealed record MessageView(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonView> To, MessageState State,
    string? Server, Instant? At, MessageFailure? Why, int? Tries, Instant? NextAt, string? Status = null)
{
    /// <summary>Those about one obligation.</summary>
    internal static async Task<IReadOnlyList<MessageView>> About(string obligation, Viewpoint at, Postman? postman,
        CancellationToken cancellation)
    {
        var trying = postman is null ? [] : (await postman.AttemptsOf(at.Dossier.Id, cancellation)).Values
            .Where(it => it.Obligation == obligation && it.End is null && !at.Dossier.Messages.IsSettled(it.Message));
        return [.. at.Dossier.Messages.About(obligation).Select(it => From(it, at)), .. trying.Select(it => From(it, at))];
    }

    static MessageView From(MessageOutcome it, Viewpoint at) => new(it.Happened.Of, it.Happened.Reason, it.Happened.Party, it.Happened.Role,
        [.. it.Happened.To.Select(person => at.Name(person))],
        it.Happened switch
        {
            MessageGivenUp => MessageState.GivenUp,
            MessageBounced => MessageState.Bounced,
            _ => MessageState.HandedOver
        }, (it.Happened as MessageHandedOver)?.Server, it.At, (it.Happened as MessageGivenUp)?.Why, null, null,
        (it.Happened as MessageBounced)?.Status);

    static MessageView From(Attempts it, Viewpoint at) => new(it.Message.Of, it.Message.Reason, it.Message.Party, it.Message.Role,
        [at.Name(it.Person)], MessageState.Trying, it.Server, null, null, it.Tries, it.Next);
}

public enum MessageState
{
    Trying,
    HandedOver,
    GivenUp,
    Bounced
}
