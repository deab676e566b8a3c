using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on documents that need to know where they have gone.</summary>
public static class DocumentDecisions
{
    /// <summary>Whether any version has left its party: handed over, or recorded with what the parties do together.</summary>
    public static bool IsHandedOver(Dossier it, Guid document) => it.Agreement.InOrder
        .SelectMany(o => o.Submissions.SelectMany(s => s.Documents).Concat(o.Completions.SelectMany(c => c.Documents)))
        .Any(version => version.Document == document);

    /// <summary>Whether a party has a document: its own, or handed over to it.</summary>
    public static bool Holds(Dossier it, string party, Document document) => Held(it, party, document).Any();

    /// <summary>The versions of a document that a party has, by number.</summary>
    public static IEnumerable<int> Held(Dossier it, string party, Document document) => document.Party == party
        ? document.Versions.Select(version => version.Number)
        : it.Agreement.InOrder
            .Where(o => o.Recipient == party || o.Kind == ObligationKind.Joint && o.Responsible.Contains(party))
            .SelectMany(o => o.Submissions.SelectMany(s => s.Documents).Concat(o.Completions.SelectMany(c => c.Documents)))
            .Where(version => version.Document == document.Id).Select(version => version.Version);

    /// <summary>What stands against withdrawing a document as things are; null for nothing. What has reached somebody stays.</summary>
    internal static Refused? Against(Dossier it, Subject of, Occasion on) =>
        Register.Against(it.Documents, Act.WithdrawDocument, of, on)
            ?? (IsHandedOver(it, of.Id) ? new("document-handed-over", ("number", it.Documents[of.Id]!.Number)) : null);

    internal static Decision Decide(Dossier it, RegisterDocument command, Occasion on) =>
        Register.Decide(it.Documents, command, on, document => Holds(it, on.By.Party, document));

    internal static Decision Decide(Dossier it, RegisterDocuments command, Occasion on) =>
        Register.Decide(it.Documents, command, on, document => Holds(it, on.By.Party, document));

    internal static Decision Decide(Dossier it, WithdrawDocument command, Occasion on) =>
        it.Documents[command.Document] is { Withdrawn: { } done } found && found.WithdrawnBy == on.By.Id
            && done.Reason == command.Reason.Trim()
            ? new Nothing()
            : Against(it, command.Document, on) ?? Refused.Text("/reason", command.Reason, 2000)
                ?? (Decision)new DocumentWithdrawn(command.Document, command.Reason.Trim());
}
