using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>A request to be paid. It is no receivable: the payer has no due date and owes no interest.</summary>
public sealed record Requisition(
    int Number, string Instalment, Kronor Amount, Bankgiro? Bankgiro, Plusgiro? Plusgiro, string Reference, DateSpan? Period,
    RequisitionStatus Status, PersonId PreparedBy, Instant PreparedAt, long Touched)
{
    public PersonId? AttestedBy { get; init; }
    public Instant? AttestedAt { get; init; }
    public LocalDate? DispatchedOn { get; init; }
    public PersonId? DispatchedBy { get; init; }
    public Instant? DispatchedAt { get; init; }
    public LocalDate? ReceivedOn { get; init; }
    public PersonId? ReceivedBy { get; init; }
    public string? RefusalReason { get; init; }
    public PersonId? RefusedBy { get; init; }
    public string? EndReason { get; init; }
    public PersonId? EndedBy { get; init; }

    /// <summary>Why it was never sent; null where it was, or may be.</summary>
    public Undone? Undone { get; init; }

    /// <summary>The bankgiro or plusgiro that it asks to be paid to.</summary>
    public string Account => Bankgiro?.ToString() ?? Plusgiro!.ToString()!;

    /// <summary>The last one sent before it, where that asked to be paid to another account:
    /// the classic fraud. Null when the account is the same, or the first.</summary>
    public Requisition? OnOtherAccount(Grant it) => LastSent(it, Number) is { } last && last.Account != Account ? last : null;

    /// <summary>What whoever attests or receives it should look at first.</summary>
    public IEnumerable<Fault> Doubts(Grant it) =>
        OnOtherAccount(it) is { } last ? [AccountChanged(Account, last)] : [];

    static Fault AccountChanged(string account, Requisition last) =>
        new("/sure", "account-changed", ("account", account), ("before", last.Account), ("number", last.Number));

    static Requisition? LastSent(Grant it, int before) =>
        it.Requisitions.FindLast(r => r.Number < before && r is { DispatchedOn: not null, Status: not RequisitionStatus.Refused });

    /// <summary>Whether it has left the recipient and still stands.</summary>
    public bool IsUnderWay => Status is RequisitionStatus.Dispatched or RequisitionStatus.Received or RequisitionStatus.Paid
        or RequisitionStatus.Ended;

    /// <summary>Whether it is still the recipient's own draft.</summary>
    public bool IsInPreparation => Status is RequisitionStatus.Prepared or RequisitionStatus.Attested;

    /// <summary>The last event that touched it, or a payment of it.</summary>
    public long TouchedOrPaid(Grant it) =>
        it.Payments.Where(p => p.Requisition == Number).Select(p => p.Touched).Append(Touched).Max();

    internal static Grant Evolve(Grant it, RequisitionEvent happened, Recorded recorded) => happened switch
    {
        RequisitionPrepared e => it with
        {
            Requisitions = it.Requisitions.Add(new(e.Number, e.Instalment, e.Amount, e.Bankgiro, e.Plusgiro, e.Reference, e.Period,
                RequisitionStatus.Prepared, recorded.By, recorded.At, recorded.Sequence))
        },
        _ => With(it, happened.Number, r => Changed(r, happened, recorded) with { Touched = recorded.Sequence })
    };

    static Requisition Changed(Requisition it, RequisitionEvent happened, Recorded recorded) => happened switch
    {
        RequisitionAttested => it with { Status = RequisitionStatus.Attested, AttestedBy = recorded.By, AttestedAt = recorded.At },
        RequisitionDispatched e => it with { Status = RequisitionStatus.Dispatched, DispatchedOn = e.On, DispatchedBy = recorded.By,
            DispatchedAt = recorded.At },
        RequisitionReceived e => it with { Status = RequisitionStatus.Received, ReceivedOn = e.On, ReceivedBy = recorded.By },
        RequisitionRefused e => it with { Status = RequisitionStatus.Refused, RefusalReason = e.Reason, RefusedBy = recorded.By },
        RequisitionEnded e => it with { Status = RequisitionStatus.Ended, EndReason = e.Reason, EndedBy = recorded.By },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    internal static Grant With(Grant it, int number, Func<Requisition, Requisition> change) =>
        it with { Requisitions = it.Requisitions.SetItem(number - 1, change(it.Requisitions[number - 1])) };

    /// <summary>What the same person has already prepared in the same words, and nobody has attested yet.</summary>
    public static Requisition? Same(Grant it, PrepareRequisition command, PersonId by) =>
        it.Requisitions.Find(r => r.Status == RequisitionStatus.Prepared && r.PreparedBy == by
            && (r.Instalment, r.Amount, r.Bankgiro, r.Plusgiro, r.Reference, r.Period) == (command.Instalment, command.Amount,
            command.Bankgiro, command.Plusgiro, command.Reference.Trim(), command.Period));

    /// <summary>What stands against an act on an instalment's requisitions, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Grant it, Act act, Subject of, Occasion on) => act == Act.PrepareRequisition
        ? it.Instalment(of.Key!) is { } instalment ? Against(it, instalment, Kronor.Smallest) : Grants.Instalment.NoSuch(of.Key!)
        : it.Requisitions.Find(of.Number) is { } requisition ? Against(it, act, requisition, on) : NoSuch(of.Number);

    static Refused? Against(Grant it, Instalment of, Kronor amount) => of.Status switch
    {
        InstalmentStatus.Conditional => new("instalment-conditional", ("instalment", of.Key)),
        InstalmentStatus.Lapsed => new("instalment-lapsed", ("instalment", of.Key)),
        InstalmentStatus.Decided or InstalmentStatus.Released => it.LeftToRequisition(of).IsPositive ? null : Beyond(it, of, amount)
    };

    // Four eyes: whoever prepared it cannot attest it. Only what is attested is dispatched, only what is dispatched is received or refused.
    static Refused? Against(Grant it, Act act, Requisition of, Occasion on) => (act, of.Status) switch
    {
        (_, RequisitionStatus.Withdrawn or RequisitionStatus.SentBack) => Preparations.Gone(PreparedKind.Requisition, of.Number),

        (Act.AttestRequisition, RequisitionStatus.Refused) => Decided(of, RequisitionAct.Attested),
        (Act.AttestRequisition, _) when of.PreparedBy == on.By.Id => new("own-requisition", RefusalKind.Forbidden),
        (Act.AttestRequisition, RequisitionStatus.Prepared) => it.Terms?.AttestationLimit is { } limit && of.Amount > limit
            ? new("attestation-limit", ("number", of.Number), ("amount", of.Amount), ("limit", limit))
            : null,
        (Act.AttestRequisition, _) => WrongState("already-attested", of),

        (Act.DispatchRequisition, RequisitionStatus.Refused) => Decided(of, RequisitionAct.Dispatched),
        (Act.DispatchRequisition, RequisitionStatus.Attested) => null,
        (Act.DispatchRequisition, RequisitionStatus.Prepared) => WrongState("requisition-not-attested", of),
        (Act.DispatchRequisition, _) => WrongState("already-dispatched", of),

        (_, RequisitionStatus.Prepared or RequisitionStatus.Attested) => WrongState("requisition-not-dispatched", of),

        (Act.ReceiveRequisition, RequisitionStatus.Refused) => Decided(of, RequisitionAct.Received),
        (Act.ReceiveRequisition, RequisitionStatus.Dispatched) => null,
        (Act.ReceiveRequisition, _) => of.ReceivedBy is null ? Decided(of, RequisitionAct.Received) : WrongState("already-received", of),

        (Act.RefuseRequisition, RequisitionStatus.Dispatched or RequisitionStatus.Received) =>
            it.Received(of).IsZero ? null : Decided(of, RequisitionAct.RefusedWhenPartPaid),
        (Act.RefuseRequisition, _) => Decided(of, RequisitionAct.Refused),

        (Act.EndRequisition, RequisitionStatus.Dispatched or RequisitionStatus.Received) =>
            it.Received(of).IsZero ? new("requisition-not-paid", ("number", of.Number)) : null,
        (Act.EndRequisition, _) => Decided(of, RequisitionAct.Ended),
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    static Refused? Against(Grant it, GrantCommand command, Occasion on) => Against(it, command.Act, command.Subject, on);

    internal static Decision Decide(Grant it, PrepareRequisition command, Occasion on)
    {
        var faults = new List<Fault>();
        if (!command.Amount.IsPositive)
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.Bankgiro is null == command.Plusgiro is null)
            faults.Add(new("/bankgiro", "one-account"));
        faults.AddText("/reference", command.Reference, 100);
        faults.AddRange(DateRange.Faults(("/period/from", command.Period?.From), ("/period/to", command.Period?.To)));
        if (command.Period is { } period && period.From > period.To)
            faults.Add(new("/period", "period-reversed", ("earliest", period.From)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (it.Instalment(command.Instalment) is not { } instalment)
            return Refused.Invalid(new Fault("/instalment", "no-such-instalment", ("instalment", command.Instalment)));
        if (Same(it, command, on.By.Id) is not null)
            return new Nothing();
        if (Against(it, instalment, Kronor.Greatest(command.Amount, Kronor.Smallest)) is { } refused)
            return refused;
        if (command.Amount > it.LeftToRequisition(instalment))
            return Beyond(it, instalment, command.Amount).NotSo();
        var account = command.Bankgiro?.ToString() ?? command.Plusgiro!.ToString()!;
        return !command.IsSure && LastSent(it, int.MaxValue) is { } last && last.Account != account
            ? Refused.Invalid(AccountChanged(account, last))
            : new RequisitionPrepared(it.Requisitions.Count + 1, instalment.Key, command.Amount, command.Bankgiro, command.Plusgiro,
            command.Reference.Trim(), command.Period);
    }

    // After a refusal nothing more is done with it: what was done before is no retry any more.
    internal static Decision Decide(Grant it, AttestRequisition command, Occasion on) => it.Requisitions.Find(command.Number) switch
    {
        { Status: not RequisitionStatus.Refused, Undone: null, AttestedBy: { } by } when by == on.By.Id => new Nothing(),
        _ => Against(it, command, on) ?? (Decision)new RequisitionAttested(command.Number)
    };

    internal static Decision Decide(Grant it, DispatchRequisition command, Occasion on) => it.Requisitions.Find(command.Number) switch
    {
        { Status: not RequisitionStatus.Refused, DispatchedBy: { } by } when by == on.By.Id => new Nothing(),
        _ => Against(it, command, on) ?? (Decision)new RequisitionDispatched(command.Number, on.Today)
    };

    internal static Decision Decide(Grant it, ReceiveRequisition command, Occasion on) => it.Requisitions.Find(command.Number) switch
    {
        { Status: not RequisitionStatus.Refused, ReceivedBy: { } by } when by == on.By.Id => new Nothing(),
        _ => Against(it, command, on) ?? (Decision)new RequisitionReceived(command.Number, on.Today)
    };

    internal static Decision Decide(Grant it, RefuseRequisition command, Occasion on) => it.Requisitions.Find(command.Number) switch
    {
        { RefusedBy: { } by, RefusalReason: var reason } when by == on.By.Id && reason == command.Reason => new Nothing(),
        _ => Against(it, command, on) ?? Refused.Text("/reason", command.Reason, 2000)
            ?? (Decision)new RequisitionRefused(command.Number, command.Reason)
    };

    internal static Decision Decide(Grant it, EndRequisition command, Occasion on) => it.Requisitions.Find(command.Number) switch
    {
        { EndedBy: { } by, EndReason: var reason } when by == on.By.Id && reason == command.Reason => new Nothing(),
        _ => Against(it, command, on) ?? Refused.Text("/reason", command.Reason, 2000)
            ?? (Decision)new RequisitionEnded(command.Number, command.Reason, on.By.Party)
    };

    static Refused Beyond(Grant it, Instalment of, Kronor amount) =>
        new("requisition-exceeds-instalment", ("instalment", of.Key), ("amount", amount), ("left", it.LeftToRequisition(of)));

    static Refused NoSuch(int number) => new("no-such-requisition", RefusalKind.NotFound, ("number", number));

    static Refused Decided(Requisition it, RequisitionAct tried) =>
        new("requisition-decided", ("number", it.Number), ("status", it.Status), ("act", tried));

    static Refused WrongState(string slug, Requisition it) => new(slug, ("number", it.Number), ("status", it.Status));
}
