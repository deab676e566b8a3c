using System.Diagnostics;
using MrAgreement.Running;
using MrAgreement.Storage.Backups;

namespace MrAgreement.Local;

/// <summary>Copies of all that a host keeps in its folder, taken while it runs, and put back (docs/decisions/0073).</summary>
static class Backups
{
    // As often as something may be erased, or a package fetched, while documents are copied.
    const int MostTries = 3;

    /// <summary>Takes one and looks through it. Answers the exit code: 1 also when the host's own files are not whole.</summary>
    public static async Task<int> Take(string data, string target, IClock clock, TextWriter told, TextWriter errors)
    {
        GiveWay();
        using var backup = FolderBackup.Begin(data, target);
        Inventory found;
        var tries = 0;
        do
        {
            var logs = await backup.Copy(clock.GetCurrentInstant(), events => LogsRead.Of(events));
            found = await Inventory.Of(logs, backup.Documents);
        }
        while (found.Discords.Any(it => it.Kind == DiscordKind.BytesMissing) && ++tries < MostTries);
        var manifest = await backup.Finish();
        foreach (var file in backup.Damaged)
            await errors.WriteLineAsync($"The file {file} is not what its name says, and is not in the backup.");
        await Upkeep.Name(found.Discords, errors);
        var isWhole = found.Discords.Count == 0 && backup.Damaged.Count == 0;
        await told.WriteLineAsync($"Copied {Counted(found.Agreements, "agreement")}, "
            + $"{Counted(manifest.Addressed.Values.Sum(), "file")} of documents and packages and "
            + $"{Counted(manifest.Others.Count, "other file")} to {Path.GetFullPath(target)}, as of {manifest.Taken}: "
            + (isWhole ? "logs and documents are whole." : "it holds what there is, with the faults that are named."));
        return isWhole ? 0 : 1;
    }

    /// <summary>Puts one into a folder. Answers the exit code.</summary>
    public static async Task<int> Restore(string backup, string data, TextWriter told, TextWriter errors)
    {
        var faults = await FolderRestore.Run(backup, data);
        foreach (var fault in faults)
            await errors.WriteLineAsync($"Missing in the backup, or not what was copied: {fault}");
        var put = $"Put the backup {Path.GetFullPath(backup)} into {Path.GetFullPath(data)}";
        if (faults.Count == 0)
        {
            await told.WriteLineAsync($"{put}. Start the host on it; with --verify first, to have all of it looked through.");
            return 0;
        }
        await errors.WriteLineAsync($"{put}, but for what is named above: it is not whole. Better restore an earlier backup that is, into an "
            + "empty folder. A host on this one lacks what is named: it gives nobody those documents, and says so, until the same files are "
            + "uploaded again.");
        return 1;
    }

    static string Counted(long number, string what) => FormattableString.Invariant($"{number} {what}{(number == 1 ? "" : "s")}");

    // People who work come first.
    static void GiveWay()
    {
        using var self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.BelowNormal;
    }
}
