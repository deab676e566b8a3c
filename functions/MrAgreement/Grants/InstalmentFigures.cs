using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>What has become of an instalment's money. Costs carry no instalment, nor do repayments: what is used of each and paid back
/// is computed, the oldest first.</summary>
/// <param name="Instalment">Null for what was received on none, and what goes beyond all of them.</param>
/// <param name="Paid">Received, or, under a right to charge, charged to the appropriation.</param>
/// <param name="Returned">Paid back, rounding included.</param>
public sealed record InstalmentFigures(Instalment? Instalment, Kronor Decided, Kronor Requisitioned, Kronor Paid, Kronor Used,
    Kronor Returned)
{
    /// <summary>What waits for its condition.</summary>
    public Kronor Conditional => Instalment is { Status: InstalmentStatus.Conditional } it ? it.Amount : Kronor.Zero;

    /// <summary>All of it together is what remains of the grant.</summary>
    public Kronor Remaining => Paid - Used - Returned;

    /// <summary>Of each instalment, and last of none where there is something.</summary>
    public static IReadOnlyList<InstalmentFigures> Of(Grant it)
    {
        var (left, back) = (it.Balances.Used, it.IsRightToCharge ? Kronor.Zero : it.Balances.Repaid - it.Balances.Rounding);
        var last = it.ReceivedOnNone.IsZero ? it.Instalments.FindLast(i => !it.Received(i.Key).IsZero) : null;
        var figures = new List<InstalmentFigures>();
        foreach (var instalment in it.Instalments)
        {
            var (decided, received) = (Chargeable(instalment), it.Received(instalment.Key));
            var used = Kronor.Least(left, it.IsRightToCharge ? decided : received);
            // Rounded to whole kronor, what is paid back may be more than is left.
            var repaid = instalment == last || it.IsRightToCharge ? back : Kronor.Least(back, received - used);
            (left, back) = (left - used, back - repaid);
            figures.Add(new(instalment, decided, it.Requisitioned(instalment.Key), it.IsRightToCharge ? used : received, used, repaid));
        }
        var none = it.ReceivedOnNone;
        if (!none.IsZero || !left.IsZero || !back.IsZero)
            figures.Add(new(null, Kronor.Zero, Kronor.Zero, it.IsRightToCharge ? left : none, left, back));
        return figures;
    }

    static Kronor Chargeable(Instalment it) => it.Status is InstalmentStatus.Decided or InstalmentStatus.Released ? it.Amount : Kronor.Zero;
}
