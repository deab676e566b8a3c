using MrAgreement.Calendars;

namespace MrAgreement.Parties;

/// <summary>What a person does for a party.</summary>
public enum Role
{
    ProjectLead,
    Finance,
    Approver,
    Officer,
    Payer,
    Auditor,
    Reader,
    Admin,

    /// <summary>Sees to the people of one party.</summary>
    PartyAdmin
}

/// <summary>A person who acts, for one party, in one role.</summary>
/// <param name="Party">Key of the party that the person belongs to; party keys are global.</param>
public sealed record Actor(PersonId Id, string Party, Role Role)
{
    /// <summary>The deadline timer.</summary>
    public static readonly Actor System = new(PersonId.System, "", Role.Admin);

    /// <summary>Administrators read every agreement; the others, auditors too, those that the party that has let them in is a party
    /// to. An auditor whom no party has let in is one of the demo's, and reads all.</summary>
    public bool SeesEveryAgreement => Role == Role.Admin || Role == Role.Auditor && Party.Length == 0;

    /// <summary>Whether anything can ever wait for the person; the others read.</summary>
    public bool Acts => Role is not (Role.Auditor or Role.Admin or Role.Reader or Role.PartyAdmin);
}

/// <summary>Who gives a command, and when: all that a rule may know of the world outside the log.</summary>
public sealed record Occasion(Actor By, Instant Now)
{
    /// <summary>The day in Stockholm.</summary>
    public LocalDate Today => StockholmTime.DateOf(Now);
}
