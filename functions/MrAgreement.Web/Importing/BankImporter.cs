using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Formats.Banking;
using MrAgreement.Ledgers;
using MrAgreement.Web.Banking;

namespace MrAgreement.Web.Importing;

/// <summary>Reads stored bank files: on their way in, and again when somebody asks what is in them.</summary>
public sealed class BankImporter(IDocumentStore documents)
{
    /// <summary>A stored file with its transactions, or why it can't be taken in.</summary>
    public async Task<(BankFile? File, IReadOnlyList<BankTransaction> Transactions, Refused? Refused)> Read(Guid import, DocumentFile file,
        CancellationToken cancellation)
    {
        await using var stream = await documents.Open(file.Sha256, cancellation)
            ?? throw new DocumentDamagedException(file.Sha256, gone: true);
        using var reader = new CamtReader(stream);
        var transactions = new List<BankTransaction>();
        foreach (var transaction in reader.ToEnd())
        {
            cancellation.ThrowIfCancellationRequested();
            transactions.Add(transaction);
        }
        if (reader.IsRefused)
            return (null, [], Refused.Invalid([.. reader.Errors]));
        var message = reader.Message!;
        return (new(
            import, file.Sha256, file.Name, file.Size,
            string.Create(CultureInfo.InvariantCulture, $"camt.05{(message.Kind == CamtKind.Statement ? 3 : 4)}.001.{message.Version:00}"),
            message.Id, message.Created,
            [.. reader.Statements.Select(s => new BankBalance(s.Account.Number, s.From, s.To, s.Opening, s.Closing))],
            reader.Counts.Entries, reader.Counts.NotBooked, reader.Counts.Transactions,
            [.. reader.Warnings.Select(ImportWarning.Of)]), transactions, null);
    }

    /// <summary>The transactions of a file that the log names.</summary>
    public async Task<IReadOnlyList<BankTransaction>> Transactions(BankFile file, CancellationToken cancellation) =>
        (await Read(file.Import, new(file.Name, "application/xml", file.Address, file.Size), cancellation)).Transactions;

    /// <summary>Files that the log names, with their transactions, in its order.</summary>
    /// <param name="which">Their ids; null for all.</param>
    public async Task<IReadOnlyList<ToldFile>> Files(Dossier dossier, IReadOnlySet<Guid>? which, CancellationToken cancellation)
    {
        var files = new List<ToldFile>();
        foreach (var import in dossier.Grant.BankImports.Where(i => which?.Contains(i.Read.File.Import) != false))
            files.Add(new(import.Read.File.Import, await Transactions(import.Read.File, cancellation)));
        return files;
    }

    /// <summary>The files that remain when one is withdrawn.</summary>
    public Task<IReadOnlyList<ToldFile>> Without(Dossier dossier, Guid import, CancellationToken cancellation) => Files(dossier,
        dossier.Grant.BankImports.Select(i => i.Read.File.Import).Where(id => id != import).ToHashSet(), cancellation);

    /// <summary>An import as it now stands; the files that it leads to are read again.</summary>
    public async Task<JudgedImport> Judged(Dossier dossier, BankImport import, CancellationToken cancellation) =>
        JudgedImport.Of(dossier, import, await Files(dossier, JudgedImport.Needed(import), cancellation));
}
