using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on what was given out of what a party has.</summary>
static class DisclosureDecisions
{
    const int LongestName = 300, LongestReference = 100, LongestGround = 2000, MostDocuments = 100;

    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Dossier it, Act act, Subject of, Occasion on) => act == Act.WithdrawDisclosure
        ? it.Documents.Disclosures.Find(one => one.Recorded.Number == of.Number && one.Recorded.Party == on.By.Party) is not { } own
            ? new("no-such-disclosure", RefusalKind.NotFound, ("number", of.Number))
        : own.Withdrawn is not null ? new("disclosure-withdrawn", ("number", of.Number))
        : null
        : it.Documents.InOrder.Any(document => DocumentDecisions.Holds(it, on.By.Party, document)) ? null
        : new("nothing-to-disclose");

    public static Decision Decide(Dossier it, WithdrawDisclosure command, Occasion on)
    {
        var reason = HiddenLetters.WithoutInLines(command.Reason).Trim();
        return it.Documents.Disclosures.Find(one => one.Recorded.Number == command.Number) is { Withdrawn: { } done } gone
            && gone.WithdrawnBy == on.By.Id && done.Reason == reason
            ? new Nothing()
            : Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", reason, LongestGround)
                ?? (Decision)new DisclosureWithdrawn(command.Number, on.By.Party, reason);
    }

    public static Decision Decide(Dossier it, RecordDisclosure command, Occasion on)
    {
        if (Against(it, command.Act, default, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        var (to, decidedBy) = (HiddenLetters.Without(command.To).Trim(), HiddenLetters.Without(command.DecidedBy).Trim());
        faults.AddText("/to", to, LongestName);
        faults.AddText("/decidedBy", decidedBy, LongestName);
        var (reference, ground) = (HiddenLetters.WithoutOrNull(command.Reference), Lines(command.Ground));
        faults.AddOptionalText("/reference", reference, LongestReference);
        if (ground is null && command.Outcome != DisclosureOutcome.Whole)
            faults.Add(new("/ground", "disclosure-ground-missing"));
        faults.AddOptionalText("/ground", ground, LongestGround);
        faults.AddRange(DateRange.FaultsOfPast("/on", command.On, on.Today));
        if (command.Documents.Count is 0 or > MostDocuments)
            faults.Add(new("/documents", "disclosure-of-what", ("max", MostDocuments)));
        else
            faults.AddRange(command.Documents.SelectMany((wanted, i) => Faults(it, wanted, $"/documents/{i}", command, on)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        var recorded = new DisclosureRecorded(it.Documents.Disclosures.Count + 1, on.By.Party, command.On, to, command.Outcome,
            [.. command.Documents.Select(wanted => new DisclosedDocument(wanted.Document, Newest(it, command, on, wanted.Document),
                wanted.Masked is { } copy ? new(copy, Newest(it, command, on, copy)) : null))], decidedBy, reference, ground);
        // A slow answer makes people press again.
        return it.Documents.Disclosures.FindLast(last => last.By == on.By.Id) is { Withdrawn: null } before
            && IsSame(before.Recorded, recorded)
            ? new Nothing()
            : recorded;
    }

    static IEnumerable<Fault> Faults(Dossier it, WantedDocument wanted, string at, RecordDisclosure command, Occasion on)
    {
        if (command.Documents.Count(other => other.Document == wanted.Document) > 1)
            yield return new(at, "disclosed-twice", ("document", wanted.Document));
        else if (it.Documents[wanted.Document] is not { } document || !DocumentDecisions.Holds(it, on.By.Party, document))
            yield return new(at, "document-not-held", ("document", wanted.Document));
        // It may have been asked for all the same, and refused.
        else if (document.IsErased && command.Outcome != DisclosureOutcome.Refused)
            yield return new(at, "document-erased", ("number", document.Number));
        else if (document.Withdrawn is not null && command.Outcome != DisclosureOutcome.Refused)
            yield return new(at, "document-withdrawn", ("number", document.Number));
        else if (TooEarly(it, document, command, on) is { } early)
            yield return early;
        else if (wanted.Masked is { } copy)
        {
            if (command.Outcome != DisclosureOutcome.Part)
                yield return new($"{at}/masked", "masked-in-part-only");
            else if (it.Documents[copy] is { IsErased: true, Number: var erased })
                yield return new($"{at}/masked", "document-erased", ("number", erased));
            else if (it.Documents.MaskedCopies(document.Id, on.By.Party).All(own => own.Id != copy))
                yield return new($"{at}/masked", "no-masked-copy", ("number", document.Number));
            else if (TooEarly(it, it.Documents[copy]!, command, on) is { } soon)
                yield return soon;
        }
    }

    // What the party did not have yet it can't have given out, nor refused.
    static Fault? TooEarly(Dossier it, Document document, RecordDisclosure command, Occasion on) =>
        DocumentDecisions.CameOn(it, on.By.Party, document) is { } came && command.On < came
            ? new("/on", "disclosure-before-document", ("number", document.Number), ("date", came))
            : null;

    static int Newest(Dossier it, RecordDisclosure command, Occasion on, Guid document) =>
        DocumentDecisions.HeldOn(it, on.By.Party, it.Documents[document]!, command.On).Max();

    static string? Lines(string? text) =>
        text is null || HiddenLetters.WithoutInLines(text).Trim() is not { Length: > 0 } left ? null : left;

    static bool IsSame(DisclosureRecorded one, DisclosureRecorded other) =>
        one with { Number = 0, Documents = [] } == other with { Number = 0, Documents = [] }
            && one.Documents.SequenceEqual(other.Documents);
}
