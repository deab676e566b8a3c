using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;

namespace MrAgreement.Web.Ledgers;

/// <summary>A ledger file that was imported.</summary>
/// <param name="ImportId">Its id.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">Hash of the file.</param>
/// <param name="Encoding">The character set that it was read by: cp437, utf-8, latin-1 or windows-1252.</param>
/// <param name="FinancialYear">As the file declares it.</param>
/// <param name="Covers">From its first voucher to its last.</param>
/// <param name="Dimension">The dimension of the project; 6 is usual.</param>
/// <param name="Project">The project's code.</param>
/// <param name="Vouchers">Vouchers in the file.</param>
/// <param name="Rows">Rows in the file, those struck out left aside.</param>
/// <param name="Spend">Costs of the project in the file, known before or not.</param>
/// <param name="Added">What the import changed of the costs in all.</param>
/// <param name="ByCategory">The spend by cost category.</param>
/// <param name="ByAccount">Everything that carries the project, by account: what counts and what does not.</param>
/// <param name="NotCounted">Rows that are no cost of the project, and why: together with those that are, every row of the file.</param>
/// <param name="Warnings">What is worth knowing.</param>
/// <param name="Duplicates">Vouchers that were known already; they count once.</param>
/// <param name="Differences">Vouchers that earlier files had otherwise, that
/// this one lacks, or that it adds to days that earlier files cover.</param>
/// <param name="Closing">Closing balance of the project on the liability accounts; credit negative.</param>
/// <param name="ImportedBy">Who imported it.</param>
/// <param name="ImportedAt">When.</param>
public sealed record LedgerImportView(
    Guid ImportId, string Name, Sha256 Sha256, string Encoding, DateSpan FinancialYear, DateSpan Covers, int Dimension, string Project,
    int Vouchers, int Rows,
    Kronor Spend, Kronor Added, IReadOnlyList<CategorySpendView> ByCategory, IReadOnlyList<AccountView> ByAccount,
    IReadOnlyList<NotCountedView> NotCounted,
    IReadOnlyList<WarningView> Warnings, int Duplicates, IReadOnlyList<DifferenceView> Differences, Kronor Closing, PersonView ImportedBy,
    Instant ImportedAt)
{
    internal static LedgerImportView Of(LedgerImport it, Viewpoint at, bool again = false)
    {
        var (read, grant) = (it.Read, at.Dossier.Grant);
        var costs = read.Accounts.Where(a => a.Kind == AccountKind.Cost).ToList();
        return new(
            read.Import, read.Name, read.File, read.Encoding, read.FinancialYear, read.Covers, read.Project.Dimension, read.Project.Code,
            read.Vouchers, read.Rows,
            read.Spend(), read.Changes.Where(t => grant.Ledger.Accounts[t.Account].Kind == AccountKind.Cost).Sum(t => t.Amount),
            [.. costs.GroupBy(a => grant.Categories.Of(a.Number)).OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => new CategorySpendView(c.Key, c.Sum(a => a.Amount)))],
            [.. read.Accounts.Select(a =>
                new AccountView(a.Number, a.Name, a.Kind, a.Kind == AccountKind.Cost ? grant.Categories.Of(a.Number) : null, a.Amount,
                a.Rows))],
            [.. NotCountedView.Of(read)], [.. WarningView.Of(read, at)], again ? read.Vouchers : read.Known,
            [.. read.Differences.Select(d => new DifferenceView(d.Series, d.Number, d.Date, d.Kind, Cost(d.Before), Cost(d.After)))],
            read.Closing.Sum(c => c.Amount), at.Name(it.By), it.At);

        Kronor Cost(IReadOnlyList<LedgerTotal> totals) =>
            totals.Where(t => grant.Ledger.Accounts[t.Account].Kind == AccountKind.Cost).Sum(t => t.Amount);
    }
}

/// <param name="Category">Cost category; unassigned for accounts that no category names.</param>
/// <param name="Amount">Cost in kronor.</param>
public sealed record CategorySpendView(string Category, Kronor Amount);

/// <param name="Account">Its number.</param>
/// <param name="Name">As the file has it.</param>
/// <param name="Kind">cost, grant-income, other-income, liability, balance or not-chosen.</param>
/// <param name="Category">Cost category, of a cost.</param>
/// <param name="Amount">Debit positive, credit negative.</param>
/// <param name="Rows">Rows in the file.</param>
public sealed record AccountView(string Account, string Name, AccountKind Kind, string? Category, Kronor Amount, int Rows);

/// <param name="Reason">grant-income, other-income, liability, balance, not-chosen, other-project or repeated.</param>
/// <param name="Rows">How many rows.</param>
public sealed record NotCountedView(string Reason, int Rows)
{
    internal static IEnumerable<NotCountedView> Of(LedgerImported read) =>
        read.Accounts.Where(a => a.Kind != AccountKind.Cost).GroupBy(a => a.Kind).OrderBy(kind => kind.Key)
            .Select(kind => new NotCountedView(Json.NameOf(kind.Key), kind.Sum(a => a.Rows)))
            .Append(new("other-project", read.RowsForeign)).Append(new("repeated", read.RowsRepeated)).Where(n => n.Rows > 0);
}

/// <param name="Rule">Stable name.</param>
/// <param name="Line">Line of the file; null when it concerns the whole.</param>
/// <param name="Message">What it means.</param>
public sealed record WarningView(string Rule, int? Line, string Message)
{
    /// <summary>What may be a slip in what has been recorded; whoever used a form has been asked.</summary>
    internal static IReadOnlyList<WarningView> Of(IEnumerable<Fault> doubts, Viewpoint at) =>
        [.. doubts.Select(it => new WarningView(it.Rule, null, at.Language.Say($"rule.{it.Rule}", it.Values)))];

    internal static WarningView Of(ImportWarning it, Viewpoint at) =>
        new(it.Rule, it.Line, at.Language.Say($"warning.{it.Rule}", ImportValues.Of(it)));

    internal static IEnumerable<WarningView> Of(LedgerImported read, Viewpoint at)
    {
        foreach (var warning in read.Warnings)
            yield return Of(warning, at);
        var grant = at.Dossier.Grant;
        var unassigned = read.Accounts.Where(a => a.Kind == AccountKind.Cost && grant.Categories.Of(a.Number) == CategoryMap.Unassigned)
            .Select(a => a.Number).ToList();
        if (unassigned.Count > 0)
            yield return Own("accounts-unassigned", ("accounts", string.Join(", ", unassigned)));
        if (at.Agreement.Terms.Period is var period && (read.Covers.From < period.From || read.Covers.To > period.To))
            yield return Own("ledger-outside-period", ("from", period.From), ("to", period.To));

        WarningView Own(string rule, params (string Place, object Value)[] values) =>
            new(rule, null, at.Language.Say($"warning.{rule}", values));
    }
}

/// <param name="Series">Of the voucher.</param>
/// <param name="Number">Of the voucher.</param>
/// <param name="Date">Of the voucher.</param>
/// <param name="Kind">changed, or missing: then it still counts.</param>
/// <param name="Before">Cost that it had.</param>
/// <param name="After">Cost that it has now.</param>
public sealed record DifferenceView(string Series, string Number, LocalDate Date, DifferenceKind Kind, Kronor Before, Kronor After);

/// <param name="ImportId">Its id.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="BytesRead">Bytes read so far.</param>
/// <param name="Vouchers">Vouchers read so far.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="StartedAt">When.</param>
public sealed record RunningImportView(Guid ImportId, string Name, long Bytes, long BytesRead, int Vouchers, PersonView StartedBy,
    Instant StartedAt)
{
    internal static RunningImportView Of(LedgerRun it, Viewpoint at) =>
        new(it.Import, it.File, it.Bytes, it.BytesRead, it.Vouchers, at.Name(it.By), it.StartedAt);
}

/// <summary>A row of the ledger that carries the project.</summary>
/// <param name="ImportId">The import that brought it.</param>
/// <param name="Series">Of the voucher.</param>
/// <param name="Number">Of the voucher.</param>
/// <param name="VoucherDate">Of the voucher.</param>
/// <param name="Date">The row's own date, or else the voucher's.</param>
/// <param name="Account">Number of the account.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Kind">cost, grant-income, other-income, liability, balance or not-chosen.</param>
/// <param name="Category">Cost category, of a cost.</param>
/// <param name="Amount">Debit positive, credit negative.</param>
/// <param name="Text">Of the voucher; null when the import left texts out.</param>
/// <param name="Voucher">The number that the voucher is known by: its own, or one that stands for it where its file gives none.</param>
public sealed record LedgerRowView(
    Guid ImportId, string Series, string Number, LocalDate VoucherDate, LocalDate Date, string Account, string AccountName,
    AccountKind Kind, string? Category, Kronor Amount, string? Text, string Voucher)
{
    internal static LedgerRowView Of(LedgerRow it, Viewpoint at)
    {
        var account = at.Dossier.Grant.Ledger.Accounts[it.Account];
        return new(it.Import, it.Series, it.Number, it.VoucherDate, it.Date, it.Account, account.Name, account.Kind,
            account.Kind == AccountKind.Cost ? at.Dossier.Grant.Categories.Of(it.Account) : null, it.Amount, it.Text,
            it.Voucher.Number);
    }
}
