using MrAgreement.Parties;

namespace MrAgreement.Web.People;

/// <summary>Who there is, as far as a request asks: what each may act as, and what they are called.</summary>
public interface IPeople
{
    /// <summary>Everybody in each of their roles now.</summary>
    IReadOnlyList<Person> All { get; }

    /// <summary>Those who have left, in each role that they had.</summary>
    IReadOnlyList<Person> Former { get; }

    /// <summary>What somebody may act as now; empty for nobody known, and for whoever belongs nowhere.</summary>
    IReadOnlyList<Person> Find(PersonId id);

    /// <summary>The name to show; the id itself for somebody who is no longer known.</summary>
    string NameOf(PersonId id);

    /// <summary>Where the person gets mail; null where that is not known.</summary>
    string? MailOf(PersonId id);

    /// <summary>Whether the officers of a party may make agreements.</summary>
    bool MayGrant(string party);

    /// <summary>Looks whether anything has changed elsewhere, when that was not done for a while.</summary>
    Task Refresh(CancellationToken cancellation);
}
