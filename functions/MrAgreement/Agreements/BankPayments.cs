using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>The payments that a transaction of a bank's file is said to be.</summary>
static class BankPayments
{
    const int LongestReference = 140;

    // The payments that a transaction makes, or confirms, and the note of it.
    internal static Decision Of(Dossier dossier, Guid import, BankTransaction transaction, IReadOnlyList<MatchTarget> targets,
        MatchRule? rule, Occasion on)
    {
        var it = dossier.Grant;
        // One thing, or several requisitions.
        if (targets.Count == 0 || (targets.Count > 1 && !targets.All(t => t is RequisitionTarget)))
            return Refused.Invalid(new Fault("/requisitions", "required"));
        if (targets is [PaymentTarget known])
            return Known(dossier, import, transaction, known.Number, rule, on);
        if (transaction.Amount is not { } amount)
            return new Refused("transaction-foreign", RefusalKind.NotSo, ("currency", transaction.Currency),
                ("amount", transaction.AmountText));
        var way = targets.All(t => t is RequisitionTarget) ? PaymentDirection.In : PaymentDirection.Out;
        if (transaction.IsReversal || transaction.Direction != way)
            return new Refused("transaction-other-way", RefusalKind.NotSo, ("number", transaction.Number));
        if (targets is [RepaymentTarget repayment])
            return it.Repayments.Find(repayment.Number) is { Status: RepaymentStatus.Attested } wanted
                && wanted.Amount == amount
                ? Recorded(dossier, import, transaction, [(amount, null, repayment.Number)], rule, on)
                : new Refused("transaction-not-the-repayment", RefusalKind.NotSo, ("number", repayment.Number), ("amount", amount));

        var numbers = targets.OfType<RequisitionTarget>().Select(t => t.Number).ToList();
        if (numbers.Find(n => numbers.Count(other => other == n) > 1) is > 0 and var twice)
            return Refused.Invalid(new Fault("/requisitions", "requisition-twice", ("number", twice)));
        var requisitions = numbers.ConvertAll(n => it.Requisitions.Find(n));
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
        if (dossier.Grant.Payments.Find(number) is not { Reversed: null, SetOff: null } payment)
            return new Refused("no-such-payment", RefusalKind.Invalid, ("number", number));
        var note = new TransactionMatched(import, transaction.Number, rule, [number], transaction.BankReference);
        if (transaction.IsReversal)
            return transaction.Amount == payment.Amount && transaction.Direction != payment.Direction
                ? new Accepted([new PaymentReversed(number, LocalDate.Max(transaction.BookedOn, payment.PaidOn),
                Reference(dossier, transaction), on.By.Party), note])
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
                part.Requisition, Repayment: part.Repayment), on);
            if (decision is not Accepted { Events: [var made] })
                return decision is Refused ? decision
                    : new Refused("transaction-recorded", RefusalKind.NotSo, ("number", transaction.Number));
            events.Add(made);
            payments.Add(made is PaymentRecorded fresh ? fresh.Number : ((PaymentConfirmed)made).Number);
            after = after.Evolve(made, At(after, on));
        }
        return new Accepted([.. events, new TransactionMatched(import, transaction.Number, rule, payments, transaction.BankReference)]);
    }

    internal static bool IsWhatWasSaid(Grant it, TransactionMatched match, IReadOnlyList<MatchTarget> targets) =>
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
