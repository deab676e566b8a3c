using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on what was given out of what a party has.</summary>
static class DisclosureDecisions
{
    const int LongestName = 300, LongestReference = 100, LongestGround = 2000, MostDocuments = 100;

    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Dossier it, Occasion on) => it.Documents.InOrder.Any(document =>
        document is { Withdrawn: null, IsErased: false } && DocumentDecisions.Holds(it, on.By.Party, document))
        ? null
        : new("nothing-to-disclose");

    public static Decision Decide(Dossier it, RecordDisclosure command, Occasion on)
    {
        if (Against(it, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        faults.AddText("/to", command.To, LongestName);
        faults.AddText("/decidedBy", command.DecidedBy, LongestName);
        var (reference, ground) = (Trimmed(command.Reference), Trimmed(command.Ground));
        faults.AddOptionalText("/reference", reference, LongestReference);
        if (ground is null && command.Outcome != DisclosureOutcome.Whole)
            faults.Add(new("/ground", "disclosure-ground-missing"));
        faults.AddOptionalText("/ground", ground, LongestGround);
        faults.AddRange(DateRange.Faults(("/on", command.On)));
        if (command.On > on.Today)
            faults.Add(new("/on", "date-in-future", ("date", command.On)));
        if (command.Documents.Count is 0 or > MostDocuments)
            faults.Add(new("/documents", "disclosure-of-what", ("max", MostDocuments)));
        else
            faults.AddRange(command.Documents.SelectMany((wanted, i) => Faults(it, wanted, $"/documents/{i}", command, on)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        var recorded = new DisclosureRecorded(it.Documents.Disclosures.Count + 1, on.By.Party, command.On, command.To.Trim(),
            command.Outcome, [.. command.Documents.Select(wanted => new DisclosedDocument(wanted.Document, Newest(it, on, wanted.Document),
                wanted.Masked is { } copy ? new(copy, Newest(it, on, copy)) : null))], command.DecidedBy.Trim(), reference, ground);
        // A slow answer makes people press again.
        return it.Documents.Disclosures.FindLast(last => last.By == on.By.Id) is { } before && IsSame(before.Recorded, recorded)
            ? new Nothing()
            : recorded;
    }

    static IEnumerable<Fault> Faults(Dossier it, WantedDocument wanted, string at, RecordDisclosure command, Occasion on)
    {
        if (command.Documents.Count(other => other.Document == wanted.Document) > 1)
            yield return new(at, "disclosed-twice", ("document", wanted.Document));
        else if (it.Documents[wanted.Document] is not { } document || !DocumentDecisions.Holds(it, on.By.Party, document))
            yield return new(at, "document-not-held", ("document", wanted.Document));
        else if (document.IsErased)
            yield return new(at, "document-erased", ("number", document.Number));
        else if (document.Withdrawn is not null)
            yield return new(at, "document-withdrawn", ("number", document.Number));
        else if (wanted.Masked is { } copy)
        {
            if (command.Outcome != DisclosureOutcome.Part)
                yield return new($"{at}/masked", "masked-in-part-only");
            else if (it.Documents[copy] is { IsErased: true, Number: var erased })
                yield return new($"{at}/masked", "document-erased", ("number", erased));
            else if (it.Documents.MaskedCopies(document.Id, on.By.Party).All(own => own.Id != copy))
                yield return new($"{at}/masked", "no-masked-copy", ("number", document.Number));
        }
    }

    static int Newest(Dossier it, Occasion on, Guid document) => DocumentDecisions.Held(it, on.By.Party, it.Documents[document]!).Max();

    static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static bool IsSame(DisclosureRecorded one, DisclosureRecorded other) =>
        one with { Number = 0, Documents = [] } == other with { Number = 0, Documents = [] }
            && one.Documents.SequenceEqual(other.Documents);
}
