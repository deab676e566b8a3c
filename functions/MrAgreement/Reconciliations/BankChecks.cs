using MrAgreement.Banking;
using MrAgreement.Grants;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of what the bank's files tell besides the payments that were matched: nothing of it is passed over in silence.</summary>
static class BankChecks
{
    public static IEnumerable<Check> Of(Grant it)
    {
        yield return None("bank-transactions-decided", it, i => i.Waiting - i.Questions.Count(),
            (i, count) => $"{i.Read.File.Name} ({count})");
        yield return None("same-payment-answered", it, i => i.Questions.Count(), (i, _) => Named(i, i.Questions));
        yield return None("dismissed-names-another", it, i => i.LaidAsideCiting.Count(), (i, _) => Named(i, i.LaidAsideCiting));
    }

    // As many as are read; the hash has them all.
    static string Named(BankImport it, IEnumerable<int> transactions) => $"{it.Read.File.Name} {string.Join('+', transactions)}";

    static Check None(string rule, Grant it, Func<BankImport, int> count, Func<BankImport, int, string> name)
    {
        if (it.BankImports.Count == 0)
            return Check.NothingYet(rule);
        var counted = it.BankImports.Select(i => (Import: i, Count: count(i))).Where(i => i.Count > 0).ToList();
        List<string> found = [.. counted.Select(i => name(i.Import, i.Count))];
        return new(rule, found.Count == 0 ? Outcome.Ok : Outcome.Warning, 0, counted.Sum(i => i.Count),
            [("count", counted.Sum(i => i.Count)), ("waiting", it.BankImports.Sum(i => i.Undecided)),
            ("list", Check.FirstFive([.. counted.Select(i => i.Import.Read.File.Name)]))],
            [.. counted.Select(i => new Source("bank-import", $"{i.Import.Read.File.Import}"))])
        {
            Found = Check.HashOf(found)
        };
    }
}
