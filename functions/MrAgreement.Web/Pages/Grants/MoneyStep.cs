using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>A step on the way of the money, drawn where it stands on the
/// whole: what is used, repaid and remains lie one after another.</summary>
/// <param name="Name">As in <c>received</c>: the text <c>way.received</c>, and the bar's style.</param>
/// <param name="Address">Where it is shown what the amount is made of; null where it is not.</param>
public sealed record MoneyStep(string Name, Kronor From, Kronor Amount, string? Address)
{
    /// <summary>The whole grant's.</summary>
    /// <param name="agreement">Address of the agreement's page.</param>
    /// <param name="seesDrafts">Whether the person sees what the recipient has not sent yet.</param>
    public static IReadOnlyList<MoneyStep> Of(Grant it, string agreement, bool seesDrafts)
    {
        var (b, requisitioned) = (it.Balances, it.Instalments.Sum(i => it.Requisitioned(i.Key)));
        var decided = new MoneyStep("decided", Kronor.Zero, b.Decided, "#instalments");
        IReadOnlyList<MoneyStep> conditional = b.Conditional.IsZero ? [] : [new("conditional", b.Decided, b.Conditional, "#instalments")];
        return it.IsRightToCharge
            ?
            [
                decided, .. conditional,
                new("allocated", Kronor.Zero, it.Allocations.Sum(a => a.Made.Amount), $"{agreement}/grant/allocations"),
                .. Costs(b), new("used", Kronor.Zero, b.Used, "#spend"),
                new("chargeable", b.Used, b.Decided - b.Used, $"{agreement}/grant/compilation")
            ]
            :
            [
                decided, .. conditional,
                new("requisitioned", Kronor.Zero, requisitioned, "#requisitions"),
                .. seesDrafts ? InPreparation(requisitioned, it.Instalments.Sum(i => it.InPreparation(i.Key))) : [],
                new("received", Kronor.Zero, b.Received, "#payments"),
                .. Costs(b), new("used", Kronor.Zero, b.Used, "#spend"),
                new("repaid", b.Used, b.Repaid, "#repayments"),
                new("remaining", b.Used + b.Repaid, b.Remaining, $"{agreement}/grant/settlement")
            ];
    }

    /// <summary>One instalment's. Costs and repayments carry no instalment: what
    /// is used of it and paid back is computed, the oldest first.</summary>
    public static IReadOnlyList<MoneyStep> Of(Dossier dossier, Instalment instalment, Kronor used, Kronor repaid, bool seesDrafts)
    {
        var it = dossier.Grant;
        var received = it.Received(instalment.Key);
        var decided = new MoneyStep(instalment.Status is InstalmentStatus.Conditional or InstalmentStatus.Lapsed
            ? "conditional"
            : "decided", Kronor.Zero, instalment.Amount, "#instalments");
        return it.IsRightToCharge
            ? [decided, new("used", Kronor.Zero, used, "#spend"), new("chargeable", used, instalment.Amount - used, null)]
            :
            [
                decided,
                new("requisitioned", Kronor.Zero, it.Requisitioned(instalment.Key), "#requisitions"),
                .. seesDrafts ? InPreparation(it.Requisitioned(instalment.Key), it.InPreparation(instalment.Key)) : [],
                new("received", Kronor.Zero, received, "#payments"),
                new("used", Kronor.Zero, used, "#spend"),
                .. repaid.IsZero
                    ? [new MoneyStep("unused", used, received - used, null)]
                    : new MoneyStep[] { new("repaid", used, repaid, "#repayments"),
                    new("remaining", used + repaid, received - used - repaid, null) },
                .. instalment.Awaited(dossier.Grant, dossier.Agreement.BarsRequisitions()) is { IsPositive: true } awaited
                ? [new MoneyStep("awaited", received, awaited, null)]
                : Array.Empty<MoneyStep>()
            ];
    }

    // Told beside what is used of the grant only where they are more.
    static IReadOnlyList<MoneyStep> Costs(Balances it) =>
        it.Beyond.IsZero ? [] : [new("costs", Kronor.Zero, it.Used + it.Beyond, "#spend")];

    static IReadOnlyList<MoneyStep> InPreparation(Kronor from, Kronor amount) =>
        amount.IsZero ? [] : [new("in-preparation", from, amount, "#requisitions")];
}
