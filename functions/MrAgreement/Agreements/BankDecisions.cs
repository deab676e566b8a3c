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

    const int LongestReference = 140;

    /// <summary>The most places where a file's order differs from that of files
    /// before it: an event is read with every look at the agreement.</summary>
    const int MostRuns = 40_000;

    internal static Decision Decide(Dossier dossier, ImportBankFile command, Occasion on)
    {
        var it = dossier.Grant;
        if (it.BankImports.Exists(i => i.Read.File.Address == command.File.Address))
            return new Nothing();
        if (it.BankImports.LastOrDefault()?.Read.File.Import != command.After)
            return new Refused("import-overtaken", RefusalKind.NotSo);
        var tellings = new Tellings(it.BankImports, [.. command.Seen, new(command.File.Import, command.Transactions)]);
        var (known, asked) = tellings.Brought(command.File.Import);
        if (known.Concat(asked).Sum(same => same.Runs.Count) > MostRuns)
            return new Refused("bank-file-too-mixed", RefusalKind.NotSo, ("max", MostRuns));
        // A reversal last: what it takes back is a payment by then.
        var outcomes = Matching.Of(command.Transactions, Expecting(dossier), t => tellings.Of(new(command.File.Import, t.Number)))
            .OrderBy(o => o.Outcome is Matched { Target: TransactionTarget }).ToList();
        var events = new List<Event> { new BankFileImported(command.File, outcomes.Count(o => o.Outcome is Duplicate), known, asked) };
        var after = dossier.Evolve(events[0], At(dossier, on));
        foreach (var (transaction, match) in outcomes.Where(o => o.Outcome is Matched).Select(o => (o.Transaction, (Matched)o.Outcome))
            .Take(MostMatches))
            if (Payments(after, command.File.Import, transaction, [Made(after, command.File.Import, match.Target)], match.Rule,
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
                _ => Expecting(dossier).IsNothing ? new("nothing-to-match", ("number", of.Number)) : null
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
            && known.By == on.By.Id && IsWhatWasSaid(dossier.Grant, known.Match, command.Targets))
            return new Nothing();
        if (Against(dossier, command) is { } refused)
            return refused;
        var decision = Payments(dossier, command.Import, command.Transaction, command.Targets, null, on);
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
        if (command.Reason.Trim().Length is 0 or > 2000)
            return Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)));
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

    /// <summary>What the agreement waits for.</summary>
    public static Expectations Expecting(Dossier dossier)
    {
        var (it, terms) = (dossier.Grant, dossier.Agreement.Terms);
        var payer = new Counterpart(terms.Parties.FirstOrDefault(p => p.Role == PartyRole.Payer)?.Name, null);
        return new()
        {
            Requisitions = [.. it.Requisitions.Where(r => r is { IsUnderWay: true, DispatchedOn: not null }
                && it.LeftToPay(r).IsPositive)
                .Select(r => new ExpectedRequisition(dossier.Id, r.Number, terms.DiaryNumber, it.LeftToPay(r), r.Reference, payer,
                r.DispatchedOn!.Value))],
            Repayments = [.. it.Repayments.Where(r => r.Status == RepaymentStatus.Attested)
                .Select(r => new ExpectedRepayment(dossier.Id, r.Number, terms.DiaryNumber, r.Amount, r.Reference, payer,
                r.AttestedOn!.Value))],
            Payments = [.. it.Payments.Where(p => p.Reversed is null)
                .Select(p => new KnownPayment(dossier.Id, p.Number, terms.DiaryNumber, p.Direction, p.PaidOn, p.Amount, References(it, p),
                p.Bank?.BankReference)
            {
                IsSeen = p.Bank is not null
            })]
        };
    }

    static IReadOnlyList<string> References(Grant it, Payment payment) =>
    [
        payment.Reference,
        .. payment.Confirmed is { } confirmed ? [confirmed.Reference] : Array.Empty<string>(),
        .. payment.Requisition is { } requisition ? [it.Requisitions[requisition - 1].Reference] : Array.Empty<string>(),
        .. payment.Repayment is { } repayment ? [it.Repayments[repayment - 1].Reference] : Array.Empty<string>()
    ];

    // The payment that another transaction of the file has become.
    static MatchTarget Made(Dossier dossier, Guid import, MatchTarget target) =>
        target is TransactionTarget of
            && dossier.Grant.BankImport(import)!.Matches.GetValueOrDefault(of.Number) is { Match.Payments: [var payment] }
            ? new PaymentTarget(dossier.Id, payment)
            : target;

    // The payments that a transaction makes, or confirms, and the note of it.
    static Decision Payments(Dossier dossier, Guid import, BankTransaction transaction, IReadOnlyList<MatchTarget> targets, MatchRule? rule,
        Occasion on)
    {
        var it = dossier.Grant;
        // One thing, or several requisitions.
        if (targets.Count == 0 || (targets.Count > 1 && !targets.All(t => t is RequisitionTarget)))
            return Refused.Invalid(new Fault("/requisitions", "required"));
        if (targets is [PaymentTarget known])
            return Known(dossier, import, transaction, known.Number, rule, on);
        if (transaction.Amount is not { } amount)
            return new Refused("transaction-foreign", RefusalKind.NotSo, ("currency", transaction.Currency), ("amount", transaction.AmountText));
        var way = targets.All(t => t is RequisitionTarget) ? PaymentDirection.In : PaymentDirection.Out;
        if (transaction.IsReversal || transaction.Direction != way)
            return new Refused("transaction-other-way", RefusalKind.NotSo, ("number", transaction.Number));
        if (targets is [RepaymentTarget repayment])
            return it.Repayments.ElementAtOrDefault(repayment.Number - 1) is { Status: RepaymentStatus.Attested } wanted
                && wanted.Amount == amount
                ? Recorded(dossier, import, transaction, [(amount, null, repayment.Number)], rule, on)
                : new Refused("transaction-not-the-repayment", RefusalKind.NotSo, ("number", repayment.Number), ("amount", amount));

        var numbers = targets.OfType<RequisitionTarget>().Select(t => t.Number).ToList();
        if (numbers.Find(n => numbers.Count(other => other == n) > 1) is > 0 and var twice)
            return Refused.Invalid(new Fault("/requisitions", "requisition-twice", ("number", twice)));
        var requisitions = numbers.ConvertAll(n => it.Requisitions.ElementAtOrDefault(n - 1));
        if (requisitions.IndexOf(null) is >= 0 and var missing)
            return new Refused("no-such-requisition", RefusalKind.Invalid, ("number", numbers[missing]));
        if (requisitions is [{ } one])
            return Recorded(dossier, import, transaction, [(amount, one.Number, null)], rule, on);
        var parts = requisitions.Select(r => (Amount: it.LeftToPay(r!), (int?)r!.Number, (int?)null)).ToList();
        return parts.Sum(p => p.Amount) == amount
            ? Recorded(dossier, import, transaction, parts, rule, on)
            : new Refused("transaction-parts-differ", RefusalKind.NotSo, ("amount", amount), ("left", parts.Sum(p => p.Amount)));
    }

    static Decision Known(Dossier dossier, Guid import, BankTransaction transaction, int number, MatchRule? rule, Occasion on)
    {
        if (dossier.Grant.Payments.ElementAtOrDefault(number - 1) is not { Reversed: null } payment)
            return new Refused("no-such-payment", RefusalKind.Invalid, ("number", number));
        var note = new TransactionMatched(import, transaction.Number, rule, [number], transaction.BankReference);
        if (transaction.IsReversal)
            return transaction.Amount == payment.Amount && transaction.Direction != payment.Direction
                ? new Accepted([new PaymentReversed(number, LocalDate.Max(transaction.BookedOn, payment.PaidOn),
                Reference(dossier, transaction)), note])
                : new Refused("transaction-other-way", RefusalKind.NotSo, ("number", transaction.Number));
        if (payment.Bank is not null || transaction.Direction != payment.Direction
            || (transaction.Amount is { } amount && amount != payment.Amount))
            return new Refused("transaction-not-the-payment", RefusalKind.NotSo, ("number", number), ("amount", payment.Amount));
        // The bank's word is the recipient's: what the payer recorded is confirmed by it.
        return payment.Side != PartyRole.Recipient && payment.Confirmed is null
            ? new Accepted([new PaymentConfirmed(number, transaction.BookedOn, Reference(dossier, transaction), PartyRole.Recipient), note])
            : note;
    }

    static Decision Recorded(
        Dossier dossier, Guid import, BankTransaction transaction, IReadOnlyList<(Kronor Amount, int? Requisition, int? Repayment)> parts,
        MatchRule? rule, Occasion on)
    {
        var (events, payments, after) = (new List<Event>(), new List<int>(), dossier);
        foreach (var part in parts)
        {
            var decision = PaymentDecisions.Decide(after,
                new RecordPayment(transaction.Direction, transaction.BookedOn, part.Amount, Reference(dossier, transaction),
                part.Requisition), on);
            if (decision is not Accepted { Events: [var made] })
                return decision is Refused ? decision : new Refused("transaction-recorded", RefusalKind.NotSo, ("number", transaction.Number));
            if (made is PaymentRecorded recorded)
                made = recorded with { Repayment = part.Repayment };
            events.Add(made);
            payments.Add(made is PaymentRecorded fresh ? fresh.Number : ((PaymentConfirmed)made).Number);
            after = after.Evolve(made, At(after, on));
        }
        return new Accepted([.. events, new TransactionMatched(import, transaction.Number, rule, payments, transaction.BankReference)]);
    }

    static bool IsWhatWasSaid(Grant it, TransactionMatched match, IReadOnlyList<MatchTarget> targets) =>
        targets.Count == match.Payments.Count && targets.All(target => match.Payments.Any(n => target switch
        {
            PaymentTarget t => t.Number == n,
            RequisitionTarget t => it.Payments[n - 1].Requisition == t.Number,
            RepaymentTarget t => it.Payments[n - 1].Repayment == t.Number,
            _ => false
        }));

    // What the payer wrote; the diary number when that is nothing, so that it is never empty.
    static string Reference(Dossier dossier, BankTransaction transaction)
    {
        var text = transaction.References.Concat(transaction.PaymentReferences).Concat(transaction.Texts)
            .FirstOrDefault(t => t.Trim().Length > 0)?.Trim() ?? dossier.Agreement.Terms.DiaryNumber.ToString();
        return text.Length > LongestReference ? text[..LongestReference] : text;
    }

    static Recorded At(Dossier dossier, Occasion on) => new(dossier.Sequence + 1, on.Now, on.By.Id);
}
