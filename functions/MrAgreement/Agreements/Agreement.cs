using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What happens to an agreement and its obligations.</summary>
public abstract record AgreementEvent : Event;

/// <summary>An agreement has been drafted by its terms.</summary>
public sealed record AgreementCreated(Terms Terms) : AgreementEvent;

/// <summary>Everything is done and the balance is zero.</summary>
public sealed record AgreementClosed : AgreementEvent;

/// <summary>A cost was disallowed after the closing: the agreement runs again
/// until what is claimed back is settled, and for nothing else.</summary>
/// <param name="Disallowance">Number of the decision.</param>
public sealed record SettlementReopened(int Disallowance) : AgreementEvent;

public enum AgreementStatus
{
    Draft,
    Active,
    Closed,
    Terminated
}

/// <summary>By which decision, and when, the settlement of a closed agreement was reopened.</summary>
public sealed record Reopening(LocalDate On, int Disallowance);

/// <summary>A document that every party has, and when it was shared.</summary>
public sealed record SharedDocument(DocumentVersion Document, Instant At);

/// <summary>When an agreement was closed, and by whom.</summary>
public sealed record Closing(LocalDate On, PersonId By);

/// <summary>An agreement as its events have left it.</summary>
/// <param name="Terms">As amendments that have taken effect have left them.</param>
public sealed record Agreement(Terms Terms)
{
    /// <summary>The terms as they were drafted.</summary>
    public Terms Drafted { get; init; } = Terms;

    /// <summary>Parties that have gone out, as they were then; what they did still names them.</summary>
    public ImmutableList<Party> Former { get; init; } = [];

    /// <summary>Duties that amendments have given for a time, and that have not gone back.</summary>
    public ImmutableList<DutyForATime> Deputies { get; init; } = [];

    /// <summary>The agreement and its amendments on paper: every party has them.</summary>
    public ImmutableList<SharedDocument> Shared { get; init; } = [];

    public AgreementStatus Status { get; init; }

    /// <summary>As it is recorded now; null for a draft.</summary>
    public Signature? Signature { get; init; }

    /// <summary>From which day it has bound, and as first recorded: what has been done since stands, however often
    /// the signature is recorded anew. Null for a draft.</summary>
    public AgreementSigned? Signed { get; init; }

    public AgreementTerminated? Terminated { get; init; }

    /// <summary>The end before its time that is still to come; null when none is, and once it has taken effect.</summary>
    public Ending? Ending { get; init; }

    public Closing? Closed { get; init; }

    /// <summary>Null unless it was closed and only its settlement runs again.</summary>
    public Reopening? Reopened { get; init; }

    public ImmutableDictionary<string, Obligation> Obligations { get; init; } = ImmutableDictionary<string, Obligation>.Empty;

    /// <summary>Keys of the obligations in the order of the terms, later ones last.</summary>
    public ImmutableList<string> Order { get; init; } = [];

    public ImmutableList<Amendment> Amendments { get; init; } = [];

    /// <summary>In which the parties meet besides, in the order in which they were set up.</summary>
    public ImmutableList<Body> Bodies { get; init; } = [];

    /// <summary>The body by that key; null when there is none.</summary>
    public Body? Body(string key) => Bodies.Find(body => body.Key == key);

    /// <summary>By which parties register the matter, where they have said so.</summary>
    public ImmutableDictionary<string, DiaryNumber> DiaryNumbers { get; init; } = ImmutableDictionary<string, DiaryNumber>.Empty;

    /// <summary>By which a party registers the matter: its own, or else that of the terms.</summary>
    public DiaryNumber NumberOf(string party) => DiaryNumbers.TryGetValue(party, out var own) ? own : Terms.DiaryNumber;

    public ReminderPlan Plan => Terms.Reminders ?? ReminderPlan.Usual;
    public WorkingDayRule WorkingDayRule => Terms.WorkingDayRule ?? WorkingDayRule.None;
    public IEnumerable<Obligation> InOrder => Order.Select(key => Obligations[key]);

    /// <summary>The last day that it names: of its period, or of what is owed.</summary>
    public LocalDate LastDay => InOrder.Max(o => o.DueOn) is { } due ? LocalDate.Max(due, Terms.Period.To) : Terms.Period.To;

    /// <summary>The obligations that somebody is reminded of: all, or when only the settlement runs, to pay back.</summary>
    public IEnumerable<Obligation> Reminded =>
        Reopened is null ? Obligations.Values : Obligations.Values.Where(o => o.Kind == ObligationKind.Repayment);

    /// <summary>Signed and not closed: obligations run.</summary>
    public bool IsRunning => Status is AgreementStatus.Active or AgreementStatus.Terminated;

    public Party? Party(string key) => Terms.Parties.FirstOrDefault(party => party.Key == key);

    /// <summary>What a party is called on a day, also one that has gone out; its key when there is no such party.</summary>
    public string NameOf(string key, LocalDate on) => (Party(key) ?? Former.FindLast(party => party.Key == key))?.NameOn(on) ?? key;

    /// <summary>The agreement with its parties called as they were on a day.</summary>
    public Agreement NamedOn(LocalDate day) => Terms.Parties.All(party => party.Names is null) ? this : this with
    {
        Terms = Terms with { Parties = [.. Terms.Parties.Select(party => party with { Name = party.NameOn(day) })] }
    };

    /// <summary>On which side of a payment a party stands: whoever is not the payer records it for the recipient.</summary>
    public PartyRole SideOf(string party) => Party(party)!.Role == PartyRole.Payer ? PartyRole.Payer : PartyRole.Recipient;

    /// <summary>Waiting while something that it rests on is not settled; what goes on all the time holds nothing up.</summary>
    public ObligationStatus StatusOf(Obligation obligation) =>
        obligation.Waived is not null ? ObligationStatus.Waived
        : obligation.IsDone ? ObligationStatus.Done
        : obligation.LastSubmission?.State switch
        {
            SubmissionState.Submitted => ObligationStatus.Submitted,
            SubmissionState.Returned => ObligationStatus.Returned,
            _ => obligation.AwaitsDate || WaitsFor(obligation).Any() ? ObligationStatus.Waiting : ObligationStatus.Open
        };

    /// <summary>What it rests on that is not settled yet.</summary>
    public IEnumerable<Obligation> WaitsFor(Obligation obligation) =>
        obligation.Rests.Select(key => Obligations.GetValueOrDefault(key)).OfType<Obligation>()
            .Where(rest => rest is { IsSettled: false, Kind: not ObligationKind.Continuous });

    /// <summary>What is to come before a joint obligation: what it rests on, and what is due by its day.</summary>
    public IEnumerable<Obligation> Before(Obligation obligation) =>
        InOrder.Where(o => obligation.Rests.Contains(o.Key) || o.Due is BeforeOther before && before.Key == obligation.Key);

    /// <summary>What it is for; null when nobody has said and its shape does not tell.</summary>
    public Purpose? PurposeOf(Obligation obligation) => Purposes.Of(obligation, [.. Obligations.Values]);

    /// <summary>Repayments, the final accounts and the final report: they move to the agreed day when the agreement ends early.</summary>
    public bool IsFinal(Obligation obligation) => obligation.Kind == ObligationKind.Repayment
        || PurposeOf(obligation) is Purpose.FinalAccounts or Purpose.FinalReport;

    public bool IsFinalAccounts(Obligation obligation) =>
        Purposes.IsFinalAccounts(obligation, Purposes.RestOfRepayments(Obligations.Values), [.. Obligations.Values]);

    public IEnumerable<Obligation> FinalAccounts
    {
        get
        {
            var (all, rests) = (Obligations.Values.ToList(), Purposes.RestOfRepayments(Obligations.Values));
            return InOrder.Where(o => Purposes.IsFinalAccounts(o, rests, all));
        }
    }

    public static Agreement Evolve(Agreement? before, Event happened, Recorded recorded) => (before, happened) switch
    {
        (null, AgreementCreated e) => Created(e, recorded),
        (null, _) => throw new UnreachableException("A log begins with the agreement's creation."),
        ({ } it, AgreementSigned or SignatureConfirmed or SignatureContested) =>
            Signature.Evolve(it, (AgreementEvent)happened, recorded),
        ({ } it, AgreementTerminated or TerminationAnnounced or TerminationCorrected or TerminationWithdrawn) =>
            Termination.Evolve(it, (AgreementEvent)happened, recorded),
        ({ } it, AgreementClosed) => it with { Status = AgreementStatus.Closed, Ending = null,
            Closed = new(StockholmTime.DateOf(recorded.At), recorded.By), Reopened = null },
        ({ } it, SettlementReopened e) => it with
        {
            Status = it.Terminated is null ? AgreementStatus.Active : AgreementStatus.Terminated, Closed = null,
            Reopened = new(StockholmTime.DateOf(recorded.At), e.Disallowance)
        },
        ({ } it, DiaryNumberRecorded e) => it with { DiaryNumbers = it.DiaryNumbers.SetItem(e.Party, e.Diary) },
        ({ } it, AmendmentProposed or AmendmentConfirmed or AmendmentContested or AmendmentWithdrawn or AmendmentTookEffect or DutyEnded) =>
            Amendment.Evolve(it, (AgreementEvent)happened, recorded),
        ({ } it, BodyEvent e) => Agreements.Body.Evolve(it, e, recorded),
        ({ } it, ObligationAdded e) => it.Adding([Occurrences.Added(e, it.Terms.Parties)], recorded).Redated(recorded, e),
        ({ } it, ObligationEvent e) => it.Changing(e.Obligation, o => ObligationEvent.Evolve(o, e, recorded)).Redated(recorded, e),
        ({ }, AgreementCreated) => throw new UnreachableException("A log has one creation."),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static Agreement Created(AgreementCreated created, Recorded recorded)
    {
        var terms = created.Terms;
        var requisitions = (terms.Grant?.Instalments ?? [])
            .Where(i => i.RequisitionDueOn is not null)
            .Select(i => Occurrences.Requisition(i.Key, i.RequisitionDueOn!.Value, terms.Parties, clause: null));
        return new Agreement(terms).Adding([.. Occurrences.Of(terms.Obligations, []), .. requisitions], recorded)
            .Redated(recorded, created);
    }

    internal Agreement Adding(IReadOnlyList<Obligation> added, Recorded recorded) => this with
    {
        Obligations = Obligations.AddRange(added.Select(o => KeyValuePair.Create(o.Key, o with { Touched = recorded.Sequence }))),
        Order = Order.AddRange(added.Select(o => o.Key))
    };

    internal Agreement Changing(string key, Func<Obligation, Obligation> change) =>
        this with { Obligations = Obligations.SetItem(key, change(Obligations[key])) };

    internal Agreement Redated(Recorded recorded, Event because)
    {
        var dated = DueDates.Work(Obligations, WorkingDayRule, Status == AgreementStatus.Draft ? null : recorded.At, recorded.Sequence,
            Signed?.SignedOn);
        if (ReferenceEquals(dated, Obligations))
            return this;
        var moved = dated.Values.Where(o => Obligations[o.Key].DueOn is { } from && from != o.DueOn).ToList();
        return this with
        {
            Obligations = dated.SetItems(moved.Select(o =>
                KeyValuePair.Create(o.Key, o with { Moves = o.Moves.Add(new(Obligations[o.Key].DueOn!.Value, o.DueOn, because,
                recorded)) })))
        };
    }
}
