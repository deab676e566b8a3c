using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Tests.Ledgers;

/// <summary>Ledger files as they come into the log, to throw away.</summary>
static class Books
{
    public static readonly Project Project = new(6, "P 2289");

    public static LedgerTotal Sum(string account, string day, string amount, int rows = 1) => new(account, Day(day), Kr(amount), rows);

    /// <summary>File number n of a calendar year, with these sums and no row of any other project.</summary>
    public static LedgerImported File(int n, int year, params LedgerTotal[] changes)
    {
        List<Account> accounts = [.. changes.GroupBy(c => c.Account).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new Account(a.Key, $"Konto {a.Key}", Account.KindOf(a.Key, null, null), a.Sum(c => c.Amount), a.Sum(c => c.Rows)))];
        var rows = accounts.Sum(a => a.Rows);
        return new(Id(9000 + n), Sha256.Of(BitConverter.GetBytes(n)), $"bok-{n}.se", 1000, "cp437", Year(year), Year(year), Project, null, false,
            rows, rows, 0, 0, 0, accounts, changes, [], [], []);
    }

    public static ImportLedger Import(this Story it, LedgerImported read) => new(read, it.Dossier.Grant.Ledger.Imports.LastOrDefault()?.Read.Import, it.Dossier.Grant.WithdrawnFiles.Count);

    /// <summary>Imported by the finance person.</summary>
    public static Story Imported(this Story it, LedgerImported read) => it.Given(Finance, it.Import(read));

    /// <summary>A cost of the year, in a file of its own.</summary>
    public static Story Spent(this Story it, string amount, string day = "2015-03-01", string account = "5010") =>
        it.Imported(File(it.Dossier.Grant.Ledger.Imports.Count + 1, Day(day).Year, Sum(account, day, amount)));

    /// <summary>The terms of 2014 with other terms of the grant.</summary>
    public static Terms With(Func<GrantTerms, GrantTerms> change) => Terms2014 with { Grant = change(Terms2014.Grant!) };
}
