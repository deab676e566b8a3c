using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on marking a document that it may hold what is secret.</summary>
static class SecrecyDecisions
{
    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Dossier it, Act act, Subject of, Occasion on) =>
        it.Documents[of.Id] is not { } document || !DocumentDecisions.Holds(it, on.By.Party, document)
            ? new("unknown-document", RefusalKind.NotFound, ("document", of.Id))
        : act == Act.MarkSecrecy
            ? document.IsErased ? new("document-erased", ("number", document.Number))
            : document.MarkingOf(on.By.Party) is { } marking
                ? new("secrecy-marked", ("number", document.Number), ("ground", marking.Marked.LegalGround))
            : null
        : document.Markings.Find(marking => marking.Marked.Number == of.Number && marking.Marked.Party == on.By.Party) is not { } own
            ? new("no-such-marking", RefusalKind.NotFound, ("number", of.Number))
        : own.Removed is not null ? new("marking-removed", ("number", of.Number))
        : null;

    public static Decision Decide(Dossier it, MarkSecrecy command, Occasion on)
    {
        var ground = HiddenLetters.Without(command.LegalGround).Trim();
        if (it.Documents[command.Document] is { IsErased: false } found && found.MarkingOf(on.By.Party) is { } same
            && (same.By, same.Marked.LegalGround) == (on.By.Id, ground))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        if (RegisterDecisions.AgainstGround(ground) is { } fault)
            return Refused.Invalid(fault);
        return new SecrecyMarked(command.Document, it.Documents[command.Document]!.Markings.Count + 1, ground, on.Today, on.By.Party);
    }

    public static Decision Decide(Dossier it, RemoveSecrecyMarking command, Occasion on) =>
        it.Documents[command.Document]?.Markings.Find(marking => marking.Marked.Number == command.Number) is { Removed: { } done } gone
            && gone.RemovedBy == on.By.Id && done.Reason == command.Reason.Trim()
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 2000)
                ?? (Decision)new SecrecyMarkingRemoved(command.Document, command.Number, command.Reason.Trim(), on.By.Party);
}
