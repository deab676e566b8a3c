using MrAgreement.Parties;

namespace MrAgreement.Web.Archives;

/// <summary>Packages for archives that are made by themselves, since a large record takes
/// longer than anybody waits for a page. The host chooses where they are made.</summary>
public interface IArchiveRuns
{
    /// <summary>Begins to make what is ordered, several packages at once, whatever becomes of the request that asked
    /// for it. One by an id that is known changes nothing, and is answered with what that stands for.</summary>
    Task<ArchiveRun> Start(ArchiveOrder order, CancellationToken cancellation = default);

    /// <summary>How far an order has come, or what came of it; null when nobody knows of it any more.</summary>
    Task<ArchiveRun?> Find(Guid order, CancellationToken cancellation = default);
}

/// <summary>An order of packages: of one agreement, or of many.</summary>
/// <param name="Id">That of the package where it is one agreement's.</param>
/// <param name="On">Who ordered them, and when.</param>
public sealed record ArchiveOrder(Guid Id, IReadOnlyList<OrderedPackage> Packages, Occasion On);

/// <param name="Package">The id that it will have.</param>
/// <param name="Party">Key of the party whose archive it is for.</param>
public sealed record OrderedPackage(AgreementId Agreement, Guid Package, string Party);

/// <summary>How far an order has come.</summary>
/// <param name="Failures">Those that came to nothing; told once all have ended.</param>
public sealed record ArchiveRun(ArchiveOrder Order, int Made, int Failed, IReadOnlyList<FailedPackage> Failures)
{
    public bool IsDone => Made + Failed == Order.Packages.Count;

    /// <summary>Why one of its packages came to nothing; null when it did not, or it is not known yet.</summary>
    public FailedPackage? Failure(Guid package) => Failures.FirstOrDefault(f => f.Package.Package == package);
}

/// <summary>A package that came to nothing.</summary>
/// <param name="Why">Null for a failure of ours.</param>
public sealed record FailedPackage(OrderedPackage Package, Refused? Why);
