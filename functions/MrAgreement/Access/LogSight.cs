using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Access;

/// <summary>
/// What one person is shown of a log: what its rows say, and their hashes. A hash covers every row before it, so that from it and the
/// rows that are shown a guess at what is not shown could be proved, were it not salted: where a row without a salt is not seen whole,
/// hashes end (docs/decisions/0052).
/// </summary>
public sealed class LogSight
{
    readonly Dossier it;
    readonly Actor actor;

    // Sequence of the first row that is not seen whole, and of the first such without a salt; beyond all when there is none.
    readonly long first;
    readonly long firstUnsalted;

    LogSight(Dossier it, Actor actor, long first, long firstUnsalted) =>
        (this.it, this.actor, this.first, this.firstUnsalted) = (it, actor, first, firstUnsalted);

    /// <param name="log">As far as the dossier, or further.</param>
    public static LogSight Of(Dossier it, Actor actor, LogIndex log) => new(it, actor, log.FirstNotWhole(it, actor) ?? long.MaxValue,
        log.FirstNotWhole(it, actor, unsaltedOnly: true) ?? long.MaxValue);

    /// <summary>The row's hash; null from the first row without a salt on that the person does not see whole.</summary>
    public Sha256? HashOf(StoredEvent row) => HashAt(row.Sequence, row.Hash);

    /// <summary>The row's salt; null where the person does not see all of what it is beside.</summary>
    public Salt? SaltOf(StoredEvent row) => row.Salt is not null && SeesWhole(row) ? row.Salt : null;

    /// <summary>The row's digest; null where a guess at what the person does not see could be proved by it.</summary>
    public Sha256? DigestOf(StoredEvent row) => row.Salt is not null || SeesWhole(row) ? row.Digest : null;

    /// <summary>The hash of the row of that number, where it stands elsewhere.</summary>
    public Sha256? HashAt(long sequence, Sha256? hash) => sequence < firstUnsalted ? hash : null;

    /// <summary>Whether what is shown of the row is all of it, byte by byte.</summary>
    public bool SeesWhole(StoredEvent row) =>
        row.Sequence < first || row.Data is { } data && EventJson.Read(row.Type, data) is var happened && IsWhole(it, actor, happened)
            && (happened is not ArchivePackageMade made || row.Salt is not null && HashAt(made.Until, made.Head) is not null);

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
        it.Packages[made.Package] is { } package && PackageRules.Opens(it, actor, package);
}
