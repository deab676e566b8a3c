using System.Text.Json;
using System.Text.Json.Serialization;
using MrAgreement.Calendars;

namespace MrAgreement.Grants;

/// <summary>The money of the agreement.</summary>
/// <param name="Currency">Always SEK.</param>
/// <param name="Total">What the parties speak of in all, decided or not.</param>
/// <param name="Interest">Rule of interest on late repayment; absent means none.</param>
/// <param name="Eligible">Days on which a cost may arise; absent when the terms set none.</param>
/// <param name="VarianceThreshold">Share of the budget (0.1 = 10 %) beyond which a deviation must be explained.</param>
/// <param name="Shares">Sub-recipients and the weights by which they share.</param>
/// <param name="Overhead">The most that overhead may come to; absent when the terms set none.</param>
/// <param name="OwnContribution">What the recipient must bear itself; absent when the terms ask for nothing.</param>
/// <param name="AuditAbove">Costs beyond which a statement comes with an
/// auditor's certificate; absent when the terms set no such amount.</param>
/// <param name="AttestationLimit">The largest requisition that an approver may attest; absent when the terms set none.</param>
public sealed record GrantTerms(
    string Currency,
    Money.Kronor Total,
    IReadOnlyList<InstalmentTerms> Instalments,
    InterestRule? Interest = null,
    DateSpan? Eligible = null,
    decimal? VarianceThreshold = null,
    IReadOnlyList<CostCategory>? Categories = null,
    IReadOnlyList<Share>? Shares = null,
    TransferKind? Transfer = null,
    Overhead? Overhead = null,
    Money.Kronor? OwnContribution = null,
    Money.Kronor? AttestationLimit = null,
    Money.Kronor? AuditAbove = null)
{
    /// <summary>What is decided for a cost category over the whole of the
    /// agreement's time; those without such a decision are left out.</summary>
    public IReadOnlyDictionary<string, Money.Kronor> DecidedBudgets() =>
        (Categories ?? []).Where(c => c.Budget is not null).ToDictionary(c => c.Key, c => c.Budget!.Value);
}

/// <param name="Category">Cost category of the overhead.</param>
/// <param name="Share">Of the other costs (0.1 = 10 %).</param>
public sealed record Overhead(string Category, decimal Share);

/// <param name="Condition">What must happen before it is decided, as in
/// <c>riksdag-appropriation</c>; absent when it is decided from signature.</param>
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
            return whole?.Key is null ? throw new JsonException("A cost category has a key.")
                : new(whole.Key, whole.Title, whole.Accounts, whole.Budget);
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
