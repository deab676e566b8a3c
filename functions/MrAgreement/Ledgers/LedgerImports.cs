using System.Globalization;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Ledgers;

/// <summary>Takes a read ledger file into account.</summary>
/// <param name="After">The imports that it was compared with; null for the first.</param>
/// <param name="Withdrawn">How many files had been withdrawn by then.</param>
public sealed record ImportLedger(LedgerImported Read, Guid? After, int Withdrawn = 0) : GrantCommand(Act.ImportLedger);

/// <summary>A ledger file was imported: what it changes of the project's sums. Its rows are a projection of the stored file.</summary>
/// <param name="File">Address of the stored file.</param>
/// <param name="Encoding">The character set that it was read by.</param>
/// <param name="FinancialYear">As the file declares it; else that of its first voucher, see <see cref="VoucherYear"/>.</param>
/// <param name="Covers">From its first voucher to its last.</param>
/// <param name="Chosen">Accounts that were chosen to count as costs; null for the usual ones.</param>
/// <param name="Vouchers">Vouchers in the file.</param>
/// <param name="Rows">Rows in the file, those struck out left aside.</param>
/// <param name="RowsForeign">Rows that do not carry the project.</param>
/// <param name="RowsRepeated">Rows of vouchers that the file has twice; they count once.</param>
/// <param name="Known">Vouchers that earlier imports had just so, or that the file has twice.</param>
/// <param name="Accounts">The accounts that carry the project, with what the file has on them, known or not.</param>
/// <param name="Changes">What the import adds to (or takes from) the sums of
/// those before it, by account and day; balance accounts and income too.</param>
/// <param name="Differences">Vouchers that differ from what earlier imports had.</param>
/// <param name="Closing">Closing balance of the project on each liability account, where the file tells.</param>
public sealed record LedgerImported(
    Guid Import, Sha256 File, string Name, long Size, string Encoding, DateSpan FinancialYear, DateSpan Covers, Project Project,
    IReadOnlyList<AccountRange>? Chosen, bool Texts,
    int Vouchers, int Rows, int RowsForeign, int RowsRepeated, int Known, IReadOnlyList<Account> Accounts,
    IReadOnlyList<LedgerTotal> Changes,
    IReadOnlyList<VoucherDifference> Differences, IReadOnlyList<ClosingBalance> Closing, IReadOnlyList<ImportWarning> Warnings) : GrantEvent
{
    public override IEnumerable<StoredBytes> Bytes() => [new(File, Size, StoredBytesKind.LedgerImport, Import)];

    /// <summary>Whether neither this file nor an earlier one says which the financial year is.</summary>
    public bool YearIsAssumed() => Warnings.Any(w => w.Rule == VoucherYear.Warning);

    /// <summary>What the file has spent on the project, known or not.</summary>
    public Kronor Spend() => Accounts.Where(a => a.Kind == AccountKind.Cost).Sum(a => a.Amount);
}

/// <summary>A voucher that a later file has otherwise, or lacks, or has besides.</summary>
/// <param name="Before">What it had on the project; nothing when it has come to it.</param>
/// <param name="After">What it has now; the same as before when it is missing, since a ledger loses no vouchers.</param>
public sealed record VoucherDifference(string Series, string Number, LocalDate Date, DifferenceKind Kind, IReadOnlyList<LedgerTotal> Before,
    IReadOnlyList<LedgerTotal> After);

public enum DifferenceKind
{
    Changed,

    /// <summary>Earlier files had it; it still counts.</summary>
    Missing,

    /// <summary>An earlier file covered its day without it on the project: booked since,
    /// or moved to the project. What was stated for that day is no longer so.</summary>
    Added
}

/// <param name="Amount">Credit negative.</param>
public sealed record ClosingBalance(string Account, Kronor Amount);

/// <summary>Something in a file that is worth knowing and does not stop it.</summary>
/// <param name="Line">Line of the file; null when it concerns the whole.</param>
/// <param name="Values">What the sentence names.</param>
public sealed record ImportWarning(string Rule, int? Line, IReadOnlyDictionary<string, string> Values)
{
    public static ImportWarning Of(Fault it) =>
        new(it.Rule, it.Line, it.Values.ToDictionary(v => v.Place,
            v => v.Value is LocalDate day ? LocalDatePattern.Iso.Format(day) : Convert.ToString(v.Value, CultureInfo.InvariantCulture)
            ?? ""));
}

/// <summary>Decisions on imported ledgers.</summary>
public static class LedgerDecisions
{
    /// <summary>The most account-and-day sums and differing vouchers that one import
    /// may bring: an event is read with every look at the agreement.</summary>
    public const int MostEntries = 40_000;

    /// <summary>The warning that nothing tells whose books a file is from.</summary>
    public const string NoOrganisation = "ledger-no-organisation";

    /// <summary>The warning that a file has the project and nothing booked on it.</summary>
    public const string NothingBooked = "ledger-nothing-booked";

    internal static Decision Decide(Grant it, ImportLedger command)
    {
        if (it.Ledger.Same(command.Read.File, command.Read.Project, command.Read.Chosen, command.Read.Texts) is not null)
            return new Nothing();
        if (it.Ledger.Imports.LastOrDefault()?.Read.Import != command.After || it.WithdrawnFiles.Count != command.Withdrawn)
            return new Refused("import-overtaken", RefusalKind.NotSo);
        // Within what an amount can be, every sum of them reads again.
        if (!Fits(it, command.Read))
            return new Refused("amount-too-large", RefusalKind.Invalid, ("amount", Kronor.Max));
        return command.Read.Changes.Count + command.Read.Differences.Count > MostEntries
            ? new Refused("ledger-too-detailed", RefusalKind.Invalid,
            ("count", command.Read.Changes.Count + command.Read.Differences.Count), ("max", MostEntries))
            : command.Read;
    }

    static bool Fits(Grant it, LedgerImported read)
    {
        var left = Kronor.Max - it.Ledger.Moved;
        foreach (var change in read.Changes)
        {
            // Less is left with each, never below zero: nothing here can overflow.
            if (change.Amount.Absolute > left)
                return false;
            left -= change.Amount.Absolute;
        }
        return read.Accounts.All(a => a.Amount.Absolute <= Kronor.Max);
    }

    /// <summary>What is to be known of a file by what it says of itself: without
    /// an organisation number nothing tells whose books it is from.</summary>
    /// <param name="organisationNumber">As written.</param>
    public static IEnumerable<Fault> Doubts(string organisationNumber) =>
        organisationNumber.Trim().Length == 0 ? [new("/file", NoOrganisation)] : [];

    /// <summary>What stands against a file by what it says of itself: another organisation's, or another currency's.</summary>
    /// <param name="organisationNumber">As written; null when it gives none.</param>
    public static IEnumerable<Fault> Faults(string? organisationNumber, string currency, IReadOnlyList<Party> parties)
    {
        if (currency != "SEK")
            yield return new Fault("/file", "ledger-currency", ("currency", currency));
        if (organisationNumber is { } written
            && parties.FirstOrDefault(p => Rights.Does(p, Duty.MoneyHandler, parties))?.OrganisationNumber is { } expected
            && !(OrganisationNumber.TryRead(written, out var found) && found == expected))
            yield return new Fault("/file", "ledger-organisation", ("found", written), ("expected", expected));
    }
}
