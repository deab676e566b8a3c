using System.Text.Json;
using System.Text.Json.Serialization;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using NodaTime;

namespace MrAgreement.Agreements;

/// <summary>An agreement as data: parties, obligations with their due rules, and the grant, each with the clause it comes from.</summary>
/// <param name="WorkingDayRule">What happens to a date that is no working day; absent means that nothing does.</param>
/// <param name="Reminders">When to remind; absent means <see cref="ReminderPlan.Usual"/>.</param>
/// <param name="Grant">The money; absent when the agreement moves none.</param>
public sealed record Terms(
    DiaryNumber DiaryNumber,
    string Title,
    IReadOnlyList<Party> Parties,
    Period Period,
    IReadOnlyList<ObligationTerms> Obligations,
    WorkingDayRule? WorkingDayRule = null,
    ReminderPlan? Reminders = null,
    GrantTerms? Grant = null);

/// <summary>From the first day to the last, both included.</summary>
public sealed record Period(LocalDate From, LocalDate To);

/// <summary>On which days reminders are sent, counted from the effective date.</summary>
/// <param name="Before">Days before it, as in 90, 30, 14, 7, 1.</param>
/// <param name="Overdue">Days after it, as in 1, 7, 14, 28.</param>
public sealed record ReminderPlan(IReadOnlyList<int> Before, IReadOnlyList<int> Overdue)
{
    public static readonly ReminderPlan Usual = new([90, 30, 14, 7, 1], [1, 7, 14, 28]);

    // Without init: a copy with other days would keep the rungs of these.
    public IReadOnlyList<int> Before { get; } = Before;
    public IReadOnlyList<int> Overdue { get; } = Overdue;

    /// <summary>The signed rungs, earliest first: −90 … +28. Worked out once, since every command asks for them.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Rungs { get; } = [.. (Before ?? []).Select(days => -days).Concat(Overdue ?? []).Order()];
}

/// <summary>One obligation as the terms state it; a yearly one stands for one occurrence a year.</summary>
/// <param name="Key">Short key, as in <c>mapping-report</c>.</param>
/// <param name="Responsible">The parties that owe it.</param>
/// <param name="Recipient">The party it is owed to; absent when nobody in particular.</param>
/// <param name="Rests">What should come before it: it orders and warns, and never blocks.</param>
/// <param name="Acceptance">Whether the recipient accepts or returns what is delivered; otherwise delivery is enough.</param>
/// <param name="Documents">Kinds of document that a submission must hold.</param>
/// <param name="Clause">Heading of the clause it comes from.</param>
/// <param name="Financial">Whether finance staff may deliver it; absent means that its key or document kinds tell.</param>
/// <param name="Agenda">What a joint obligation must treat; absent when the agreement does not say.</param>
public sealed record ObligationTerms(
    string Key,
    string Title,
    IReadOnlyList<string> Responsible,
    ObligationKind Kind,
    DueTerms Due,
    string? Recipient = null,
    IReadOnlyList<string>? Rests = null,
    bool? Acceptance = null,
    IReadOnlyList<string>? Documents = null,
    string? Clause = null,
    bool? Financial = null,
    IReadOnlyList<AgendaItem>? Agenda = null);

/// <summary>When an obligation is due, as the terms state it: exactly one of the ways is given.</summary>
/// <param name="On">On a fixed date.</param>
/// <param name="Month">At the latest in a month: its last day.</param>
/// <param name="EveryYear">At the latest in a month of every year.</param>
/// <param name="Before">At the latest so many <paramref name="Days"/> before another obligation (0: the same day).</param>
/// <param name="After">At the latest so many <paramref name="Days"/> after another obligation.</param>
/// <param name="From">First year, when what it hangs on is yearly; absent means the other's first.</param>
/// <param name="To">Last year, likewise.</param>
/// <param name="Scheduled">On a date that is set later.</param>
/// <param name="None">No date.</param>
public sealed record DueTerms(
    LocalDate? On = null,
    YearMonth? Month = null,
    EveryYear? EveryYear = null,
    string? Before = null,
    string? After = null,
    int? Days = null,
    int? From = null,
    int? To = null,
    bool? Scheduled = null,
    bool? None = null)
{
    /// <summary>Key of the obligation that it hangs on; null when it hangs on none.</summary>
    [JsonIgnore]
    public string? Other => Before ?? After;
}

/// <param name="Month">1 to 12; due on the month's last day.</param>
/// <param name="From">First year.</param>
/// <param name="To">Last year, included.</param>
public sealed record EveryYear(int Month, int From, int To);

/// <summary>The money of the agreement.</summary>
/// <param name="Currency">Always SEK.</param>
/// <param name="Total">What the parties speak of in all, decided or not.</param>
/// <param name="Interest">Rule of interest on late repayment; absent means none.</param>
/// <param name="Eligible">Days on which a cost may arise; absent when the terms set none.</param>
/// <param name="VarianceThreshold">Share of the budget (0.1 = 10 %) beyond which a deviation must be explained.</param>
/// <param name="Shares">Sub-recipients and the weights by which they share.</param>
/// <param name="Overhead">The most that overhead may come to; absent when the terms set none.</param>
/// <param name="OwnContribution">What the recipient must bear itself; absent when the terms ask for nothing.</param>
/// <param name="AttestationLimit">The largest requisition that an approver may attest; absent when the terms set none.</param>
public sealed record GrantTerms(
    string Currency,
    Money.Kronor Total,
    IReadOnlyList<InstalmentTerms> Instalments,
    InterestRule? Interest = null,
    Period? Eligible = null,
    decimal? VarianceThreshold = null,
    IReadOnlyList<CostCategory>? Categories = null,
    IReadOnlyList<Share>? Shares = null,
    TransferKind? Transfer = null,
    Overhead? Overhead = null,
    Money.Kronor? OwnContribution = null,
    Money.Kronor? AttestationLimit = null)
{
    /// <summary>What is decided for a cost category over the whole of the agreement's time; those without such a decision are left out.</summary>
    public IReadOnlyDictionary<string, Money.Kronor> DecidedBudgets() => (Categories ?? []).Where(c => c.Budget is not null).ToDictionary(c => c.Key, c => c.Budget!.Value);
}

/// <param name="Category">Cost category of the overhead.</param>
/// <param name="Share">Of the other costs (0.1 = 10 %).</param>
public sealed record Overhead(string Category, decimal Share);

/// <param name="Condition">What must happen before it is decided, as in <c>riksdag-appropriation</c>; absent when it is decided from signature.</param>
/// <param name="RequisitionDueOn">Last day to requisition it; absent when a later decision says.</param>
public sealed record InstalmentTerms(
    string Key, Money.Kronor Amount, string? Condition = null, LocalDate? RequisitionDueOn = null, Appropriation? Appropriation = null);

/// <summary>Where in the state budget the money comes from.</summary>
/// <param name="Area">Expenditure area (utgiftsområde), 1 to 27.</param>
/// <param name="Item">Appropriation (anslag), as in <c>6:1</c>.</param>
/// <param name="Post">Appropriation item (anslagspost).</param>
public sealed record Appropriation(int Area, string Item, int? Post = null);

public enum InterestRule
{
    None,

    /// <summary>Reference rate + 8 percentage points, by räntelagen (1975:635) 6 §.</summary>
    [JsonStringEnumMemberName("rantelagen-6")]
    Räntelagen6
}

public enum TransferKind
{
    /// <summary>Paid on requisition, unspent money is paid back.</summary>
    Bidrag,

    /// <summary>A right to charge the appropriation: nothing is requisitioned, paid or paid back.</summary>
    Dispositionsratt
}

/// <param name="Weight">A whole number of equal parts.</param>
public sealed record Share(string Party, int Weight);

/// <summary>A cost category of the terms; written as its key alone when it has nothing more.</summary>
/// <param name="Accounts">Accounts or ranges of the chart of accounts, as in <c>7000-7699</c>.</param>
/// <param name="Budget">What is decided for it in all, over the years; absent when the terms leave it open.</param>
[JsonConverter(typeof(Converter))]
public sealed record CostCategory(string Key, string? Title = null, IReadOnlyList<string>? Accounts = null, Money.Kronor? Budget = null)
{
    sealed record Whole(string Key, string? Title, IReadOnlyList<string>? Accounts, Money.Kronor? Budget);

    sealed class Converter : JsonConverter<CostCategory>
    {
        public override CostCategory Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return new(reader.GetString()!);
            var whole = JsonSerializer.Deserialize<Whole>(ref reader, options);
            return whole?.Key is null ? throw new JsonException("A cost category has a key.") : new(whole.Key, whole.Title, whole.Accounts, whole.Budget);
        }

        public override void Write(Utf8JsonWriter writer, CostCategory value, JsonSerializerOptions options)
        {
            if (value is { Title: null, Accounts: null, Budget: null })
                writer.WriteStringValue(value.Key);
            else
                JsonSerializer.Serialize(writer, new Whole(value.Key, value.Title, value.Accounts, value.Budget), options);
        }
    }
}
