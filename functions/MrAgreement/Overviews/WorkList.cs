using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What waits for whom in an agreement. Whose turn it is follows from
/// party and role, so that it is worked out once for everybody.</summary>
public static partial class WorkList
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

    sealed partial class Waiting(Dossier it)
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

        // However the agreement stands.
        public IEnumerable<WorkItem> Erasures() => it.Erasures.InOrder.Where(erasure => erasure.State == ErasureState.Asked)
            .SelectMany(erasure => Numbered(Act.ApproveErasure, WorkKind.ApproveErasure, erasure.Asked.Number));

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
                : o.EffectiveDueOn is null && Before(o) is not null && Attested(o) is null
                ? []
                : About(o, WorkKind.Submit, owing, Before(o), Attested(o) is { } ready && ready < o.EffectiveDueOn?.PlusDays(-ahead)
                    ? ready : null)).Concat(o.Drafts.SelectMany(draft => draft.Value.SentBack is { } back
                    ? About(o, WorkKind.RedoDraft, owing.Where(hand => hand.Party == draft.Key), back.Reason, StockholmTime.DateOf(back.At))
                    : SignOff(draft.Key, draft.Value)));

            // Any colleague who may deliver it, the approver too, but whoever wrote it.
            IEnumerable<WorkItem> SignOff(string party, SubmissionDraft draft) => it.Agreement.Party(party)?.SignOff is true
                ? About(o, WorkKind.SignOff, Hands(Act.SignOffDraft, o.Key).Where(hand => hand.Party == party),
                    from: StockholmTime.DateOf(draft.At))
                : [];
        }

        // A statement for it that a colleague has attested is ready to go: since then.
        LocalDate? Attested(Obligation o) => !o.Financial ? null : Statement.InForce(it.Grant)
            .Where(s => s.AttestedAt is not null && s.Submitted is null && s.StandsFor.Any(o.Documents.Contains)
                && s.Newer(it.Grant) is null && s.DeliveredAs(it, o) is null && s.Fits(it.Agreement, o))
            .Select(s => (LocalDate?)StockholmTime.DateOf(s.AttestedAt!.Value)).Min();

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
