using System.Text.Json;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Ledgers;

/// <summary>Takes back a ledger file that was the wrong one.</summary>
/// <param name="Remaining">What the other files tell when it was never there, in the order of the log.</param>
public sealed record WithdrawLedgerImport(Guid Import, string Reason, IReadOnlyList<LedgerImported> Remaining)
    : GrantCommand(Act.WithdrawLedgerImport)
{
    public override Subject Subject => Import;
}

/// <summary>A ledger file was withdrawn: its rows count no more, and what it hid of those that remain does again.</summary>
/// <param name="Changes">What that changes of the project's sums by account and day, reckoned from the files that remain.</param>
/// <param name="Reckoned">Of the files that remain, those that bring something else than they did.</param>
public sealed record LedgerImportWithdrawn(Guid Import, string Reason, IReadOnlyList<LedgerTotal> Changes,
    IReadOnlyList<ReckonedImport> Reckoned) : GrantEvent;

/// <summary>What a file brings now that one before it is gone; as in <see cref="LedgerImported"/>.</summary>
public sealed record ReckonedImport(Guid Import, Calendars.DateSpan FinancialYear, int Known, IReadOnlyList<LedgerTotal> Changes,
    IReadOnlyList<VoucherDifference> Differences, IReadOnlyList<ImportWarning> Warnings)
{
    internal static ReckonedImport Of(LedgerImported it) =>
        new(it.Import, it.FinancialYear, it.Known, it.Changes, it.Differences, it.Warnings);

    internal LedgerImported In(LedgerImported it) => it with
    {
        FinancialYear = FinancialYear, Known = Known, Changes = Changes, Differences = Differences, Warnings = Warnings
    };

    internal bool Says(ReckonedImport other) => Written(this).SequenceEqual(Written(other));

    static byte[] Written(ReckonedImport it) => JsonSerializer.SerializeToUtf8Bytes(it, Json.Options);
}

/// <summary>What becomes of the sums when a file is withdrawn.</summary>
public static class LedgerWithdrawals
{
    /// <summary>The withdrawal, from what the files that remain tell by themselves.</summary>
    public static LedgerImportWithdrawn Of(Ledger it, Guid import, string reason, IReadOnlyList<LedgerImported> remaining)
    {
        var reckoned = remaining.Select(ReckonedImport.Of)
            .Where(r => !r.Says(ReckonedImport.Of(it.Imports.First(i => i.Read.Import == r.Import).Read))).ToList();
        var before = it.Imports.SelectMany(i => i.Read.Changes).Select(t => t with { Amount = -t.Amount, Rows = -t.Rows });
        var changes = before.Concat(remaining.SelectMany(read => read.Changes)).GroupBy(t => (t.Account, t.Date))
            .Select(of => new LedgerTotal(of.Key.Account, of.Key.Date, of.Sum(t => t.Amount), of.Sum(t => t.Rows)))
            .Where(t => !t.Amount.IsZero || t.Rows != 0).OrderBy(t => t.Account, StringComparer.Ordinal).ThenBy(t => t.Date);
        return new(import, reason, [.. changes], reckoned);
    }

    internal static Decision Decide(Grant it, WithdrawLedgerImport command)
    {
        if (Refused.Text("/reason", command.Reason, 2000) is { } wrong)
            return wrong;
        // What was reckoned must be of the files as the log has them now.
        if (!it.Ledger.Imports.Select(i => i.Read.Import).Where(id => id != command.Import)
            .SequenceEqual(command.Remaining.Select(read => read.Import)))
            return new Refused("import-overtaken", RefusalKind.NotSo);
        var happened = Of(it.Ledger, command.Import, command.Reason.Trim(), command.Remaining);
        var entries = happened.Changes.Count + happened.Reckoned.Sum(r => r.Changes.Count + r.Differences.Count);
        return entries > LedgerDecisions.MostEntries
            ? new Refused("ledger-too-detailed", RefusalKind.NotSo, ("count", entries), ("max", LedgerDecisions.MostEntries))
            : happened;
    }
}
