using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Records an amendment (tilläggsöverenskommelse) that has been decided.</summary>
/// <param name="EffectiveFrom">The day from which it applies; what is done by then is not touched.</param>
/// <param name="IsSure">If not, whoever records it is asked first about dates that have passed when it applies.</param>
public sealed record ProposeAmendment(LocalDate DecidedOn, string Reference, LocalDate EffectiveFrom,
    IReadOnlyList<AmendmentChange> Changes, bool IsSure = true) : Command(Act.ProposeAmendment);

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

/// <summary>One change: exactly one of the four is given.</summary>
public sealed record AmendmentChange(Reschedule? Reschedule = null, ObligationTerms? Add = null, DropObligation? Drop = null,
    RaiseGrant? Raise = null);

/// <param name="Key">An obligation, or a yearly one as the terms name it: then every year's.</param>
public sealed record Reschedule(string Key, DueTerms Due);

public sealed record DropObligation(string Key, string Reason);

/// <param name="Party">The party that recorded it.</param>
public sealed record AmendmentProposed(
    int Number, LocalDate DecidedOn, string Reference, LocalDate EffectiveFrom, IReadOnlyList<AmendmentChange> Changes, string Party)
        : AgreementEvent;

public sealed record AmendmentConfirmed(int Number, string Party) : AgreementEvent;

/// <param name="Party">The party that contests it.</param>
public sealed record AmendmentContested(int Number, string Party, string Reason) : AgreementEvent;

/// <param name="Untouched">Keys that it named but that were settled by then.</param>
public sealed record AmendmentTookEffect(int Number, IReadOnlyList<string> Untouched) : AgreementEvent;
