using System.Text.Json.Serialization;

namespace MrAgreement.Parties;

/// <summary>What a party is to the agreement.</summary>
public enum PartyRole
{
    Recipient,
    Grantor,
    Payer,

    /// <summary>Shares the grant with the recipient, and reports to it.</summary>
    SubRecipient
}

/// <summary>What a recipient or a sub-recipient does for all that share the
/// grant. A duty that nobody has been given is the recipient's.</summary>
public enum Duty
{
    /// <summary>Has the assignment from the Government.</summary>
    AssignmentHolder,

    /// <summary>Compiles what the others report, and accepts it or returns it.</summary>
    Coordinator,

    /// <summary>Writes the yearly report to the Government.</summary>
    Reporter,

    /// <summary>Allocates the money, and does whatever else with it that is the recipient's to do.</summary>
    MoneyHandler
}

/// <summary>A party to the agreement.</summary>
/// <param name="Key">Short global key, as in <c>SKR</c>; people belong to it.</param>
/// <param name="Duties">What it does for all that share the grant; absent when nothing in particular.</param>
/// <param name="SignOff">Whether a colleague must sign off what it submits; absent means not.</param>
/// <param name="Names">What it has been called, by the days on which each holds, oldest first; absent when it has always had its name.
/// </param>
public sealed record Party(
    string Key, string Name, PartyRole Role, OrganisationNumber? OrganisationNumber = null, IReadOnlyList<Duty>? Duties = null,
    bool? SignOff = null, IReadOnlyList<PartyName>? Names = null)
{
    /// <summary>What it is called on a day: before the first of its names that one, and where none holds its name.</summary>
    public string NameOn(LocalDate day) => Names is not { Count: > 0 } names ? Name
        : names.LastOrDefault(known => known.From <= day && !(known.To < day))?.Name ?? (day < names[0].From ? names[0].Name : Name);

    /// <summary>Whether it may be given a part of the grant.</summary>
    [JsonIgnore]
    public bool CanShare => Role is PartyRole.Recipient or PartyRole.SubRecipient;

    public bool Has(Duty duty) => Duties?.Contains(duty) == true;
}

/// <summary>What a party is called for a time.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null while it holds.</param>
public sealed record PartyName(string Name, LocalDate From, LocalDate? To = null);
