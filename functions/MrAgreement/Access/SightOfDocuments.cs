using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Access;

// Of agreements, documents and packages.
public static partial class Sight
{
    /// <summary>Whether the person sees any version of the document; to others it does not exist.</summary>
    public static bool Sees(Dossier dossier, Actor actor, Document document) => Versions(dossier, actor, document).Count > 0;

    /// <summary>
    /// The versions that the person sees, oldest first: all of them for the document's own party, its auditors, and administrators;
    /// for the other parties those that were handed over, and of a confidential document only those handed over to them.
    /// </summary>
    public static IReadOnlyList<RegisteredVersion> Versions(Dossier dossier, Actor actor, Document document)
    {
        if (!Sees(dossier.Agreement, actor) || !Rights.May(actor, Right.ReadDocuments, dossier.Agreement.Terms.Parties))
            return [];
        if (actor.SeesEveryAgreement || actor.Party == document.Party)
            return document.Versions;
        var handedOver = dossier.Agreement.InOrder
            .Where(o => !document.Confidential || IsHandedTo(o, actor.Party))
            .SelectMany(HandedOver)
            .Concat(dossier.Agreement.Shared.Select(shared => shared.Document))
            .Concat(!document.Confidential || DocumentDecisions.IsOneSide(dossier.Agreement, actor.Party)
                ? DocumentDecisions.Together(dossier).Select(handed => handed.Version) : [])
            .Where(d => d.Document == document.Id)
            .Select(d => d.Version)
            .ToHashSet();
        return [.. document.Versions.Where(v => handedOver.Contains(v.Number))];
    }

    /// <summary>Whether any version has left its party.</summary>
    public static bool IsHandedOver(Dossier dossier, Document document) => DocumentDecisions.IsHandedOver(dossier, document.Id);

    static IEnumerable<DocumentVersion> HandedOver(Obligation obligation) =>
        obligation.Submissions.SelectMany(s => s.Documents).Concat(obligation.Completions.SelectMany(c => c.Documents));

    // What the parties do together is handed over to each of them.
    static bool IsHandedTo(Obligation obligation, string party) =>
        obligation.Recipient == party || obligation.Kind == ObligationKind.Joint && obligation.Responsible.Contains(party);

    /// <summary>Whether the person may know that the agreement exists: one of
    /// its parties', or one who sees all. Drafts are the parties' own.</summary>
    public static bool Sees(Agreement agreement, Actor actor) =>
        actor.SeesEveryAgreement
        || agreement.Party(actor.Party) is not null && (actor.Role != Role.Reader || agreement.Status != AgreementStatus.Draft);

    /// <summary>Whether the person may read the log of an agreement with these parties.</summary>
    public static bool SeesLog(IReadOnlyList<Party> parties, Actor actor) =>
        (actor.SeesEveryAgreement || parties.Any(party => party.Key == actor.Party)) && Rights.May(actor, Right.ReadLog, parties);
}
