using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Decisions;

/// <summary>Acts that bring documents with them.</summary>
static class EnclosedDocuments
{
    /// <summary>The act with its enclosed documents registered first, in the
    /// same append; everything that is at fault in either at once.</summary>
    internal static Decision Decide(Dossier dossier, IWithDocuments act, Occasion on, Func<Dossier, Command, Decision> decide)
    {
        var (it, registered, ids, faults) = (dossier, new List<Event>(), new List<Guid>(), new List<Fault>());
        foreach (var (file, i) in act.Enclosed.Select((file, i) => (file, i)))
            // Registered before, under whatever id: nothing else is said of it here than its kind.
            if (it.Documents.Same(file.File.Sha256, file.Kind, on.By.Party) is { } known)
                ids.Add(known.Id);
            else
                switch (it.Decide(file, on))
                {
                    case Refused { Kind: RefusalKind.Invalid } refused:
                        faults.AddRange(refused.Faults.Select(fault => fault with { Pointer = $"/enclosed/{i}{fault.Pointer}" }));
                        break;
                    case Refused refused:
                        return refused;
                    case Settled settled:
                        it = settled.After;
                        registered.AddRange(settled.Events);
                        ids.Add(file.Document);
                        break;
                    default:
                        ids.Add(file.Document);
                        break;
                }
        var decision = decide(it, act.With([.. act.Documents.Union(ids)]));
        if (faults.Count > 0)
            // Which documents are missing can't be told before those that came are in order.
            return decision is Refused { Kind: not RefusalKind.Invalid } denied
                ? denied
                : Refused.Invalid([.. ((decision as Refused)?.Faults ?? []).Where(fault => fault.Pointer != "/documents"), .. faults]);
        return decision is Accepted accepted ? new Accepted([.. registered, .. accepted.Events]) : decision;
    }
}
