using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>What one transaction tells, set against what is open.</summary>
sealed class Evidence(BankTransaction it, Kronor amount, OpenItems open)
{
    // A payer may pay days before the requisition is recorded as sent, and weeks after.
    static readonly (int Before, int After) aboutWhen = (3, 30);

    // As between the two sides that record one transfer.
    const int SameTransfer = 5;

    readonly List<string> numbers = Numbers(it, open.HasOtherForms);
    List<string> Ours => field ??= numbers.FindAll(open.Knows);

    // The diary number or our own reference, and the exact amount.
    public MatchOutcome? Named()
    {
        var ours = Ours;
        List<OpenItem> byNumber = [.. ours.SelectMany(number =>
            Open((payment, most, from, to) => open.Exact(number, it.Direction, payment, amount)?.Open(most, from, to)))];
        var (rule, keys) = it.Direction == PaymentDirection.Out
            ? (MatchRule.EndToEndId, it.EndToEndId is { } id ? [BankText.Key(id)] : [])
            : (MatchRule.PaymentReference,
            it.PaymentReferences.Select(r => BankText.Key(r)).Where(OpenItems.IsPaymentReference).Distinct().ToList());
        List<OpenItem> byReference = [.. keys.SelectMany(key =>
            Open((payment, most, from, to) => open.Referring(key, it.Direction, payment, amount)?.Open(most, from, to))).Distinct()];
        List<OpenItem> inOtherAmounts = byReference.Count > 0
            ? []
            : [.. keys.SelectMany(key => open.Referring(key, it.Direction, false, null)?.Open(Matching.MostCandidates) ?? []).Distinct()];

        bool Agrees(OpenItem item) => ours.Count == 0 || ours.Contains(item.Diary);
        return (byNumber, byReference, inOtherAmounts) switch
        {
            ([], [], []) => null,
            ([], [], _) when inOtherAmounts.TrueForAll(Agrees) =>
                inOtherAmounts.Where(i => i.Left > amount).ToList() is [_, ..] partly && it.Direction == PaymentDirection.In
                ? Propose(MatchRule.PartPayment, partly)
                : Propose(MatchRule.AmountDiffers, inOtherAmounts),
            ([var only], [], []) when ours.Count == 1 => Match(MatchRule.DiaryNumber, only),
            (_, [], []) => Propose(MatchRule.DiaryNumber, byNumber),
            ([var only], _, _) when ours.Count == 1 && byReference.Contains(only) => Match(MatchRule.DiaryNumber, only),
            (_, [var only], _) when Agrees(only) => Match(rule, only),
            (_, [_, ..], _) when byReference.TrueForAll(Agrees) => Propose(rule, byReference),
            _ => Propose(MatchRule.Contradiction, [.. byNumber, .. byReference, .. inOtherAmounts])
        };
    }

    // The payer says how much is for what.
    public MatchOutcome? Parted()
    {
        if (it.Direction != PaymentDirection.In || it.Parts.Count < 2 || it.Parts.Sum(p => p.Amount) != amount)
            return null;
        var targets = new List<OpenItem>();
        foreach (var part in it.Parts)
        {
            List<OpenItem> fits = part.IsPaymentReference
                ? open.Referring(BankText.Key(part.Reference), PaymentDirection.In, false, part.Amount)?.Open(2) ?? []
                : [.. DiaryNumbersInText.In(part.Reference).Append(DiaryNumbersInText.Whole(part.Reference)).Distinct()
                .SelectMany(n => open.Exact(n, PaymentDirection.In, false, part.Amount)?.Open(2) ?? [])];
            if (fits is not [var only] || targets.Contains(only))
                return null;
            targets.Add(only);
        }
        return new Proposed(MatchRule.SeveralRequisitions, new Candidate([.. targets.Select(t => t.Target)]));
    }

    // The diary number, and what some requisitions make together or one of them has left over.
    public MatchOutcome? Part()
    {
        List<OpenGroup> groups = [.. Ours.Select(number => open.Group(number, it.Direction)).OfType<OpenGroup>()];
        if (it.Direction == PaymentDirection.Out)
            return groups.SelectMany(g => g.Oldest(Matching.MostCandidates)).ToList() is [_, ..] others
                ? Propose(MatchRule.AmountDiffers, others)
                : null;
        List<OpenItem[]> together = [.. groups.SelectMany(g => g.Making(amount))];
        if (together.Count > 0)
            return new Proposed(MatchRule.SeveralRequisitions,
                [.. together.Take(Matching.MostCandidates).Select(items => new Candidate([.. items.Select(i => i.Target)]))]);
        List<OpenItem> partly = [.. groups.SelectMany(g => g.MoreThan(amount))];
        return partly.Count > 0 ? Propose(MatchRule.PartPayment, partly) : null;
    }

    public MatchOutcome? Weak()
    {
        var keys = it.Written.Select(w => BankText.Key(w)).Where(key => key.Length > 3).Distinct();
        List<OpenItem> byReference = [.. keys.SelectMany(key =>
            Open((payment, most, from, to) => open.Referring(key, it.Direction, payment, amount)?.Open(most, from, to))).Distinct()];
        if (byReference.Count > 0)
            return Propose(MatchRule.OwnReference, byReference);
        List<string> payers = [.. it.Counterpart.Account is { Number.Length: > 0 } account ? [OpenItems.PayerKey(account)] : (string[])[],
            .. BankText.Beginnings(it.Counterpart.Name ?? "").Take(12)];
        var (from, to) = (it.BookedOn.PlusDays(-aboutWhen.After), it.BookedOn.PlusDays(aboutWhen.Before));
        List<OpenItem> byPayer = [.. payers.SelectMany(payer =>
            open.From(payer, it.Direction, amount)?.Open(Matching.MostCandidates, from, to) ?? []).Distinct()];
        if (byPayer.Count > 0)
            return Propose(MatchRule.AmountAndPayer, byPayer);
        List<OpenItem> recorded = [.. open.Recorded(it.Direction, amount)?.Open(Matching.MostCandidates,
            it.BookedOn.PlusDays(-SameTransfer), it.BookedOn.PlusDays(SameTransfer)) ?? []];
        return recorded.Count > 0 ? Propose(MatchRule.RecordedPayment, recorded) : null;
    }

    public Unmatched Nothing()
    {
        if (Ours is [var number, ..])
        {
            var written = number.TrimStart('=');
            return open.Group(number, it.Direction) is { Left: { IsPositive: true } left }
                ? new("amount-fits-none", ("diaryNumber", written), ("amount", amount), ("left", left))
                : new("nothing-open", ("diaryNumber", written));
        }
        return numbers.Find(n => DiaryNumber.TryParse(n, null, out var it) && it.HasKnownPrefix) is { } unknown
            ? new("diary-number-unknown", ("diaryNumber", unknown))
            : new("nothing-expected");
    }

    // Requisitions and repayments of any day; a payment recorded by hand only within days, or it is another one.
    List<OpenItem> Open(Func<bool, int, LocalDate, LocalDate, List<OpenItem>?> find) =>
    [
        .. find(false, Matching.MostCandidates, LocalDate.MinIsoValue, LocalDate.MaxIsoValue) ?? [],
        .. find(true, Matching.MostCandidates, it.BookedOn.PlusDays(-SameTransfer), it.BookedOn.PlusDays(SameTransfer)) ?? []
    ];

    Matched Match(MatchRule rule, OpenItem item)
    {
        open.Take(item);
        return new(rule, item.Target);
    }

    static Proposed Propose(MatchRule rule, IEnumerable<OpenItem> items) =>
        new(rule, [.. items.Distinct().Order().Take(Matching.MostCandidates).Select(i => new Candidate(i.Target))]);

    // Free text is broken into lines wherever the space ended: a number may stand half in each.
    static List<string> Numbers(BankTransaction it, bool hasOtherForms)
    {
        List<string> numbers = [.. it.Written.SelectMany(DiaryNumbersInText.In)];
        if (it.Texts.Count > 1)
            numbers.AddRange(DiaryNumbersInText.In(string.Concat(it.Texts)));
        if (hasOtherForms)
            numbers.AddRange(it.Written.Select(DiaryNumbersInText.Whole));
        return numbers.Count > 1 ? [.. numbers.Distinct()] : numbers;
    }
}
