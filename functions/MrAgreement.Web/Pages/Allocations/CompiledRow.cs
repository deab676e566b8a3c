using MrAgreement.Money;

namespace MrAgreement.Web.Pages.Allocations;

/// <summary>A row of a compilation.</summary>
/// <param name="Address">Where it is shown what it is made of.</param>
public sealed record CompiledRow(string Label, string Address, Kronor Allocated, Kronor Spent, Kronor Left);
