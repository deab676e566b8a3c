using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Records an amendment (tilläggsöverenskommelse) that has been decided.</summary>
/// <param name="EffectiveFrom">The day from which it applies; what is done by then is not touched.</param>
/// <param name="IsSure">If not, whoever records it is asked first about dates that have passed when it applies.</param>
public sealed record ProposeAmendment(LocalDate DecidedOn, string Reference, LocalDate EffectiveFrom,
    IReadOnlyList<AmendmentChange> Changes, bool IsSure = true) : Command(Act.ProposeAmendment), IWithDocuments
{
    /// <summary>The amendment as the parties have it on paper: ids of documents of one's own party.</summary>
    public IReadOnlyList<Guid> Documents { get; init; } = [];

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    /// <summary>Numbers of contested amendments that it is recorded in the place of; null for all that are contested.</summary>
    public IReadOnlyList<int>? Settles { get; init; }

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };
}

/// <summary>The other party confirms what was recorded.</summary>
public sealed record ConfirmAmendment(int Number) : Command(Act.ConfirmAmendment)
{
    public override Subject Subject => Number;
}

/// <summary>The other party says that what was recorded is not what was decided.</summary>
public sealed record ContestAmendment(int Number, string Reason) : Command(Act.ContestAmendment)
{
    public override Subject Subject => Number;
}

/// <summary>Whoever recorded it takes it back, as it was recorded wrongly.</summary>
public sealed record WithdrawAmendment(int Number, string Reason) : Command(Act.WithdrawAmendment)
{
    public override Subject Subject => Number;
}

/// <summary>One change: exactly one of these is given.</summary>
/// <param name="Period">The agreement's first and last day from then on.</param>
/// <param name="Join">A party that comes in.</param>
/// <param name="Reminders">On which days reminders are sent from then on.</param>
public sealed record AmendmentChange(Reschedule? Reschedule = null, ObligationTerms? Add = null, DropObligation? Drop = null,
    RaiseGrant? Raise = null, ReviseObligation? Revise = null, AmendInstalment? Instalment = null, DateSpan? Period = null,
    Party? Join = null, LeavingParty? Leave = null, TakeOver? TakeOver = null, AssignDuty? Duty = null, ReminderPlan? Reminders = null);

/// <param name="Key">An obligation, or a yearly one as the terms name it: then every year's.</param>
public sealed record Reschedule(string Key, DueTerms Due);

public sealed record DropObligation(string Key, string Reason);

/// <summary>Other words, or other documents, for an obligation; what is absent stays as it is.</summary>
/// <param name="Key">An obligation, or a yearly one as the terms name it: then every year's.</param>
/// <param name="Title">Its title; of a yearly one without the year.</param>
/// <param name="Text">What its clause says.</param>
/// <param name="Documents">Kinds of document that a submission must hold.</param>
public sealed record ReviseObligation(string Key, string? Title = null, string? Text = null, IReadOnlyList<string>? Documents = null);

/// <summary>Other terms for an instalment that no decision has released; what is absent stays as it is.</summary>
/// <param name="Key">Key of the instalment.</param>
/// <param name="Condition">What must happen before it is decided.</param>
/// <param name="Unconditional">True when it has no condition any more, and is decided.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
public sealed record AmendInstalment(string Key, Kronor? Amount = null, string? Condition = null, bool? Unconditional = null,
    LocalDate? RequisitionDueOn = null)
{
    internal InstalmentTerms Of(InstalmentTerms it) => it with
    {
        Amount = Amount ?? it.Amount,
        Condition = Unconditional is true ? null : Condition ?? it.Condition,
        RequisitionDueOn = RequisitionDueOn ?? it.RequisitionDueOn
    };
}

/// <summary>A party that goes out: nobody takes its place.</summary>
public sealed record LeavingParty(string Key);

/// <summary>A party goes out, and another has its role, its duties and all that it owes or is owed from then on.</summary>
/// <param name="From">Key of the party that goes out.</param>
/// <param name="Key">Key of the one that comes in.</param>
public sealed record TakeOver(string From, string Key, string Name, OrganisationNumber? OrganisationNumber = null);

/// <summary>A duty is another party's from then on.</summary>
/// <param name="Party">Key of the party that has it.</param>
/// <param name="Until">The last day; then it goes back to whoever had it. Absent for good.</param>
public sealed record AssignDuty(Duty Duty, string Party, LocalDate? Until = null);

/// <param name="Party">The party that recorded it.</param>
/// <param name="Documents">The amendment on paper; absent where it was recorded without.</param>
/// <param name="Settles">Numbers of contested amendments that it is recorded in the place of; null for all that are contested then.</param>
public sealed record AmendmentProposed(
    int Number, LocalDate DecidedOn, string Reference, LocalDate EffectiveFrom, IReadOnlyList<AmendmentChange> Changes, string Party,
    IReadOnlyList<DocumentVersion>? Documents = null, IReadOnlyList<int>? Settles = null) : AgreementEvent;

public sealed record AmendmentConfirmed(int Number, string Party) : AgreementEvent;

/// <param name="Party">The party that contests it.</param>
public sealed record AmendmentContested(int Number, string Party, string Reason) : AgreementEvent;

/// <param name="Party">The party that recorded it and takes it back.</param>
public sealed record AmendmentWithdrawn(int Number, string Party, string Reason) : AgreementEvent;

/// <param name="Untouched">Keys that it named but that were settled by then, or could not be changed any more.</param>
public sealed record AmendmentTookEffect(int Number, IReadOnlyList<string> Untouched) : AgreementEvent;

/// <summary>A duty that an amendment gave for a time has gone back to whoever had it.</summary>
/// <param name="Amendment">Number of the amendment.</param>
/// <param name="Party">Key of the party that had it for that time.</param>
public sealed record DutyEnded(int Amendment, Duty Duty, string Party) : AgreementEvent;
