using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;

namespace MrAgreement.Web.Messages;

/// <summary>The reminders of an obligation, and every message about it.</summary>
/// <param name="Reminders">Every rung of the ladder for the present date.</param>
/// <param name="Messages">What people were written of it, in order; what is still under way last.</param>
/// <param name="Mail">Whether the host sends mail: without, people are reminded in the system alone.</param>
public sealed record RemindersView(IReadOnlyList<ReminderView> Reminders, IReadOnlyList<MessageView> Messages, bool Mail)
{
    internal static async Task<RemindersView> Of(Obligation it, Viewpoint at, Postman? postman, CancellationToken cancellation) => new(
        [.. MrAgreement.Obligations.Reminders.Ladder(it, at.Agreement.Plan).Select(rung => ReminderView.Of(it, rung))],
        await MessageView.About(it.Key, at, postman, cancellation), postman is not null);
}

/// <summary>A message to the people of a role in a party.</summary>
/// <param name="Of">Sequence of the event that it is about.</param>
/// <param name="Reason">reminder, late, turn, decided, moved or closed.</param>
/// <param name="Party">Key of the party.</param>
/// <param name="Role">The role in it.</param>
/// <param name="To">Whom it is to; empty where nobody has the role.</param>
/// <param name="State">trying, handed-over or given-up.</param>
/// <param name="Server">The mail server that took it, or was asked last; folder where a demo lays it in one.</param>
/// <param name="At">When the outcome was recorded; null while it is tried.</param>
/// <param name="Why">Why it was given up: nobody, refused or timed-out.</param>
/// <param name="Tries">How often a server was asked; null once it is over.</param>
/// <param name="NextAt">When it is tried again.</param>
public sealed record MessageView(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonView> To, MessageState State,
    string? Server, Instant? At, MessageFailure? Why, int? Tries, Instant? NextAt)
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
        it.Happened is MessageGivenUp ? MessageState.GivenUp : MessageState.HandedOver, (it.Happened as MessageHandedOver)?.Server, it.At,
        (it.Happened as MessageGivenUp)?.Why, null, null);

    static MessageView From(Attempts it, Viewpoint at) => new(it.Message.Of, it.Message.Reason, it.Message.Party, it.Message.Role,
        [at.Name(it.Person)], MessageState.Trying, it.Server, null, null, it.Tries, it.Next);
}

public enum MessageState
{
    Trying,
    HandedOver,
    GivenUp
}
