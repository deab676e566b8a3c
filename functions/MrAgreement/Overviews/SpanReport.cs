using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>A month or a quarter, as in <c>2016-05</c> or <c>2016-Q2</c>.</summary>
public sealed record ReportSpan
{
    ReportSpan(int year, int? month, int? quarter) => (Year, Month, Quarter) = (year, month, quarter);

    public int Year { get; }

    /// <summary>Null for a quarter.</summary>
    public int? Month { get; }

    /// <summary>Null for a month.</summary>
    public int? Quarter { get; }

    public LocalDate From => new(Year, Month ?? (Quarter!.Value - 1) * 3 + 1, 1);

    public LocalDate To => From.PlusMonths(Month is null ? 3 : 1).PlusDays(-1);

    public bool Holds(LocalDate day) => day >= From && day <= To;

    public static ReportSpan OfMonth(int year, int month) => new(year, month, null);

    public static ReportSpan OfQuarter(int year, int quarter) => new(year, null, quarter);

    /// <summary>Null when it is none.</summary>
    public static ReportSpan? Parse(string? written) =>
        written is not [_, _, _, _, '-', .. { Length: 2 } part] || Number(written[..4]) is not { } year || !DateRange.Holds(year) ? null
        : part is ['Q' or 'q', >= '1' and <= '4'] ? OfQuarter(year, part[1] - '0')
        : Number(part) is >= 1 and <= 12 and var month ? OfMonth(year, month)
        : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Year:0000}-{(Month is { } month ? month.ToString("00", CultureInfo.InvariantCulture) : $"Q{Quarter}")}");

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a party's agreements have had of a month or a quarter: what came in, what was decided, what is late, and money.</summary>
/// <param name="AsOf">The day on which what is late is so: the span's last, or today in one that is not over.</param>
/// <param name="Agreements">How many signed agreements there are.</param>
/// <param name="Late">What was overdue on that day, as it was known then; the oldest first.</param>
public sealed record SpanReport(string Party, ReportSpan Span, LocalDate AsOf, int Agreements, IReadOnlyList<RegistryRow> Received,
    IReadOnlyList<RegistryRow> Decided, IReadOnlyList<DueRow> Late, IReadOnlyList<MovedMoney> Moved)
{
    /// <summary>Diary numbers of agreements whose logs can't be read: nothing of them is in it.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    public Kronor In => Moved.Where(it => it.Direction == PaymentDirection.In).Sum(it => it.Amount);

    public Kronor Out => Moved.Where(it => it.Direction == PaymentDirection.Out).Sum(it => it.Amount);

    public static SpanReport None(string party, ReportSpan span, LocalDate today) =>
        new(party, span, LocalDate.Min(span.To, today), 0, [], [], [], []);

    /// <summary>With another agreement.</summary>
    /// <param name="it">As it is known now.</param>
    /// <param name="then">As it was known at the end of the day of which the report tells; null when there was none.</param>
    public SpanReport With(Dossier it, Dossier? then, Actor by)
    {
        if (!it.Exists || !Sight.Sees(it.Agreement, by))
            return this;
        var rows = Registry.Of(it, Party, by).Where(row => Span.Holds(row.On) && row.On <= AsOf && row.State is null).ToList();
        var seen = Sight.Seen(it, by);
        return this with
        {
            Agreements = Agreements + (it.Agreement.Status == AgreementStatus.Draft ? 0 : 1),
            Decided = [.. Decided, .. rows.Where(IsDecision)],
            Received = [.. Received, .. rows.Where(row => row.Direction == RegistryDirection.Incoming && !IsDecision(row))],
            Late = then is { Exists: true } ? [.. Late, .. Projection.Due(then).Where(row => row.IsLate(AsOf))] : Late,
            Moved =
            [
                .. Moved, .. seen.Grant.Payments
                    .Where(payment => payment.Reversed is null && Span.Holds(payment.PaidOn) && payment.PaidOn <= AsOf)
                    .Select(payment => new MovedMoney(it.Agreement.Terms.DiaryNumber.ToString(), payment.PaidOn, payment.Direction,
                        payment.Amount, payment.Reference))
            ]
        };
    }

    /// <summary>In order: each part by day.</summary>
    public SpanReport Sorted() => this with
    {
        Received = [.. Received.OrderBy(row => row.On).ThenBy(row => $"{row.Diary}", StringComparer.Ordinal)],
        Decided = [.. Decided.OrderBy(row => row.On).ThenBy(row => $"{row.Diary}", StringComparer.Ordinal)],
        Late = [.. Late.OrderBy(row => row.EffectiveDueOn).ThenBy(row => row.DiaryNumber, StringComparer.Ordinal)
            .ThenBy(row => row.Key, StringComparer.Ordinal)],
        Moved = [.. Moved.OrderBy(it => it.On).ThenBy(it => it.DiaryNumber, StringComparer.Ordinal)]
    };

    static bool IsDecision(RegistryRow row) => row.Kind is RegistryKind.Decision or RegistryKind.Amendment or RegistryKind.Signature;
}

/// <summary>Money that was paid, or paid back.</summary>
public sealed record MovedMoney(string DiaryNumber, LocalDate On, PaymentDirection Direction, Kronor Amount, string Reference);
