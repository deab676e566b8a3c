using System.Globalization;
using MrAgreement.Documents;
using MrAgreement.Running;

namespace MrAgreement.Local;

/// <summary>What whoever runs the host does while it stands still: the lists made anew, and
/// stored files that no log names swept into the trash (docs/decisions/0030).</summary>
static class Upkeep
{
    /// <summary>An upload may wait for its form, and a database that was put back may be a few days old.</summary>
    public static readonly Duration Age = Duration.FromDays(30);

    // More than anybody reads; the sum tells of the rest.
    const int MostShown = 1000;

    /// <summary>Makes the lists anew and names what does not hold together. Answers the exit code.</summary>
    public static async Task<int> Rebuild(Stores stores, TextWriter told, TextWriter errors)
    {
        var agreements = await KeptOverviews.Rebuild(stores.ReadModels, stores.Events);
        await told.WriteLineAsync($"Rebuilt the read models of {Counted.Of(agreements, "agreement")}; nothing was removed.");
        var found = await Inventory.Take(stores.Events, stores.Documents);
        await Name(found.Discords, errors);
        return found.Discords.Count == 0 ? 0 : 1;
    }

    /// <summary>Shows which stored files no log names, and moves those that are old
    /// enough to the trash when whoever asks is sure. Answers the exit code.</summary>
    public static async Task<int> Sweep(Stores stores, bool sure, Instant now, TextWriter told, TextWriter errors)
    {
        var found = await Inventory.Take(stores.Events, stores.Documents);
        if (found.Discords.Count > 0)
        {
            await Name(found.Discords, errors);
            await errors.WriteLineAsync("Nothing was swept: as long as heads, logs and documents disagree, nobody knows which files may go. "
                + "Put back the database, and the files that are missing, from one backup, and sweep again.");
            return 1;
        }
        var old = found.Unnamed.Where(it => it.StoredAt < now - Age).ToList();
        foreach (var it in old.Take(MostShown))
            await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{it.Address}  {it.StoredAt.InUtc().Date:uuuu'-'MM'-'dd}  {it.Size} bytes"));
        await told.WriteLineAsync($"{Counted.Of(old.Count, "file")}, {Counted.Of(old.Sum(it => it.Size), "byte")}, {(old.Count == 1 ? "is" : "are")} named by none of {Counted.Of(found.Agreements, "log")} and older than {Age.Days} days; "
            + $"{found.Unnamed.Count - old.Count} more are younger and stay.");
        if (old.Count == 0)
            return 0;
        if (!await stores.AreSimulated() && old.Intersect(found.OfOtherLogs).Count() is > 0 and var foreign)
        {
            await errors.WriteLineAsync($"Nothing was swept: {foreign} of them were stored before the first event of these logs, or after the last. "
                + "They are named by the logs of another database: put that one back, or move them away by hand where nobody needs them any more.");
            return 1;
        }
        if (!sure)
        {
            await told.WriteLineAsync("Nothing was moved. Were they uploaded after the backup that the database may come from, put back a newer one first. "
                + $"With --yes they are moved to {stores.WhereTrash}.");
            return 0;
        }
        var (moved, kept) = await Move(stores, old, now);
        await told.WriteLineAsync($"Moved {Counted.Of(moved, "file")} to {stores.WhereTrash}{(kept == 0 ? "" : $"; {kept} stay: they are damaged, have been stored again, or must be kept")}.");
        return 0;
    }

    // Copied first: whenever it is cut off, each file is in one of the two places.
    static async Task<(int Moved, int Kept)> Move(Stores stores, IReadOnlyList<StoredDocument> old, Instant now)
    {
        var (trash, moved, kept) = (await stores.Trash(), 0, 0);
        foreach (var it in old)
            try
            {
                await using (var content = await stores.Documents.Open(it.Address))
                    if (content is not null)
                        await trash.Put(content, long.MaxValue);
                _ = await stores.Documents.Delete(it.Address, now - Age) ? moved++ : kept++;
            }
            catch (DocumentDamagedException)
            {
                kept++;
            }
        return (moved, kept);
    }

    /// <summary>Tells whoever runs the host what does not hold together.</summary>
    public static async Task Name(IReadOnlyList<Discord> discords, TextWriter errors)
    {
        foreach (var it in discords.Take(MostShown))
            await errors.WriteLineAsync(it.Kind switch
            {
                DiscordKind.NoHead => $"The agreement {it.Agreement} has a log, and no head: no list shows it, and nothing can be done with it.",
                DiscordKind.NoLog => $"The agreement {it.Agreement} has a head, and no log.",
                DiscordKind.HeadElsewhere => $"The log of the agreement {it.Agreement} does not end at event {it.Sequence}, where its head says.",
                DiscordKind.LogBroken => $"The log of the agreement {it.Agreement} is broken at event {it.Sequence}: it does not follow from the one before.",
                DiscordKind.BytesMissing => $"The agreement {it.Agreement} names a file that is missing: {Named(it.Bytes!)}. Put it back from a backup, or upload the same file again.",
                DiscordKind.BytesDamaged => $"The agreement {it.Agreement} names a file that is damaged: {Named(it.Bytes!)}. Put it back from a backup, or upload the same file again."
            });
        if (discords.Count > MostShown)
            await errors.WriteLineAsync($"… and {discords.Count - MostShown} more.");
    }

    static string Named(StoredBytes bytes) => $"{Json.NameOf(bytes.Kind)} {bytes.Of}, {bytes.Size} bytes by the address {bytes.Address}";
}
