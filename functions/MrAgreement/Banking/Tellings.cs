using System.Runtime.InteropServices;
using MrAgreement.Grants;

namespace MrAgreement.Banking;

/// <summary>
/// Which transactions of several files are one payment. They are when direction,
/// amount, currency and account agree, the days are as near as banks' are, no
/// reference that both give contradicts, and one that is no placeholder is
/// shared; one of these contradicting, they are two; else a person is asked.
/// </summary>
public sealed class Tellings
{
    // More are as alike as only a made-up file has them: then a person is asked.
    const int MostCompared = 200;

    // Of those that it may be, a person chooses among so many.
    internal const int MostAsked = 10;

    // A payment and its fee have one reference; what more entries of a file have tells nothing.
    const int MostEntriesOfReference = 2;

    readonly Dictionary<Guid, BankImport> imports;
    readonly Dictionary<Telling, Duplicate> known = [];
    readonly Dictionary<Telling, Perhaps> asked = [];
    readonly List<List<ToldPayment>> files;
    readonly OwnAccounts accounts = new();
    readonly Dictionary<(ToldMoney, int Kind, string Key), Alike> byReference = [];
    readonly Dictionary<(ToldMoney, LocalDate), List<Alike>> byDay = [];
    readonly HashSet<ToldMoney> amounts = [];
    readonly List<ToldPayment> unkept = [];
    readonly ToldEntries entries;
    int parts;

    /// <param name="logged">The imports in the log.</param>
    /// <param name="told">The files in the order of the log, one on its way in last.</param>
    public Tellings(IEnumerable<BankImport> logged, IReadOnlyList<ToldFile> told)
    {
        imports = logged.ToDictionary(i => i.Read.File.Import);
        entries = new(known, asked, accounts);
        files = [.. told.Select(Payments)];
        Recall();
        foreach (var file in files)
            Take(file);
    }

    /// <summary>What a transaction is, or may be; null when it is a payment of its own.</summary>
    public MatchOutcome? Of(Telling it) => known.TryGetValue(it, out var same) ? same : asked.GetValueOrDefault(it);

    /// <summary>What a file on its way in brings: those that are known, of any file, and the questions.</summary>
    public (IReadOnlyList<SameTransactions> Known, IReadOnlyList<SameTransactions> Asked) Brought(Guid import) =>
    (
        SameTransactions.Of(known.Where(k => k.Key.Import == import || k.Value.As.Import == import)
            .Select(k => (k.Key, k.Value.As, (DuplicateBasis?)k.Value.Basis, 0))),
        SameTransactions.Of(asked.Where(a => !known.ContainsKey(a.Key))
            .SelectMany(a => a.Value.Others.Select((other, place) => (a.Key, other, (DuplicateBasis?)null, place)))
            .Where(a => a.Key.Import == import || a.other.Import == import))
    );

    List<ToldPayment> Payments(ToldFile file)
    {
        var state = imports.GetValueOrDefault(file.Import);
        var named = new Dictionary<string, (int Entry, int Count)>();
        foreach (var it in file.Transactions)
        {
            accounts.Add(it);
            Count(it.EntryReference, it.Entry);
            if (it.BankReference != it.EntryReference)
                Count(it.BankReference, it.Entry);
        }
        var (all, first, last) = (new List<ToldPayment>(file.Transactions.Count), parts, 0);
        foreach (var it in file.Transactions)
        {
            last = Math.Max(last, it.Part);
            all.Add(new(new(file.Import, it.Number), it, first + it.Part,
                new(it, reference => named[reference].Count > MostEntriesOfReference))
            {
                IsSettled = state is not null && (state.IsDecided(it.Number) || state.Said.ContainsKey(it.Number))
            });
        }
        parts += last;
        return all;

        void Count(string? reference, int entry)
        {
            if (reference is null)
                return;
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(named, reference, out var isKnown);
            seen = isKnown && seen.Entry == entry ? seen : (entry, seen.Count + 1);
        }
    }

    // What the log has, of whichever file.
    void Recall()
    {
        if (!imports.Values.Any(i => i.IsTold))
            return;
        var all = files.SelectMany(f => f).ToDictionary(t => t.At);
        foreach (var it in all.Values)
            if (imports.GetValueOrDefault(it.At.Import)?.Told(it.At.Transaction) is not { } told)
                continue;
            else if (told is Duplicate same && all.TryGetValue(same.As, out var other))
            {
                known[it.At] = same;
                if (other.Money == it.Money)
                    it.Join(other);
                else
                    it.IsSettled = true;
            }
            else if (told is Perhaps perhaps)
            {
                asked[it.At] = perhaps;
                it.IsAsked = true;
            }
    }

    void Take(List<ToldPayment> file)
    {
        // What came before tellings were kept is looked at anew.
        var isNew = file is [var one, ..] && imports.GetValueOrDefault(one.At.Import)?.Read.Known is null;
        for (var (from, to) = (0, 0); from < file.Count; from = to)
        {
            for (to = from + 1; to < file.Count && (file[to].Part, file[to].It.Entry) == (file[from].Part, file[from].It.Entry); to++) { }
            Close(file[from].Part);
            var entry = file.GetRange(from, to - from);
            // What is told best finds its like first: it fits fewer.
            foreach (var it in entry.Count == 1 ? entry : [.. entry.OrderByDescending(t => t.References.Keys.Count)])
            {
                if (isNew && !it.IsSettled && Of(it.At) is null)
                    Find(it);
                Keep(it);
            }
            if (entry.Count > 1)
                entries.TakeBundle(entry, isNew);
            else if (entry[0].It.IsWholeEntry)
                entries.TakeWhole(entry[0], isNew);
        }
    }

    void Find(ToldPayment it)
    {
        var (same, basis, perhaps, left) = ((ToldPayment?)null, default(DuplicateBasis), new List<ToldPayment>(), MostCompared);
        foreach (var (kind, key) in it.References.Keys)
        {
            if (!byReference.TryGetValue((it.Money, kind, key), out var alike))
                continue;
            for (var i = alike.First(it.Part); i < alike.Count && left >= 0; i++)
            {
                var other = alike[i];
                if (other.IsIn(it.Part) || other.With(it, accounts) is not { Contradict: false } like)
                    left--;
                else if (like.Same is not { } by)
                    perhaps.Add(other);
                else if (same is null || IsNearer(other, same, it))
                    (same, basis) = (other, by);
                if (perhaps.Count > MostCompared)
                    break;
            }
        }
        if (same is not null)
        {
            Know(it, same.Standing, basis);
            return;
        }
        perhaps.AddRange(Unnamed(it));
        if (perhaps.Count == 0)
            perhaps.AddRange(Repeated(it));
        // So many were alike that not all were looked at.
        if (perhaps.Count == 0 && left < 0)
            perhaps.Add(it.References.Keys.Select(k => byReference.GetValueOrDefault((it.Money, k.Kind, k.Key))).OfType<Alike>()
                .First()[0]);
        if (perhaps.Count == 0)
            return;
        asked[it.At] = new([.. perhaps.Select(p => p.Standing.At).Distinct().Take(MostAsked)]);
        it.IsAsked = true;
    }

    // An advice and a statement tell of one payment more often than two statements do; then the nearest day.
    static bool IsNearer(ToldPayment it, ToldPayment than, ToldPayment to)
    {
        var (kind, other) = (it.It.IsAdvice == to.It.IsAdvice, than.It.IsAdvice == to.It.IsAdvice);
        return kind != other ? other : Days(it) < Days(than);
        int Days(ToldPayment from) => Math.Abs(Period.DaysBetween(from.It.BookedOn, to.It.BookedOn));
    }

    // Those that have no kind of reference in common with it: neither shared nor contradicting. The nearest days first.
    IEnumerable<ToldPayment> Unnamed(ToldPayment it)
    {
        if (!amounts.Contains(it.Money))
            return [];
        return (from n in Enumerable.Range(0, 2 * Payment.DaysApart + 1)
                from alike in byDay.GetValueOrDefault((it.Money, it.It.BookedOn.PlusDays((n + 1) / 2 * (n % 2 == 0 ? 1 : -1)))) ?? []
                where (alike.Given & it.References.Given) == 0
                from other in alike.Some(MostCompared)
                where !other.IsIn(it.Part) && !other.With(it, accounts).Contradict
                select other).Take(MostAsked);
    }

    // A part books a payment once: what it seems to book twice is two, or a file that repeats itself.
    IEnumerable<ToldPayment> Repeated(ToldPayment it) =>
        (from named in it.References.Keys
         from other in byReference.GetValueOrDefault((it.Money, named.Kind, named.Key))?.Last(MostCompared) ?? []
         where other.Part == it.Part && other.It.Entry != it.It.Entry && other.It.BookedOn == it.It.BookedOn
             && it.With(other, accounts) is { Contradict: false, Same: not null }
         select other).Take(1);

    void Know(ToldPayment it, ToldPayment standing, DuplicateBasis basis)
    {
        // A statement often knows only the amount, and the advice of the same payment who pays what.
        var (counted, counts) = !standing.IsSettled && !standing.IsAsked && it.It.Told > standing.It.Told ? (standing, it) : (it, standing);
        known[counted.At] = new(basis, counts.At);
        counted.Join(counts);
    }

    void Keep(ToldPayment it)
    {
        foreach (var (kind, key) in it.References.Keys)
        {
            ref var alike = ref CollectionsMarshal.GetValueRefOrAddDefault(byReference, (it.Money, kind, key), out _);
            (alike ??= new(0)).Add(it);
        }
        // Nothing is held against the last.
        if (it.Part < parts)
            unkept.Add(it);
    }

    // What an earlier part told is what the next is held against.
    void Close(int next)
    {
        if (unkept is not [var before, ..] || before.Part == next)
            return;
        foreach (var earlier in unkept)
        {
            amounts.Add(earlier.Money);
            ref var ofDay = ref CollectionsMarshal.GetValueRefOrAddDefault(byDay, (earlier.Money, earlier.It.BookedOn), out _);
            var alike = (ofDay ??= []).Find(a => a.Given == earlier.References.Given);
            if (alike is null)
                ofDay.Add(alike = new(earlier.References.Given));
            alike.Add(earlier);
        }
        unkept.Clear();
    }

    // Those that have a reference in common, or no kind of it.
    sealed class Alike(int given) : List<ToldPayment>(1)
    {
        int part, first, next;

        public int Given => given;

        /// <summary>Others each time, so that those that are alike are not all held against the same.</summary>
        public IEnumerable<ToldPayment> Some(int most)
        {
            var from = next++;
            for (var i = 0; i < Math.Min(most, Count); i++)
                yield return this[(from + i) % Count];
        }

        public IEnumerable<ToldPayment> Last(int most)
        {
            for (var i = Count - 1; i >= Math.Max(0, Count - most); i--)
                yield return this[i];
        }

        // Where the first stands that may be told in a part; the part's own come after those of others.
        public int First(int of)
        {
            (part, first) = part == of ? (part, first) : (of, 0);
            while (first < Count && this[first].IsIn(of))
                first++;
            return first;
        }
    }
}
