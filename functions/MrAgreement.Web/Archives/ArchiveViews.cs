using MrAgreement.Access;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Web.Archives;

public enum ArchivePackageStatus
{
    Making,
    Made,
    Failed
}

/// <summary>A package for an archive, made or on its way.</summary>
/// <param name="Id">UUID of the package.</param>
/// <param name="Party">Key of the party whose archive it is for: it holds what that party's people may see.</param>
/// <param name="Status">making, made or failed.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="At">When it was made; while it is being made, when it was ordered.</param>
/// <param name="Until">Sequence of the last row of the log that it covers; null until it is made, as the fields below.</param>
/// <param name="Head">That row's hash; null for whoever does not see every row so far whole.</param>
/// <param name="Sha256">Hash of the package, by which an archive's receipt can be checked; null for whoever may not open it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Files">Files of the record in it.</param>
/// <param name="Available">Whether it can be downloaded; a month after it was made it can't, and may be made anew.
/// An administrator can't where it holds what the party keeps to itself.</param>
public sealed record ArchivePackageView(
    Guid Id, string Party, ArchivePackageStatus Status, PersonView By, Instant At, long? Until, Sha256? Head, Sha256? Sha256, long? Size,
    int? Files, bool Available)
{
    internal static ArchivePackageView Of(MadePackage it, bool available, Viewpoint at, LogSight sight) => new(
        it.Made.Package, it.Made.Party, ArchivePackageStatus.Made, at.Name(it.By), it.At,
        it.Made.Until, sight.HashAt(it.Made.Until, it.Made.Head), PackageRules.Opens(at.Dossier, at.By, it) ? it.Made.Sha256 : null,
        it.Made.Size, it.Made.Files,
        available && PackageRules.Opens(at.Dossier, at.By, it));

    internal static ArchivePackageView Of(OrderedPackage it, ArchiveRun run, Viewpoint at) => new(
        it.Package, it.Party, run.Failure(it.Package) is null ? ArchivePackageStatus.Making : ArchivePackageStatus.Failed,
        at.Name(run.Order.On.By.Id), run.Order.On.Now, null, null, null, null, null, false);
}

/// <summary>An order of packages of many agreements.</summary>
/// <param name="Id">UUID of the order.</param>
/// <param name="By">Who ordered them.</param>
/// <param name="OrderedAt">When.</param>
/// <param name="Done">Whether all have ended.</param>
/// <param name="Made">How many are made.</param>
/// <param name="Failed">How many came to nothing.</param>
/// <param name="Packages">Each, by agreement.</param>
/// <param name="Failures">Why some came to nothing; told once all have ended.</param>
public sealed record ArchiveOrderView(
    Guid Id, PersonView By, Instant OrderedAt, bool Done, int Made, int Failed, IReadOnlyList<OrderedPackageView> Packages,
    IReadOnlyList<FailedPackageView> Failures);

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Package">UUID of its package.</param>
/// <param name="Party">Key of the party whose archive it is for.</param>
public sealed record OrderedPackageView(AgreementId Agreement, Guid Package, string Party);

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Package">UUID that its package would have had.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record FailedPackageView(AgreementId Agreement, Guid Package, Problem Problem);
