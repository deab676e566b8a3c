using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Formats.Banking;
using MrAgreement.Ledgers;

namespace MrAgreement.Web.Banking;

/// <summary>Reads stored bank files: on their way in, and again when somebody asks what is in them.</summary>
public sealed class BankImporter(IDocumentStore documents)
{
    /// <summary>A stored file with its transactions, or why it can't be taken in.</summary>
    public async Task<(BankFile? File, IReadOnlyList<BankTransaction> Transactions, Refused? Refused)> Read(Guid import, DocumentFile file, CancellationToken cancellation)
    {
        await using var stream = await documents.Open(file.Sha256, cancellation) ?? throw new DocumentDamagedException(file.Sha256, gone: true);
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
            import, file.Sha256, file.Name, file.Size, string.Create(CultureInfo.InvariantCulture, $"camt.05{(message.Kind == CamtKind.Statement ? 3 : 4)}.001.{message.Version:00}"), message.Id, message.Created,
            [.. reader.Statements.Select(s => new BankBalance(s.Account.Number, s.From, s.To, s.Opening, s.Closing))],
            reader.Counts.Entries, reader.Counts.NotBooked, reader.Counts.Transactions,
            [.. reader.Warnings.Select(ImportWarning.Of)]), transactions, null);
    }

    /// <summary>The transactions of a file that the log names.</summary>
    public async Task<IReadOnlyList<BankTransaction>> Transactions(BankFile file, CancellationToken cancellation) =>
        (await Read(file.Import, new(file.Name, "application/xml", file.Address, file.Size), cancellation)).Transactions;

    /// <summary>The transactions of the other files, to find those that are told of twice.</summary>
    /// <param name="looked">The import that is looked at; null for a file on its way in, after all others.</param>
    public async Task<IReadOnlyList<SeenTransaction>> Seen(Dossier dossier, Guid? looked, CancellationToken cancellation)
    {
        var (seen, isLater) = (new List<SeenTransaction>(), false);
        foreach (var import in dossier.Grant.BankImports)
        {
            if (import.Read.File.Import == looked)
            {
                isLater = true;
                continue;
            }
            var transactions = await Transactions(import.Read.File, cancellation);
            var identities = TransactionIdentity.Of(transactions);
            seen.AddRange(transactions.Select((t, i) => SeenTransaction.Of(t, identities[i]) with
            {
                IsMatched = import.Matches.ContainsKey(t.Number), IsDismissed = import.Dismissed.ContainsKey(t.Number), IsLater = isLater
            }));
        }
        return seen;
    }

    /// <summary>What each transaction of an import is, in the light of what the agreement now waits for; those decided already included.</summary>
    public async Task<IReadOnlyList<MatchedTransaction>> Judged(Dossier dossier, BankImport import, CancellationToken cancellation) =>
        Matching.Of(await Transactions(import.Read.File, cancellation), BankDecisions.Expecting(dossier, await Seen(dossier, import.Read.File.Import, cancellation)));
}
