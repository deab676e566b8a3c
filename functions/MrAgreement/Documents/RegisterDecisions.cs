using MrAgreement.Calendars;
using MrAgreement.Parties;

namespace MrAgreement.Documents;

/// <summary>What may come into a register, and as what.</summary>
public static class RegisterDecisions
{
    const int LongestGround = 300, LongestFrom = 200;

    /// <summary>What stands against a masked copy: the bytes of what it is the copy of, in which nothing is masked.</summary>
    static Fault? AgainstMasked(Register register, Guid? of, DocumentFile file) =>
        of is { } original && register[original] is { } it && it.Versions.Exists(version => version.File.Sha256 == file.Sha256)
            ? new("/file", "masked-copy-same", ("number", it.Number))
            : null;

    /// <summary>What stands against a file as a document, or null.</summary>
    public static Fault? Against(DocumentFile file) =>
        file.Size == 0 ? new("/file", "file-empty")
        : FileFormat.MediaTypeOf(file.Name) is null ? new("/file", "file-format", ("name", file.Name), ("formats", FileFormat.Endings))
        : null;

    /// <summary>What stands against the provisions on which secrecy rests: there always are some. Source: OSL (2009:400) 5 kap. 5 §.
    /// </summary>
    public static Fault? AgainstGround(string? ground)
    {
        if (string.IsNullOrWhiteSpace(ground))
            return new("/legalGround", "legal-ground-missing");
        var faults = new List<Fault>();
        faults.AddOptionalText("/legalGround", ground, LongestGround);
        return faults.FirstOrDefault();
    }

    /// <summary>Whether a kind of document can be called so: at most 60 lower-case letters a–z, digits and hyphens.</summary>
    public static bool IsKind(string kind) =>
        kind.Length is > 0 and <= 60 && kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <param name="holds">Whether the party has a document; one's own only when absent.</param>
    public static Decision Decide(Register it, RegisterDocument command, Occasion on, Func<Document, bool>? holds = null)
    {
        var faults = new List<Fault>();
        faults.AddText("/title", command.PlainTitle, 300);
        if (!IsKind(command.Kind))
            faults.Add(new("/kind", "document-kind", ("kind", command.Kind)));
        faults.AddRange(DateRange.FaultsOfPast("/receivedOn", command.On, on.Today));
        var (ground, from) = (command.PlainGround, command.PlainFrom);
        faults.AddOptionalText("/from", from, LongestFrom);
        if (command.Confidential && AgainstGround(ground) is { } fault)
            faults.Add(fault);
        else
            faults.AddOptionalText("/legalGround", ground, LongestGround);
        if (command.CopyOf is null != command.Kind is not DocumentKind.MaskedCopy)
            faults.Add(new("/copyOf", command.CopyOf is null ? "masked-copy-of-what" : "copy-not-masked"));
        else if (command.CopyOf is { } original && (it[original] is not { IsErased: false } of
            || of.Id == command.Document || !(holds?.Invoke(of) ?? of.Party == on.By.Party)))
            faults.Add(new("/copyOf", "document-not-held", ("document", original)));
        if ((Against(command.File) ?? AgainstMasked(it, command.CopyOf, command.File)) is { } wrong)
            faults.Add(wrong);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        // The id stands for one request: it has been dealt with, whatever comes under it now.
        if (it[command.Document] is not null || it.Same(command, on.By.Party) is not null)
            return new Nothing();
        // What is said of it this time must not be dropped in silence.
        if (it.Same(command.File.Sha256, command.Kind, on.By.Party) is { } other)
            return new Refused("document-exists", RefusalKind.NotSo, ("number", other.Number));
        return new DocumentRegistered(command.Document, it.ById.Count + 1, command.PlainTitle, command.Kind, command.File,
            from is null ? null : command.On, command.Confidential, ground, on.By.Party, command.CopyOf, from,
            from is null ? command.On : null);
    }

    /// <summary>What stands against an act on a document as things are; null for nothing.</summary>
    public static Refused? Against(Register it, Act act, Subject of, Occasion on) =>
        act is Act.RegisterDocument or Act.RegisterDocuments ? null
        : it[of.Id] is not { } document || document.Party != on.By.Party
            ? new("unknown-document", RefusalKind.NotFound, ("document", of.Id))
        : document.IsErased ? new("document-erased", ("number", document.Number))
        : document.Withdrawn is not null ? new("document-withdrawn", ("number", document.Number))
        : null;

    /// <summary>Several as one: their faults stand with the number of each, but for the first.</summary>
    /// <param name="holds">As of one.</param>
    public static Decision Decide(Register it, RegisterDocuments command, Occasion on, Func<Document, bool>? holds = null)
    {
        if (command.Documents.Count > RegisterDocuments.Most)
            return Refused.Invalid(new Fault("/file", "too-many-files", ("max", RegisterDocuments.Most)));
        var (events, faults, before) = (new List<Event>(), new List<Fault>(), it);
        foreach (var (document, i) in command.Documents.Select((document, i) => (document, i)))
            switch (Decide(it, document, on, holds))
            {
                case Refused refused:
                    faults.AddRange((refused.Faults.Count > 0 ? refused.Faults
                        : before.Same(document.File.Sha256, document.Kind, on.By.Party) is null ? [new("/file", "file-twice")]
                        : [new("/file", refused.Slug, refused.Values)])
                        .Select(fault => i == 0 ? fault : fault with { Pointer = $"{fault.Pointer}/{i}" }));
                    break;
                case Accepted { Events: [DocumentRegistered happened] }:
                    events.Add(happened);
                    it = Register.Evolve(it, happened, new(0, on.Now, on.By.Id));
                    break;
            }
        return faults.Count > 0 ? Refused.Invalid([.. faults]) : events.Count > 0 ? new Accepted(events) : new Nothing();
    }

    public static Decision Decide(Register it, AddDocumentVersion command, Occasion on)
    {
        if (Against(it, command.Act, command.Document, on) is { } refused)
            return refused;
        var document = it[command.Document]!;
        if ((Against(command.File) ?? AgainstMasked(it, document.CopyOf, command.File)) is { } fault)
            return Refused.Invalid(fault);
        return document.Versions[^1].File.Sha256 == command.File.Sha256
            ? new Nothing()
            : new DocumentVersionAdded(command.Document, document.Versions.Count + 1, command.File);
    }
}
