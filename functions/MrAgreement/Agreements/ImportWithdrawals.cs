using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on files that were the wrong ones, and on matches that were.</summary>
public static class ImportWithdrawals
{
    /// <summary>The numbers of the statements that stand on an import: they were submitted, and neither taken back nor returned.</summary>
    public static IReadOnlyList<int> StatementsOn(Dossier it, Guid import) => StatementsOn(it,
        it.Grant.BankImport(import) is { } bank ? [.. Made(it.Grant, bank)] : [], import);

    // Until it was submitted a statement was held against what was there: it was drawn up before, perhaps.
    static IReadOnlyList<int> StatementsOn(Dossier it, IReadOnlyList<Payment> letGo, Guid? import = null) =>
    [
        .. it.Grant.Statements.Where(s => s.Stands(it) && (import is { } file && s.Content.Imports.Contains(file)
            || letGo.Any(p => p.Sequence < s.Touched && p.PaidOn <= s.Period.To))).Select(s => s.Number)
    ];

    /// <summary>What stands against withdrawing an import, or against taking back a match, as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier it, Act act, Subject of) => act switch
    {
        Act.UnmatchTransaction => it.Grant.BankImport(of.Id) is not { } import
                || of.Number < 1 || of.Number > import.Read.File.Transactions
            ? new("no-such-transaction", RefusalKind.NotFound, ("number", of.Number))
            : !import.Matches.TryGetValue(of.Number, out var match) ? new("transaction-not-matched", ("number", of.Number))
            : Standing(StatementsOn(it, [.. match.Made(it.Grant)]), "match-stands") ?? AgainstLettingGo(it, match.Made(it.Grant)),
        Act.WithdrawLedgerImport => !it.Grant.Ledger.Imports.Exists(i => i.Read.Import == of.Id) ? NoSuch(of.Id) : Standing(StatementsOn(it, of.Id))
            ?? (it.Grant.FinalAccounts is not null ? new("import-in-final-accounts") : null),
        _ => it.Grant.BankImport(of.Id) is not { } import ? NoSuch(of.Id)
            : Standing(StatementsOn(it, of.Id)) ?? AgainstLettingGo(it, Made(it.Grant, import))
    };

    internal static Decision Decide(Dossier it, UnmatchTransaction command)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        if (Refused.Text("/reason", command.Reason, 2000) is { } wrong)
            return wrong;
        var reason = command.Reason.Trim();
        var match = it.Grant.BankImport(command.Import)!.Matches[command.Transaction];
        return new Accepted([new TransactionUnmatched(command.Import, command.Transaction, reason),
            .. Reversed(match.Made(it.Grant), reason)]);
    }

    internal static Decision Decide(Dossier it, WithdrawBankFile command)
    {
        if (it.Grant.WithdrawnFiles.Exists(file => file.Import == command.Import))
            return new Nothing();
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        if (Refused.Text("/reason", command.Reason, 2000) is { } wrong)
            return wrong;
        if (!it.Grant.BankImports.Select(i => i.Read.File.Import).Where(id => id != command.Import)
            .SequenceEqual(command.Remaining.Select(file => file.Import)))
            return new Refused("import-overtaken", RefusalKind.NotSo);
        var reason = command.Reason.Trim();
        var made = Made(it.Grant, it.Grant.BankImport(command.Import)!).ToList();
        return made.Count > Append.MaxEvents - 20
            ? new Refused("matches-first", RefusalKind.NotNow, ("count", made.Count))
            : new Accepted([new BankFileWithdrawn(command.Import, reason,
            ReckonedBankFile.All(it.Grant, command.Import, command.Remaining)),
                .. Reversed(made, reason)]);
    }

    internal static Decision Decide(Dossier it, Ledgers.WithdrawLedgerImport command) =>
        it.Grant.WithdrawnFiles.Exists(file => file.Import == command.Import) ? new Nothing()
        : Against(it, command.Act, command.Subject) is { } refused ? refused
        : Ledgers.LedgerWithdrawals.Decide(it.Grant, command);

    static IEnumerable<Payment> Made(Grant it, BankImport import) => import.Matches.Values.SelectMany(match => match.Made(it));

    static IEnumerable<Event> Reversed(IEnumerable<Payment> made, string reason) =>
        made.OrderBy(p => p.Number).Select(p => new PaymentReversed(p.Number, p.PaidOn, reason));

    // Received money is stated in the final accounts; they are taken back first.
    static Refused? AgainstLettingGo(Dossier it, IEnumerable<Payment> made) =>
        it.Grant.FinalAccounts is not null && made.FirstOrDefault() is { } stated
            ? new("received-is-stated", ("number", stated.Number))
            : null;

    static Refused? Standing(IReadOnlyList<int> statements, string code = "import-stands") => statements.Count > 0
        ? new(code, ("numbers", string.Join(", ", statements)))
        : null;

    static Refused NoSuch(Guid import) => new("no-such-import", RefusalKind.NotFound, ("import", import));
}
