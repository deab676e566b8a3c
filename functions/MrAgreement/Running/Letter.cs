using MrAgreement.Messages;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

/// <summary>One of those whom a mail is for.</summary>
/// <param name="Message">As it is told to them.</param>
public sealed record Addressee(Message Message, Recipient To)
{
    internal (MessageKey, PersonId) Key => (Message.Key, To.Id);
}

/// <summary>What goes to one mailbox at once: the same said of the same event, to everybody who reads it there (docs/decisions/0097).
/// </summary>
/// <param name="Whom">In the house's order: the first one's language it is in.</param>
sealed record Letter(string Mailbox, IReadOnlyList<Addressee> Whom)
{
    public Message Message => Whom[0].Message;

    public string About => Message.About;

    public bool Is(Addressee it) => Whom.Any(each => each.Key == it.Key);

    /// <summary>In the order in which they came.</summary>
    public static IReadOnlyList<Letter> Of(IEnumerable<Addressee> all) =>
        [.. all.GroupBy(Same).Select(same => new Letter(Recipients.MailboxOf(same.First().To.Mail), [.. same]))];

    // Another thing to do is another message, though it comes of the same event; so is what another party is told.
    internal static (AgreementId, long, MessageReason, string, WorkKind?, string?, string) Same(Addressee it) =>
        (it.Message.Agreement, it.Message.Key.Of, it.Message.Key.Reason, it.Message.Key.Party, it.Message.Turn?.Work,
            it.Message.Turn?.Subject, Recipients.MailboxOf(it.To.Mail));
}
