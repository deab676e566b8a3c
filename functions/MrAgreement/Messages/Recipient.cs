using MrAgreement.Parties;

namespace MrAgreement.Messages;

/// <summary>Somebody who can be written to.</summary>
/// <param name="Mail">The address.</param>
/// <param name="Language">As in <c>sv</c>.</param>
public sealed record Recipient(PersonId Id, string Name, string Mail, string Language);

/// <summary>Who there is to write to.</summary>
public interface IRecipients
{
    /// <summary>Everybody who has that role in the party now, deputies too; of those without an address nobody.</summary>
    Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default);
}
