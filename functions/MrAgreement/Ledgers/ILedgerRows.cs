using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>
/// The project's rows of imported ledgers, to look into and to compare with
/// what comes later. A projection: the files that the log names bring it back.
/// What the log does not name was never finished, and is not shown.
/// </summary>
public interface ILedgerRows
{
    /// <summary>Begins to take in a file; whatever earlier ones left unfinished
    /// for the agreement is forgotten. Waits for its turn.</summary>
    /// <param name="finished">The imports that the log names, in order; asked for
    /// when the turn has come, since others may have finished meanwhile.</param>
    /// <exception cref="StoreUnavailableException">Rows of some of those are not here: what is known would count as new.</exception>
    Task<ILedgerIntake> Begin(AgreementId agreement, Guid import, Project project, Func<Task<IReadOnlyList<Guid>>> finished,
        CancellationToken cancellation = default);

    /// <summary>The imports whose rows are here, finished or not.</summary>
    Task<IReadOnlySet<Guid>> Held(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>Of all that is here of an agreement, by which the next file is held against it too: the same in two places where the same files
    /// were taken in, in the same order.</summary>
    Task<Sha256> Digest(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>Forgets whatever is here of an agreement: what is asked for again is read again.</summary>
    Task Forget(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>Rows that count: project by project, in order of day and account.</summary>
    /// <param name="finished">The imports that the log names; a voucher counts as the last of them has it.</param>
    Task<IReadOnlyList<LedgerRow>> Find(
        AgreementId agreement, IReadOnlyList<Guid> finished, RowSearch search, int skip, int take,
        CancellationToken cancellation = default);
}

/// <summary>One file on its way in: all of it, or nothing when it is disposed of before <see cref="Keep"/>.
/// It finds and notes; what a voucher is, <see cref="VoucherRules"/> say.</summary>
public interface ILedgerIntake : IAsyncDisposable
{
    /// <summary>Whether nothing of the project was known when it began.</summary>
    bool IsFirst { get; }

    /// <summary>The vouchers by a series and number that no later file has otherwise; good until the next are asked for.</summary>
    ValueTask<IReadOnlyList<VoucherCandidate>> Find(string series, string number);

    ValueTask Add(VoucherEntry it);

    /// <summary>Notes that this file has a voucher as it is known.</summary>
    /// <param name="text">What it is to be known by from now on; null to leave it as it is.</param>
    ValueTask Meet(long known, string? text);

    /// <summary>Puts another in a voucher's place.</summary>
    /// <returns>What that had on the project.</returns>
    ValueTask<IReadOnlyList<LedgerTotal>> Replace(long known, VoucherEntry it);

    /// <summary>Vouchers with rows that earlier files had on these days, and this one has neither met nor replaced.</summary>
    ValueTask<IReadOnlyList<KnownVoucher>> Missing(LocalDate from, LocalDate to);

    /// <summary>Makes what was taken in durable; it shows once the log names the import.</summary>
    ValueTask Keep();
}

/// <summary>A voucher to be taken in.</summary>
/// <param name="Number">That it is known by: its own, or one that we give it.</param>
/// <param name="Rows">Those that carry the project; may be none.</param>
/// <param name="Text">What to keep of its text; null for nothing.</param>
public readonly record struct VoucherEntry(
    VoucherYear Year, Voucher Voucher, string Number, IReadOnlyList<VoucherRow> Rows, VoucherFingerprint Fingerprint, string? Text);

/// <param name="Totals">Its rows on the project, by account and day.</param>
public sealed record KnownVoucher(string Series, string Number, LocalDate Date, IReadOnlyList<LedgerTotal> Totals);

/// <param name="Accounts">Null for all.</param>
/// <param name="Voucher">Null for all.</param>
public sealed record RowSearch(IReadOnlyList<string>? Accounts, LocalDate From, LocalDate To, VoucherName? Voucher = null);

/// <summary>What tells one voucher of an agreement from the others.</summary>
/// <param name="Number">By which it is known: its own, or one that we gave it.</param>
public sealed record VoucherName(string Series, string Number, LocalDate Date);

/// <summary>A row that counts, with its voucher.</summary>
/// <param name="Text">Of the voucher; null when it was not asked for.</param>
/// <param name="Known">The number that the voucher is known by, where its file gives it none; else empty.</param>
public sealed record LedgerRow(Guid Import, string Series, string Number, LocalDate VoucherDate, LocalDate Date, string Account,
    Kronor Amount, string? Text, string Known = "")
{
    public VoucherName Voucher => new(Series, Known.Length > 0 ? Known : Number, VoucherDate);
}
