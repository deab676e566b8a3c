using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Formats.Banking;
using MrAgreement.Ledgers;

namespace MrAgreement.Web.Banking;

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

    /// <summary>An import as it now stands; the files that it leads to are read again.</summary>
    public async Task<JudgedImport> Judged(Dossier dossier, BankImport import, CancellationToken cancellation) =>
        JudgedImport.Of(dossier, import, await Files(dossier, JudgedImport.Needed(import), cancellation));
}

/// <summary>What each transaction of an import is, in the light of what
/// the agreement now waits for; those decided already included.</summary>
/// <param name="Others">The transactions of other files, by where they stand.</param>
public sealed record JudgedImport(IReadOnlyList<MatchedTransaction> Transactions, IReadOnlyDictionary<Telling, BankTransaction> Others)
{
    /// <summary>The files that tell it; null for all, where the log has only how many were known.</summary>
    public static IReadOnlySet<Guid>? Needed(BankImport it) =>
        it.Read.Known is null ? null : it.Known.Concat(it.Asked).Select(same => same.Other)
        .Concat(it.Said.Values.Select(said => said.As?.Import).OfType<Guid>()).Append(it.Read.File.Import).ToHashSet();

    /// <param name="files">At least those that are needed, in the order of the log.</param>
    public static JudgedImport Of(Dossier dossier, BankImport import, IReadOnlyList<ToldFile> files)
    {
        var id = import.Read.File.Import;
        Func<int, MatchOutcome?> told = import.Read.Known is null ? new Tellings(dossier.Grant.BankImports, files) is var all ? n =>
            all.Of(new(id, n)) : null! : import.Told;
        var judged = Matching.Of(files.First(f => f.Import == id).Transactions, BankDecisions.Expecting(dossier), t => told(t.Number));
        var others = judged.SelectMany(j => Against(j.Outcome)).ToHashSet();
        return new(judged, files.SelectMany(f => f.Transactions.Select(t => (At: new Telling(f.Import, t.Number), Transaction: t)))
            .Where(t => others.Contains(t.At)).ToDictionary(t => t.At, t => t.Transaction));
    }

    /// <summary>A transaction of a file and what it is, or was, held against; itself
    /// when that is nothing. Null when there is no such transaction.</summary>
    /// <param name="chosen">Which of several that it may be; null for the first.</param>
    public static (BankTransaction Transaction, (Telling At, BankTransaction Transaction) Other)? Pair(
        Dossier dossier, BankImport import, IReadOnlyList<ToldFile> files, int number, Telling? chosen = null)
    {
        var here = new Telling(import.Read.File.Import, number);
        if (Find(here) is not { } transaction)
            return null;
        var against = import.Read.Known is null && new Tellings(dossier.Grant.BankImports, files).Of(here) is { } outcome
            ? Against(outcome)
            : import.HeldAgainst(number);
        var other = chosen ?? (against is [var first, ..] ? first : here);
        return Find(other) is { } its ? (transaction, (other, its)) : null;

        BankTransaction? Find(Telling at) =>
            at.Transaction < 1 ? null : files.FirstOrDefault(f =>
            f.Import == at.Import)?.Transactions.ElementAtOrDefault(at.Transaction - 1);
    }

    /// <summary>What a transaction is held against; nothing when it is a payment of its own.</summary>
    public static IReadOnlyList<Telling> Against(MatchOutcome outcome) =>
        outcome switch { Duplicate known => [known.As], Perhaps asked => asked.Others, _ => [] };
}
