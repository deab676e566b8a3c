using MrAgreement.Parties;

namespace MrAgreement.Web.Importing;

/// <summary>Imports that go on by themselves, since a large ledger takes longer
/// than anybody waits for a page. The host chooses where they run.</summary>
public interface ILedgerRuns
{
    /// <summary>Bytes of the largest file that a request to the API may wait for.</summary>
    long MostAwaited { get; }

    /// <summary>Begins to import a stored file on behalf of somebody, whatever becomes of the request that asked for it.</summary>
    /// <param name="typed">What somebody had filled in, to show again should the file be refused.</param>
    Task Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        CancellationToken cancellation = default);

    /// <summary>The imports that are under way, the oldest first.</summary>
    Task<IReadOnlyList<LedgerRun>> UnderWay(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>The last that was begun, over or not; null when nobody knows of any.</summary>
    Task<LedgerRun?> Latest(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>How far an import has come, or what came of it; null when nobody knows of it any more.</summary>
    Task<LedgerRun?> Find(AgreementId agreement, Guid import, CancellationToken cancellation = default);

    /// <summary>Asks an import that is under way to stop; it leaves nothing behind. What came of it is found a little later.</summary>
    Task Cancel(AgreementId agreement, Guid import, CancellationToken cancellation = default);
}

/// <summary>How far an import has come.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="End">What came of it; null while it is under way.</param>
/// <param name="Typed">What somebody had filled in; empty for one that the API asked for.</param>
public sealed record LedgerRun(
    AgreementId Agreement, Guid Import, string File, long Bytes, PersonId By, Instant StartedAt, long BytesRead, int Vouchers,
    ImportEnd? End, IReadOnlyDictionary<string, string> Typed)
{
    public static LedgerRun Begun(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed) =>
        new(agreement, order.Import, order.File.Name, order.File.Size, on.By.Id, on.Now, 0, 0, null, typed);
}

/// <summary>What came of an import that went on by itself.</summary>
public abstract record ImportEnd
{
    /// <param name="Import">It, or the earlier one of the same file.</param>
    public sealed record Imported(Guid Import) : ImportEnd;

    public sealed record Refused(EventSourcing.Refused Why) : ImportEnd;

    /// <summary>Somebody stopped it.</summary>
    public sealed record Cancelled : ImportEnd;

    /// <summary>A failure of ours.</summary>
    public sealed record Failed : ImportEnd;
}
