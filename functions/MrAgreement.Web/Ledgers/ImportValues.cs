using System.Collections.Frozen;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Ledgers;

/// <summary>What a warning names, as values again: the log keeps them as plain
/// text, and each reader's language writes amounts and days its own way.</summary>
static class ImportValues
{
    // By the warning and the place in its sentence: an account's number, say, is no amount.
    static readonly FrozenSet<string> amounts = new[] { "ledger-added-row-alone amount", "ledger-results-differ result",
        "ledger-results-differ booked" }.ToFrozenSet();

    // In whatever currency the file has, which the sentence tells.
    static readonly FrozenSet<string> figures = new[]
    {
        "balances-do-not-sum opening", "balances-do-not-sum booked", "balances-do-not-sum closing", "details-do-not-sum sum",
        "details-do-not-sum amount"
    }.ToFrozenSet();

    public static IReadOnlyList<(string Place, object Value)> Of(ImportWarning it) =>
        [.. it.Values.Select(v => (v.Key, Value($"{it.Rule} {v.Key}", v.Value)))];

    static object Value(string place, string written) =>
        amounts.Contains(place) && Kronor.TryParseSum(written, out var amount) ? amount
        : figures.Contains(place) ? new PlainNumber(written)
        : place.Split(' ')[1] is "date" or "from" or "to" && LocalDatePattern.Iso.Parse(written) is { Success: true } day ? day.Value
        : written;
}
