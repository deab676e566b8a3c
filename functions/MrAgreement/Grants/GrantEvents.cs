using System.Text.Json.Serialization;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>A wish concerning the agreement's money; refused where the terms have no grant.</summary>
public abstract record GrantCommand(Act Act) : Command(Act);

/// <summary>A wish concerning one of what the grant numbers: a requisition, a payment, a statement and so on.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public abstract record NumberedCommand(Act Act, int Number) : GrantCommand(Act)
{
    public override Subject Subject => Number;
}

/// <summary>A wish concerning one of the grant's instalments.</summary>
/// <param name="Instalment">Its key.</param>
public abstract record InstalmentCommand(Act Act, string Instalment) : GrantCommand(Act)
{
    public override Subject Subject => Instalment;
}

/// <summary>What happens to an agreement's money.</summary>
public abstract record GrantEvent : Event;

/// <summary>The money of the terms; recorded with the agreement's creation.</summary>
public sealed record GrantOpened(GrantTerms Terms) : GrantEvent;

/// <summary>The final accounts were submitted: what they report is accepted from here on, less what is disallowed later.</summary>
/// <param name="Statement">The statement that says so; null when they were
/// submitted without one, and the costs are those of the log.</param>
public sealed record FinalAccountsFixed(Kronor Costs, int? Statement = null) : GrantEvent;

/// <summary>The final accounts were returned or withdrawn: the ledger and the adjustments tell again.</summary>
public sealed record FinalAccountsReopened : GrantEvent;

/// <summary>The money at one moment; always remaining = received + charged − used − repaid + rounding.</summary>
/// <param name="Decided">Instalments decided or released.</param>
/// <param name="Conditional">Instalments that still wait for their condition; never shown as decided.</param>
/// <param name="Used">Grant-financed costs, at most what was received; with a right to charge, at most what is decided.</param>
/// <param name="Charged">Charged to the appropriation as it was used, under a right to charge it; else zero.</param>
/// <param name="Costs">What the project has cost, whatever was received; null in overviews from before it was told.</param>
public sealed record Balances(
    Kronor Decided, Kronor Conditional, Kronor Received, Kronor Used, Kronor Repaid, Kronor Rounding, Kronor Remaining,
    Kronor Charged = default, Kronor? Costs = null)
{
    /// <summary>Costs that the grant does not bear.</summary>
    [JsonIgnore]
    public Kronor Beyond => (Costs ?? Used) - Used;
}
