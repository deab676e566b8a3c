using System.Text.Json.Serialization;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>The condition is met: the instalment may be requisitioned.</summary>
/// <param name="Amount">When the decision allots less than was agreed on.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
/// <param name="RepayBy">Last day to pay back what is unspent of it, when the decision sets one.</param>
/// <param name="IsSure">If not, whoever records it is asked first about days beyond all others of the agreement.</param>
public sealed record ReleaseInstalment(
    string Instalment, LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference = null,
    Kronor? Amount = null,
    Appropriation? Appropriation = null, LocalDate? RepayBy = null, IReadOnlyList<string>? Conditions = null, bool IsSure = true)
        : InstalmentCommand(Act.ReleaseInstalment, Instalment);

/// <summary>The release as it should have been, or as a later decision has it.</summary>
/// <param name="Release">All of it, what was right too.</param>
public sealed record CorrectRelease(ReleaseInstalment Release, string? Reason = null)
    : GrantCommand(Act.CorrectRelease)
{
    public override Subject Subject => Release.Instalment;
}

/// <summary>Takes a release back: the instalment waits for its condition again.</summary>
public sealed record WithdrawRelease(string Instalment, string Reason) : InstalmentCommand(Act.WithdrawRelease, Instalment);

public sealed record InstalmentReleased(
    string Instalment, LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference, Kronor Amount,
    Appropriation? Appropriation, LocalDate? RepayBy, IReadOnlyList<string>? Conditions) : GrantEvent;

public sealed record ReleaseCorrected(
    string Instalment, LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference, Kronor Amount,
    Appropriation? Appropriation, LocalDate? RepayBy, IReadOnlyList<string>? Conditions, string? Reason) : GrantEvent
{
    [JsonIgnore]
    public InstalmentReleased Release =>
        new(Instalment, DecidedOn, Reference, RequisitionDueOn, RiksdagReference, Amount, Appropriation, RepayBy, Conditions);
}

public sealed record ReleaseWithdrawn(string Instalment, string Reason) : GrantEvent;
