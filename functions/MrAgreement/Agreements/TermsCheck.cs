using System.Text.RegularExpressions;
using MrAgreement.EventSourcing;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What must hold of terms before an agreement can be made of them: every fault with the place where it is.</summary>
public static partial class TermsCheck
{
    const int MaxObligations = 200;
    const int MaxYears = 50;

    public static IReadOnlyList<Fault> Faults(Terms terms)
    {
        var faults = new List<Fault>();
        if (terms.Title.Trim().Length is 0 or > 500)
            faults.Add(new("/title", "text-length", ("max", 500)));
        if (terms.Period.From > terms.Period.To)
            faults.Add(new("/period", "period-reversed"));
        faults.AddRange(Parties(terms.Parties));
        if (terms.Reminders is { } plan)
            faults.AddRange([.. Rungs(plan.Before, "/reminders/before"), .. Rungs(plan.Overdue, "/reminders/overdue")]);
        if (terms.Grant is { } grant)
            faults.AddRange(GrantCheck.Faults(grant));
        faults.AddRange(Obligations(terms));
        return faults;
    }

    /// <summary>Faults of an obligation that an amendment adds.</summary>
    public static IEnumerable<Fault> Added(ObligationTerms added, Agreement to, string at)
    {
        foreach (var fault in One(added, at, to.Terms.Parties, key => key != added.Key && (to.Obligations.ContainsKey(key) || to.InOrder.Any(o => o.TermsKey == key))))
            yield return fault;
        if (to.Obligations.ContainsKey(added.Key) || to.InOrder.Any(o => o.TermsKey == added.Key))
            yield return new($"{at}/key", "key-taken", ("key", added.Key));
    }

    /// <summary>Faults of a due rule.</summary>
    /// <param name="exists">Whether an obligation with that key exists besides this one.</param>
    public static IEnumerable<Fault> Due(DueTerms due, string at, Func<string, bool> exists)
    {
        var ways = new object?[] { due.On, due.Month, due.EveryYear, due.Before, due.After, due.Scheduled is true ? due : null, due.None is true ? due : null };
        if (ways.Count(way => way is not null) != 1 || due.Scheduled is false || due.None is false)
            yield return new(at, "one-due-rule");
        if (due.EveryYear is { } every && (every.Month is < 1 or > 12 || every.From > every.To || every.From is < 1900 or > 2200 || every.To - every.From > MaxYears))
            yield return new($"{at}/everyYear", "every-year");
        if (due.Other is { } other && !exists(other))
            yield return new($"{at}/{(due.Before is null ? "after" : "before")}", "unknown-obligation", ("key", other));
        if (due.Other is null && (due.Days ?? due.From ?? due.To) is not null)
            yield return new(at, "days-without-other");
        if (due.Days is < 0 or > 3650)
            yield return new($"{at}/days", "days-range");
        if (due.From > due.To)
            yield return new(at, "period-reversed");
    }

    /// <summary>The keys of a circle in what hangs or rests on what, or null when there is none.</summary>
    public static IReadOnlyList<string>? Circle(IReadOnlyDictionary<string, Obligation> obligations) =>
        Circle(obligations.Keys, key => obligations.TryGetValue(key, out var o) && !o.IsSettled && o.Due.Other is { } other ? [other] : [])
        ?? Circle(obligations.Keys, key => obligations.TryGetValue(key, out var o) ? o.Rests : []);

    static IEnumerable<Fault> Parties(IReadOnlyList<Party> parties)
    {
        for (var i = 0; i < parties.Count; i++)
        {
            if (!PartyKey().IsMatch(parties[i].Key))
                yield return new($"/parties/{i}/key", "party-key", ("key", parties[i].Key));
            if (parties[i].Name.Trim().Length is 0 or > 200)
                yield return new($"/parties/{i}/name", "text-length", ("max", 200));
            if (parties.Take(i).Any(p => p.Key == parties[i].Key))
                yield return new($"/parties/{i}/key", "key-taken", ("key", parties[i].Key));
        }
        foreach (var role in new[] { PartyRole.Grantor, PartyRole.Recipient })
            if (parties.All(p => p.Role != role))
                yield return new("/parties", "party-role-missing", ("role", role));
    }

    static IEnumerable<Fault> Rungs(IReadOnlyList<int> days, string at)
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
        var requisitions = (terms.Grant?.Instalments ?? []).Where(i => i.RequisitionDueOn is not null).Select(i => Occurrences.RequisitionKey(i.Key)).ToHashSet();
        // A single year's occurrence may be named, as in annual-consultation-2016.
        var yearly = all.Where(o => o.Due.EveryYear is not null).Select(o => o.Key).ToList();
        bool Exists(string key) => stated.Contains(key) || requisitions.Contains(key) || yearly.Any(y => key.StartsWith(y + "-", StringComparison.Ordinal) && Year().IsMatch(key[(y.Length + 1)..]));

        var faults = new List<Fault>();
        for (var i = 0; i < all.Count; i++)
        {
            faults.AddRange(One(all[i], $"/obligations/{i}", terms.Parties, Exists));
            if (all.Take(i).Any(o => o.Key == all[i].Key))
                faults.Add(new($"/obligations/{i}/key", "key-taken", ("key", all[i].Key)));
        }
        foreach (var fault in faults)
            yield return fault;
        if (faults.Count > 0)
            yield break;

        string? Stated(string key) => stated.Contains(key) ? key : yearly.Find(y => key.StartsWith(y + "-", StringComparison.Ordinal));
        var byKey = all.ToDictionary(o => o.Key);
        foreach (var circle in new[]
        {
            Circle(stated, key => byKey[key].Due.Other is { } other && Stated(other) is { } found ? [found] : []),
            Circle(stated, key => [.. (byKey[key].Rests ?? []).Select(Stated).OfType<string>()])
        })
            if (circle is not null)
            {
                yield return new($"/obligations/{all.ToList().FindIndex(o => o.Key == circle[0])}", "circle", ("keys", string.Join(" → ", circle)));
                yield break;
            }

        var occurrences = Occurrences.Of(all, []);
        var keys = occurrences.Select(o => o.Key).Concat(requisitions).ToList();
        foreach (var twice in keys.GroupBy(k => k).Where(same => same.Count() > 1))
            yield return new("/obligations", "key-taken", ("key", twice.Key));
        foreach (var missing in occurrences.SelectMany(o => o.Rests.Append(o.Due.Other)).OfType<string>().Distinct().Where(key => !keys.Contains(key)))
            yield return new("/obligations", "unknown-obligation", ("key", missing));
        foreach (var never in all.Where(o => occurrences.All(one => one.TermsKey != o.Key)))
            yield return new($"/obligations/{all.ToList().IndexOf(never)}/due", "no-year");
    }

    static IEnumerable<Fault> One(ObligationTerms terms, string at, IReadOnlyList<Party> parties, Func<string, bool> exists)
    {
        bool Unknown(string party) => parties.All(p => p.Key != party);
        if (!ObligationKey().IsMatch(terms.Key) || terms.Key.Length > 60)
            yield return new($"{at}/key", "obligation-key", ("key", terms.Key));
        if (terms.Title.Trim().Length is 0 or > 300)
            yield return new($"{at}/title", "text-length", ("max", 300));
        if (terms.Responsible.Count == 0)
            yield return new($"{at}/responsible", "required");
        foreach (var party in terms.Responsible.Append(terms.Recipient).OfType<string>().Where(Unknown))
            yield return new(at, "unknown-party", ("key", party));
        if (terms.Kind == ObligationKind.Requisition)
            yield return new($"{at}/kind", "requisition-kind");
        if (terms is { Acceptance: true, Recipient: null })
            yield return new($"{at}/acceptance", "acceptance-without-recipient");
        if (terms.Kind is ObligationKind.Continuous && terms.Due is not { None: true })
            yield return new($"{at}/due", "continuous-undated");
        foreach (var fault in Due(terms.Due, $"{at}/due", key => key != terms.Key && exists(key)))
            yield return fault with { Rule = fault.Rule == "unknown-obligation" && terms.Due.Other == terms.Key ? "circle" : fault.Rule, Values = fault.Rule == "unknown-obligation" ? [.. fault.Values, ("keys", terms.Key)] : fault.Values };
        foreach (var rest in (terms.Rests ?? []).Where(rest => rest == terms.Key || !exists(rest)))
            yield return new($"{at}/rests", rest == terms.Key ? "circle" : "unknown-obligation", ("key", rest), ("keys", rest));
    }

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

    [GeneratedRegex(@"^[A-ZÅÄÖ0-9][A-Za-zÅÄÖåäö0-9-]{0,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartyKey();

    [GeneratedRegex(@"^[0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
