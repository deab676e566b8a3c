namespace MrAgreement.Messages;

/// <summary>That a mail which a server had taken did not reach somebody after all, as a mail server reports it. Source: RFC 3464.</summary>
/// <param name="Mail">The Message-ID of what did not arrive, without brackets.</param>
/// <param name="Recipients">The addresses that the report gives for the recipient: the first, and where it went on to.</param>
/// <param name="Status">As in <c>5.1.1</c>. Source: RFC 3463.</param>
/// <param name="Said">What the server said; for whoever looks after the host.</param>
public sealed record Bounce(string Mail, IReadOnlyList<string> Recipients, string Status, string Said);

/// <summary>Where reports of what did not arrive come to.</summary>
public interface IBounceMailbox
{
    /// <summary>Reads what has come since, in order. What is taken is marked as seen there, the rest is left as it is; nothing is deleted.
    /// Never fails on a mailbox that is away.</summary>
    /// <param name="since">Up to where it was read; null for nothing yet.</param>
    /// <param name="take">Answers whether it is about a mail of ours.</param>
    Task<MailboxRound> Read(MailboxMark? since, Func<Bounce, Task<bool>> take, CancellationToken cancellation = default);
}

/// <summary>Up to where a mailbox was read (RFC 3501, 2.3.1.1).</summary>
/// <param name="Validity">Other numbers mean other messages under another.</param>
/// <param name="Last">Number of the last message.</param>
public sealed record MailboxMark(uint Validity, uint Last);

/// <param name="Mark">Up to where it is read now.</param>
/// <param name="Fault">Why it could not be read to its end, or what the server could not give and was passed over; null when all was read.
/// </param>
public sealed record MailboxRound(MailboxMark? Mark, string? Fault);
