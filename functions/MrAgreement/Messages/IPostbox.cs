namespace MrAgreement.Messages;

/// <summary>A mail to one person.</summary>
/// <param name="Id">Its Message-ID without brackets: the same however often it is tried.</param>
/// <param name="To">The mail address.</param>
/// <param name="Name">Of the person.</param>
/// <param name="Language">As in <c>sv</c>.</param>
/// <param name="Text">The plain text; the HTML says the same.</param>
public sealed record MailMessage(string Id, string To, string Name, string Language, string Subject, string Text, string Html)
{
    /// <summary>Invitations to meetings, for a calendar to take in.</summary>
    public IReadOnlyList<MailInvitation> Invitations { get; init; } = [];

    /// <summary>Which messages are in it; none where nobody needs to know.</summary>
    public IReadOnlyList<MailedMessage> About { get; init; } = [];
}

/// <summary>A meeting as a calendar file that comes with a mail (RFC 6047).</summary>
/// <param name="File">What the file is called.</param>
/// <param name="Method">As in the file: REQUEST or CANCEL.</param>
/// <param name="Text">The file.</param>
public sealed record MailInvitation(string File, string Method, string Text);

/// <summary>A message in a mail to somebody.</summary>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
public sealed record MailedMessage(AgreementId Agreement, MessageKey Message, PersonId Person, string? Obligation);

/// <summary>Where mail is handed over.</summary>
public interface IPostbox
{
    /// <summary>What the log says of where mail went: the server's host.</summary>
    string Server { get; }

    /// <summary>Tries once; never fails on what a server says, on a server that is not there, or on a mail that can't be written.
    /// </summary>
    Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default);
}

/// <param name="Reply">What the server said, or why it could not be asked; for whoever looks after the host.</param>
/// <param name="IsAnswer">Whether a server said so.</param>
public sealed record Handover(HandoverOutcome Outcome, string Reply, bool IsAnswer = false)
{
    /// <summary>It can't be written or addressed: that is nobody's trouble but this mail's.</summary>
    public static Handover Unwritable(Exception e) => new(HandoverOutcome.Refused, $"It can't be written: {e.Message}");
}

public enum HandoverOutcome
{
    /// <summary>The server has taken it, and answers for it.</summary>
    Taken,

    /// <summary>It will never take it for that address.</summary>
    Refused,

    /// <summary>It is to be tried later.</summary>
    PutOff,

    /// <summary>The server can't be reached, or takes nothing at all now: no message is to blame.</summary>
    Down
}
