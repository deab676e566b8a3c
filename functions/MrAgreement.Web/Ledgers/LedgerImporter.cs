using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Formats.Ledgers;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Running;

namespace MrAgreement.Web.Ledgers;

/// <summary>What is to be taken out of a ledger file.</summary>
/// <param name="Chosen">Accounts that count as costs; null for the usual ones.</param>
/// <param name="Texts">Whether to keep the vouchers' texts, which may name people.</param>
/// <param name="CharacterSet">What the file was read by before; null to guess.</param>
public sealed record LedgerOrder(Guid Import, DocumentFile File, Project Project, IReadOnlyList<AccountRange>? Chosen, bool Texts,
    string? CharacterSet = null)
{
    /// <summary>How its bytes came into the store, to be taken back where it is refused; null where that is not known here.</summary>
    public StoredDocument? Put { get; init; }
}

/// <summary>Brings a stored ledger file into the log: all of it or nothing.</summary>
public sealed class LedgerImporter(IDocumentStore documents, ILedgerRows rows, Dossiers dossiers) : IDisposable
{
    readonly SemaphoreSlim restoring = new(1);

    /// <summary>Reads the file and hands the event to <paramref name="append"/>; its
    /// rows are durable by then, and are forgotten if it does not append.</summary>
    /// <param name="progress">Told the bytes and vouchers read, now and then.</param>
    /// <returns>The refusal of the file; null when it was handed over.</returns>
    /// <exception cref="OperationCanceledException">Nothing was kept.</exception>
    public async Task<Refused?> Import(
        AgreementId agreement, LedgerOrder order, Action<long, int> progress, Func<ImportLedger, Task> append,
        CancellationToken cancellation)
    {
        var dossier = await Latest();
        await Restore(dossier, cancellation);
        // What others have brought in while it waited for its turn is known too: compared with less, their rows would be forgotten.
        await using var intake = await rows.Begin(agreement, order.Import, order.Project,
            async () => [.. (dossier = await Latest()).Grant.Ledger.Imports.Select(i => i.Read.Import)], cancellation);
        var ledger = dossier.Grant.Ledger;
        if (ledger.Same(order.File.Sha256, order.Project, order.Chosen, order.Texts) is { } known)
        {
            await append(new(known, null));
            return null;
        }
        var (read, refused) = await Read(dossier.Agreement.Terms, order, [.. ledger.Imports.Select(i => i.Read)], intake, progress,
            cancellation);
        if (read is null)
            return refused;
        await intake.Keep();
        await append(new(read, ledger.Imports.LastOrDefault()?.Read.Import));
        return null;

        async Task<Dossier> Latest() =>
            await dossiers.Read(agreement, cancellation) ?? throw new InvalidOperationException($"There is no agreement {agreement}.");
    }

    /// <summary>Takes back the bytes of what was refused or stopped, unless the log names them.</summary>
    public async Task Leave(AgreementId agreement, LedgerOrder order)
    {
        if (order.Put is { } put && (await dossiers.Read(agreement))?.Bytes.ContainsKey(put.Address) != true)
            await documents.Withdraw(put);
    }

    /// <summary>Brings back the rows of imports in the log, where the projection has lost them or another process has made them.</summary>
    public async Task Restore(Dossier dossier, CancellationToken cancellation)
    {
        var imports = dossier.Grant.Ledger.Imports.Select(i => i.Read).ToList();
        if (await Whole(dossier.Id, imports, cancellation))
            return;
        // What somebody else has just brought back is not taken away again from under those who read it.
        await restoring.WaitAsync(cancellation);
        try
        {
            if (!await Whole(dossier.Id, imports, cancellation))
                await Restore(dossier, imports, cancellation);
        }
        finally
        {
            restoring.Release();
        }
    }

    public void Dispose() => restoring.Dispose();

    async Task<bool> Whole(AgreementId agreement, List<LedgerImported> imports, CancellationToken cancellation) =>
        imports.Count == 0 || await rows.Held(agreement, cancellation) is var held && imports.TrueForAll(i => held.Contains(i.Import));

    async Task Restore(Dossier dossier, List<LedgerImported> imports, CancellationToken cancellation)
    {
        // Each is compared with those before it, so all are read again.
        for (var i = 0; i < imports.Count; i++)
        {
            var it = imports[i];
            var order = new LedgerOrder(it.Import, new(it.Name, "application/octet-stream", it.File, it.Size), it.Project, it.Chosen,
                it.Texts, it.Encoding);
            await using var intake = await rows.Begin(dossier.Id, it.Import, it.Project,
                () => Task.FromResult<IReadOnlyList<Guid>>([.. imports.Take(i).Select(before => before.Import)]), cancellation);
            var (_, refused) = await Read(dossier.Agreement.Terms, order, imports[..i], intake, (_, _) => { }, cancellation);
            // Kept without its rows it would pass for whole, and what comes next would count anew.
            if (refused is not null)
                throw new StoreUnavailableException($"The rows of {it.Name} can't be brought back from the stored file: {refused.Slug}.");
            await intake.Keep();
        }
    }

    async Task<(LedgerImported? Read, Refused? Refused)> Read(
        Terms terms, LedgerOrder order, IReadOnlyList<LedgerImported> earlier, ILedgerIntake intake, Action<long, int> progress,
        CancellationToken cancellation)
    {
        await using var file = await documents.Open(order.File.Sha256, cancellation)
            ?? throw new DocumentDamagedException(order.File.Sha256, gone: true);
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
