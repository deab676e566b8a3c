using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What a consultation has to read: deliverables that an item of its agenda is about, and the others that come before it.
/// </summary>
public static class AgendaPapers
{
    /// <summary>What an item is about: what has its key in the terms or is for what it names, of the consultation's own year where it is
    /// yearly. A plan's revisions are about it too.</summary>
    public static IReadOnlyList<Obligation> On(Agreement it, Obligation consultation, AgendaItem item)
    {
        var delivered = it.InOrder.Where(o => o.Kind == ObligationKind.Deliverable && (o.Year ?? consultation.Year) == consultation.Year)
            .Select(o => (Obligation: o, Purpose: it.PurposeOf(o))).ToList();
        var named = delivered.Where(o => o.Obligation.TermsKey == item.Key || o.Obligation.Key == item.Key
            || o.Purpose is { } purpose && Json.NameOf(purpose) == item.Key).ToList();
        return [.. delivered.Where(o => named.Contains(o)
            || o.Purpose == Purpose.Plan && named.Exists(plan => plan.Purpose == Purpose.Plan)).Select(o => o.Obligation)];
    }

    /// <summary>What comes before it and no item names.</summary>
    public static IReadOnlyList<Obligation> Others(Agreement it, Obligation consultation)
    {
        var named = consultation.Agenda.SelectMany(item => On(it, consultation, item)).Select(o => o.Key).ToHashSet();
        return [.. it.Before(consultation).Where(o => o.Kind == ObligationKind.Deliverable && !named.Contains(o.Key))];
    }
}
