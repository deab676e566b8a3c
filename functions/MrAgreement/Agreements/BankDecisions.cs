using System.Diagnostics;
using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on bank files: which payments their transactions are.</summary>
public static class BankDecisions
{
    // A match is a payment and the note of it; what does not fit into one append stays as a proposal.
    const int MostMatches = (Append.MaxEvents - 10) / 3;

    /// <summary>The most places where a file's order differs from that of files
    /// before it: an event is read with every look at the agreement.</summary>
    const int MostRuns = 40_000;

    internal static Decision Decide(Dossier dossier, ImportBankFile command, Occasion on)
    {
        var it = dossier.Grant;
        if (it.BankImports.Exists(i => i.Read.File.Address == command.File.Address))
            return new Nothing();
        if (it.BankImports.LastOrDefault()?.Read.File.Import != command.After || it.WithdrawnFiles.Count != command.Withdrawn)
            return new Refused("import-overtaken", RefusalKind.NotSo);
        var tellings = new Tellings(it.BankImports, [.. command.Seen, new(command.File.Import, command.Transactions)]);
        var (known, asked) = tellings.Brought(command.File.Import);
        if (known.Concat(asked).Sum(same => same.Runs.Count) > MostRuns)
            return new Refused("bank-file-too-mixed", RefusalKind.NotSo, ("max", MostRuns));
        // A reversal last: what it takes back is a payment by then.
        var outcomes = Matching.Of(command.Transactions, dossier.Expecting(), t => tellings.Of(new(command.File.Import, t.Number)))
            .OrderBy(o => o.Outcome is Matched { Target: TransactionTarget }).ToList();
        var events = new List<Event> { new BankFileImported(command.File, outcomes.Count(o => o.Outcome is Duplicate), known, asked) };
        var after = dossier.Evolve(events[0], At(dossier, on));
        foreach (var (transaction, match) in outcomes.Where(o => o.Outcome is Matched).Select(o => (o.Transaction, (Matched)o.Outcome))
            .Take(MostMatches))
            if (BankPayments.Of(after, command.File.Import, transaction, [Made(after, command.File.Import, match.Target)], match.Rule,
                on) is Accepted paid)
            {
                events.AddRange(paid.Events);
                after = paid.Events.Aggregate(after, (d, e) => d.Evolve(e, At(d, on)));
            }
        // What needs a word, what did not fit, and what names the agreement and fits nothing, waits.
        var made = events.OfType<TransactionMatched>().Select(m => m.Transaction).ToHashSet();
        var number = dossier.Agreement.Terms.DiaryNumber;
        if (outcomes.Where(o => o.Outcome is Proposed or Matched or Perhaps || (o.Outcome is Unmatched && o.Transaction.Cites(number)))
            .Select(o => o.Transaction.Number).Where(n => !made.Contains(n)).Order().ToList()
            is { Count: > 0 } waiting)
            events[0] = (BankFileImported)events[0] with { Proposed = waiting };
        return new Accepted(events);
    }

    /// <summary>What stands against an act on bank files, or on a transaction of one, as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier dossier, Act act, Subject of)
    {
        if (act == Act.ImportBankFile)
            return null;
        if (dossier.Grant.BankImport(of.Id) is not { } import)
            return act == Act.MatchTransaction
                ? new("no-such-import", RefusalKind.NotFound, ("import", of.Id))
                : NoSuch(of.Number);
        return of.Number < 1 || of.Number > import.Read.File.Transactions ? NoSuch(of.Number) : act switch
        {
            Act.MatchTransaction => Decided(import, of.Number) ?? (import.Told(of.Number) switch
            {
                Perhaps => new("transaction-asked", ("number", of.Number)),
                // What counts in another file is no payment here.
                Duplicate => new("transaction-known", ("number", of.Number)),
                _ => dossier.Expecting().IsNothing ? new("nothing-to-match", ("number", of.Number)) : null
            }),
            Act.DismissTransaction => Decided(import, of.Number)
                ?? (import.Told(of.Number) is Duplicate ? new("transaction-known", ("number", of.Number)) : null),
            Act.ReopenTransaction => import.Dismissed.ContainsKey(of.Number)
                ? null
                : new("transaction-not-dismissed", ("number", of.Number)),
            Act.RecogniseTransaction => Decided(import, of.Number)
                ?? (import.Told(of.Number) is Duplicate ? new("transaction-known", ("number", of.Number))
                : import.Read.Known is not null && import.HeldAgainst(of.Number).Count == 0 ? NotAsked(of.Number) : null),
            Act.DistinguishTransaction => Decided(import, of.Number)
                ?? (import.Told(of.Number) is not null || (import.Read.Known is null && !import.Said.ContainsKey(of.Number))
                ? null
                : NotAsked(of.Number)),
            _ => throw new UnreachableException($"No rule for {act}.")
        };
    }

    static Refused? Decided(BankImport it, int transaction) =>
        it.Matches.ContainsKey(transaction) ? new("transaction-matched", ("number", transaction))
        : it.Dismissed.ContainsKey(transaction) ? new("transaction-dismissed", ("number", transaction))
        : null;

    static Refused NotAsked(int transaction) => new("transaction-not-asked", ("number", transaction));

    static Refused? Against(Dossier dossier, GrantCommand command) => Against(dossier, command.Act, command.Subject);

    internal static Decision Decide(Dossier dossier, MatchTransaction command, Occasion on)
    {
        if (dossier.Grant.BankImport(command.Import)?.Matches.GetValueOrDefault(command.Transaction.Number) is { } known
            && known.By == on.By.Id && BankPayments.IsWhatWasSaid(dossier.Grant, known.Match, command.Targets))
            return new Nothing();
        if (Against(dossier, command) is { } refused)
            return refused;
        var decision = BankPayments.Of(dossier, command.Import, command.Transaction, command.Targets, null, on);
        return decision is Accepted && !command.IsSure && Doubts(dossier.Grant, command).ToList() is { Count: > 0 } doubts
            ? Refused.Invalid(doubts)
            : decision;
    }

    // A bank books a payment about when it was made, and a requisition is paid once it has been sent.
    static IEnumerable<Fault> Doubts(Grant it, MatchTransaction command)
    {
        var bookedOn = command.Transaction.BookedOn;
        foreach (var target in command.Targets)
            if (target is PaymentTarget known && it.Payments[known.Number - 1] is { } payment && !command.Transaction.IsReversal
                && !payment.IsAbout(bookedOn))
                yield return new("/sure", "match-far-off", ("number", known.Number), ("date", payment.PaidOn), ("booked", bookedOn));
            else if (target is RequisitionTarget paid && it.Requisitions[paid.Number - 1] is { DispatchedOn: { } dispatchedOn }
                && bookedOn < dispatchedOn)
                yield return new("/sure", "payment-before-dispatch", ("number", paid.Number), ("date", dispatchedOn));
    }

    internal static Decision Decide(Dossier dossier, DismissTransaction command)
    {
        if (dossier.Grant.BankImport(command.Import)?.Dismissed.GetValueOrDefault(command.Transaction)?.Reason == command.Reason.Trim())
            return new Nothing();
        if (Against(dossier, command) is { } refused)
            return refused;
        if (Refused.Text("/reason", command.Reason, 2000) is { } wrong)
            return wrong;
        var diaryNumber = dossier.Agreement.Terms.DiaryNumber;
        var cites = command.Told?.Cites(diaryNumber);
        return cites == true && !command.IsSure
            ? Refused.Invalid(new Fault("/sure", "dismissed-cites", ("number", command.Transaction), ("diaryNumber", diaryNumber)))
            : new TransactionDismissed(command.Import, command.Transaction, command.Reason.Trim(), cites == true ? true : null);
    }

    internal static Decision Decide(Dossier dossier, RecogniseTransaction command, Occasion on)
    {
        var (it, number) = (dossier.Grant, command.Transaction.Number);
        if (it.BankImport(command.Import) is { } found && !found.IsDecided(number) && found.Told(number) is Duplicate)
            return new Nothing();
        if (Against(dossier, command) is { } refused)
            return refused;
        var import = it.BankImport(command.Import)!;
        var (here, stands) = (new Telling(command.Import, number), Standing(it, command.As));
        if (stands == here)
            return new Nothing();
        if (command.As == here || (import.Read.Known is not null && !import.HeldAgainst(number).Contains(command.As)))
            return NotAsked(number).NotSo();
        // The one that tells more is matched better, unless somebody has decided on the other.
        var isBetter = stands == command.As && ToldMoney.Of(command.Transaction) == ToldMoney.Of(command.Other)
            && command.Transaction.Told > command.Other.Told
            && it.BankImport(stands.Import) is { } other && !other.IsDecided(stands.Transaction) && other.Told(stands.Transaction) is null
            && !other.Said.ContainsKey(stands.Transaction);
        return isBetter ? new TransactionRecognised(stands.Import, stands.Transaction, here)
            : new TransactionRecognised(command.Import, number, stands);
    }

    internal static Decision Decide(Dossier dossier, DistinguishTransaction command, Occasion on) =>
        Against(dossier, command) switch
        {
            null => new TransactionDistinguished(command.Import, command.Transaction),
            { Slug: "transaction-not-asked" } when dossier.Grant.BankImport(command.Import)?.Said.GetValueOrDefault(command.Transaction)?.By
                == on.By.Id => new Nothing(),
            { } refused => refused
        };

    internal static Decision Decide(Dossier dossier, ReopenTransaction command, Occasion on) =>
        dossier.Grant.BankImport(command.Import) is { } import && !import.Dismissed.ContainsKey(command.Transaction)
            && import.Reopened.TryGetValue(command.Transaction, out var by) && by == on.By.Id
            ? new Nothing()
            : Against(dossier, command) ?? (Decision)new TransactionReopened(command.Import, command.Transaction);

    static Refused NoSuch(int transaction) => new("no-such-transaction", RefusalKind.NotFound, ("number", transaction));

    // The telling that counts, of one that may count in yet another file.
    static Telling Standing(Grant it, Telling of)
    {
        while (it.BankImport(of.Import)?.Told(of.Transaction) is Duplicate told)
            of = told.As;
        return of;
    }

    // The payment that another transaction of the file has become.
    static MatchTarget Made(Dossier dossier, Guid import, MatchTarget target) =>
        target is TransactionTarget of
            && dossier.Grant.BankImport(import)!.Matches.GetValueOrDefault(of.Number) is { Match.Payments: [var payment] }
            ? new PaymentTarget(dossier.Id, payment)
            : target;

    static Recorded At(Dossier dossier, Occasion on) => new(dossier.Sequence + 1, on.Now, on.By.Id);
}
