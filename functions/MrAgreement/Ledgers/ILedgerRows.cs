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

    /// <summary>Rows that count: project by project, in order of day and account.</summary>
    /// <param name="finished">The imports that the log names; a voucher counts as the last of them has it.</param>
    Task<IReadOnlyList<LedgerRow>> Find(
        AgreementId agreement, IReadOnlyList<Guid> finished, RowSearch search, int skip, int take,
        CancellationToken cancellation = default);
}

/// <summary>One file on its way in: all of it, or nothing when it is disposed of before <see cref="Keep"/>.</summary>
public interface ILedgerIntake : IAsyncDisposable
{
    /// <summary>Compares a voucher with what is known of it, and takes it in when it is new or another.</summary>
    /// <param name="year">A voucher of an assumed year and one of a declared year
    /// that holds its day are the same, when they have the same number.</param>
    /// <param name="rows">Those of its rows that carry the project; may be none.</param>
    /// <param name="text">What to keep of its text, also when it is known without one; null for nothing.</param>
    ValueTask<VoucherFate> Take(VoucherYear year, Voucher voucher, IReadOnlyList<VoucherRow> rows, string? text);

    /// <summary>Vouchers that earlier files had on these days, and this one does not.</summary>
    ValueTask<IReadOnlyList<KnownVoucher>> Missing(LocalDate from, LocalDate to);

    /// <summary>Makes what was taken in durable; it shows once the log names the import.</summary>
    ValueTask Keep();
}

/// <summary>What a voucher is in the light of what is known.</summary>
public abstract record VoucherFate
{
    /// <summary>It does not carry the project, and never did.</summary>
    public sealed record Foreign : VoucherFate;

    public sealed record New : VoucherFate;

    /// <summary>Earlier files had it just so.</summary>
    public sealed record Same : VoucherFate;

    /// <summary>This file has had it just so.</summary>
    public sealed record Repeated : VoucherFate;

    /// <summary>Known otherwise.</summary>
    public sealed record Changed(KnownVoucher Before) : VoucherFate;

    /// <summary>This file has had another one by that number.</summary>
    public sealed record Twice : VoucherFate;
}

/// <param name="Totals">Its rows on the project, by account and day.</param>
public sealed record KnownVoucher(string Series, string Number, LocalDate Date, IReadOnlyList<LedgerTotal> Totals);

/// <param name="Accounts">Null for all.</param>
public sealed record RowSearch(IReadOnlyList<string>? Accounts, LocalDate From, LocalDate To);

/// <summary>A row that counts, with its voucher.</summary>
/// <param name="Text">Of the voucher; null when it was not asked for.</param>
public sealed record LedgerRow(Guid Import, string Series, string Number, LocalDate VoucherDate, LocalDate Date, string Account,
    Kronor Amount, string? Text);
