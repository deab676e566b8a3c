using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Banking;

/// <summary>Everything expected, found by diary number, reference, payer and amount without looking through it.</summary>
sealed class OpenItems
{
    readonly Dictionary<(string Diary, PaymentDirection, bool IsPayment, Kronor), OpenList> byDiary = [];
    readonly Dictionary<(string Reference, PaymentDirection, bool IsPayment, Kronor?), OpenList> byReference = [];
    readonly Dictionary<(string Payer, PaymentDirection, Kronor), OpenList> byPayer = [];
    readonly Dictionary<(PaymentDirection, Kronor), OpenList> recorded = [];
    readonly Dictionary<(string Diary, PaymentDirection), OpenGroup> groups = [];
    readonly HashSet<string> diaries = [];

    public OpenItems(Expectations expected)
    {
        foreach (var it in expected.Requisitions.Where(r => r.Left.IsPositive))
        {
            var diary = DiaryNumbersInText.Key(it.DiaryNumber);
            Add(new(new RequisitionTarget(it.Agreement, it.Number), it.Agreement, it.Number, diary, PaymentDirection.In, it.Left,
                it.DispatchedOn, Keys([it.Reference])), it.Payer);
        }
        foreach (var it in expected.Repayments.Where(r => r.Amount.IsPositive))
        {
            var diary = DiaryNumbersInText.Key(it.DiaryNumber);
            Add(new(new RepaymentTarget(it.Agreement, it.Number), it.Agreement, it.Number, diary, PaymentDirection.Out, it.Amount,
                it.AttestedOn, Keys([it.Reference])), it.Payee);
        }
        foreach (var it in expected.Payments)
        {
            var diary = DiaryNumbersInText.Key(it.DiaryNumber);
            diaries.Add(diary);
            if (!it.IsSeen)
                Add(new(new PaymentTarget(it.Agreement, it.Number), it.Agreement, it.Number, diary, it.Direction, it.Amount, it.PaidOn,
                    Keys(it.References)), Counterpart.None);
        }
        HasOtherForms = diaries.Any(DiaryNumbersInText.IsWhole);
    }

    /// <summary>A reference that is all digits and ends in its check digit: 2–25 of them.</summary>
    public static bool IsPaymentReference(string key) => key.Length is >= 2 and <= 25 && Luhn.Holds(key);

    /// <summary>Whether some diary number is not of the ministries' form, so that whole texts must be looked up.</summary>
    public bool HasOtherForms { get; }

    /// <summary>Whether an agreement of ours has this diary number.</summary>
    public bool Knows(string diary) => diaries.Contains(diary);

    public OpenGroup? Group(string diary, PaymentDirection direction) => groups.GetValueOrDefault((diary, direction));

    public OpenList? Exact(string diary, PaymentDirection direction, bool isPayment, Kronor amount) =>
        byDiary.GetValueOrDefault((diary, direction, isPayment, amount));

    /// <param name="amount">Null for any.</param>
    public OpenList? Referring(string reference, PaymentDirection direction, bool isPayment, Kronor? amount) =>
        byReference.GetValueOrDefault((reference, direction, isPayment, amount));

    public OpenList? From(string payer, PaymentDirection direction, Kronor amount) => byPayer.GetValueOrDefault((payer, direction, amount));

    public OpenList? Recorded(PaymentDirection direction, Kronor amount) => recorded.GetValueOrDefault((direction, amount));

    public void Take(OpenItem item)
    {
        item.IsTaken = true;
        groups.GetValueOrDefault((item.Diary, item.Direction))?.Took(item);
    }

    void Add(OpenItem item, Counterpart counterpart)
    {
        diaries.Add(item.Diary);
        List(byDiary, (item.Diary, item.Direction, item.IsPayment, item.Left)).Add(item);
        foreach (var reference in item.References)
        {
            List(byReference, (reference, item.Direction, item.IsPayment, item.Left)).Add(item);
            List(byReference, (reference, item.Direction, item.IsPayment, null)).Add(item);
        }
        if (item.IsPayment)
        {
            List(recorded, (item.Direction, item.Left)).Add(item);
            return;
        }
        if (!groups.TryGetValue((item.Diary, item.Direction), out var group))
            groups.Add((item.Diary, item.Direction), group = new());
        group.Add(item);
        if (counterpart.Account is { Number.Length: > 0 } account)
            List(byPayer, (PayerKey(account), item.Direction, item.Left)).Add(item);
        if (counterpart.Name is { } name && BankText.Key(name) is { Length: > 2 } key)
            List(byPayer, (key, item.Direction, item.Left)).Add(item);
    }

    // No name begins with a sign.
    public static string PayerKey(BankAccount account) => $"#{account.Number}";

    static OpenList List<TKey>(Dictionary<TKey, OpenList> lists, TKey key) where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = new());
        return list;
    }

    static List<string> Keys(IEnumerable<string> references) =>
        [.. references.Select(r => BankText.Key(r)).Where(key => key.Length > 1).Distinct()];
}
