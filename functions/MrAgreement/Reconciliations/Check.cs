using System.Collections.Frozen;
using System.Text;
using MrAgreement.Grants;

namespace MrAgreement.Reconciliations;

public enum Outcome
{
    Ok,

    /// <summary>Worth looking at; does not have to be wrong.</summary>
    Warning,

    /// <summary>Something does not agree.</summary>
    Error,

    /// <summary>There is nothing to hold it against: the agreement has no such term, or there is nothing to compare yet.</summary>
    NotInTerms
}

/// <summary>One rule of the reconciliation, and how it came out.</summary>
/// <param name="Rule">Stable name of the rule.</param>
/// <param name="Expected">An amount, a number or a word; null when there is none.</param>
/// <param name="Actual">What was found, likewise.</param>
/// <param name="Values">What the sentence names.</param>
/// <param name="Sources">The records that it rests on.</param>
public sealed record Check(string Rule, Outcome Outcome, object? Expected, object? Actual,
    IReadOnlyList<(string Place, object Value)> Values, IReadOnlyList<Source> Sources)
{
    // The checks that rest on the recipient's own ledger or drafts.
    static readonly FrozenSet<string> internalRules = new[]
    {
        "every-row-accounted-for", "vouchers-unchanged", "vouchers-counted-once", "costs-told-once", "passed-on-told-once",
        "accounts-mapped", "costs-in-period", "costs-eligible", "unspent-is-the-liability", "overhead", "statement-is-the-ledger",
        "closing-is-the-balance",
        "bank-transactions-decided", "same-payment-answered", "dismissed-names-another"
    }.ToFrozenSet();

    /// <summary>Rests on the recipient's own ledger or drafts, which others do not see.</summary>
    public bool IsInternal => IsInternalRule(Rule);

    /// <summary>Hash of all that was found, where it is a list: as many others are
    /// not the same. Null for nothing, and for a check of amounts alone.</summary>
    public Sha256? Found { get; init; }

    /// <summary>What is said of it, a sentence each, where one for all of it does not do; else nothing.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>Who has accepted the exception as it stands, and why; null when nobody has.</summary>
    public WaivedException? Waived { get; init; }

    /// <summary>Its day has not come, or what it compares is not there: nothing is expected yet.</summary>
    public bool IsNotYet { get; init; }

    public bool IsException => Outcome is Outcome.Warning or Outcome.Error;

    public static bool IsInternalRule(string rule) => internalRules.Contains(rule);

    public static Sha256? HashOf(IReadOnlyList<string> found) =>
        found.Count == 0 ? null : Sha256.Of(Encoding.UTF8.GetBytes(string.Join('\n', found)));

    public static Check NotInTerms(string rule) => new(rule, Outcome.NotInTerms, null, null, [], []);

    /// <summary>What it compares is not there yet.</summary>
    public static Check NothingYet(string rule) => NotInTerms(rule) with { IsNotYet = true };

    /// <summary>What is not there can't pass.</summary>
    public Check Unless(bool isMissing) => isMissing && Outcome == Outcome.Ok ? NothingYet(Rule) : this;

    /// <summary>Fine when the two are the same.</summary>
    public static Check Equal<T>(string rule, T expected, T actual, IReadOnlyList<Source> sources, Outcome otherwise = Outcome.Error,
        params IReadOnlyList<(string Place, object Value)> values)
        where T : notnull =>
        new(rule, expected.Equals(actual) ? Outcome.Ok : otherwise, expected, actual,
            [("expected", expected), ("actual", actual), .. values], sources);

    /// <summary>Fine when nothing is listed; names at most five of what is.</summary>
    /// <param name="entries">The same to be written in the reader's language, where a name alone does not do.</param>
    public static Check None(
        string rule, IReadOnlyList<string> found, IReadOnlyList<Source> sources, Outcome otherwise = Outcome.Error,
        IReadOnlyList<IReadOnlyList<object>>? entries = null)
    {
        var list = FirstFive(found);
        return new(rule, found.Count == 0 ? Outcome.Ok : otherwise, 0, found.Count,
            [("count", found.Count), ("list", entries is null ? list : new Listed([.. entries.Take(5)], found.Count > 5, list))],
            sources) { Found = HashOf(found) };
    }

    /// <summary>The same, where people are told something else than what is found is known by.</summary>
    public Check Naming(IReadOnlyList<string> titles) =>
        this with { Values = [.. Values.Select(it => it.Place == "list" ? (it.Place, (object)FirstFive(titles)) : it)] };

    internal static string FirstFive(IReadOnlyList<string> found) => string.Join(", ", found.Take(5)) + (found.Count > 5 ? " …" : "");
}

/// <summary>One sentence of what a check says.</summary>
/// <param name="Name">Of the sentence, among those of the rule.</param>
public sealed record Remark(string Name, params IReadOnlyList<(string Place, object Value)> Values);

/// <summary>What a sentence lists, each entry of a few values that the reader's language writes.</summary>
/// <param name="GoesOn">There are more.</param>
/// <param name="Plain">The same in no language.</param>
public sealed record Listed(IReadOnlyList<IReadOnlyList<object>> Entries, bool GoesOn, string Plain)
{
    public override string ToString() => Plain;
}

/// <summary>A record that a check rests on.</summary>
/// <param name="Kind">As in <c>requisition</c>, <c>payment</c>, <c>statement</c>, <c>ledger-import</c>.</param>
/// <param name="Id">Its number or id.</param>
public sealed record Source(string Kind, string Id)
{
    public static Source Of(string kind, int number) => new(kind, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
