using System.IO.Pipelines;
using MrAgreement.Decisions;
using MrAgreement.Documents;
using MrAgreement.Formats.Archive;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Packaging;

/// <summary>Makes a package from the log to the shelf, and notes it in the log.</summary>
public sealed class PackageMaker(Dossiers dossiers, Checkpoints checkpoints, PackageContents contents, IDocumentStore documents,
    PackageShelf shelf, LostBytes lost, Scanner? scanner = null)
{
    /// <summary>Makes a package of the agreement as it stands. Answers why it can't be made, or null when it is.</summary>
    public async Task<Refused?> Make(OrderedPackage ordered, Occasion on, CancellationToken cancellation)
    {
        if (await dossiers.Read(ordered.Agreement, cancellation) is not { } dossier)
            return new("no-such-agreement", RefusalKind.NotFound);
        // Asked for again after it was done, as when whoever made it was gone before telling.
        if (dossier.Packages[ordered.Package] is not null)
            return null;
        if (dossier.Decide(RecordArchivePackage.Wished(ordered.Package, ordered.Party), on) is Refused refused)
            return refused;
        await shelf.Clear(SystemClock.Instance.GetCurrentInstant(), cancellation);
        // So that all of it is held by one; read anew, since the log may have moved before it was made.
        try
        {
            await checkpoints.Make(SystemClock.Instance.GetCurrentInstant(), cancellation);
        }
        catch (CheckpointsDamagedException e)
        {
            return new("checkpoints-damaged", ("number", e.Number));
        }
        dossier = (await dossiers.Read(ordered.Agreement, cancellation))!;
        var package = await contents.Of(dossier, ordered, on.Now, cancellation);
        // What nobody may have yet, or at all, is in no package either: the one comes later, the other never.
        var harmful = new Dictionary<Sha256, string>();
        foreach (var version in package.Records.SelectMany(record => record.Versions).Where(_ => scanner is not null))
            switch (await scanner!.Look(version.Sha256, cancellation))
            {
                case { State: ScanState.Waiting }:
                    return new("document-waits", ("name", version.Name));
                case { State: ScanState.TooLarge }:
                    return new("document-beyond-scanning", ("name", version.Name));
                case { State: ScanState.Infected, Found: var found }:
                    harmful[version.Sha256] = found!;
                    break;
            }
        package = Withheld.From(package, harmful);
        try
        {
            var stored = await Store(package, cancellation);
            var files = package.Files.Count + package.Records.Sum(record => record.Versions.Count);
            var made = new ArchivePackageMade(ordered.Package, ordered.Party, dossier.Sequence, dossier.Hash, stored.Address,
                stored.Size, files);
            var done = await dossiers.Execute(ordered.Agreement, new RecordArchivePackage(made), on, cancellation: cancellation);
            // What was erased while it was made is in it still.
            if (done.Dossier.Erasures.Erased.Any(it => dossier.Erasures.Erased.GetValueOrDefault(it.Key) != it.Value))
                await shelf.Remove(stored.Address, cancellation);
            return done.Refused;
        }
        catch (ArchiveDamagedException e)
        {
            await lost.Found(ordered.Agreement, new(e.Registered, e.Gone));
            return new(e.Gone ? "document-gone" : "document-damaged", ("path", e.Path));
        }
    }

    // Written and stored at the same time, so that a large package is never whole in memory.
    async Task<StoredDocument> Store(ArchivePackage package, CancellationToken cancellation)
    {
        var pipe = new Pipe();
        using var storing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = Write();
        try
        {
            await using var content = pipe.Reader.AsStream();
            return await shelf.Put(content, cancellation);
        }
        finally
        {
            // Of one that can't be stored no more need be written.
            await storing.CancelAsync();
            await writing;
        }

        // What it fails with is what reading its bytes fails with.
        async Task Write()
        {
            Exception? failure = null;
            try
            {
                await using var to = pipe.Writer.AsStream(leaveOpen: true);
                await ArchivePackageWriter.Write(package, documents.Open, to, storing.Token);
            }
            catch (Exception e)
            {
                failure = e;
            }
            await pipe.Writer.CompleteAsync(failure);
        }
    }
}
