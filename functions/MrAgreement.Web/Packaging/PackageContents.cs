using System.Reflection;
using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Formats.Archive;
using MrAgreement.Formats.Letters;
using MrAgreement.Grants;
using MrAgreement.Running;
using MrAgreement.Transparency;
using MrAgreement.Web.Agreements;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;
using MrAgreement.Web.Work;

namespace MrAgreement.Web.Packaging;

/// <summary>What goes into a package: an agreement's record through the eyes of the party whose archive it is for, in Swedish.</summary>
public sealed class PackageContents(IEventStore store, Checkpoints checkpoints, IPeople people, RequisitionTemplates templates)
{
    const string Json = "application/json";

    // Whoever has kept any checkpoint of the last year can hold the package against it.
    const int MostEarlier = 400;

    static readonly string version =
        typeof(PackageContents).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What a package is called, and the folder that it holds.</summary>
    public static string NameOf(Guid package) => $"MRA-{package:D}";

    /// <param name="madeAt">The same for every try: the same record at the same moment is the same package.</param>
    public async Task<ArchivePackage> Of(Dossier dossier, OrderedPackage ordered, Instant madeAt, CancellationToken cancellation)
    {
        var log = (await store.ReadSince(dossier.Id, 0, cancellation)).TakeWhile(row => row.Sequence <= dossier.Sequence).ToList();
        var terms = dossier.Agreement.Terms;
        var party = dossier.Agreement.Party(ordered.Party)!;
        var at = new Viewpoint(dossier, StockholmTime.DateOf(madeAt), PackageRules.ReaderOf(party), Language.Swedish, people);
        var closed = dossier.Agreement.Closed;
        var parties = terms.Parties.ToDictionary(p => p.Key, p =>
            new ArchivedParty(p.Key, p.NameOn(at.Today), p.OrganisationNumber, p.Role));
        var @case = new ArchivedCase(dossier.Id, terms.DiaryNumber, terms.Title, log[0].At, terms.Period.From, terms.Period.To,
            closed is not null, closed?.On,
            parties[party.Key], [.. parties.Values]);
        // Read for the package anyway. Leaves of rows that came since it was decided are of another package.
        var leaves = await checkpoints.Ask(all => all.Of(dossier.Id).Where(leaf => leaf.Top.Sequence <= dossier.Sequence).ToList(),
            cancellation);
        var faults = LogVerification.Faults(dossier.Id, new(new(log[^1].Sequence, log[^1].Hash, log[^1].At),
            [.. log.Select(row => new FoundRow(row.Sequence, row))]), leaves, readsErased: ErasableFields.ReadsErased);
        var proof = await checkpoints.Ask(all => all.Holding(dossier.Id, dossier.Sequence) is { } it
            ? new Proof(it, all.Before(it), all.Before(it.Number, MostEarlier)) : null, cancellation);
        return new(NameOf(ordered.Package), @case, [.. Records(at)], [.. Files(at, log, proof, faults)], version, madeAt);
    }

    /// <param name="Held">What proves that a checkpoint holds the log.</param>
    /// <param name="Before">Likewise of what earlier ones held of it.</param>
    /// <param name="Earlier">What proves that it goes on from the checkpoints before.</param>
    sealed record Proof(Inclusion Held, IReadOnlyList<Inclusion> Before, IReadOnlyList<Consistency> Earlier);

    static IEnumerable<ArchivedRecord> Records(Viewpoint at)
    {
        foreach (var it in at.Dossier.Documents.InOrder.Where(it => !it.IsErased))
            if (Sight.Versions(at.Dossier, at.By, it) is { Count: > 0 } versions)
                yield return new(it.Id, it.Number, it.Title, it.Kind, it.Party, it.RegisteredOn, it.ReceivedOn ?? it.DrawnUpOn,
                    Direction(it, at),
                    it.Confidential, it.LegalGround,
                    [.. versions.Select(v => new ArchivedVersion(v.Number, FileFormat.NameGiven(v.File), v.File.MediaType,
                        v.File.Sha256, v.File.Size, v.At,
                        at.Name(v.By).Name))])
                {
                    CopyOf = it.CopyOf,
                    Markings = [.. it.Markings.Where(marking => marking.Removed is null).Select(marking => new ArchivedMarking(
                        marking.Marked.LegalGround, marking.Marked.On,
                        at.Agreement.NameOf(marking.Marked.Party, marking.Marked.On)))]
                };
    }

    static ArchivedDirection Direction(Document it, Viewpoint at) =>
        it.Party != at.By.Party ? ArchivedDirection.Incoming
        : Sight.IsHandedOver(at.Dossier, it) ? ArchivedDirection.Outgoing
        : ArchivedDirection.Internal;

    IEnumerable<ArchivedFile> Files(Viewpoint at, IReadOnlyList<StoredEvent> log, Proof? proof, IReadOnlyList<LogFault> faults)
    {
        var (dossier, grant, made) = (at.Dossier, at.Dossier.Grant, at.Dossier.LastAt);
        yield return Written("agreement/terms.json", Json, "Överenskommelsens villkor som de är registrerade", made,
            JsonSerializer.SerializeToUtf8Bytes(dossier.Agreement.Drafted, ViewJson.Options));
        // Without what only those who may close it are told: the record of a party is the same whoever makes it.
        yield return Written("agreement/agreement.json", Json, "Överenskommelsen som den står när paketet görs", made,
            JsonSerializer.SerializeToUtf8Bytes(AgreementView.Of(at) with { Warnings = [] }, ViewJson.Options));
        yield return Written("agreement/obligations.json", Json, "Åtagandena med leveranser, beslut och påminnelser", made,
            JsonSerializer.SerializeToUtf8Bytes(at.Agreement.InOrder.Select(o => ObligationView.Of(o, at)).ToList(), ViewJson.Options));
        var documents = dossier.Documents.InOrder.Where(d => !d.IsErased && Sight.Sees(dossier, at.By, d)).ToList();
        if (documents.Count > 0)
            yield return Written("agreement/documents.json", Json, "Handlingarna med versioner, sekretessmarkeringar och maskerade kopior",
                made, JsonSerializer.SerializeToUtf8Bytes(documents.Select(d => DocumentView.Of(d, at)).ToList(), ViewJson.Options));
        if (DisclosureApi.Seen(dossier, at.By).Select(it => DisclosureView.Of(it, at)).ToList() is { Count: > 0 } disclosures)
            yield return Written("agreement/disclosures.json", Json, "Handlingar som lämnats ut, och begäran som avslagits", made,
                JsonSerializer.SerializeToUtf8Bytes(disclosures, ViewJson.Options));
        if (at.SeesWork && dossier.Grounds.Recommendations.Count > 0)
        {
            yield return Written("agreement/recommendations.json", Json, "Rekommendationerna, med hur de har lytt", made,
                JsonSerializer.SerializeToUtf8Bytes(dossier.Grounds.Recommendations.Select(it => RecommendationView.Of(it, at)).ToList(),
                    ViewJson.Options));
            yield return Written("agreement/information.json", Json, "Information om rekommendationerna, och vem som fått den", made,
                JsonSerializer.SerializeToUtf8Bytes(dossier.Grounds.Informations.Select(it => InformationView.Of(it, at)).ToList(),
                    ViewJson.Options));
        }
        if (at.SeesWork && dossier.Grounds.Findings.Count > 0)
            yield return Written("agreement/findings.json", Json, "Resultaten, med vad de vilar på och hur de har lytt", made,
                JsonSerializer.SerializeToUtf8Bytes(dossier.Grounds.Findings.Select(it => FindingView.Of(it, at)).ToList(),
                    ViewJson.Options));
        if (at.SeesWork && dossier.Grounds.Plans is { Count: > 0 } plans)
        {
            foreach (var it in plans)
            {
                yield return Written($"plan/version-{it.Number}.json", Json,
                    $"Handlingsplanen, version {it.Number}: det som dess kontrollsumma gäller", it.At, it.Content.Written());
                yield return Written($"agreement/plan-version-{it.Number}.pdf", LetterPdf.MediaType, $"Handlingsplanen, version {it.Number}", it.At,
                    new PlanPrint(it, at).Pdf());
            }
            yield return Written("agreement/plan.json", Json, "Handlingsplanen som den gäller, med vad som sagts om dess åtgärder", made,
                JsonSerializer.SerializeToUtf8Bytes(PlanRecord.Of(at), ViewJson.Options));
        }
        // What people read of it is among the documents.
        if (at.SeesWork)
            foreach (var it in dossier.Grounds.Reports)
                yield return Written($"reports/report-{it.Number}.json", Json, $"Rapport {it.Number}: det som dess kontrollsumma gäller", it.At,
                    it.Content.Written());
        if (dossier.Grounds.Publications.Where(it => Sight.Sees(dossier, at.By, it)).ToList() is { Count: > 0 } publications)
            yield return Written("agreement/publications.json", Json,
                "Publicerat material: vad som var öppet för alla och från när, hur det spreds och vad som återkallats", made,
                JsonSerializer.SerializeToUtf8Bytes(publications.Select(it => PublicationView.Of(it, at)).ToList(), ViewJson.Options));
        var (lines, passed) = EventLines.Write(log, at);
        yield return Written("log/events.jsonl", "application/jsonl", "Loggen: en rad för varje händelse", made, lines);
        yield return Written("log/erasable.json", Json, "Vad som får raderas i vilka slag av händelser, och då står som raderat", made,
            JsonSerializer.SerializeToUtf8Bytes(ErasableFields.ByName, ViewJson.Options));
        if (faults.Count > 0)
            yield return Written("log/faults.json", Json, "Loggen är inte hel: det som är fel med den", made,
                JsonSerializer.SerializeToUtf8Bytes(faults.Select(it => new { what = it.What, sequence = it.Sequence, until = it.Until }),
                    ViewJson.Options));
        if (proof is { Held: var held })
        {
            yield return Written("log/checkpoint.txt", "text/plain", "Kontrollpunkten: alla loggar som de stod då", made,
                System.Text.Encoding.UTF8.GetBytes(held.Checkpoint.Text));
            yield return Written("log/inclusion.json", Json, "Det som visar att loggen ingår i kontrollpunkten", made,
                PackagedProof.Write(held, proof.Before, passed, LogSight.Of(dossier, at.By, LogIndex.Of(dossier.Id, log))));
            yield return Written("log/consistency.json", Json, "Det som visar att kontrollpunkten bygger på dem före den", made,
                JsonSerializer.SerializeToUtf8Bytes(proof.Earlier, ViewJson.Options));
        }
        if (grant.Terms is null)
            yield break;
        yield return Written("grant/grant.json", Json, "Bidraget: saldon, delbelopp och kostnader", made,
            JsonSerializer.SerializeToUtf8Bytes(GrantView.Of(at), ViewJson.Options));
        foreach (var it in grant.Requisitions.Where(r => Sight.Sees(dossier, at.By, r)))
            yield return Written($"grant/requisition-{it.Number}.pdf", LetterPdf.MediaType, $"Rekvisition {it.Number}",
                it.AttestedAt ?? it.PreparedAt, LetterPdf.Write(RequisitionLetter.Of(it, at, templates)));
        foreach (var it in grant.Statements.Where(s => Sight.Sees(dossier, at.By, s)))
        {
            yield return Written($"grant/statement-{it.Number}.pdf", LetterPdf.MediaType, $"Ekonomisk redovisning {it.Number}",
                it.AttestedAt ?? it.PreparedAt, new StatementPrint(it, at).Pdf());
            yield return Written($"grant/statement-{it.Number}.json", Json,
                $"Ekonomisk redovisning {it.Number}: det som dess kontrollsumma gäller", it.AttestedAt ?? it.PreparedAt, it.Written());
        }
        if (!Sight.SeesLedger(dossier, at.By))
            yield break;
        foreach (var (i, it) in grant.Ledger.Imports.Index())
            yield return new($"ledger/import-{i + 1}.se", "text/plain", $"Huvudboken som den lästes in: {it.Read.Name}", it.At,
                it.Read.File, it.Read.Size, null);
        foreach (var (i, it) in grant.BankImports.Index())
            yield return new($"bank/import-{i + 1}.xml", "application/xml", $"Bankfilen som den lästes in: {it.Read.File.Name}", it.At,
                it.Read.File.Address, it.Read.File.Size, null);
        foreach (var (i, it) in grant.WithdrawnFiles.Index())
            yield return Withdrawn(i + 1, it);
    }

    // What was withdrawn counts for nothing, and is on record all the same.
    static ArchivedFile Withdrawn(int number, WithdrawnFile it) => it.File.Kind == StoredBytesKind.LedgerImport
        ? new($"ledger/withdrawn-{number}.se", "text/plain", $"Huvudbok som togs tillbaka: {it.Name}", it.ImportedAt, it.File.Address,
        it.File.Size, null)
        : new($"bank/withdrawn-{number}.xml", "application/xml", $"Bankfil som togs tillbaka: {it.Name}", it.ImportedAt, it.File.Address,
            it.File.Size, null);

    static ArchivedFile Written(string path, string mediaType, string description, Instant at, byte[] content) =>
        new(path, mediaType, description, at, Sha256.Of(content), content.Length, content);
}
