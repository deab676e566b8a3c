using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What must hold of terms before an agreement can be made of them: every fault with the place where it is.</summary>
public static partial class TermsCheck
{
    const int MaxObligations = 200;
    const int MaxOccurrences = 1000;
    const int MaxYears = 50;
    const int MaxParties = 50;
    const int MaxNames = 20;
    const int MaxGoals = 50;
    const int MaxContents = 50;

    /// <summary>Of a clause, and of our reading of one.</summary>
    internal const int LongestText = 5000;

    public static IReadOnlyList<Fault> Faults(Terms terms)
    {
        var faults = new List<Fault>();
        if (terms.DiaryNumber == default)
            faults.Add(new("/diaryNumber", "required"));
        else if (HiddenLetters.AreIn($"{terms.DiaryNumber}"))
            faults.Add(new("/diaryNumber", "hidden-letters"));
        faults.AddText("/title", terms.Title, 500);
        if (terms.Period.From > terms.Period.To)
            faults.Add(new("/period", "period-reversed", ("earliest", terms.Period.From)));
        faults.AddRange(DateRange.Faults(("/period/from", terms.Period.From), ("/period/to", terms.Period.To)));
        faults.AddRange(Goals(terms.Goals ?? []));
        faults.AddOptionalText("/reading", terms.Reading, LongestText);
        faults.AddRange([.. Parties(terms.Parties), .. ShareCheck.Duties(terms.Parties)]);
        if (terms.Reminders is { } plan)
            faults.AddRange([.. Rungs(plan.Before, "/reminders/before"), .. Rungs(plan.Overdue, "/reminders/overdue"),
                .. Rungs(plan.Review ?? [], "/reminders/review")]);
        if (terms.Grant is { } grant)
            faults.AddRange([.. GrantCheck.Faults(grant), .. ShareCheck.Faults(grant, terms.Parties)]);
        faults.AddRange(Obligations(terms));
        return faults;
    }

    /// <summary>Faults of an obligation that an amendment adds.</summary>
    public static IReadOnlyList<Fault> Added(ObligationTerms added, Agreement to, string at)
    {
        bool Exists(string key) => to.Obligations.ContainsKey(key) || to.InOrder.Any(o => o.TermsKey == key);
        var faults = One(added, at, to.Terms.Parties, Exists).ToList();
        if (Exists(added.Key) || Reserved(to.Terms.Grant).Contains(added.Key))
            faults.Add(new($"{at}/key", "key-taken", ("key", added.Key)));
        if (faults.Count > 0)
            return faults;
        var occurrences = Occurrences.Of([added], [.. to.InOrder]);
        if (occurrences.Count == 0)
            faults.Add(new($"{at}/due", "no-year"));
        faults.AddRange(occurrences.Where(o => to.Obligations.ContainsKey(o.Key))
            .Select(o => new Fault($"{at}/key", "key-taken", ("key", o.Key))));
        return faults;
    }

    /// <summary>Faults of a due rule.</summary>
    /// <param name="self">Key of the obligation whose rule it is.</param>
    /// <param name="exists">Whether there is an obligation with that key.</param>
    public static IEnumerable<Fault> Due(DueTerms due, string at, string self, Func<string, bool> exists)
    {
        var ways = new object?[] { due.On, due.Month, due.EveryYear, due.Before, due.After, due.Scheduled is true ? due : null,
            due.None is true ? due : null, due.Signed is true ? due : null };
        if (ways.Count(way => way is not null) != 1 || due.Scheduled is false || due.None is false || due.Signed is false)
            yield return new(at, "one-due-rule");
        if (due.EveryYear is { } reversed && reversed.From > reversed.To)
            yield return new($"{at}/everyYear/to", "every-year-reversed", ("from", reversed.From), ("to", reversed.To));
        if (due.EveryYear is { } every && (every.Month is < 1 or > 12 || !DateRange.Holds(every.From) || every.To - every.From > MaxYears))
            yield return new($"{at}/everyYear", "every-year");
        foreach (var fault in DateRange.Faults(($"{at}/on", due.On), ($"{at}/month", due.Month?.OnDayOfMonth(1))))
            yield return fault;
        if (due.Other is { } other && (other == self || !exists(other)))
            yield return Unfit($"{at}/{(due.Before is null ? "after" : "before")}", other, self);
        if (due.Other is null && (due.From ?? due.To ?? (due.Signed is true ? null : due.Days ?? due.Months)) is not null)
            yield return new(at, "days-without-other");
        if (due.Days is < 0 or > 3650)
            yield return new($"{at}/days", "days-range");
        if (due.Months is < 0 or > 120)
            yield return new($"{at}/months", "months-range");
        if (due.From > due.To)
            yield return new(at, "period-reversed", ("earliest", due.From!.Value));
    }

    /// <summary>The keys of a circle in what hangs or rests on what, or null when there is none.</summary>
    public static IReadOnlyList<string>? Circle(IReadOnlyDictionary<string, Obligation> obligations) =>
        Circle(obligations.Keys, key => obligations.TryGetValue(key, out var o) && !o.IsSettled && o.Due.Other is { } other ? [other] : [])
        ?? Circle(obligations.Keys, key => obligations.TryGetValue(key, out var o) ? o.Rests : []);

    /// <summary>Those whose dates, counted from others', lie outside the years that a date may lie in.</summary>
    public static IEnumerable<Obligation> OutOfRange(ImmutableDictionary<string, Obligation> obligations, LocalDate? signedOn = null) =>
        DueDates.Work(obligations, WorkingDayRule.None, null, 0, signedOn).Values.Where(o => !o.IsSettled && o.DueOn is { } dueOn
            && !DateRange.Holds(dueOn.Year));

    internal static bool IsKey(string key) => key.Length <= 60 && ObligationKey().IsMatch(key);

    static IEnumerable<Fault> Parties(IReadOnlyList<Party> parties)
    {
        if (parties.Count > MaxParties)
        {
            yield return new("/parties", "too-many", ("max", MaxParties));
            yield break;
        }
        for (var i = 0; i < parties.Count; i++)
        {
            foreach (var fault in One(parties[i], $"/parties/{i}"))
                yield return fault;
            if (parties.Take(i).Any(p => p.Key == parties[i].Key))
                yield return new($"/parties/{i}/key", "key-taken", ("key", parties[i].Key));
        }
        foreach (var role in new[] { PartyRole.Grantor, PartyRole.Recipient })
            if (parties.All(p => p.Role != role))
                yield return new("/parties", "party-role-missing", ("role", role));
    }

    internal static IEnumerable<Fault> One(Party party, string at)
    {
        if (!PartyKey.Is(party.Key))
            yield return new($"{at}/key", "party-key", ("key", party.Key));
        if (Fault.Text($"{at}/name", party.Name, 200) is { } text)
            yield return text;
        var names = party.Names ?? [];
        if (names.Count > MaxNames)
            yield return new($"{at}/names", "too-many", ("max", MaxNames));
        for (var i = 0; i < names.Count; i++)
            if (Fault.Text($"{at}/names/{i}/name", names[i].Name, 200) is { } wrong)
                yield return wrong;
        foreach (var fault in NamesOverTime.Faults($"{at}/names", names))
            yield return fault;
    }

    static IEnumerable<Fault> Goals(IReadOnlyList<Goal> goals) =>
        Keyed("/goals", [.. goals.Select(goal => (goal.Key, goal.Title))], MaxGoals, 1000);

    // What is told by a key and a title, each key once.
    static IEnumerable<Fault> Keyed(string at, IReadOnlyList<(string Key, string Title)> items, int most, int longest)
    {
        if (items.Count > most)
            yield return new(at, "too-many", ("max", most));
        for (var i = 0; i < items.Count; i++)
        {
            if (!IsKey(items[i].Key))
                yield return new($"{at}/{i}/key", "obligation-key", ("key", items[i].Key));
            if (Fault.Text($"{at}/{i}/title", items[i].Title, longest) is { } text)
                yield return text;
            if (items.Take(i).Any(item => item.Key == items[i].Key))
                yield return new($"{at}/{i}/key", "key-taken", ("key", items[i].Key));
        }
    }

    static IEnumerable<Fault> Texts(ObligationTerms terms, string at)
    {
        var faults = new List<Fault>();
        faults.AddOptionalText($"{at}/text", terms.Text, LongestText);
        foreach (var (part, why) in terms.Reading?.Parts ?? [])
            faults.AddText($"{at}/reading/{part}", why, LongestText);
        if (terms.Contents is { Count: > 0 } contents)
        {
            if (terms.Kind != ObligationKind.Deliverable)
                faults.Add(new($"{at}/contents", "contents-of-deliverable"));
            faults.AddRange(Keyed($"{at}/contents", [.. contents.Select(item => (item.Key, item.Title))], MaxContents, 300));
        }
        return faults;
    }

    internal static IEnumerable<Fault> Rungs(IReadOnlyList<int> days, string at)
    {
        if (days.Count > 20 || days.Any(d => d is < 1 or > 730) || days.Distinct().Count() != days.Count)
            yield return new(at, "rungs");
    }

    static IEnumerable<Fault> Obligations(Terms terms)
    {
        var all = terms.Obligations;
        if (all.Count is 0 or > MaxObligations)
        {
            yield return new("/obligations", "obligations-count", ("max", MaxObligations));
            yield break;
        }
        var stated = all.Select(o => o.Key).ToHashSet();
        var reserved = Reserved(terms.Grant);
        var requisitions = (terms.Grant?.Instalments ?? []).Where(i => i.RequisitionDueOn is not null)
            .Select(i => Occurrences.RequisitionKey(i.Key)).ToHashSet();
        // A single year's occurrence may be named, as in annual-consultation-2016.
        string? Stated(string key) => stated.Contains(key) ? key : Year().IsMatch(key) && stated.Contains(key[..^5]) ? key[..^5] : null;
        bool Exists(string key) => Stated(key) is not null || requisitions.Contains(key);

        var faults = new List<Fault>();
        for (var i = 0; i < all.Count; i++)
        {
            faults.AddRange(One(all[i], $"/obligations/{i}", terms.Parties, Exists));
            if (all.Take(i).Any(o => o.Key == all[i].Key) || reserved.Contains(all[i].Key))
                faults.Add(new($"/obligations/{i}/key", "key-taken", ("key", all[i].Key)));
        }
        foreach (var fault in faults)
            yield return fault;
        if (faults.Count > 0)
            yield break;

        int At(string key) => all.Select((o, i) => (o.Key, i)).First(o => o.Key == key).i;
        var byKey = all.ToDictionary(o => o.Key);
        foreach (var (field, circle) in new[]
        {
            ("due", Circle(stated, key => byKey[key].Due.Other is { } other && Stated(other) is { } found ? [found] : [])),
            ("rests", Circle(stated, key => [.. (byKey[key].Rests ?? []).Select(Stated).OfType<string>()]))
        })
            if (circle is not null)
            {
                // Any of them can be mended.
                foreach (var key in circle.Distinct())
                    yield return new($"/obligations/{At(key)}/{field}", "circle", ("keys", string.Join(" → ", circle)));
                yield break;
            }

        var occurrences = Occurrences.Of(all, []);
        if (occurrences.Count > MaxOccurrences)
        {
            yield return new("/obligations", "obligations-count", ("max", MaxOccurrences));
            yield break;
        }
        foreach (var twice in occurrences.GroupBy(o => o.Key).Where(same => same.Count() > 1 || reserved.Contains(same.Key)))
            yield return new($"/obligations/{At(twice.Last().TermsKey)}/key", "key-taken", ("key", twice.Key));
        var keys = occurrences.Select(o => o.Key).Concat(requisitions).ToHashSet();
        foreach (var (at, missing) in occurrences.SelectMany(o => o.Rests.Select(key => ($"/obligations/{At(o.TermsKey)}/rests", key))
            .Append(($"/obligations/{At(o.TermsKey)}/due", o.Due.Other!)))
            .Where(named => named.Item2 is not null && !keys.Contains(named.Item2)).Distinct())
            yield return new(at, "unknown-obligation", ("key", missing));
        foreach (var never in stated.Except(occurrences.Select(o => o.TermsKey)))
            yield return new($"/obligations/{At(never)}/due", "no-year");
        foreach (var far in OutOfRange(occurrences.DistinctBy(o => o.Key).ToImmutableDictionary(o => o.Key)))
            yield return new($"/obligations/{At(far.TermsKey)}/due", "date-range", ("date", far.DueOn!.Value),
                ("from", DateRange.FirstYear), ("to", DateRange.LastYear));
    }

    static IEnumerable<Fault> One(ObligationTerms terms, string at, IReadOnlyList<Party> parties, Func<string, bool> exists)
    {
        bool Unknown(string party) => parties.All(p => p.Key != party);
        if (!IsKey(terms.Key))
            yield return new($"{at}/key", "obligation-key", ("key", terms.Key));
        if (Fault.Text($"{at}/title", terms.Title, 300) is { } text)
            yield return text;
        if (terms.Responsible.Count == 0)
            yield return new($"{at}/responsible", "required");
        foreach (var party in terms.Responsible.Append(terms.Recipient).OfType<string>().Where(Unknown))
            yield return new(at, "unknown-party", ("key", party));
        if (terms.Kind == ObligationKind.Requisition)
            yield return new($"{at}/kind", "requisition-kind");
        if (terms.Is is { } purpose && !purpose.Suits(terms.Kind))
            yield return new($"{at}/is", "purpose-kind", ("purpose", purpose));
        if (terms is { Acceptance: true, Recipient: null })
            yield return new($"{at}/acceptance", "acceptance-without-recipient");
        // A kind that no document can have could never be handed over.
        foreach (var kind in (terms.Documents ?? []).Where(kind => !RegisterDecisions.IsKind(kind)))
            yield return new($"{at}/documents", "document-kind", ("kind", kind));
        if (Fault.OptionalText($"{at}/clause", terms.Clause, 500) is { } clause)
            yield return clause;
        if (terms.Kind is ObligationKind.Continuous && terms.Due is not { None: true })
            yield return new($"{at}/due", "continuous-undated");
        foreach (var fault in Due(terms.Due, $"{at}/due", terms.Key, exists))
            yield return fault;
        foreach (var fault in AgendaCheck.Faults(terms, at).Concat(Texts(terms, at)))
            yield return fault;
        foreach (var rest in (terms.Rests ?? []).Where(rest => rest == terms.Key || !exists(rest)))
            yield return Unfit($"{at}/rests", rest, terms.Key);
    }

    static Fault Unfit(string at, string named, string self) =>
        named == self ? new(at, "circle", ("keys", $"{self} → {self}")) : new(at, "unknown-obligation", ("key", named));

    // Kept for the obligations that the grant brings of itself, now or when an instalment is released.
    static HashSet<string> Reserved(GrantTerms? grant) =>
        (grant?.Instalments ?? []).SelectMany(i => new[] { Occurrences.RequisitionKey(i.Key), Occurrences.RepaymentKey(i.Key) })
            .ToHashSet();

    static List<string>? Circle(IEnumerable<string> keys, Func<string, IReadOnlyList<string>> next)
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        return keys.Select(Walk).FirstOrDefault(circle => circle is not null);

        List<string>? Walk(string key)
        {
            if (done.Contains(key))
                return null;
            if (path.IndexOf(key) is >= 0 and var start)
                return [.. path[start..], key];
            path.Add(key);
            foreach (var other in next(key))
                if (Walk(other) is { } circle)
                    return circle;
            path.RemoveAt(path.Count - 1);
            done.Add(key);
            return null;
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ObligationKey();


    [GeneratedRegex(@"-[0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
