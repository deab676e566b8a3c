namespace MrAgreement.Banking;

/// <summary>Bundles: told whole by one file and in its parts by another, they count once.</summary>
sealed class ToldEntries(Dictionary<Telling, Duplicate> known, Dictionary<Telling, Perhaps> asked, OwnAccounts accounts)
{
    const int MostCompared = 200;

    readonly Dictionary<ToldMoney, List<ToldPayment>> wholes = [];
    readonly Dictionary<ToldMoney, List<IReadOnlyList<ToldPayment>>> bundles = [];

    // Parts of files that have told a bundle whole: each does so once.
    readonly HashSet<(ToldPayment First, int Part)> toldWhole = [];

    /// <summary>Takes an entry of which its file has no more than the whole.</summary>
    public void TakeWhole(ToldPayment whole, bool isNew)
    {
        Kept(wholes, whole.Money).Add(whole);
        if (!isNew || whole.IsSettled || IsKnown(whole) || !bundles.TryGetValue(whole.Money, out var alike))
            return;
        var fits = alike.Take(MostCompared).Where(parts => !toldWhole.Contains((parts[0], whole.Part)))
            .Select(parts => (Parts: parts, Same: With(whole, parts))).Where(f => f.Same is not null).ToList();
        if (fits.Find(f => f.Same == true).Parts is { } same)
            Know(whole, same);
        else
            foreach (var (parts, _) in fits)
                Ask(whole, parts[0]);
    }

    /// <summary>Takes an entry with its transactions.</summary>
    public void TakeBundle(IReadOnlyList<ToldPayment> parts, bool isNew)
    {
        if (ToldMoney.Of(parts) is not { } sum)
            return;
        Kept(bundles, sum).Add(parts);
        if (!isNew || parts.All(IsKnown) || !wholes.TryGetValue(sum, out var alike))
            return;
        var fits = alike.Take(MostCompared).Where(whole => !IsKnown(whole)).Select(whole => (Whole: whole, Same: With(whole, parts)))
            .Where(f => f.Same is not null).ToList();
        if (fits.Find(f => f.Same == true).Whole is { } same)
            Meet(same, parts);
        else
            foreach (var (whole, _) in fits)
                if (!whole.IsSettled)
                    Ask(whole, parts[0]);
                else
                    foreach (var part in parts.Where(p => !IsKnown(p)))
                        Ask(part, whole);
    }

    // The parts are what is matched, unless somebody has decided on the whole.
    void Meet(ToldPayment whole, IReadOnlyList<ToldPayment> parts)
    {
        if (!whole.IsSettled)
            Know(whole, parts);
        else
            foreach (var part in parts.Where(p => !IsKnown(p)))
                Set(part, whole);
    }

    // Whether they are one; null when they can't be, false when nothing tells.
    bool? With(ToldPayment whole, IReadOnlyList<ToldPayment> parts)
    {
        var first = parts[0];
        if (whole.Part == first.Part || ToldPayment.AreDaysApart(whole.It, first.It)
            || accounts.AreOne(whole.It.Account, first.It.Account) == false)
            return null;
        return (whole.References.OfEntry, first.References.OfEntry) switch
        {
            ({ } one, { } other) => one == other ? true : null,
            _ => false
        };
    }

    bool IsKnown(ToldPayment it) => known.ContainsKey(it.At);

    void Know(ToldPayment whole, IReadOnlyList<ToldPayment> parts)
    {
        Set(whole, parts[0]);
        toldWhole.Add((parts[0], whole.Part));
    }

    // They are no telling of each other: the one is several of the other.
    void Set(ToldPayment it, ToldPayment other)
    {
        known[it.At] = new(DuplicateBasis.Entry, other.At);
        it.IsSettled = true;
    }

    void Ask(ToldPayment it, ToldPayment other)
    {
        if (!asked.TryGetValue(it.At, out var before))
            asked[it.At] = new([other.At]);
        else if (before.Others.Count < Tellings.MostAsked && !before.Others.Contains(other.At))
            asked[it.At] = new([.. before.Others, other.At]);
        it.IsAsked = true;
    }

    static List<T> Kept<T>(Dictionary<ToldMoney, List<T>> all, ToldMoney money) =>
        all.TryGetValue(money, out var list) ? list : all[money] = [];
}
