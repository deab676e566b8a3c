using MrAgreement.Parties;
using MrAgreement.Web.Service;
using NodaTime.Text;

namespace MrAgreement.Web.Packaging;

/// <summary>What packages were ordered, in the plain types that records and histories are written in.</summary>
/// <param name="At">When they were ordered, ISO 8601.</param>
public sealed record OrderedArchive(Guid Order, IReadOnlyList<PlainPackage> Packages, string Person, string Party, string Role, string At)
{
    public static OrderedArchive Of(ArchiveOrder it) => new(
        it.Id, [.. it.Packages.Select(p => new PlainPackage(p.Agreement.Value, p.Package, p.Party))],
        it.On.By.Id.Value, it.On.By.Party, it.On.By.Role.ToString(), InstantPattern.ExtendedIso.Format(it.On.Now));

    public ArchiveOrder AsOrder() => new(
        Order, [.. Packages.Select(p => p.AsOrdered())],
        new(new(new(Person), Party, Enum.Parse<Role>(Role)), InstantPattern.ExtendedIso.Parse(At).Value));

    /// <summary>One of its packages alone.</summary>
    public OrderedArchive Only(PlainPackage package) => this with { Packages = [package] };
}

public sealed record PlainPackage(Guid Agreement, Guid Package, string Party)
{
    public OrderedPackage AsOrdered() => new(new(Agreement), Package, Party);
}

/// <summary>What came of one package.</summary>
/// <param name="Refused">Why it can't be made.</param>
/// <param name="Failed">Whether it was a failure of ours.</param>
public sealed record PackageOutcome(Guid Package, StoredRefusal? Refused, bool Failed)
{
    public bool IsMade => Refused is null && !Failed;
}

/// <summary>How far an order has come, as its orchestration shows it.</summary>
public sealed record ArchiveProgress(int Made, int Failed);
