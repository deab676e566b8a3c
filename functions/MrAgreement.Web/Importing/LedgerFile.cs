using MrAgreement.Agreements;
using MrAgreement.Formats.Ledgers;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Web.Importing;

/// <summary>What a ledger file says of the project, held against the imports before it.</summary>
static class LedgerFile
{
    /// <summary>Reads it to its end: what it changes, or why it can't be taken in.</summary>
    public static async Task<(LedgerImported? Read, Refused? Refused)> Read(
        Stream file, Terms terms, LedgerOrder order, IReadOnlyList<LedgerImported> earlier, ILedgerIntake intake,
        Action<long, int> progress,
        CancellationToken cancellation)
    {
        var reader = SieReader.Open(file, order.Texts, order.CharacterSet, cancellation);
        var reading = new LedgerReading(order.Project, order.Chosen, order.Texts, intake,
            account => reader.Accounts.Accounts.GetValueOrDefault(account)?.Name ?? "", account =>
                Type(reader.Accounts.Accounts.GetValueOrDefault(account)?.Kind), day => YearOf(reader, day, earlier),
            [.. earlier.Where(e => e.Project == order.Project).Select(e => e.Covers)]);
        var headed = false;
        while (reader.Read(cancellation) is { } voucher)
        {
            // What another organisation's file holds is none of ours to take in.
            if (!headed && Against(Foreign(reader, terms)) is { } foreign)
                return (null, foreign);
            headed = true;
            await reading.Take(voucher);
            if (reading.Vouchers % 1000 == 0)
                progress(reader.Position, reading.Vouchers);
        }
        if (Against([.. reader.Errors, .. Foreign(reader, terms), .. reading.Faults]) is { } faulty)
            return (null, faulty);
        if (reading.Vouchers == 0)
            return (null, Refused.Invalid(new Fault("/file", "ledger-no-vouchers")));
        if (reading.Accounts.Count == 0 && SieProjects.Absent(reader.Accounts, order.Project) is { } absent)
            return (null, Refused.Invalid(absent));
        await reading.Finish();
        return (Imported(order, reader, reading, earlier), null);
    }

    static LedgerImported Imported(LedgerOrder order, SieReader reader, LedgerReading reading, IReadOnlyList<LedgerImported> earlier)
    {
        var covers = reading.Covers!;
        var year = reader.Heading.Years.FirstOrDefault(y => y.Number == 0) is { } current
            ? new(current.Days.Start, current.Days.End, false)
            : YearOf(reader, covers.From, earlier);
        return new(
            order.Import, order.File.Sha256, order.File.Name, order.File.Size, reader.CharacterSet.Name, new(year.From, year.To), covers,
            order.Project, order.Chosen, order.Texts, reading.Vouchers, checked((int)reader.Rows), reading.RowsForeign,
            reading.RowsRepeated, reading.Known,
            reading.Accounts, reading.Changes, reading.Differences, Closing(order.Project, reader, reading),
            [
                .. reader.Warnings.Concat(LedgerDecisions.Doubts(reader.Heading.OrganisationNumberText))
                    .Concat(reading.Accounts.Count == 0 ? [NothingBooked(order.Project)] : [])
                    .Concat(year.IsAssumed ? [new Fault("/file", VoucherYear.Warning, ("from", year.From), ("to", year.To))] : [])
                    .Select(ImportWarning.Of)
            ]);
    }

    static Fault NothingBooked(Project project) =>
        new("/project", LedgerDecisions.NothingBooked, ("project", project.Code), ("dimension", project.Dimension));

    // As the file has it per object; else what the year opened with and what was booked.
    static IReadOnlyList<ClosingBalance> Closing(Project project, SieReader reader, LedgerReading reading)
    {
        bool Ours(SieBalance balance) => balance.Year == 0 && balance.Objects.Contains(new(project.Dimension, project.Code))
            && Account.KindOf(balance.Account, Type(reader.Accounts.Accounts.GetValueOrDefault(balance.Account)?.Kind),
            null) == AccountKind.Liability;
        var stated = reader.Balances.Closing.Where(Ours).Select(b => new ClosingBalance(b.Account, b.Amount)).ToList();
        if (stated.Count > 0)
            return stated;
        return
        [
            .. reader.Balances.Opening.Where(Ours).Select(b => new ClosingBalance(b.Account, b.Amount))
                .Concat(reading.Accounts.Where(a => a.Kind == AccountKind.Liability).Select(a => new ClosingBalance(a.Number, a.Amount)))
                .GroupBy(b => b.Account).Select(b => new ClosingBalance(b.Key, b.Sum(x => x.Amount)))
        ];
    }

    static IEnumerable<Fault> Foreign(SieReader reader, Terms terms) =>
        LedgerDecisions.Faults(reader.Heading.OrganisationNumberText.Trim() is { Length: > 0 } written ? written : null,
            reader.Heading.Currency, terms.Parties);

    static VoucherYear YearOf(SieReader reader, LocalDate day, IReadOnlyList<LedgerImported> earlier)
    {
        foreach (var year in reader.Heading.Years)
            if (year.Days.Contains(day))
                return new(year.Days.Start, year.Days.End, false);
        return VoucherYear.Of(day, earlier);
    }

    static char? Type(SieAccountKind? kind) => kind switch
    {
        SieAccountKind.Asset => 'T',
        SieAccountKind.Liability => 'S',
        SieAccountKind.Cost => 'K',
        SieAccountKind.Income => 'I',
        null => null
    };

    static Refused? Against(IEnumerable<Fault> faults)
    {
        var all = faults.ToList();
        return all.Count == 0 ? null : Refused.Invalid(all);
    }
}
