using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>The payer decides that a debt of the recipient's is met by a part of what a requisition asks for (kvittning).</summary>
/// <param name="Number">Of the requisition that it is taken from.</param>
/// <param name="Amount">At most what is left to pay of it, and at most what is claimed back.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="Reason">What the decision rests on.</param>
/// <param name="IsSure">If not, whoever decides is asked first about a repayment that is on its way already.</param>
public sealed record SetOffDebt(int Number, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, bool IsSure = true)
    : NumberedCommand(Act.SetOffDebt, Number);

/// <summary>A debt was met by a part of a requisition: as much counts as paid of the one, and as paid back of the other.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Requisition">The requisition that it was taken from.</param>
public sealed record DebtSetOff(int Number, int Requisition, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason)
    : GrantEvent;

/// <summary>A claim that was met by another. No money moves by it: two entries as large as each other, one in and one out,
/// stand among the payments, and are taken back together.</summary>
/// <param name="PaidIn">Number of the entry by which the requisition is paid.</param>
/// <param name="PaidOut">Number of the entry by which the debt is paid back.</param>
public sealed record SetOff(DebtSetOff Decision, PersonId By, int PaidIn, int PaidOut, long Sequence)
{
    public int Number => Decision.Number;

    /// <summary>Whether it counts still.</summary>
    public bool Stands(Grant it) => it.Payments[PaidIn - 1].Reversed is null;

    /// <summary>The last event that touched it.</summary>
    public long Touched(Grant it) => it.Payments[PaidIn - 1].Touched;

    internal static Grant Evolve(Grant it, DebtSetOff e, Recorded recorded)
    {
        var next = it.Payments.Count + 1;
        return Payment.Settled(it with
        {
            Payments = it.Payments.AddRange([Entry(next, PaymentDirection.In, e.Requisition), Entry(next + 1, PaymentDirection.Out, null)]),
            SetOffs = it.SetOffs.Add(new(e, recorded.By, next, next + 1, recorded.Sequence))
        }, e.Requisition, null, recorded);

        Payment Entry(int number, PaymentDirection direction, int? requisition) => new(number, direction, e.DecidedOn, e.Amount,
            e.Reference, requisition, null, PartyRole.Payer, recorded.By, recorded.Sequence)
        {
            Sequence = recorded.Sequence, SetOff = e.Number
        };
    }

    /// <summary>What the same person has already decided in the same words, and stands.</summary>
    public static SetOff? Same(Grant it, SetOffDebt command, PersonId by) =>
        it.SetOffs.Find(s => s.By == by && s.Stands(it)
            && (s.Decision.Requisition, s.Decision.Amount, s.Decision.DecidedOn) == (command.Number, command.Amount, command.DecidedOn)
            && (s.Decision.Reference, s.Decision.Reason) == (command.Reference.Trim(), command.Reason.Trim()));
}
