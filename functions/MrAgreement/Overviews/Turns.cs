using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;

namespace MrAgreement.Overviews;

/// <summary>What waits for whom in an agreement. Whose turn it is follows from
/// party and role, so that it is worked out once for everybody.</summary>
public static class Turns
{
    /// <summary>What waits for one person now, the soonest first; what falls due later than the first reminder is not yet in it.</summary>
    public static IReadOnlyList<TurnRow> For(Dossier it, Actor by, LocalDate today) =>
        [.. Of(it).Where(turn => turn.IsFor(by, today)).OrderBy(turn => turn.DueOn ?? LocalDate.MaxIsoValue)];

    /// <summary>Everything that waits, or will, for anybody.</summary>
    public static IEnumerable<TurnRow> Of(Dossier it)
    {
        var waiting = new Waiting(it);
        if (it.Agreement.Reopened is not null)
            return waiting.Money().ToList() is { Count: > 0 } settling ? settling : waiting.Closure();
        return it.Agreement.Status switch
        {
            AgreementStatus.Draft => waiting.Signature(),
            AgreementStatus.Active or AgreementStatus.Terminated =>
                it.Agreement.InOrder.SelectMany(waiting.On).Concat(waiting.Amendments()).Concat(waiting.Money()).Concat(waiting.Shares())
                    .ToList() is { Count: > 0 } turns ? turns : waiting.Closure(),
            AgreementStatus.Closed => []
        };
    }

    sealed class Waiting(Dossier it)
    {
        const int LongestNote = 300;

        static readonly LocalDate always = LocalDate.MinIsoValue;

        static readonly Role[] roles = [Role.ProjectLead, Role.Finance, Role.Approver, Role.Officer, Role.Payer];

        readonly Dictionary<Right, IReadOnlyList<Hand>> hands = [];
        readonly string number = it.Agreement.Terms.DiaryNumber.ToString();
        readonly int ahead = it.Agreement.Plan.Before.DefaultIfEmpty(0).Max();

        public IEnumerable<TurnRow> Signature() => Each(With(Right.SignAgreement), "sign", number, number);

        public IEnumerable<TurnRow> Amendments() =>
            from amendment in it.Agreement.Amendments
            where amendment.Confirmed is null && !comesWith.Contains(amendment.Number)
            from turn in Each(With(Right.ProposeAmendment).Where(hand => hand.Party != amendment.Proposed.Party), "confirm-amendment",
                $"{amendment.Number}", amendment.Proposed.Reference)
            select turn;

        // What was decided at a consultation is confirmed with its record.
        readonly HashSet<int> comesWith = [.. it.Agreement.InOrder.SelectMany(o => o.Completions.Where(c => c.ConfirmedBy is null))
            .Select(c => c.Consultation?.Amendment).OfType<int>()];

        // When all is done, and there was something to do.
        public IEnumerable<TurnRow> Closure() => it.Agreement.InOrder.Any(o => o.Kind != ObligationKind.Continuous)
            && AgreementDecisions.Decide(it, new CloseAgreement()) is Accepted ? Each(With(Right.Close), "close", number, number) : [];

        public IEnumerable<TurnRow> On(Obligation o) => o switch
        {
            // Nobody else can do anything about it before it has a date.
            { AwaitsDate: true } => About(o, "set-date", With(Right.Extend), it.Agreement.Obligations[o.LostDateOf!].Title),
            { Kind: ObligationKind.Deliverable, LastSubmission: { State: SubmissionState.Submitted } pending, Acceptance: true } =>
                About(o, "review", With(Right.Review).Where(hand => hand.Party == o.Recipient && hand.Party != pending.Party),
                    from: pending.On),
            { Kind: ObligationKind.Deliverable, IsDelivered: false } => Delivery(o).Concat(Late(o)),
            { Kind: ObligationKind.Joint, Waived: null, Completions.Count: 0 } => Joint(o),
            { Kind: ObligationKind.Joint, Completions: [.., { ConfirmedBy: null } last] } =>
                About(o, "confirm", With(Right.RecordJointAct).Where(hand => hand.Party != last.Party
                    && (o.Responsible.Contains(hand.Party) || o.Recipient == hand.Party)), from: last.DoneOn),
            { Kind: ObligationKind.Requisition, IsSettled: false }
                when it.Grant.Requisitions.All(r => r.Instalment != o.Instalment || r.Status == RequisitionStatus.Refused) =>
                About(o, "requisition", With(Right.PrepareMoney)),
            _ => []
        };

        // With a day of its own it is that day that counts, not the last one allowed.
        IEnumerable<TurnRow> Joint(Obligation o)
        {
            var whose = With(Right.RecordJointAct).Where(hand => o.Responsible.Contains(hand.Party));
            return o.TakesPlaceOn is { } on
                ? Each(whose, "hold", o.Key, o.Title, Before(o), on.PlusDays(-ahead), on)
                : About(o, "record", whose, Before(o));
        }

        public IEnumerable<TurnRow> Money()
        {
            var grant = it.Grant;
            foreach (var turn in grant.Requisitions.SelectMany(Requisition))
                yield return turn;
            foreach (var adjustment in grant.Adjustments.Where(a => a.AttestedBy is null))
                foreach (var turn in Each(With(Right.Attest), "attest-adjustment", $"{adjustment.Number}", $"{adjustment.Number}",
                    notBy: adjustment.PreparedBy, amount: adjustment.Amount))
                    yield return turn;
            var replaced = grant.Statements.Select(s => s.Replaces).ToHashSet();
            foreach (var statement in grant.Statements.Where(s => s.AttestedBy is null && !replaced.Contains(s.Number)))
                foreach (var turn in Each(With(Right.Attest), "attest-statement", $"{statement.Number}", $"{statement.Number}",
                    notBy: statement.PreparedBy))
                    yield return turn;
            // What was disallowed since is in it still.
            foreach (var statement in Statement.InForce(grant)
                .Where(s => !replaced.Contains(s.Number) && grant.Disallowed.Any(d => d.Concerns(s))))
                foreach (var turn in Each(With(Right.PrepareMoney), "redo-statement", $"{statement.Number}", $"{statement.Number}"))
                    yield return turn;
            foreach (var turn in grant.Repayments.SelectMany(Repayment))
                yield return turn;
            foreach (var turn in grant.Payments.Where(p => p.IsUnconfirmed).SelectMany(Unconfirmed))
                yield return turn;
            var isClosing = grant.FinalAccounts is not null || it.Agreement.Reopened is not null;
            var claimed = isClosing ? Kronor.Zero
                : Settlement.Outstanding(it).Where(part => part.Disallowance is not null).Sum(part => part.Amount);
            if (claimed.IsPositive && !grant.Repayments.Exists(r => r.IsOpen))
                foreach (var turn in Each(With(Right.PrepareMoney), "repay-claimed", number, number, dueOn: Settlement.DueOn(it),
                    amount: claimed))
                    yield return turn;
            if (isClosing && !grant.Repayments.Exists(r => r.IsOpen))
                foreach (var turn in grant.Payable.IsPositive
                    ? Each(With(Right.PrepareMoney), "repay", number, number, dueOn: Settlement.DueOn(it), amount: grant.Payable)
                    : grant.IsToRound && !grant.Adjustments.Exists(a => a is { Kind: AdjustmentKind.Rounding, AttestedBy: null })
                        ? Each(With(Right.PrepareMoney), "round", number, number, dueOn: Settlement.DueOn(it),
                        amount: grant.Balances.Remaining) : [])
                    yield return turn;
            if (LedgerChecks.ToldOnce(grant, _ => true) is { IsException: true } told && Waivers.Of(grant, told) is null)
                foreach (var turn in Each(With(Right.PrepareMoney), "costs-told-once", number, number))
                    yield return turn;
            foreach (var import in grant.BankImports.Where(i => i.Waiting > 0))
                foreach (var turn in Each(With(Right.PrepareMoney), "match", $"{import.Read.File.Import}", import.Read.File.Name))
                    yield return turn;
        }

        // A year is reported when it is over; what came back, at once.
        public IEnumerable<TurnRow> Shares()
        {
            var grant = it.Grant;
            foreach (var allocated in grant.Allocations.SelectMany(a => a.Made.Parts.Select(part => (part.Party, a.Made.Year, part.Amount)))
                .GroupBy(part => (part.Party, part.Year)))
            {
                var ((party, year), last) = (allocated.Key, AllocationReport.Last(grant, allocated.Key.Party, allocated.Key.Year));
                if (allocated.Sum(part => part.Amount).IsPositive && (last is null || last.Status == AllocationReportStatus.Returned))
                    foreach (var turn in Each(Of(Right.ReportSpend, party), last is null ? "report-spend" : "complete-report", $"{year}",
                        $"{year}", last?.DecisionText, last is null ? new(year + 1, 1, 1) : null))
                        yield return turn;
            }
            foreach (var report in grant.AllocationReports)
                foreach (var turn in report.Status switch
                {
                    AllocationReportStatus.Prepared when AllocationReport.Last(grant, report.Party, report.Year) == report =>
                        Each(Of(Right.AttestReport, report.Party), "attest-report", $"{report.Number}", $"{report.Number}",
                            notBy: report.PreparedBy),
                    AllocationReportStatus.Attested =>
                        Each(With(Right.Compile), "review-report", $"{report.Number}", $"{report.Number}", notBy: report.PreparedBy),
                    _ => []
                })
                    yield return turn;

            IEnumerable<Hand> Of(Right right, string party) => With(right).Where(hand => hand.Party == party);
        }

        IEnumerable<TurnRow> Requisition(Requisition r) => r.Status switch
        {
            RequisitionStatus.Prepared => Numbered(With(Right.Attest), "attest", r.Number, r.Amount, notBy: r.PreparedBy),
            RequisitionStatus.Attested => Numbered(With(Right.PrepareMoney), "dispatch", r.Number, r.Amount),
            RequisitionStatus.Dispatched => Numbered(With(Right.ReceiveRequisition), "receive", r.Number, r.Amount),
            RequisitionStatus.Received => Numbered(With(Right.ReceiveRequisition), "pay", r.Number, it.Grant.LeftToPay(r)),
            RequisitionStatus.Paid or RequisitionStatus.Refused or RequisitionStatus.Ended => []
        };

        // Once attested it is the recipient's to pay, and the payer looks for it; what is no longer owed is not to be paid.
        IEnumerable<TurnRow> Repayment(Repayment r) => r.Status switch
        {
            RepaymentStatus.Prepared => Numbered(With(Right.Attest), "attest-repayment", r.Number, r.Amount, notBy: r.PreparedBy),
            RepaymentStatus.Attested => Numbered(With(Right.PrepareMoney),
                r.Amount > it.Grant.Payable ? "withdraw-repayment" : "pay-repayment", r.Number, r.Amount, Settlement.DueOn(it))
                .Concat(Numbered(With(Right.ReceiveRequisition), "receive-repayment", r.Number, r.Amount, Settlement.DueOn(it))),
            RepaymentStatus.Done or RepaymentStatus.Withdrawn => []
        };

        // What one side says was paid, the other looks for, whichever way it went; only the recipient has bank files to find it in.
        IEnumerable<TurnRow> Unconfirmed(Payment p) => With(Right.RecordPayment).Where(hand => it.Agreement.SideOf(hand.Party) != p.Side)
            .SelectMany(hand => Numbered([hand],
            p is { Direction: PaymentDirection.In, Requisition: null } ? "place-payment" : hand.Role == Role.Payer ? "acknowledge-payment"
            : "confirm-payment", p.Number, p.Amount));

        IEnumerable<TurnRow> Numbered(IEnumerable<Hand> whose, string act, int number, Kronor amount, LocalDate? dueOn = null,
            PersonId? notBy = null) =>
            Each(whose, act, $"{number}", $"{number}", dueOn: dueOn, notBy: notBy, amount: amount);

        // The approver may deliver too, but what waits for them is to attest.
        IEnumerable<TurnRow> Delivery(Obligation o)
        {
            var owing = With(Right.Deliver)
                .Where(hand => hand.Role != Role.Approver && o.Responsible.Contains(hand.Party)
                && (hand.Role != Role.Finance || o.Financial));
            // What has no day of its own waits for nobody before its turn comes.
            return (o.LastSubmission is { State: SubmissionState.Returned, Decision: { } decision }
                ? About(o, "complete", owing, decision.Text, StockholmTime.DateOf(decision.At))
                : o.EffectiveDueOn is null && Before(o) is not null
                ? []
                : About(o, "submit", owing, Before(o))).Concat(o.Drafts.Where(draft => Awaits(draft.Key, draft.Value)).SelectMany(SignOff));

            bool Awaits(string party, SubmissionDraft draft) =>
                draft.SignedOffBy is null && o.Responsible.Contains(party) && it.Agreement.Party(party)?.SignOff is true;

            // Any colleague who may deliver it, the approver too, but whoever wrote it.
            IEnumerable<TurnRow> SignOff(KeyValuePair<string, SubmissionDraft> draft) => About(
                o, "sign-off", With(Right.Deliver).Where(hand => hand.Party == draft.Key && (hand.Role != Role.Finance || o.Financial)),
                from: StockholmTime.DateOf(draft.Value.At), notBy: draft.Value.By);
        }

        // The party that it is owed to sees what has not come in, from the day after its date.
        IEnumerable<TurnRow> Late(Obligation o) => o.EffectiveDueOn is { } due
            ? About(o, o.LastSubmission?.State == SubmissionState.Returned ? "late-completion" : "late",
            With(Right.Review).Where(hand => hand.Party == o.Recipient && !o.Responsible.Contains(hand.Party)),
            string.Join(", ", o.Responsible), due.PlusDays(1))
            : [];

        // What should be done first, by whoever owes that.
        string? Before(Obligation o) => it.Agreement.WaitsFor(o).Select(rest => rest.Title).ToList() is { Count: > 0 } titles
            ? string.Join(", ", titles)
            : null;

        IEnumerable<TurnRow> About(Obligation o, string act, IEnumerable<Hand> whose, string? note = null, LocalDate? from = null,
            PersonId? notBy = null) =>
            Each(whose, act, o.Key, o.Title, note, from ?? o.EffectiveDueOn?.PlusDays(-ahead), o.EffectiveDueOn, notBy);

        IEnumerable<TurnRow> Each(
            IEnumerable<Hand> whose, string act, string subject, string title, string? note = null, LocalDate? from = null,
            LocalDate? dueOn = null, PersonId? notBy = null, Kronor? amount = null) =>
            whose.Select(hand => new TurnRow(it.Id, number, hand.Party, hand.Role, act, subject, title, Short(note), from ?? always, dueOn,
                notBy, amount));

        static string? Short(string? note) => note?.Length > LongestNote ? $"{note[..LongestNote].TrimEnd()}…" : note;

        // Whose hands may do it, in all parties.
        IReadOnlyList<Hand> With(Right right) => hands.TryGetValue(right, out var known) ? known : hands[right] =
        [
            .. from party in it.Agreement.Terms.Parties
               from role in roles
               where Rights.May(new(PersonId.System, party.Key, role), right, it.Agreement.Terms.Parties)
               select new Hand(party.Key, role)
        ];
    }

    readonly record struct Hand(string Party, Role Role);
}
