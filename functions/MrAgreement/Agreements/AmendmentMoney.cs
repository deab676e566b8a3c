using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Agreements;

/// <summary>More money is agreed on.</summary>
/// <param name="Amount">What is agreed from then on, in all.</param>
/// <param name="Instalment">Key of the instalment; null for the whole grant.</param>
public sealed record RaiseGrant(Kronor Amount, string? Instalment = null);

/// <summary>What amendments do to the money that is agreed on.</summary>
static class AmendmentMoney
{
    public static IEnumerable<Fault> Faults(Dossier it, IReadOnlyList<AmendmentChange> changes)
    {
        if (changes.All(c => c.Raise is null))
            yield break;
        var waiting = it.Agreement.Amendments.Where(a => a.TookEffect is null).SelectMany(a => a.Proposed.Changes).ToList();
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Raise is not { } raise)
                continue;
            var at = $"/changes/{i}/raise";
            if (it.Grant.Terms is null)
                yield return new(at, "no-grant");
            else if (raise.Instalment is { } key && it.Grant.Instalment(key) is not { Status: not InstalmentStatus.Lapsed })
                yield return new($"{at}/instalment", it.Grant.Instalment(key) is null ? "no-such-instalment" : "instalment-lapsed",
                    ("instalment", key));
            else if (changes.Take(i).Any(c => c.Raise is { } other && other.Instalment == raise.Instalment))
                yield return new(at, "changed-twice", ("key", raise.Instalment ?? "total"));
            else if (raise.Amount <= it.Grant.Agreed(raise.Instalment))
                yield return new($"{at}/amount", "raise-not-higher", ("amount", it.Grant.Agreed(raise.Instalment)));
        }
        // The total must bear what waits too; what would raise the total may never apply.
        Kronor Then(string? instalment) =>
            (instalment is null ? changes : waiting.Concat(changes)).Select(c => c.Raise).OfType<RaiseGrant>()
            .Where(r => r.Instalment == instalment).Select(r => r.Amount).Append(it.Grant.Agreed(instalment)).Max();
        if (it.Grant.Instalments.Where(i => i.Status != InstalmentStatus.Lapsed).Sum(i => Then(i.Key)) > Then(null))
            yield return new("/changes", "instalments-exceed-total");
    }

    /// <summary>What an amendment that has taken effect raises and the grant does not know of yet.</summary>
    public static AgreedAmountRaised? Due(Dossier it) =>
        it.Agreement.Amendments.Where(a => a.TookEffect is not null).SelectMany(a => a.Proposed.Changes).Select(c => c.Raise)
            .OfType<RaiseGrant>()
            .FirstOrDefault(raise => raise.Amount > it.Grant.Agreed(raise.Instalment)) is { } due
                ? new(due.Instalment, due.Amount)
                : null;
}
