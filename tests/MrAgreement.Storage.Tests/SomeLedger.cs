using System.Globalization;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Storage.Tests;

/// <summary>Vouchers to throw away, and what may become of them.</summary>
static class SomeLedger
{
    public static readonly Project Ours = new(6, "P 2289");
    public static readonly VoucherYear Year = new(new(2015, 1, 1), new(2015, 12, 31), false);
    public static readonly LocalDate Day = new(2015, 3, 1);

    public static readonly VoucherFate New = new VoucherFate.New();
    public static readonly VoucherFate Same = new VoucherFate.Same();
    public static readonly VoucherFate Foreign = new VoucherFate.Foreign();
    public static readonly VoucherFate Repeated = new VoucherFate.Repeated();
    public static readonly VoucherFate Twice = new VoucherFate.Twice();

    public static Guid Import(int n) => new($"00000000-0000-4000-a000-{n:x12}");

    /// <summary>With a row of each amount on 5010.</summary>
    public static Voucher Booked(string series, string number, params string[] amounts) =>
        new(series, number, Day, "Hyra", 1, [.. amounts.Select(a => Row("5010", a))]);

    public static VoucherRow Row(string account, string amount, LocalDate? date = null) => new(account, [new(Ours.Dimension, Ours.Code)], Kronor.Parse(amount), date ?? Day, "");

    /// <summary>The calendar year of a day, declared.</summary>
    public static VoucherYear Of(LocalDate day) => new(new(day.Year, 1, 1), new(day.Year, 12, 31), false);

    public static Task<ILedgerIntake> Begin(this ILedgerRows rows, AgreementId agreement, Guid import, Project project, IReadOnlyList<Guid> finished, CancellationToken cancellation) =>
        rows.Begin(agreement, import, project, () => Task.FromResult(finished), cancellation);

    /// <summary>Takes in all vouchers of a file; the financial year is the calendar year.</summary>
    public static async Task<IReadOnlyList<VoucherFate>> Keep(this ILedgerRows rows, AgreementId agreement, int file, Project project, IReadOnlyList<Guid> finished, IReadOnlyList<Voucher> vouchers)
    {
        await using var intake = await rows.Begin(agreement, Import(file), project, finished, TestContext.Current.CancellationToken);
        var fates = new List<VoucherFate>();
        foreach (var voucher in vouchers)
            fates.Add(await intake.Take(Of(voucher.Date), voucher, voucher.Rows, null));
        await intake.Keep();
        return fates;
    }

    /// <summary>All rows, as in <c>A1 5010 100</c>.</summary>
    public static async Task<List<string>> Found(this ILedgerRows rows, AgreementId agreement, IReadOnlyList<Guid> finished, RowSearch? search = null, int skip = 0, int take = 1000) =>
        [.. (await rows.Find(agreement, finished, search ?? new(null, new(1900, 1, 1), new(2200, 12, 31)), skip, take, TestContext.Current.CancellationToken))
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Series}{r.Number} {r.Account} {r.Amount}"))];
}
