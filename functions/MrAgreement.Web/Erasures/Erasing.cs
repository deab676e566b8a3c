using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Running;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Web.Erasures;

/// <summary>Sees to it that what was erased is nowhere else: not in kept answers, in packages that wait, in documents' bytes, nor in a copy
/// of the database that is put back (docs/decisions/0066).</summary>
public sealed partial class Erasing(IEventStore logs, Dossiers dossiers, IDocumentStore documents, PackageShelf shelf, SealedErasures list,
    IClock clock, ILogger<Erasing> log)
{
    const int MostWriteBacks = 25;

    /// <summary>How long an answer is kept for its idempotency key.</summary>
    public static readonly Duration AnswersLast = Duration.FromDays(30);

    /// <summary>After content was erased in a log. What is cut off here is done by whoever looks through the log next: the list, which
    /// says that it is done, comes last.</summary>
    public async Task Finish(AgreementId agreement, CancellationToken cancellation = default)
    {
        if (await dossiers.Read(agreement, cancellation) is not { } dossier)
            return;
        await logs.ForgetAnswers(agreement, cancellation);
        var rows = await logs.ReadSince(agreement, 0, cancellation);
        var erased = rows.Where(row => row.Type == ErasedRows.Type)
            .Select(row => (row.Sequence, Told: (ContentErased)EventJson.Read(row.Type, row.Data!))).ToList();
        foreach (var made in dossier.Packages.InOrder.Where(package => erased.Exists(it => it.Sequence > package.Made.Until)))
            await shelf.Remove(made.Made.Sha256, cancellation);
        await RemoveBytes(dossier, cancellation);
        await WriteBack(agreement, cancellation);
        // What somebody made of a row otherwise is told as a fault, and on no list.
        var (holds, bySequence) = (ErasedRows.In(rows, ErasableFields.ReadsErased), rows.ToDictionary(row => row.Sequence));
        foreach (var (_, told) in erased)
            if (bySequence.GetValueOrDefault(told.Row) is { } row && holds.Holds(row) && ErasableFields.ReadsErased(row))
                await list.Add(ListedErasure.Of(agreement, told, row.Hash), cancellation);
    }

    /// <summary>The same, which must not turn what is done already into a failure.</summary>
    public async Task TryToFinish(AgreementId agreement)
    {
        try
        {
            await Finish(agreement);
        }
        catch (Exception e)
        {
            Unfinished(log, e, agreement);
        }
    }

    /// <summary>Erases again what a copy that was put back still holds, and takes away bytes that could not be taken before. Answers which,
    /// and what stands in the list that the program did not put there: that is left alone.</summary>
    public async Task<(IReadOnlyList<ListedErasure> Again, IReadOnlyList<ListedErasure> Others, bool SealLost)> Repeat(
        CancellationToken cancellation = default)
    {
        var repeated = new List<ListedErasure>();
        var (ours, others, isLost) = await list.List(cancellation);
        foreach (var of in ours.GroupBy(it => it.Agreement))
            try
            {
                foreach (var it in of)
                    if (await dossiers.EraseAgain(it, clock.GetCurrentInstant(), cancellation))
                    {
                        Again(log, it.Row, it.Agreement);
                        repeated.Add(it);
                    }
                if (repeated.Exists(it => it.Agreement == of.Key))
                    await WriteBack(of.Key, cancellation);
                if (of.Any(it => it.Document is not null) && await dossiers.Read(of.Key, cancellation) is { } dossier)
                    await RemoveBytes(dossier, cancellation);
            }
            // A log that can't be read is told of by whoever looks through it; the others are not to wait for it.
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Unfinished(log, e, of.Key);
            }
        return (repeated, others, isLost);
    }

    /// <summary>Forgets answers that nobody sends a request again for any more.</summary>
    public Task Expire(CancellationToken cancellation) =>
        logs.SweepAnswers(SystemClock.Instance.GetCurrentInstant(), AnswersLast, cancellation);

    /// <summary>Finishes what was cut off, where rows tell of an erasure that the list has not.</summary>
    public async Task FinishUnlisted(AgreementId agreement, FoundLog found, CancellationToken cancellation)
    {
        if (found.Rows.All(row => row.Event?.Type != ErasedRows.Type))
            return;
        var known = (await list.List(cancellation)).Ours.Where(it => it.Agreement == agreement).Select(it => (it.Row, it.Document))
            .ToHashSet();
        if (found.Rows.Any(row => row.Event is { Type: ErasedRows.Type, Data: { } data }
            && (ContentErased)EventJson.Read(ErasedRows.Type, data) is var told && !known.Contains((told.Row, told.Document))))
            await Finish(agreement, cancellation);
    }

    // Whoever reads an older state is waited for, and not for ever: what follows in the log is written back sooner or later.
    async Task WriteBack(AgreementId agreement, CancellationToken cancellation)
    {
        for (var tries = 1; !await logs.WriteBack(cancellation); tries++)
        {
            if (tries == MostWriteBacks)
            {
                Unwritten(log, agreement);
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    // Where a retention policy keeps them they are given to nobody, and go when it ends.
    async Task RemoveBytes(Dossier dossier, CancellationToken cancellation)
    {
        var gone = dossier.Documents.InOrder.Where(it => it.IsErased).SelectMany(it => it.Versions).Select(it => it.File.Sha256)
            .Where(address => !dossier.Bytes.ContainsKey(address)).ToHashSet();
        foreach (var address in gone.ToList())
            if (!await documents.Exists(address, cancellation))
                gone.Remove(address);
        if (gone.Count == 0)
            return;
        // Other agreements may have been sent the same file.
        await foreach (var id in logs.ListAgreements(cancellation))
            if (id != dossier.Id && await dossiers.Read(id, cancellation) is { } other)
                gone.RemoveWhere(other.Bytes.ContainsKey);
        foreach (var address in gone)
            await documents.Delete(address, SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(1), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "What was erased in agreement {Agreement} may still be in answers, packages or documents; it is tried again.")]
    static partial void Unfinished(ILogger logger, Exception e, AgreementId agreement);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "What was erased in agreement {Agreement} is in the write-ahead log still, until that is written back.")]
    static partial void Unwritten(ILogger logger, AgreementId agreement);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Row {Row} of agreement {Agreement} was erased again: a copy had been put back that still held it.")]
    static partial void Again(ILogger logger, long row, AgreementId agreement);
}
