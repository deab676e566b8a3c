namespace MrAgreement.Ledgers;

/// <summary>The vouchers of a file held against what earlier files had, one by one: what is new or another is taken in.</summary>
public sealed class VoucherComparison(ILedgerIntake intake)
{
    readonly FingerprintTaker fingerprints = new();
    readonly GivenNumbers numbers = new();

    /// <param name="year">A voucher of an assumed year and one of a declared year
    /// that holds its day are the same, when they have the same number.</param>
    /// <param name="rows">Those of its rows that carry the project; may be none.</param>
    /// <param name="text">What to keep of its text, also when it is known without one; null for nothing.</param>
    /// <returns>Before: what it had, when it has changed; else nothing.</returns>
    public async ValueTask<(VoucherFate Fate, IReadOnlyList<LedgerTotal> Before)> Take(
        VoucherYear year, Voucher voucher, IReadOnlyList<VoucherRow> rows, string? text)
    {
        // In the first file of a book there is nothing to compare the others' vouchers with.
        if (rows.Count == 0 && intake.IsFirst)
            return (VoucherFate.Foreign, []);
        var fingerprint = fingerprints.Of(voucher.Date, rows);
        var number = numbers.For(voucher, fingerprint);
        var known = VoucherRules.Choose(await intake.Find(voucher.Series, number), year, voucher.Date);
        var fate = VoucherRules.Of(rows.Count > 0, fingerprint, known);
        switch (fate)
        {
            case VoucherFate.New:
                await intake.Add(new(year, voucher, number, rows, fingerprint, text));
                break;
            case VoucherFate.Same:
                await intake.Meet(known!.Value.Id, known.Value.HasText ? null : text);
                break;
            case VoucherFate.Changed:
                // Without rows too: it must be known that the project left it.
                return (fate, await intake.Replace(known!.Value.Id, new(year, voucher, number, rows, fingerprint, text)));
        }
        return (fate, []);
    }

    /// <summary>Vouchers that earlier files had on these days, and this one does not.</summary>
    public async ValueTask<IReadOnlyList<KnownVoucher>> Missing(LocalDate from, LocalDate to) =>
        intake.IsFirst ? [] : await intake.Missing(from, to);
}
