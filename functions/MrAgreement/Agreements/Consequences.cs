using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What follows of itself from how things stand: obligations that the grant
/// fulfils, amendments whose day has come, final accounts that fix the costs.</summary>
public static class Consequences
{
    /// <summary>The events with what follows from them, in order, until nothing
    /// more does or an append is full; the lifecycle goes on from there.</summary>
    public static Settled With(Dossier before, IReadOnlyList<Event> events, Occasion on)
    {
        var all = new List<Event>(events);
        var after = before;
        var folded = 0;
        while (true)
        {
            for (; folded < all.Count; folded++)
                after = after.Evolve(all[folded], new(after.Sequence + 1, on.Now, on.By.Id));
            if (all.Count >= Append.MaxEvents || Next(after, on) is not { } next)
                return new(all, after);
            all.Add(next);
        }
    }

    /// <summary>The next thing that follows, or null when all is settled.</summary>
    public static Event? Next(Dossier it, Occasion on)
    {
        if (it.Agreement is { Terms.Grant: { } terms } && it.Grant.Terms is null)
            return new GrantOpened(terms);
        if (!it.Agreement.IsRunning)
            return null;
        var accounts = it.Agreement.FinalAccounts.ToList();
        if (it.Agreement.Reopened is not null)
            return Unclaimed(it) ?? it.Agreement.InOrder.Select(o => Fulfilment(it, o, accounts, on)).FirstOrDefault(e => e is not null)
                ?? Claimed(it) ?? (Event?)ClosedAgain(it);
        return Amendment.Due(it, on.Today)
            ?? (Event?)AmendmentParties.Ended(it.Agreement, on.Today)
            ?? Termination.Due(it, on.Today)
            ?? (it.Agreement.Status == AgreementStatus.Terminated ? Lapsed(it) : null)
            ?? AmendmentMoney.Due(it)
            ?? Unsendable.Next(it, on.Today)
            ?? Termination.Dropped(it.Agreement)
            ?? Undated(it.Agreement)
            ?? Added(it, accounts)
            ?? FinalAccounts(it, accounts)
            ?? Unclaimed(it)
            ?? it.Agreement.InOrder.Select(o => Fulfilment(it, o, accounts, on)).FirstOrDefault(e => e is not null)
            ?? Claimed(it);
    }

    static Event? Lapsed(Dossier it) =>
        it.Grant.Instalments.Find(i => i.Status == InstalmentStatus.Conditional) is { } pending
            ? new InstalmentLapsed(pending.Key, it.Agreement.Terminated!.Reference)
            : null;

    // What was counted from something that was let go has no date: the grantor sets one, or lets it go too.
    static DateLost? Undated(Agreement it) =>
        it.InOrder.FirstOrDefault(o => o is { IsDelivered: false, LostDateOf: null, DecidedDueOn: null, Due.Other: { } other }
            && it.Obligations.GetValueOrDefault(other)?.Waived is not null) is { } left
            ? new(left.Key, left.Due.Other!)
            : null;

    // A released instalment brings the obligation to requisition it, and to repay by a date of its own where the decision sets one.
    static Event? Added(Dossier it, IReadOnlyList<Obligation> accounts)
    {
        if (it.Grant.IsRightToCharge)
            return null;
        foreach (var released in it.Grant.Instalments.Where(i => i.Released is not null))
        {
            if (!it.Agreement.Obligations.ContainsKey(Occurrences.RequisitionKey(released.Key)))
                return new ObligationAdded(Occurrences.RequisitionKey(released.Key), ObligationKind.Requisition, released.Key,
                    released.RequisitionDueOn!.Value, [], released.Released!.Reference);
            if (released.Released!.RepayBy is { } repayBy && !it.Agreement.Obligations.ContainsKey(Occurrences.RepaymentKey(released.Key)))
                return new ObligationAdded(Occurrences.RepaymentKey(released.Key), ObligationKind.Repayment, released.Key, repayBy,
                    [.. accounts.Select(o => o.Key)], released.Released.Reference);
        }
        return null;
    }

    static Event? FinalAccounts(Dossier it, IReadOnlyList<Obligation> accounts)
    {
        return (AreDelivered(accounts), it.Grant.FinalAccounts) switch
        {
            (true, null) when it.Grant.Terms is not null => Fixed(it, accounts),
            // A new version that was accepted takes the place of the one that stood.
            (true, { } standing) when Stated(it, accounts) is { } newer && newer.Sequence > standing.Sequence => Fixed(it, accounts),
            (false, not null) => new FinalAccountsReopened(),
            _ => null
        };
    }

    // What the delivered statement says, when they were delivered with one.
    static FinalAccountsFixed Fixed(Dossier it, IEnumerable<Obligation> accounts) =>
        Stated(it, accounts) is { } statement
            ? new(statement.Content.CostsInAll - DecidedBeyond(it.Grant, statement), statement.Number)
            : new(Kronor.Greatest(Kronor.Zero, it.Grant.OpenCosts));

    static Statement? Stated(Dossier it, IEnumerable<Obligation> accounts) =>
        accounts.Where(o => o.Waived is null).Select(o => o.Standing?.Statement).FirstOrDefault(n => n is not null) is { } number
            ? it.Grant.Statements[number - 1]
            : null;

    // Decided before the statement was drawn up, on a day after its last: no statement loses a decision of the grantor.
    static Kronor DecidedBeyond(Grant it, Statement statement) =>
        it.Disallowances.Where(d => d.StoodAt(statement.Sequence) && d.Decision.DecidedOn > statement.Period.To)
            .Sum(d => d.Decision.Amount);

    static bool AreDelivered(IReadOnlyList<Obligation> accounts) => accounts.Any(o => o.Waived is null) && accounts.All(o => o.IsDelivered);

    // The repayment has the day of the part that is to be paid back next: what was unspent, or what a decision claims back.
    static RepaymentClaimed? Claimed(Dossier it)
    {
        if (Settlement.Repayment(it.Agreement) is not { } repayment)
            return null;
        return Settlement.Outstanding(it) switch
        {
            [{ Disallowance: { } number } next, ..] when number != repayment.Claimed => new(repayment.Key, number, next.DueOn),
            [{ Disallowance: null }, ..] when repayment.Claimed is not null => new(repayment.Key, null, null),
            // Paid back before the final accounts: the agreed day is the next.
            [] when repayment is { Claimed: not null, IsSettled: false } => new(repayment.Key, null, null),
            _ => null
        };
    }

    // Once the decision is withdrawn its day is nobody's; before it counts as repaid, since what is done keeps its day.
    static ObligationEvent? Unclaimed(Dossier it) =>
        Settlement.Repayment(it.Agreement) is { Claimed: { } claimed } repayment
            && it.Grant.Disallowances[claimed - 1].Withdrawn is not null ? new RepaymentClaimed(repayment.Key, null, null) : null;

    // What opened the settlement again was withdrawn: the closing stands as it did.
    static AgreementClosed? ClosedAgain(Dossier it) =>
        Settlement.HeldOpenBy(it) is { Withdrawn: not null } && !Closures.Remaining(it).Any() ? new() : null;

    static ObligationEvent? Fulfilment(Dossier it, Obligation obligation, IReadOnlyList<Obligation> accounts, Occasion on)
    {
        if (obligation.Waived is not null || IsFulfilled(it, obligation, accounts) is not { } fulfilled)
            return null;
        return (fulfilled, obligation.FulfilledOn) switch
        {
            (true, null) => new ObligationFulfilled(obligation.Key, on.Today),
            (false, not null) => new ObligationReopened(obligation.Key),
            _ => null
        };
    }

    // Null for what people do and record themselves.
    static bool? IsFulfilled(Dossier it, Obligation obligation, IReadOnlyList<Obligation> accounts) => obligation.Kind switch
    {
        ObligationKind.Requisition => it.Grant.Requisitions.Any(r => r.Instalment == obligation.Instalment && r.IsUnderWay),
        // With a right to charge there is nothing to pay: the decision is all it takes.
        ObligationKind.Payment when it.Grant.IsRightToCharge => it.Grant.Instalments.All(i => i.Status != InstalmentStatus.Conditional),
        ObligationKind.Payment => it.Grant.Instalments.Count > 0 && it.Grant.Instalments.All(i => IsPaid(it, i))
            && it.Grant.Balances.Received.IsPositive,
        // Done when the final accounts are submitted and the balance is zero, never before.
        ObligationKind.Repayment => (it.Agreement.Reopened is not null || FinalAccountsAreIn(it, accounts)) && IsRepaid(it, obligation),
        ObligationKind.Deliverable or ObligationKind.Joint or ObligationKind.Continuous => null
    };

    // What only the recipient says it has paid back is not back. An instalment's
    // own repayment is of what was unspent: a later clawback is no part of it.
    static bool IsRepaid(Dossier it, Obligation obligation)
    {
        var claimed = obligation.Instalment is null
            ? Kronor.Zero
            : Settlement.Outstanding(it).Where(part => part.Disallowance is not null).Sum(part => part.Amount);
        return it.Grant.Balances.Remaining == claimed && !Closures.ByWordAlone(it).Any(p => p.Direction == PaymentDirection.Out);
    }

    // Where nothing more can be requisitioned, what was is all there is to pay.
    static bool IsPaid(Dossier it, Instalment instalment) => instalment.IsPaid(it.Grant)
        || it.Agreement.BarsRequisitions()
        && it.Grant.Requisitions.All(r => r.Instalment != instalment.Key || !r.IsUnderWay || it.Grant.LeftToPay(r).IsZero);

    static bool FinalAccountsAreIn(Dossier it, IReadOnlyList<Obligation> accounts) =>
        accounts.Count > 0 ? AreDelivered(accounts) : it.Grant.IsRightToCharge || it.Grant.Balances.Received.IsPositive;
}

/// <summary>Accepted, with all that follows of itself.</summary>
/// <param name="After">The dossier after the events, but for the hash of its last row.</param>
public sealed record Settled(IReadOnlyList<Event> Events, Dossier After) : Accepted(Events);
