using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Access;

/// <summary>
/// What one person is shown of a log: what its rows say, and the hashes before the first row that they don't see whole. A hash covers
/// every row before it, so that from it and the rows that are shown a guess at what is not shown can be proved, however many lie between.
/// </summary>
public sealed class LogSight
{
    readonly Dossier it;
    readonly Actor actor;

    // Sequence of the first row that is not seen whole; beyond all when every row is.
    readonly long first;

    LogSight(Dossier it, Actor actor, long first) => (this.it, this.actor, this.first) = (it, actor, first);

    /// <param name="log">As far as the dossier, or further.</param>
    public static LogSight Of(Dossier it, Actor actor, LogIndex log) => new(it, actor, log.FirstNotWhole(it, actor) ?? long.MaxValue);

    /// <summary>The row's hash; null from the first row on that the person does not see whole.</summary>
    public Sha256? HashOf(StoredEvent row) => row.Sequence < first ? row.Hash : null;

    /// <summary>The hash of the row of that number, where it stands elsewhere.</summary>
    public Sha256? HashAt(long sequence, Sha256? hash) => sequence < first ? hash : null;

    /// <summary>Whether what is shown of the row is all of it, byte by byte.</summary>
    public bool SeesWhole(StoredEvent row) =>
        row.Sequence < first || row.Data is { } data && EventJson.Read(row.Type, data) is not ArchivePackageMade and var happened
            && IsWhole(it, actor, happened);

    /// <summary>The row's event as JSON, without digests of what is kept from
    /// the person; null when they may not read it or it is erased.</summary>
    public byte[]? DataOf(StoredEvent row)
    {
        if (row.Data is not { } data || EventJson.Read(row.Type, data) is var happened && !Sight.Sees(it, actor, happened))
            return null;
        if (happened is not ArchivePackageMade made || SeesWhole(row))
            return data;
        var shown = JsonNode.Parse(data)!.AsObject();
        if (HashAt(made.Until, made.Head) is null)
            shown.Remove("head");
        if (!SeesPackage(it, actor, made))
            shown.Remove("sha256");
        return System.Text.Encoding.UTF8.GetBytes(shown.ToJsonString(Json.Options));
    }

    internal static bool IsWhole(Dossier it, Actor actor, Event happened) =>
        Sight.Sees(it, actor, happened) && (happened is not ArchivePackageMade made || SeesPackage(it, actor, made));

    // The same record is the same package: its digest tells whether a guess at the record is right.
    static bool SeesPackage(Dossier it, Actor actor, ArchivePackageMade made) =>
        it.Packages[made.Package] is { } package && PackageRules.Sees(it, actor, package);
}
