using MrAgreement.Parties;

namespace MrAgreement.Messages;

/// <summary>Somebody who can be written to.</summary>
/// <param name="Mail">The address.</param>
/// <param name="Language">As in <c>sv</c>.</param>
/// <param name="For">Name of the one whom they stand in for; null where the role is their own.</param>
public sealed record Recipient(PersonId Id, string Name, string Mail, string Language, string? For = null);

/// <summary>Who there is to write to.</summary>
public interface IRecipients
{
    /// <summary>Everybody who has that role in the party now, deputies too; of those without an address nobody.</summary>
    Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default);

    /// <summary>Everybody who reads the mail of an address, in the house's order; empty where nobody shares one.</summary>
    Task<IReadOnlyList<Recipient>> At(string mail, CancellationToken cancellation = default);
}

/// <summary>Who hears of a message.</summary>
public static class Recipients
{
    /// <summary>By which two addresses are known to be the same mailbox.</summary>
    public static string MailboxOf(string mail) => mail.Trim().ToLowerInvariant();

    /// <summary>Where nobody has the role, those hear of it who can give it to somebody.</summary>
    public static async Task<IReadOnlyList<Recipient>> Of(this IRecipients people, MessageKey key,
        CancellationToken cancellation = default) => await people.With(key.Party, key.Role, cancellation) is { Count: > 0 } own ? own
            : await people.With(key.Party, Role.PartyAdmin, cancellation);
}
