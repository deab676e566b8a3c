using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>What the portfolio shows of an agreement besides its deadlines.</summary>
/// <param name="TerminatesOn">The day to come on which it ends before its
/// time; null when there is none, and in rows from before it was told.</param>
/// <param name="Submitted">The same for those who see no other costs than what was submitted; null in rows from before it was told.</param>
public sealed record PortfolioSummary(DateSpan Period, IReadOnlyList<Party> Parties, Balances Balances, long Version,
    LocalDate? TerminatesOn = null, Balances? Submitted = null)
{
    /// <summary>The balances as a person sees them; null where the row does not tell those.</summary>
    public Balances? SeenBy(Actor actor) => Sight.SeesBooks(Parties, actor) ? Balances : Submitted;
}

/// <summary>From a dossier to its rows in the read models; nothing in them depends on today's date.</summary>
public static class Projection
{
    public static AgreementRows Of(Dossier it) => new(it.Sequence, Portfolio(it), [.. Due(it)], [.. WorkList.Of(it)],
        [.. MoneyRows.Of(it)], [.. AppropriationRows.Of(it)], SearchRows.Of(it), PublishedRows.Of(it));

    public static PortfolioRow Portfolio(Dossier it)
    {
        var (terms, balances) = (it.Agreement.Terms, it.Grant.Balances);
        var words = terms.Parties.SelectMany(p => new[] { p.Key, p.Name }).Prepend(terms.Title).Prepend(terms.DiaryNumber.ToString());
        return new(it.Id, terms.DiaryNumber.ToString(), terms.Title, Json.NameOf(it.Agreement.Status),
            [.. terms.Parties.Select(p => p.Key)], Folded(string.Join(' ', words)),
            InSwedishOrder(terms.Title), balances.Remaining, it.TouchedAt,
            JsonSerializer.SerializeToUtf8Bytes(new PortfolioSummary(terms.Period, terms.Parties, balances, it.Touched,
                it.Agreement.Ending?.On, SubmittedCosts.Of(it).Balances), Json.Options));
    }

    public static PortfolioSummary Summary(PortfolioRow row) => JsonSerializer.Deserialize<PortfolioSummary>(row.Summary, Json.Stored)!;

    /// <summary>The dated obligations of a signed agreement.</summary>
    public static IEnumerable<DueRow> Due(Dossier it)
    {
        if (!Runs(it))
            return [];
        var (number, parties) = (it.Agreement.Terms.DiaryNumber.ToString(), it.Agreement.Terms.Parties.Select(p => p.Key).ToList());
        return it.Agreement.InOrder.Where(IsDated).Select(o => new DueRow(
            it.Id, o.Key, o.Title, o.DueOn!.Value, o.EffectiveDueOn!.Value, Json.NameOf(it.Agreement.StatusOf(o)),
            o.Responsible, o.Recipient, parties, number, o.IsSettled ? HeldOn(o) : o.TakesPlaceOn));
    }

    // What the parties did together stands on its day, not on the last one it could have had.
    static LocalDate? HeldOn(Obligation it) =>
        it is { Kind: ObligationKind.Joint, Completions: [.., { DoneOn: var on }] } && on != it.EffectiveDueOn ? on : null;

    /// <summary>Lower case without accents, so that search finds Fö under fo and FÖ alike.</summary>
    public static string Folded(string text) => string.Create(text.Length, text, (folded, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            folded[i] = char.ToLowerInvariant(from[i]) switch
            {
                'å' or 'ä' or 'à' or 'á' => 'a',
                'ö' or 'ø' => 'o',
                'é' or 'è' => 'e',
                'ü' => 'u',
                var other => other
            };
    });

    /// <summary>By which texts come in the order of the Swedish alphabet: its last three letters become the characters that follow z.
    /// </summary>
    public static string InSwedishOrder(string text) => string.Create(text.Length, text, (ordered, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            ordered[i] = char.ToLowerInvariant(from[i]) switch { 'å' => '{', 'ä' => '|', 'ö' => '}', var other => other };
    });

    static bool Runs(Dossier it) => it.Exists && it.Agreement.Status != AgreementStatus.Draft;

    static bool IsDated(Obligation o) => o is { DueOn: not null, EffectiveDueOn: not null };
}
