using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What waits for whom in an agreement. Whose turn it is follows from
/// party and role, so that it is worked out once for everybody.</summary>
public static class WorkList
{
    /// <summary>What waits for one person now, the soonest first; what falls due later than the first reminder is not yet in it.</summary>
    public static IReadOnlyList<WorkItem> For(Dossier it, Actor by, LocalDate today) =>
        [.. Of(it).Where(turn => turn.IsFor(by, today)).OrderBy(turn => turn.DueOn ?? LocalDate.MaxIsoValue)];

    /// <summary>Everything that waits, or will, for anybody.</summary>
    public static IEnumerable<WorkItem> Of(Dossier it)
    {
        var waiting = new Waiting(it);
        return OfItself(it, waiting).Concat(waiting.Erasures());
    }

    static IEnumerable<WorkItem> OfItself(Dossier it, Waiting waiting)
    {
        if (it.Agreement.Reopened is not null)
            return waiting.Money().ToList() is { Count: > 0 } settling ? settling : waiting.Closure();
        return it.Agreement.Status switch
        {
            AgreementStatus.Draft => waiting.Signature(),
            AgreementStatus.Active or AgreementStatus.Terminated =>
                it.Agreement.InOrder.SelectMany(waiting.On).Concat(waiting.Amendments()).Concat(waiting.Money()).Concat(waiting.Shares())
                    .ToList() is var items && items.Count > 0 ? waiting.Beside().Concat(items)
                    : waiting.Beside().Concat(waiting.Closure()),
            AgreementStatus.Closed => []
        };
    }

    sealed class Waiting(Dossier it)
    {
        const int LongestNote = 300;
        const int MostNamed = 20;

        static readonly LocalDate always = LocalDate.MinIsoValue;

        static readonly Role[] roles = [Role.ProjectLead, Role.Finance, Role.Approver, Role.Officer, Role.Payer];

        readonly Dictionary<Right, IReadOnlyList<Hand>> hands = [];
        readonly string number = it.Agreement.Terms.DiaryNumber.ToString();
        readonly int ahead = it.Agreement.Plan.Before.DefaultIfEmpty(0).Max();

        public IEnumerable<WorkItem> Signature() => Each(Hands(Act.SignAgreement), WorkKind.Sign, number, number);

        // It holds nothing up: what else there is to do waits beside it.
        public IEnumerable<WorkItem> Beside() => Signed().Concat(Told()).Concat(Plan()).Concat(CameIn()).Concat(Published());

        // What the other side has not opened to everybody yet.
        IEnumerable<WorkItem> Published() => it.Grounds.Publications.Where(material => material is { Approved: null, Withdrawn: null })
            .SelectMany(material => Each(Hands(Act.ApprovePublication, material.Number), WorkKind.ApprovePublication,
                $"{material.Number}", material.Material.Title));

        IEnumerable<WorkItem> Signed() => it.Agreement.Signature switch
        {
            { State: SignatureState.Unconfirmed } => Each(Hands(Act.ConfirmSignature), WorkKind.ConfirmSignature, number, number),
            { State: SignatureState.Contested or SignatureState.Void } again =>
                Each(Hands(Act.SignAgreement).Where(hand => hand.Party == again.Signed.Party), WorkKind.SignAgain, number, number,
                again.Answer?.Reason),
            _ => []
        };

        IEnumerable<WorkItem> Told() =>
            (it.Grounds.Recommendations.Count(told => told.IsToTell) is > 0 and var count
                ? Each(Hands(Act.InformOfRecommendations), WorkKind.InformOfRecommendations, number, $"{count}") : [])
            .Concat(it.Grounds.Informations.Where(told => told.Received is null).SelectMany(told =>
                Each(Hands(Act.ReceiveInformation, told.Number), WorkKind.ReceiveInformation, $"{told.Number}",
                    string.Join(", ", told.Numbers.Take(MostNamed)) + (told.Numbers.Count > MostNamed ? " …" : ""), told.How,
                    told.InformedOn)));

        // Project plans to check, and measures whose time is over and of which nobody has told since.
        IEnumerable<WorkItem> Plan()
        {
            var plans = new Plans(it);
            return it.Grounds.ProjectPlans.Values.Where(plan => plan.Checked is null).SelectMany(plan =>
                    Each(Hands(Act.CheckProjectPlan, plan.FocusArea), WorkKind.CheckProjectPlan, plan.FocusArea,
                        plans.FocusArea(plan.FocusArea)!.Title))
                .Concat((plans.Current?.Content.Measures ?? []).Where(measure => measure.Period is { } period
                    && !(it.Grounds.Measures.GetValueOrDefault(measure.Key)?.Latest is { } latest
                        && (latest.Content.On > period.To || latest.Content.Status is MeasureStatus.Done or MeasureStatus.Stopped)))
                    .SelectMany(measure => Each(With(Right.WritePlan), WorkKind.ReportMeasure, measure.Key, measure.Title,
                        from: measure.Period!.To.PlusDays(1))))
                .Concat(it.Grounds.Indicators.Values.Where(indicator => indicator.ReadBy is not null).SelectMany(indicator =>
                    Each(Hands(Act.RecordReading, indicator.Key), WorkKind.ReadIndicator, indicator.Key, indicator.Content.Title,
                        from: indicator.ReadBy!.Value.PlusDays(1))));
        }

        // What settles its obligation as it comes in is read by whoever it is owed to.
        IEnumerable<WorkItem> CameIn() => it.Agreement.InOrder
            .Where(o => o is { Acceptance: false, LastSubmission: { Stands: true, Noted: null } })
            .SelectMany(o => Each(Hands(Act.NoteSubmission, new(o.Key, o.LastSubmission!.Number)), WorkKind.NoteSubmission, o.Key, o.Title,
                from: o.LastSubmission.On));

        public IEnumerable<WorkItem> Amendments() =>
            from amendment in it.Agreement.Amendments
            where !comesWith.Contains(amendment.Number)
            from turn in amendment.Contested is { } contested
                ? !amendment.IsDisputed || Amendment.IsSuperseded(it.Agreement, amendment.Number) ? []
                    : Each(Hands(Act.ProposeAmendment).Where(hand => hand.Party == amendment.Proposed.Party),
                    WorkKind.AmendmentContested, $"{amendment.Number}", amendment.Proposed.Reference, contested.Reason)
                : Each(Hands(Act.ConfirmAmendment, amendment.Number), WorkKind.ConfirmAmendment, $"{amendment.Number}",
                    amendment.Proposed.Reference)
            select turn;

        // What was decided at a consultation is confirmed with its record.
        readonly HashSet<int> comesWith = [.. it.Agreement.InOrder.SelectMany(o => o.Completions.Where(c => c.ConfirmedBy is null))
            .Select(c => c.Consultation?.Amendment).OfType<int>()];

        // When all is done, and there was something to do.
        public IEnumerable<WorkItem> Closure() => it.Agreement.InOrder.Any(o => o.Kind != ObligationKind.Continuous)
            ? Each(Hands(Act.CloseAgreement), WorkKind.Close, number, number)
            : [];

        public IEnumerable<WorkItem> On(Obligation o) => o switch
        {
            // Nobody else can do anything about it before it has a date.
            { AwaitsDate: true } => About(o, WorkKind.SetDate, Hands(Act.ExtendObligation, o.Key),
                it.Agreement.Obligations[o.LostDateOf!].Title),
            { Kind: ObligationKind.Deliverable, LastSubmission: { State: SubmissionState.Submitted } pending, Acceptance: true } =>
                About(o, WorkKind.Review, Hands(Act.ReturnSubmission, new(o.Key, pending.Number)), from: pending.On),
            { Kind: ObligationKind.Deliverable, IsDelivered: false } => Delivery(o).Concat(Late(o)),
            { Kind: ObligationKind.Joint, Waived: null, Completions.Count: 0 } => Joint(o).Concat(Time(o)),
            { Kind: ObligationKind.Joint, Completions: [.., { Contested: { } contested } last] } =>
                About(o, WorkKind.CompletionContested, With(Right.RecordJointAct).Where(hand => hand.Party == last.Party),
                    contested.Reason, last.DoneOn),
            { Kind: ObligationKind.Joint, Completions: [.., { ConfirmedBy: null } last] } =>
                About(o, WorkKind.Confirm, Hands(Act.ConfirmCompletion, o.Key), from: last.DoneOn),
            { Kind: ObligationKind.Requisition, IsSettled: false }
                when it.Grant.Requisitions.All(r => r.Instalment != o.Instalment
                    || r.Status is RequisitionStatus.Refused or RequisitionStatus.Withdrawn) =>
                About(o, WorkKind.Requisition, Hands(Act.PrepareRequisition, o.Instalment!)),
            _ => []
        };

        // With a day of its own it is that day that counts, not the last one allowed.
        IEnumerable<WorkItem> Joint(Obligation o)
        {
            var whose = Hands(Act.CompleteObligation, o.Key);
            return o.TakesPlaceOn is { } on
                ? Each(whose, WorkKind.Hold, o.Key, o.Title, Before(o), on.PlusDays(-ahead), on)
                // Nothing is to be recorded before the day that somebody has proposed: until then the answer waits.
                : About(o, WorkKind.Record, whose, Before(o), o.AgreedTime is null ? o.OpenTime?.Time.On : null);
        }

        // It waits at once, however far away the day is.
        IEnumerable<WorkItem> Time(Obligation o) => o.OpenTime is { } open
            ? Each(Hands(Act.AgreeToTime, new(o.Key, open.Number)), WorkKind.AnswerTime, o.Key, o.Title,
                open.Time.Place is { } place ? $"{open.Time.Written}, {place}" : open.Time.Written, dueOn: open.Time.On)
            : [];

        public IEnumerable<WorkItem> Money()
        {
            var grant = it.Grant;
            foreach (var turn in grant.Requisitions.SelectMany(Requisition))
                yield return turn;
            foreach (var (what, of, undone) in Preparations.ToRedo(grant))
                foreach (var turn in Each(With(Right.PrepareMoney), Redo(what), $"{of}", $"{of}", undone.Reason))
                    yield return turn;
            foreach (var adjustment in grant.Adjustments)
                foreach (var turn in Numbered(Act.AttestAdjustment, WorkKind.AttestAdjustment, adjustment.Number, adjustment.Amount))
                    yield return turn;
            var replaced = grant.Statements.Where(s => s.Undone is null).Select(s => s.Replaces).ToHashSet();
            foreach (var statement in grant.Statements.Where(s => s is { AttestedBy: null, Undone: null } && !replaced.Contains(s.Number)))
                foreach (var turn in Variance.Of(it, statement).Any(v => v.Explanation is null)
                    ? Numbered(Hands(Act.PrepareStatement), WorkKind.ExplainStatement, statement.Number)
                    : Numbered(Act.AttestStatement, WorkKind.AttestStatement, statement.Number))
                    yield return turn;
            // What was disallowed since is in it still.
            foreach (var statement in Statement.InForce(grant)
                .Where(s => !replaced.Contains(s.Number) && grant.Disallowed.Any(d => d.Concerns(s))))
                foreach (var turn in Numbered(Hands(Act.PrepareStatement), WorkKind.RedoStatement, statement.Number))
                    yield return turn;
            foreach (var turn in grant.Repayments.SelectMany(Repayment))
                yield return turn;
            foreach (var turn in grant.Payments.Where(p => p.IsUnconfirmed).SelectMany(Unconfirmed))
                yield return turn;
            var isClosing = grant.FinalAccounts is not null || it.Agreement.Reopened is not null;
            var claimed = isClosing ? Kronor.Zero
                : Settlement.Outstanding(it).Where(part => part.Disallowance is not null).Sum(part => part.Amount);
            if (claimed.IsPositive && !grant.Repayments.Exists(r => r.IsOpen))
                foreach (var turn in Each(Hands(Act.PrepareRepayment), WorkKind.RepayClaimed, number, number, dueOn: Settlement.DueOn(it),
                    amount: claimed))
                    yield return turn;
            if (isClosing && !grant.Repayments.Exists(r => r.IsOpen))
                foreach (var turn in grant.Payable.IsPositive
                    ? Each(Hands(Act.PrepareRepayment), WorkKind.Repay, number, number, dueOn: Settlement.DueOn(it), amount: grant.Payable)
                    : grant.IsToRound && !grant.Adjustments.Exists(a => a is { Kind: AdjustmentKind.Rounding, IsWaiting: true })
                        ? Each(Hands(Act.PrepareAdjustment), WorkKind.Round, number, number, dueOn: Settlement.DueOn(it),
                        amount: grant.Balances.Remaining) : [])
                    yield return turn;
            if (LedgerChecks.ToldOnce(grant, _ => true) is { IsException: true } told && Waivers.Of(grant, told) is null)
                foreach (var turn in Each(With(Right.PrepareMoney), WorkKind.CostsToldOnce, number, number))
                    yield return turn;
            foreach (var import in grant.BankImports.Where(i => i.Waiting > 0))
                foreach (var turn in Each(With(Right.PrepareMoney), WorkKind.Match, $"{import.Read.File.Import}", import.Read.File.Name))
                    yield return turn;
        }

        // A year is reported when it is over; what came back, at once.
        public IEnumerable<WorkItem> Shares()
        {
            var grant = it.Grant;
            foreach (var allocated in grant.Allocations.SelectMany(a => a.Made.Parts.Select(part => (part.Party, a.Made.Year, part.Amount)))
                .GroupBy(part => (part.Party, part.Year)))
            {
                var ((party, year), last) = (allocated.Key, AllocationReport.Last(grant, allocated.Key.Party, allocated.Key.Year));
                if (allocated.Sum(part => part.Amount).IsPositive
                    && (last is null || last.Status is AllocationReportStatus.Returned or AllocationReportStatus.SentBack))
                    foreach (var turn in Each(Hands(Act.PrepareAllocationReport, year).Where(hand => hand.Party == party),
                        last is null ? WorkKind.ReportSpend : WorkKind.CompleteReport, $"{year}",
                        $"{year}", last?.Undone?.Reason ?? last?.DecisionText, last is null ? new(year + 1, 1, 1) : null))
                        yield return turn;
            }
            foreach (var report in grant.AllocationReports)
                foreach (var turn in report.Status switch
                {
                    AllocationReportStatus.Prepared => Numbered(Act.AttestAllocationReport, WorkKind.AttestReport, report.Number),
                    AllocationReportStatus.Attested => Numbered(Act.ReturnAllocationReport, WorkKind.ReviewReport, report.Number),
                    _ => []
                })
                    yield return turn;
        }

        // However the agreement stands.
        public IEnumerable<WorkItem> Erasures() => it.Erasures.InOrder.Where(erasure => erasure.State == ErasureState.Asked)
            .SelectMany(erasure => Numbered(Act.ApproveErasure, WorkKind.ApproveErasure, erasure.Asked.Number));

        IEnumerable<WorkItem> Requisition(Requisition r) => r.Status switch
        {
            RequisitionStatus.Prepared => Numbered(Act.AttestRequisition, WorkKind.Attest, r.Number, r.Amount),
            RequisitionStatus.Attested => Numbered(Act.DispatchRequisition, WorkKind.Dispatch, r.Number, r.Amount),
            RequisitionStatus.Dispatched => Numbered(Act.ReceiveRequisition, WorkKind.Receive, r.Number, r.Amount),
            RequisitionStatus.Received => Numbered(PayersRecord, WorkKind.Pay, r.Number, it.Grant.LeftToPay(r)),
            RequisitionStatus.Paid or RequisitionStatus.Refused or RequisitionStatus.Ended or RequisitionStatus.Withdrawn
                or RequisitionStatus.SentBack => []
        };

        static WorkKind Redo(PreparedKind what) => what switch
        {
            PreparedKind.Requisition => WorkKind.RedoRequisition,
            PreparedKind.Adjustment => WorkKind.RedoAdjustment,
            PreparedKind.Repayment => WorkKind.RedoRepayment,
            PreparedKind.Statement => WorkKind.RedoSentBackStatement,
            _ => throw new System.Diagnostics.UnreachableException($"{what} is owed otherwise.")
        };

        // Once attested it is the recipient's to pay, and the payer looks for it; what is no longer owed is not to be paid.
        IEnumerable<WorkItem> Repayment(Repayment r) => r.Status switch
        {
            RepaymentStatus.Prepared => Numbered(Act.AttestRepayment, WorkKind.AttestRepayment, r.Number, r.Amount),
            RepaymentStatus.Attested when r.Amount > it.Grant.Payable =>
                Numbered(Hands(Act.WithdrawRepayment, r.Number), WorkKind.WithdrawRepayment, r.Number, r.Amount, Settlement.DueOn(it)),
            RepaymentStatus.Attested =>
                Numbered(Hands(Act.WithdrawRepayment, r.Number), WorkKind.PayRepayment, r.Number, r.Amount, Settlement.DueOn(it))
                .Concat(Numbered(PayersRecord, WorkKind.ReceiveRepayment, r.Number, r.Amount, Settlement.DueOn(it))),
            RepaymentStatus.Done or RepaymentStatus.Withdrawn or RepaymentStatus.SentBack => []
        };

        IEnumerable<Hand> PayersRecord => Hands(Act.RecordPayment).Where(hand => it.Agreement.SideOf(hand.Party) == PartyRole.Payer);

        // What one side says was paid, the other looks for, whichever way it went; only the recipient has bank files to find it in.
        IEnumerable<WorkItem> Unconfirmed(Payment p) => p.Contested is { } contested
            ? Each(Hands(Act.RecordPayment).Where(hand => it.Agreement.SideOf(hand.Party) == p.Side), WorkKind.PaymentContested,
                $"{p.Number}", $"{p.Number}", contested.Reason, amount: p.Amount)
            : Hands(Act.ConfirmPayment, p.Number).SelectMany(hand => Numbered([hand],
            p is { Direction: PaymentDirection.In, Requisition: null } ? WorkKind.PlacePayment
            : hand.Role == Role.Payer ? WorkKind.AcknowledgePayment : WorkKind.ConfirmPayment, p.Number, p.Amount));

        IEnumerable<WorkItem> Numbered(Act act, WorkKind work, int number, Kronor? amount = null) =>
            Numbered(Hands(act, number), work, number, amount);

        IEnumerable<WorkItem> Numbered(
            IEnumerable<Hand> whose, WorkKind work, int number, Kronor? amount = null, LocalDate? dueOn = null) =>
            Each(whose, work, $"{number}", $"{number}", dueOn: dueOn, amount: amount);

        // The approver may deliver too, but what waits for them is to attest.
        IEnumerable<WorkItem> Delivery(Obligation o)
        {
            var owing = Hands(Act.DraftSubmission, o.Key).Where(hand => hand.Role != Role.Approver);
            // What has no day of its own waits for nobody before its turn comes.
            return (o.LastSubmission is { State: SubmissionState.Returned, Decision: { } decision }
                ? About(o, WorkKind.Complete, owing, decision.Text, StockholmTime.DateOf(decision.At))
                : o.EffectiveDueOn is null && Before(o) is not null
                ? []
                : About(o, WorkKind.Submit, owing, Before(o))).Concat(o.Drafts.SelectMany(draft => draft.Value.SentBack is { } back
                    ? About(o, WorkKind.RedoDraft, owing.Where(hand => hand.Party == draft.Key), back.Reason, StockholmTime.DateOf(back.At))
                    : SignOff(draft.Key, draft.Value)));

            // Any colleague who may deliver it, the approver too, but whoever wrote it.
            IEnumerable<WorkItem> SignOff(string party, SubmissionDraft draft) => it.Agreement.Party(party)?.SignOff is true
                ? About(o, WorkKind.SignOff, Hands(Act.SignOffDraft, o.Key).Where(hand => hand.Party == party),
                    from: StockholmTime.DateOf(draft.At))
                : [];
        }

        // The party that it is owed to sees what has not come in, from the day after its date.
        IEnumerable<WorkItem> Late(Obligation o) => o.EffectiveDueOn is { } due
            ? About(o, o.LastSubmission?.State == SubmissionState.Returned ? WorkKind.LateCompletion : WorkKind.Late,
            With(Right.Review).Where(hand => hand.Party == o.Recipient && !o.Responsible.Contains(hand.Party)),
            string.Join(", ", o.Responsible), due.PlusDays(1))
            : [];

        // What should be done first, by whoever owes that.
        string? Before(Obligation o) => it.Agreement.WaitsFor(o).Select(rest => rest.Title).ToList() is { Count: > 0 } titles
            ? string.Join(", ", titles)
            : null;

        IEnumerable<WorkItem> About(Obligation o, WorkKind work, IEnumerable<Hand> whose, string? note = null, LocalDate? from = null) =>
            Each(whose, work, o.Key, o.Title, note, from ?? o.EffectiveDueOn?.PlusDays(-ahead), o.EffectiveDueOn);

        IEnumerable<WorkItem> Each(
            IEnumerable<Hand> whose, WorkKind work, string subject, string title, string? note = null, LocalDate? from = null,
            LocalDate? dueOn = null, Kronor? amount = null) =>
            whose.Select(hand => new WorkItem(it.Id, number, hand.Party, hand.Role, work, subject, title, Short(note), from ?? always,
                dueOn, hand.NotBy, amount));

        static string? Short(string? note) => note?.Length > LongestNote ? $"{note[..LongestNote].TrimEnd()}…" : note;

        // Whose an act is, as the log left things; who may not for having a hand in it is told with it.
        IEnumerable<Hand> Hands(Act act, Subject of = default) => With(act.Right())
            .Select(hand => Acts.Open(it, act, of, hand.Party, hand.Role, it.LastAt)).OfType<OpenAct>()
            .Select(open => new Hand(open.Party!, open.Role, open.NotBy.Count > 0 ? open.NotBy[0] : null));

        // Whoever has a right, in all parties.
        IReadOnlyList<Hand> With(Right right) => hands.TryGetValue(right, out var known) ? known : hands[right] =
        [
            .. from party in it.Agreement.Terms.Parties
               from role in roles
               where Rights.May(new(PersonId.System, party.Key, role), right, it.Agreement.Terms.Parties)
               select new Hand(party.Key, role)
        ];
    }

    readonly record struct Hand(string Party, Role Role, PersonId? NotBy = null);
}
