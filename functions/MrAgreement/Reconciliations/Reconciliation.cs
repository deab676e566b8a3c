using System.Runtime.CompilerServices;
using MrAgreement.Agreements;

namespace MrAgreement.Reconciliations;

/// <summary>Whether everything agrees (avstämning): each rule of the field on its own, exceptions first.</summary>
public static class Reconciliation
{
    // What is open is asked of every rule and of everybody: the checks of one dossier are made once a day.
    static readonly ConditionalWeakTable<Dossier, Made> made = [];

    /// <summary>Every check on a day, the exceptions that nobody has accepted first.</summary>
    public static IReadOnlyList<Check> Of(Dossier it, LocalDate today)
    {
        if (made.TryGetValue(it, out var last) && last.On == today)
            return last.Checks;
        var checks = Make(it, today);
        made.AddOrUpdate(it, new(today, checks));
        return checks;
    }

    static IReadOnlyList<Check> Make(Dossier it, LocalDate today) =>
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

    sealed record Made(LocalDate On, IReadOnlyList<Check> Checks);
}
