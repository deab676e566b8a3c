using System.Collections.Immutable;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>A duty that an amendment gave for a time.</summary>
/// <param name="Amendment">Number of the amendment.</param>
/// <param name="Before">Keys of the parties that had it, and get it back.</param>
/// <param name="Until">The last day.</param>
public sealed record DutyForATime(int Amendment, Duty Duty, string Party, IReadOnlyList<string> Before, LocalDate Until);

/// <summary>What amendments do to the parties: who comes in, who goes out, who has which duty.</summary>
static class AmendmentParties
{
    const int MaxParties = 50;

    /// <summary>The key of the party that a change lets in or out; null for other changes.</summary>
    public static string? Key(AmendmentChange it) => it.Join?.Key ?? it.Leave?.Key ?? it.TakeOver?.From ?? it.Duty?.Party;

    /// <summary>Terms with the parties as the changes leave them.</summary>
    public static Terms Changed(Terms terms, IReadOnlyList<AmendmentChange> changes) =>
        changes.Where(change => Key(change) is not null).Aggregate(terms, TermsInForce.Changed);

    /// <summary>Parties as one change leaves them.</summary>
    public static IReadOnlyList<Party> Changed(IReadOnlyList<Party> parties, AmendmentChange change) => change switch
    {
        { Join: { } joining } => parties.Any(party => party.Key == joining.Key) ? parties : [.. parties, joining],
        { Leave: { } leaving } => [.. parties.Where(party => party.Key != leaving.Key)],
        { TakeOver: { } take } => parties.Any(party => party.Key == take.Key) ? parties
            : [.. parties.Select(party => party.Key == take.From ? Successor(party, take) : party)],
        { Duty: { } given } when parties.Any(party => party.Key == given.Party) => [.. parties.Select(party =>
            party.Key == given.Party ? With(party, given.Duty) : Without(party, given.Duty))],
        _ => parties
    };

    public static IEnumerable<Fault> Faults(Dossier dossier, ProposeAmendment command)
    {
        var (it, changes) = (dossier.Agreement, command.Changes);
        if (changes.All(change => Key(change) is null))
            yield break;
        var touched = new HashSet<string>();
        var duties = new HashSet<Duty>();
        var parties = it.Terms.Parties;
        for (var i = 0; i < changes.Count; i++)
        {
            var (change, at) = (changes[i], $"/changes/{i}");
            var faults = (change switch
            {
                { Join: { } joining } => Joining(it, joining, touched, $"{at}/join"),
                { Leave: { } leaving } => Leaving(dossier, leaving.Key, touched, $"{at}/leave/key", mayHaveSigned: false),
                { TakeOver: { } take } => Joining(it, new(take.Key, take.Name, PartyRole.Recipient, take.OrganisationNumber), touched,
                    $"{at}/takeOver").Concat(Leaving(dossier, take.From, touched, $"{at}/takeOver/from", mayHaveSigned: true)),
                { Duty: { } given } => Giving(given, duties, command.EffectiveFrom, $"{at}/duty"),
                _ => []
            }).ToList();
            foreach (var fault in faults)
                yield return fault;
            if (faults.Count > 0 || Key(change) is null)
                continue;
            var before = parties;
            parties = Changed(parties, change);
            if (change.Duty is { } duty && Against(before, parties, duty) is { } wrong)
                yield return wrong with { Pointer = $"{at}/duty/{wrong.Pointer}" };
            else if (change.Join is not null && ShareCheck.Duties(parties).FirstOrDefault() is { } unfit)
                yield return unfit with { Pointer = $"{at}/join/duties" };
        }
        if (parties.Count > MaxParties)
            yield return new("/changes", "too-many", ("max", MaxParties));
        foreach (var role in new[] { PartyRole.Grantor, PartyRole.Recipient })
            if (parties.All(party => party.Role != role))
                yield return new("/changes", "party-role-missing", ("role", role));
    }

    /// <summary>What a party that goes out would leave behind.</summary>
    public static IEnumerable<Fault> Left(Agreement it, Agreement then, IReadOnlyList<AmendmentChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
            if (changes[i].Leave is { } leaving && Owes(then, leaving.Key) is { } owed)
                yield return new($"/changes/{i}/leave/key", "party-owes", ("name", it.Party(leaving.Key)!.Name), ("obligation", owed.Title));
    }

    /// <summary>Keys of the parties that could not be changed as things are when the amendment is to take effect.</summary>
    public static IEnumerable<string> Impossible(Dossier dossier, IReadOnlyList<AmendmentChange> changes)
    {
        var it = dossier.Agreement;
        var then = Changed(it.Terms, changes).Parties;
        var lacks = new[] { PartyRole.Grantor, PartyRole.Recipient }.Any(role => then.All(party => party.Role != role));
        foreach (var change in changes)
            if (change switch
            {
                { Join: { } joining } => it.Party(joining.Key) is not null,
                { Leave: { } leaving } => it.Party(leaving.Key) is null || lacks || IsBusy(dossier, leaving.Key)
                    || Owes(it, leaving.Key, changes.Select(c => c.Drop?.Key)) is not null,
                { TakeOver: { } take } => it.Party(take.From) is null || it.Party(take.Key) is not null || IsBusy(dossier, take.From),
                { Duty: { } given } => then.FirstOrDefault(party => party.Key == given.Party) is not { CanShare: true },
                _ => false
            })
                yield return Key(change)!;
    }

    /// <summary>The days on which duties that were given for a time go back.</summary>
    public static IEnumerable<LocalDate> Ends(Agreement it) => it.Deputies.Select(given => given.Until.PlusDays(1));

    /// <summary>The duty whose time is over.</summary>
    public static DutyEnded? Ended(Agreement it, LocalDate today) =>
        it.Deputies.OrderBy(given => given.Until).FirstOrDefault(given => given.Until < today) is { } over
            ? new(over.Amendment, over.Duty, over.Party) : null;

    static IEnumerable<Fault> Joining(Agreement it, Party joining, HashSet<string> touched, string at)
    {
        foreach (var fault in TermsCheck.One(joining, at))
            yield return fault;
        if (PartyKey.Is(joining.Key) && (it.Party(joining.Key) is not null || !touched.Add(joining.Key)))
            yield return new($"{at}/key", "key-taken", ("key", joining.Key));
    }

    static IEnumerable<Fault> Leaving(Dossier dossier, string key, HashSet<string> touched, string at, bool mayHaveSigned)
    {
        var it = dossier.Agreement;
        if (it.Party(key) is not { } party)
            yield return new(at, "unknown-party", ("key", key));
        else if (!touched.Add(key))
            yield return new(at, "changed-twice", ("key", key));
        else if (!mayHaveSigned && it.Signed!.Signatories.Any(signatory => signatory.Party == key))
            yield return new(at, "party-signed", ("name", party.Name));
        else if (IsBusy(dossier, key))
            yield return new(at, "party-has-open-acts", ("name", party.Name));
    }

    static IEnumerable<Fault> Giving(AssignDuty given, HashSet<Duty> duties, LocalDate from, string at)
    {
        if (!duties.Add(given.Duty))
            yield return new($"{at}/duty", "changed-twice", ("key", Json.NameOf(given.Duty)));
        foreach (var fault in DateRange.Faults(($"{at}/until", given.Until)))
            yield return fault;
        if (given.Until < from)
            yield return new($"{at}/until", "period-reversed", ("earliest", from));
    }

    static Fault? Against(IReadOnlyList<Party> before, IReadOnlyList<Party> after, AssignDuty given) =>
        after.FirstOrDefault(party => party.Key == given.Party) is not { } party ? new("party", "unknown-party", ("key", given.Party))
        : !party.CanShare || given.Duty == Duty.AssignmentHolder && party.Role != PartyRole.Recipient
            ? new("party", "duty-party", ("duty", given.Duty), ("key", given.Party))
        : before.FirstOrDefault(known => known.Key == given.Party)?.Has(given.Duty) == true && given.Until is null
            ? new("party", "changes-nothing")
        : null;

    static Obligation? Owes(Agreement it, string key, IEnumerable<string?>? dropped = null) => it.InOrder.FirstOrDefault(o => !o.IsSettled
        && (o.Responsible.Contains(key) || o.Recipient == key) && dropped?.Any(drop => drop == o.Key || drop == o.TermsKey) != true);

    // What waits for its answer, what is drafted, and money on its way.
    static bool IsBusy(Dossier dossier, string key)
    {
        var (it, grant) = (dossier.Agreement, dossier.Grant);
        if (it.InOrder.Any(o => o.Drafts.ContainsKey(key)
            || o.LastSubmission is { State: SubmissionState.Submitted } last && (last.Party == key || o.Recipient == key)))
            return true;
        if (grant.Terms?.Shares?.Any(share => share.Party == key) == true
            || grant.Allocations.Any(made => made.Made.Parts.Any(part => part.Party == key && !part.Amount.IsZero)))
            return true;
        var party = it.Party(key)!;
        return (party.Role == PartyRole.Payer || Rights.Does(party, Duty.MoneyHandler, it.Terms.Parties))
            && (grant.Requisitions.Exists(r => r.IsInPreparation
                || r.Status is RequisitionStatus.Dispatched or RequisitionStatus.Received && grant.LeftToPay(r).IsPositive)
            || grant.Adjustments.Exists(a => a.AttestedBy is null && a.Undone is null)
            || grant.Repayments.Exists(r => r.AttestedBy is null && r.Undone is null && r.Status != RepaymentStatus.Withdrawn)
            || grant.Statements.Exists(s => s.Submitted is null && s.Undone is null
                && !grant.Statements.Exists(later => later.Replaces == s.Number)));
    }

    static Party Successor(Party from, TakeOver take) =>
        new(take.Key, take.Name, from.Role, take.OrganisationNumber, from.Duties, from.SignOff);

    static Party With(Party party, Duty duty) => party.Has(duty) ? party : party with { Duties = [.. party.Duties ?? [], duty] };

    static Party Without(Party party, Duty duty) => !party.Has(duty) ? party
        : party with { Duties = party.Duties!.Where(had => had != duty).ToList() is { Count: > 0 } left ? left : null };

    /// <summary>The agreement when a party has gone out: it is remembered, and duties that it had for a time go back with it.</summary>
    public static Agreement Without(this Agreement it, string key) => it.Party(key) is not { } leaving ? it : it with
    {
        Former = it.Former.Add(leaving),
        Deputies = it.Deputies.RemoveAll(given => given.Party == key)
    };

    /// <summary>All that the one who went out owed or was owed is the new one's.</summary>
    public static Agreement With(this Agreement it, TakeOver take) => it with
    {
        Obligations = it.Obligations.SetItems(it.InOrder.Where(o => o.Responsible.Contains(take.From) || o.Recipient == take.From)
            .Select(o => KeyValuePair.Create(o.Key, o with
            {
                Responsible = [.. o.Responsible.Select(key => key == take.From ? take.Key : key)],
                Recipient = o.Recipient == take.From ? take.Key : o.Recipient
            })))
    };

    /// <summary>What is given anew is what counts, and goes back to whoever had it for good.</summary>
    public static Agreement Giving(this Agreement it, AssignDuty given, int amendment)
    {
        var before = it.Deputies.Find(other => other.Duty == given.Duty)?.Before
            ?? [.. it.Terms.Parties.Where(party => party.Has(given.Duty)).Select(party => party.Key)];
        var others = it.Deputies.RemoveAll(other => other.Duty == given.Duty);
        return it with
        {
            Deputies = given.Until is { } until ? others.Add(new(amendment, given.Duty, given.Party, before, until)) : others
        };
    }

    public static Agreement DutyBack(this Agreement it, DutyEnded ended)
    {
        if (it.Deputies.Find(given => (given.Amendment, given.Duty) == (ended.Amendment, ended.Duty)) is not { } over)
            return it;
        return it with
        {
            Deputies = it.Deputies.Remove(over),
            Terms = it.Terms with
            {
                Parties = [.. it.Terms.Parties.Select(party => over.Before.Contains(party.Key) ? With(party, over.Duty)
                    : Without(party, over.Duty))]
            }
        };
    }
}
