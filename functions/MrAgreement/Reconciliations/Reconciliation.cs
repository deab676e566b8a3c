using MrAgreement.Agreements;

namespace MrAgreement.Reconciliations;

/// <summary>Whether everything agrees (avstämning): each rule of the field on its own, exceptions first.</summary>
public static class Reconciliation
{
    /// <summary>Every check on a day, the exceptions that nobody has accepted first.</summary>
    public static IReadOnlyList<Check> Of(Dossier it, LocalDate today) =>
        it.Grant.Terms is null
            ? []
            : [.. MoneyChecks.Of(it, today).Concat(LedgerChecks.Of(it, today)).Concat(StatementChecks.Of(it))
            .Concat(ShareChecks.Of(it, today))
                .Select(check => check with { Waived = Waivers.Of(it.Grant, check) }).OrderBy(Place)];

    // The sort keeps the order of the rules within each group.
    static int Place(Check check) => check switch
    {
        { Waived: not null } => 2,
        { Outcome: Outcome.Error } => 0,
        { Outcome: Outcome.Warning } => 1,
        { Outcome: Outcome.Ok } => 3,
        _ => 4
    };
}
