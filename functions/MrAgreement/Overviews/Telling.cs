using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>That somebody is to hear of something.</summary>
/// <param name="By">Whose act it was.</param>
/// <param name="Turn">What waits for them now; null where nothing does.</param>
/// <param name="Act">What another party has drawn up; null where nothing was.</param>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
/// <param name="ChangesCalendars">Whether a meeting that was agreed on comes into people's calendars, moves in them or goes.</param>
public sealed record Message(AgreementId Agreement, MessageKey Key, Instant At, PersonId By, Event Happened, WorkItem? Turn = null,
    RegisteredAct? Act = null, string? Obligation = null, bool ChangesCalendars = false)
{
    /// <summary>Whoever did it knows; but their calendar does not.</summary>
    public bool IsFor(PersonId person) => person != By || ChangesCalendars;

    /// <summary>What is told in order: all of one obligation, or of the agreement.</summary>
    public string About => Obligation ?? "";
}

/// <summary>Who hears of what, by role and party: a function of the log (docs/decisions/0079).</summary>
/// <remarks>
/// Whoever's turn it becomes is told so: the work list before an event and after it says whose that is. Whoever receives a decision is
/// told of it: the register says who does. Nobody is asked twice.
/// </remarks>
public sealed class Telling(Dossier begun)
{
    static readonly Role[] owners = [Role.ProjectLead, Role.Finance, Role.Officer, Role.Payer];

    // What comes with time is told by reminders.
    static readonly HashSet<WorkKind> ofTime =
    [
        WorkKind.Submit, WorkKind.Hold, WorkKind.Record, WorkKind.Requisition, WorkKind.Late, WorkKind.LateCompletion, WorkKind.ReportSpend,
        WorkKind.Round, WorkKind.CostsToldOnce, WorkKind.Match
    ];

    Dossier before = begun;
    IReadOnlyList<WorkItem>? waited;

    /// <summary>The agreement after all that was told of.</summary>
    public Dossier Dossier => before;

    /// <summary>Whether a message that goes on a later day than it came would say what is no longer so: what it asks for is done, what it
    /// reminds of has been delivered or has another day, or the last day that it tells of has passed.</summary>
    /// <param name="it">The agreement as it stands.</param>
    public static bool IsOvertaken(Message message, Dossier it, Instant now) =>
        StockholmTime.DateOf(now) is var today && today > StockholmTime.DateOf(message.At) && message switch
        {
            { Turn: not null, Happened: DraftSignedOff signed } => it.Agreement.Obligations[signed.Obligation].IsDelivered,
            { Turn: { } turn } => !Waiting(it).Contains(turn, SameTurn.Is),
            { Happened: ReminderSent reminder } => it.Agreement.Obligations[reminder.Obligation] is var owed
                && (!it.Agreement.IsRunning || owed.IsDelivered || owed.EffectiveDueOn != reminder.DueOn
                    || reminder.Rung <= 0 && today > reminder.DueOn),
            { Happened: ReviewReminded reminder } => it.Agreement.Obligations[reminder.Obligation] is not
                { Waived: null, LastSubmission: { State: SubmissionState.Submitted } waits } || waits.Number != reminder.Submission,
            _ => false
        };

    /// <summary>Folds a row without telling anybody of it.</summary>
    public void Skip(StoredEvent row) => (before, waited) = (before.With(row), null);

    /// <summary>The next row of the log, and whom it is told.</summary>
    public IReadOnlyList<Message> Of(StoredEvent row)
    {
        var happened = EventJson.Read(row.Type, row.Data ?? throw new InvalidDataException($"Row {row.Sequence} has been erased."));
        var after = before.With(row);
        if (happened is ReminderEvent or MessageEvent or Documents.ArchiveEvent)
        {
            // None of them gives anybody anything to do.
            before = after;
            return happened switch
            {
                ReminderSent reminder => Reminded(reminder, row),
                ReviewReminded reminder => Reminded(reminder, row),
                _ => []
            };
        }
        // By the same day before and after: that a day has come is no news of this event, wherever the reading began.
        var (waiting, today) = (Waiting(after), StockholmTime.DateOf(row.At));
        var news = waiting.Where(turn => turn.From <= today)
            .Except((waited ?? Waiting(before)).Where(turn => turn.From <= today && !IsAskedAnew(turn, happened)), SameTurn.Is)
            .DistinctBy(turn => (turn.Party, turn.Role)).ToList();
        news.AddRange(ReadyToGo(happened, after).Where(turn => !news.Exists(it => (it.Party, it.Role) == (turn.Party, turn.Role))));
        var decided = after.Acts.Count > before.Acts.Count && !ComesWithRecord(happened, after)
            // A note is told by the turn that it gives somebody.
            && Registry.KindOf(after.Acts[^1]) != RegistryKind.Note ? after.Acts[^1] : null;
        var meeting = (happened as ObligationEvent) is { } it ? before.Agreement.Obligations.GetValueOrDefault(it.Obligation) : null;
        var moved = Moved(happened, meeting) is { } key ? after.Agreement.Obligations[key] : null;
        var calendars = happened is ObligationWaived && meeting?.AgreedTime is not null
            || moved is not null && (moved.AgreedTime ?? meeting?.AgreedTime) is not null;
        IReadOnlyList<string> told = happened is ObligationWaived && calendars ? [.. (decided?.To ?? []).Union(PartiesOf(meeting!))]
            : decided?.To ?? [];
        (before, waited) = (after, waiting);
        return
        [
            .. news.Select(turn => Of(row, happened, MessageReason.Turn, turn.Party, turn.Role) with
            {
                Turn = turn, Obligation = after.Agreement.Obligations.ContainsKey(turn.Subject) ? turn.Subject : null
            }),
            .. told.Where(party => news.All(turn => turn.Party != party))
                .SelectMany(party => Informed(happened, party).Select(role => Of(row, happened,
                    happened is AgreementClosed ? MessageReason.Closed
                    : happened is ExtensionGranted ? MessageReason.Moved : MessageReason.Decided, party, role) with
                    {
                        Act = decided, ChangesCalendars = calendars
                    })),
            .. moved is null ? []
                : PartiesOf(moved).SelectMany(party => Owner(moved, party)
                    .Select(role => Of(row, happened, MessageReason.Moved, party, role) with { ChangesCalendars = calendars }))
        ];
    }

    static IEnumerable<string> PartiesOf(Obligation it) => it.Responsible.Append(it.Recipient).OfType<string>().Distinct();

    // The obligation whose day or hours are others now. Agreeing on another day sets it, and is told with that.
    static string? Moved(Event happened, Obligation? before) => happened switch
    {
        ObligationScheduled e => e.Obligation,
        TimeAgreed e when before?.ScheduledOn == before?.Times[e.Number - 1].Time.On => e.Obligation,
        TimeCalledOff e => e.Obligation,
        _ => null
    };

    Message Of(StoredEvent row, Event happened, MessageReason reason, string party, Role role) =>
        new(before.Id, new(row.Sequence, reason, party, role), row.At, row.Actor, happened,
            Obligation: (happened as ObligationEvent)?.Obligation);

    static List<WorkItem> Waiting(Dossier it) => it.Exists ? [.. WorkList.Of(it).Where(turn => !ofTime.Contains(turn.Work))] : [];

    // It was owed all the time; a colleague has now said that it may go.
    static IEnumerable<WorkItem> ReadyToGo(Event happened, Dossier after) => happened is DraftSignedOff signed
        ? WorkList.Of(after).Where(turn => turn.Work is WorkKind.Submit or WorkKind.Complete && turn.Subject == signed.Obligation
            && turn.Party == signed.Party).DistinctBy(turn => turn.Role)
        : [];

    // What a meeting decided is told with its record.
    static bool ComesWithRecord(Event happened, Dossier after) => happened is AmendmentProposed proposed
        && after.Agreement.InOrder.Any(o => o.Completions.Any(c => c.Consultation?.Amendment == proposed.Number));

    IReadOnlyList<Message> Reminded(ReminderSent it, StoredEvent row)
    {
        var (obligation, reason) = (before.Agreement.Obligations[it.Obligation], it.Rung > 0 ? MessageReason.Late : MessageReason.Reminder);
        return
        [
            .. from party in it.To
               from role in Owner(obligation, party).Concat(it.Rung >= Reminders.HeadHearsAfter && obligation.Responsible.Contains(party)
                   ? Head(party) : [])
               select Of(row, it, reason, party, role)
        ];
    }

    // From the second step whoever waits hears that somebody was reminded.
    IReadOnlyList<Message> Reminded(ReviewReminded it, StoredEvent row)
    {
        var obligation = before.Agreement.Obligations[it.Obligation];
        return
        [
            .. from party in it.To
               from role in party == obligation.Recipient ? Reviewers(party) : Owner(obligation, party)
               select Of(row, it, party == obligation.Recipient ? MessageReason.Review : MessageReason.Reviewer, party, role)
        ];
    }

    IEnumerable<Role> Reviewers(string party) => With(Right.Review, party) is { } role ? [role] : Informed(null, party);

    // Whoever does it; of a party that only waits for it, whoever receives it.
    IEnumerable<Role> Owner(Obligation it, string party) => With(it.Responsible.Contains(party) ? it.Kind switch
    {
        ObligationKind.Requisition => Right.PrepareMoney,
        ObligationKind.Joint => Right.RecordJointAct,
        _ => Right.Deliver
    } : Right.Review, party) is { } role ? [role] : Informed(null, party);

    IEnumerable<Role> Head(string party) =>
        Rights.May(new(PersonId.System, party, Role.Approver), Right.Deliver, before.Agreement.Terms.Parties) ? [Role.Approver] : [];

    // Of the money those hear who keep it, of the rest those who lead the work.
    IEnumerable<Role> Informed(Event? happened, string party) => before.Agreement.Party(party)?.Role switch
    {
        PartyRole.Grantor => [Role.Officer],
        PartyRole.Payer => [Role.Payer],
        _ when happened is Grants.GrantEvent && With(Right.PrepareMoney, party) is { } keeper => [keeper],
        _ => [Role.ProjectLead]
    };

    Role? With(Right right, string party) => owners.Where(role =>
        Rights.May(new(PersonId.System, party, role), right, before.Agreement.Terms.Parties)).Cast<Role?>().FirstOrDefault();

    // Other hours than those that somebody was asked about are another question, though the same answer waits.
    static bool IsAskedAnew(WorkItem turn, Event happened) => happened is TimeProposed proposed && turn.Work == WorkKind.AnswerTime
        && turn.Subject == proposed.Obligation;

    /// <summary>What waited before waits still, though its date or amount is another.</summary>
    sealed class SameTurn : IEqualityComparer<WorkItem>
    {
        public static readonly SameTurn Is = new();

        public bool Equals(WorkItem? one, WorkItem? other) => Key(one) == Key(other);

        public int GetHashCode(WorkItem it) => Key(it).GetHashCode();

        static (string?, Role?, WorkKind?, string?) Key(WorkItem? it) => (it?.Party, it?.Role, it?.Work, it?.Subject);
    }
}
