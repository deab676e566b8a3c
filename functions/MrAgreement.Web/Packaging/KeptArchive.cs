using MrAgreement.Web.Service;

namespace MrAgreement.Web.Packaging;

/// <summary>How far an order of packages has come, or what came of it, as it is kept for every host.</summary>
/// <param name="Ended">What came of those that are no longer being made.</param>
public sealed record KeptArchive(OrderedArchive Ordered, IReadOnlyList<PackageOutcome> Ended) : IKeptRun
{
    public bool IsOver => Ended.Count == Ordered.Packages.Count;

    public int Parts => Ordered.Packages.Count;

    /// <summary>Those that are to be made yet.</summary>
    public IEnumerable<PlainPackage> Waiting() => Ordered.Packages.ExceptBy(Ended.Select(it => it.Package), package => package.Package);

    public KeptArchive With(params IEnumerable<PackageOutcome> ended) => this with { Ended = [.. Ended, .. ended] };

    public ArchiveRun AsRun()
    {
        var order = Ordered.AsOrder();
        var failed = Ended.Where(it => !it.IsMade)
            .Select(it => new FailedPackage(order.Packages.First(package => package.Package == it.Package), it.Refused?.Refused()))
            .ToList();
        return new(order, Ended.Count - failed.Count, failed.Count, failed);
    }
}
