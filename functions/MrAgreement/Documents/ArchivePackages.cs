using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Parties;

namespace MrAgreement.Documents;

/// <summary>What is handed to archives of an agreement. It changes nothing in the agreement, so no version of it either.</summary>
public abstract record ArchiveEvent : Event;

/// <param name="Party">Key of the party whose archive it is for: it holds what that party's people may see.</param>
/// <param name="Until">Sequence of the last row of the log that it covers.</param>
/// <param name="Head">That row's hash.</param>
/// <param name="Sha256">Of the package, by which an archive's receipt can be checked.
/// The package itself is a copy, and lies apart from what must be kept.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Files">Files of the record in it; what describes them is not counted.</param>
public sealed record ArchivePackageMade(Guid Package, string Party, long Until, [property: Digest] Sha256 Head,
    [property: Digest] Sha256 Sha256, long Size, int Files) : ArchiveEvent;

/// <summary>Notes that a package has been made, whose bytes are stored.</summary>
public sealed record RecordArchivePackage(ArchivePackageMade Made) : Command(Act.RecordArchivePackage)
{
    public override Subject Subject => Made.Party;

    /// <summary>The same before there is anything to note: asks whether it may be made at all.</summary>
    public static RecordArchivePackage Wished(Guid package, string party) =>
        new(new ArchivePackageMade(package, party, 0, default, default, 0, 0));
}

/// <summary>A package that was made.</summary>
public sealed record MadePackage(ArchivePackageMade Made, PersonId By, Instant At);

/// <summary>The packages that have been made of an agreement, in order.</summary>
public sealed record ArchivePackages
{
    public static readonly ArchivePackages None = new();

    public ImmutableList<MadePackage> InOrder { get; init; } = [];

    public MadePackage? this[Guid package] => InOrder.Find(p => p.Made.Package == package);

    public static ArchivePackages Evolve(ArchivePackages it, ArchiveEvent happened, Recorded recorded) => happened switch
    {
        ArchivePackageMade e => it with { InOrder = it.InOrder.Add(new(e, recorded.By, recorded.At)) },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };
}
