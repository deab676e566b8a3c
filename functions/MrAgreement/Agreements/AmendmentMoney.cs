using MrAgreement.Calendars;
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
    /// <summary>The key of the instalment that a change gives other terms; null for other changes.</summary>
    public static string? Key(AmendmentChange it) => it.Instalment?.Key;

    public static IEnumerable<Fault> Faults(Dossier it, IReadOnlyList<AmendmentChange> changes, LocalDate from)
    {
        if (changes.All(c => c.Raise is null && c.Instalment is null))
            yield break;
        var waiting = it.Agreement.Amendments.Where(a => a.IsWaiting).SelectMany(a => a.Proposed.Changes).ToList();
        var named = new HashSet<string>();
        for (var i = 0; i < changes.Count; i++)
        {
            foreach (var fault in changes[i].Instalment is { } amend ? Faults(it, amend, $"/changes/{i}/instalment") : [])
                yield return fault;
            if (changes[i].Instalment is { Key: var amended } && !named.Add(amended))
                yield return new($"/changes/{i}/instalment", "changed-twice", ("key", amended));
            if (changes[i].Raise is not { } raise)
                continue;
            var at = $"/changes/{i}/raise";
            if (it.Grant.Terms is null)
                yield return new(at, "no-grant");
            else if (raise.Instalment is { } key && it.Grant.Instalment(key) is not { Status: not InstalmentStatus.Lapsed })
                yield return new($"{at}/instalment", it.Grant.Instalment(key) is null ? "no-such-instalment" : "instalment-lapsed",
                    ("instalment", key));
            else if (!named.Add(raise.Instalment ?? ""))
                yield return new(at, "changed-twice", ("key", raise.Instalment ?? "total"));
            else if (raise.Amount <= Agreed(raise.Instalment))
                yield return new($"{at}/amount", "raise-not-higher", ("amount", Agreed(raise.Instalment)));
        }
        // With what is decided and applies by then.
        Kronor Agreed(string? instalment) => Amendment.PendingOn(it.Agreement, from).SelectMany(a => a.Proposed.Changes)
            .Select(c => c.Raise).OfType<RaiseGrant>().Where(r => r.Instalment == instalment).Select(r => r.Amount)
            .Append(it.Grant.Agreed(instalment)).Max();

        // The total must bear what waits too; what would raise the total may never apply.
        var total = changes.Select(c => c.Raise).OfType<RaiseGrant>().Where(r => r.Instalment is null).Select(r => r.Amount)
            .Append(it.Grant.Agreed(null)).Max();
        Kronor Then(Instalment instalment) => changes.FirstOrDefault(c => c.Instalment?.Key == instalment.Key)?.Instalment?.Amount
            ?? waiting.Concat(changes).Select(c => c.Raise is { } r && r.Instalment == instalment.Key ? r.Amount
                : c.Instalment is { Amount: { } amount } a && a.Key == instalment.Key ? amount : (Kronor?)null)
                .OfType<Kronor>().Append(instalment.Agreed).Max();
        if (it.Grant.Instalments.Where(i => i.Status != InstalmentStatus.Lapsed).Sum(Then) > total)
            yield return new(Exceeding(it, changes), "instalments-exceed-total");
    }

    // The amount that asks for more than there is, and not whatever else is changed beside it.
    static string Exceeding(Dossier it, IReadOnlyList<AmendmentChange> changes)
    {
        var asked = changes.Select((change, i) => change switch
        {
            { Raise: { Instalment: { } key, Amount: var amount } } => (At: $"/changes/{i}/raise/amount", More: More(key, amount)),
            { Instalment: { Key: var key, Amount: { } amount } } => (At: $"/changes/{i}/instalment/amount", More: More(key, amount)),
            { Raise: not null } => (At: $"/changes/{i}/raise/amount", More: Kronor.Zero),
            _ => (At: "/changes", More: Kronor.Zero)
        }).Where(row => row.At != "/changes").ToList();
        return asked.Count == 0 ? "/changes" : asked.MaxBy(row => row.More).At;

        Kronor More(string key, Kronor amount) => amount - it.Grant.Agreed(key);
    }

    static IEnumerable<Fault> Faults(Dossier dossier, AmendInstalment change, string at)
    {
        var grant = dossier.Grant;
        if (grant.Terms is null)
            yield return new(at, "no-grant");
        else if (grant.Instalment(change.Key) is not { } it)
            yield return new($"{at}/key", "no-such-instalment", ("instalment", change.Key));
        else if (Against(grant, it, change) is { } fault)
            yield return fault with { Pointer = at + fault.Pointer };
        else
        {
            if (change.Amount is { IsPositive: false })
                yield return new($"{at}/amount", "amount-not-positive");
            if (change.Condition is { } condition && Fault.Text($"{at}/condition", condition, 200) is { } text)
                yield return text;
            if (change.Unconditional is false || change is { Unconditional: true, Condition: not null })
                yield return new($"{at}/unconditional", "condition-or-none");
            foreach (var outside in DateRange.Faults(($"{at}/requisitionDueOn", change.RequisitionDueOn)))
                yield return outside;
            if (change.RequisitionDueOn < dossier.Agreement.Signed!.SignedOn)
                yield return new($"{at}/requisitionDueOn", "before-signature");
            if ((change.Amount ?? it.Agreed, change.Condition ?? it.Condition, change.RequisitionDueOn ?? it.RequisitionDueOn)
                == (it.Agreed, it.Condition, it.RequisitionDueOn) && change.Unconditional is null)
                yield return new(at, "changes-nothing");
        }
    }

    // As things are: what was released is corrected where it was, and what was requisitioned stands.
    static Fault? Against(Grant grant, Instalment it, AmendInstalment change)
    {
        var asked = grant.Requisitioned(it.Key) + grant.InPreparation(it.Key);
        return it.Status switch
        {
            InstalmentStatus.Lapsed => new("/key", "instalment-lapsed", ("instalment", it.Key)),
            InstalmentStatus.Released => new("/key", "amended-instalment-released", ("instalment", it.Key)),
            _ when change.Amount is { } amount && amount < asked => new("/amount", "amended-below-requisitioned", ("amount", asked)),
            _ when change.Condition is not null && it.Status == InstalmentStatus.Decided && asked.IsPositive =>
                new("/condition", "condition-after-requisition", ("instalment", it.Key)),
            _ when change.Unconditional is true && it.Status != InstalmentStatus.Conditional =>
                new("/unconditional", "changes-nothing"),
            _ when change.RequisitionDueOn is not null && grant.IsRightToCharge => new("/requisitionDueOn", "transfer-disposition-right"),
            _ => null
        };
    }

    /// <summary>Keys of the instalments that can't be changed as things are when the amendment is to take effect.</summary>
    public static IEnumerable<string> Impossible(Dossier it, IReadOnlyList<AmendmentChange> changes) =>
        changes.Select(change => change.Instalment).OfType<AmendInstalment>()
            .Where(change => it.Grant.Instalment(change.Key) is not { } instalment || Against(it.Grant, instalment, change) is not null)
            .Select(change => change.Key);

    /// <summary>What an amendment that has taken effect says of the money and the grant does not know of yet.</summary>
    public static GrantEvent? Due(Dossier it)
    {
        foreach (var amendment in it.Agreement.Amendments.Where(a => a.TookEffect is not null).OrderBy(a => a.TookEffectAt))
            foreach (var change in amendment.Proposed.Changes)
                if (change.Raise is { } raise && raise.Amount > it.Grant.Agreed(raise.Instalment)
                    && !IsOvertaken(it, raise.Instalment, amendment))
                    return new AgreedAmountRaised(raise.Instalment, raise.Amount);
                else if (change.Instalment is { } amend && !amendment.TookEffect!.Untouched.Contains(amend.Key)
                    && it.Grant.Instalment(amend.Key) is { } instalment && !instalment.Amendments.Contains(amendment.Number))
                    return new InstalmentAmended(amendment.Number, amend.Key, amend.Amount, amend.Condition, amend.Unconditional,
                        amend.RequisitionDueOn);
        return null;
    }

    // A later amendment has set it otherwise.
    static bool IsOvertaken(Dossier it, string? instalment, Amendment by) => instalment is not null
        && it.Grant.Instalment(instalment)?.Amendments.Exists(number =>
            it.Agreement.Amendments[number - 1].TookEffectAt > by.TookEffectAt) == true;
}
