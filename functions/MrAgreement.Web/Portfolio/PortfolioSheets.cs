using MrAgreement.Access;
using MrAgreement.Formats.Tables;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Texts;
using Period = NodaTime.Period;

namespace MrAgreement.Web.Portfolio;

/// <summary>The lists across agreements as tables, to calculate on or to take into another system.</summary>
/// <param name="actor">Whose lists they are: nothing is in the file that they don't see on the page.</param>
sealed class PortfolioSheets(Language language, Actor actor, LocalDate today)
{
    public Sheet Agreements(IReadOnlyList<PortfolioItem> rows) => new(language.Say("portfolio.heading"),
        [
            Text("desk.diary", 20), Text("portfolio.title", 50), Text("agreement.status"), Text("agreement.parties", 40),
            Date("portfolio.from"), Date("portfolio.to"), Date("portfolio.ends"), Date("portfolio.next-on"), Text("portfolio.next-what", 40),
            Number("portfolio.late-number"), Date("portfolio.late-since"), Number("portfolio.late-days"), Text("portfolio.late-what", 40),
            Text("portfolio.late-by", 20), Amount("portfolio.decided"), Amount("portfolio.conditional"), Amount("portfolio.received"),
            Amount("portfolio.used"), Amount("portfolio.beyond"), Amount("portfolio.repaid"), Amount("portfolio.remaining"),
            Text("portfolio.seen-as", 30)
        ],
        [.. rows.Select(Agreement)]);

    public Sheet Deadlines(IReadOnlyList<DueRow> rows) => new(language.Say("deadlines.heading"),
        [
            Date("obligations.due"), Date("deadlines.by-terms"), Date("deadlines.takes-place-on"), Text("obligations.title", 50),
            Text("deadlines.diary", 20), Text("obligations.status"), Number("deadlines.days-late"), Text("obligations.responsible", 20),
            Text("obligation.to-whom")
        ],
        [
            .. rows.Select(it => (IReadOnlyList<Cell>)[it.EffectiveDueOn, it.DueOn, Day(it.TakesPlaceOn), it.Title, it.DiaryNumber,
                language.Find($"obligation-status.{it.Status}") ?? it.Status, DaysLate(it), Several(it.Responsible), it.Recipient])
        ]);

    public Sheet Late(IReadOnlyList<LateParty> rows) => new(language.Say("late.heading"),
        [
            Text("late.party"), Number("late.number"), Number("late.agreements"), Number("late.days"), Text("late.oldest", 50),
            Text("deadlines.diary", 20), Date("obligations.due")
        ],
        [
            .. rows.Select(it => (IReadOnlyList<Cell>)[it.Party ?? language.Say("late.nobody"), it.Number, it.Agreements, it.Days,
                it.Oldest.Title, it.Oldest.DiaryNumber, it.Oldest.EffectiveDueOn])
        ]);

    public Sheet Appropriations(IReadOnlyList<AppropriationSum> rows, bool byAgreement) => new(language.Say("appropriations.heading"),
        [
            Text("appropriations.whole", 44), Number("desk.area"), Text("desk.item"), Number("desk.post"), Number("appropriations.year"),
            .. byAgreement ? new[] { Text("desk.diary", 20), Text("portfolio.title", 50) } : [Number("late.agreements")],
            Amount("appropriations.decided"), Amount("appropriations.conditional"), Amount("appropriations.requisitioned"),
            Amount("appropriations.paid"), Amount("appropriations.used"), Amount("appropriations.returned"),
            Amount("appropriations.remaining")
        ],
        [
            .. rows.Select(it => (IReadOnlyList<Cell>)[Name(it.Appropriation, language), Whole(it.Appropriation?.Area),
                it.Appropriation?.Item, Whole(it.Appropriation?.Post), it.Year,
                .. it.Of is { } agreement ? new Cell[] { agreement.DiaryNumber, agreement.Title } : [it.Agreements],
                it.Sums.Decided, it.Sums.Conditional, it.Sums.Requisitioned, it.Sums.Paid, Known(it, it.Sums.Used),
                Known(it, it.Sums.Returned), Known(it, it.Sums.Remaining)])
        ]);

    /// <summary>What people call an appropriation.</summary>
    public static string Name(Appropriation? it, Language language) => it switch
    {
        null => language.Say("appropriation.none"),
        { Post: { } post } => language.Say("appropriation.name-post", ("area", it.Area), ("item", it.Item), ("post", post)),
        _ => language.Say("appropriation.name", ("area", it.Area), ("item", it.Item))
    };

    // Where in one of them it is the viewer's own share alone, the sum is not told.
    static Cell Known(AppropriationSum it, Kronor amount) => it.Partial > 0 ? default(Cell) : amount;

    static Cell Whole(int? number) => number is { } known ? known : default(Cell);

    IReadOnlyList<Cell> Agreement(PortfolioItem it)
    {
        var (row, summary) = (it.Row, Projection.Summary(it.Row));
        var seen = summary.SeenBy(actor);
        // A party that sees its own share alone sees it with the agreement.
        var whole = seen is not null && Sight.SeesEveryShare(summary.Parties, actor) ? seen : null;
        return
        [
            row.DiaryNumber, row.Title, language.Find($"agreement-status.{row.Status}") ?? row.Status,
            Several(summary.Parties.Select(party => party.Name)), summary.Period.From, summary.Period.To, Day(summary.TerminatesOn),
            Day(it.Next?.EffectiveDueOn), it.Next?.Title, it.OverdueCount, Day(it.Late?.EffectiveDueOn),
            it.Late is null ? default(Cell) : DaysLate(it.Late), it.Late?.Title, it.Late is null ? null : Several(it.Late.Responsible),
            summary.Balances.Decided, summary.Balances.Conditional, summary.Balances.Received, whole?.Used, whole?.Beyond, whole?.Repaid,
            whole?.Remaining, Basis(summary, whole)
        ];
    }

    // What the page says beside the figures.
    string? Basis(PortfolioSummary summary, Balances? whole) =>
        summary.Balances is { Decided.IsZero: true, Conditional.IsZero: true } ? null
        : whole is null ? language.Say("portfolio.seen-own")
        : Sight.SeesBooks(summary.Parties, actor) ? null
        : language.Say("portfolio.seen-submitted");

    Cell DaysLate(DueRow it) => it.IsLate(today) ? Period.DaysBetween(it.EffectiveDueOn, today) : default(Cell);

    static string Several(IEnumerable<string> names) => string.Join(", ", names);

    Column Text(string heading, int width = 16) => new(language.Say(heading), ColumnKind.Text, width);

    Column Amount(string heading) => new(language.Say(heading), ColumnKind.Amount);

    Column Date(string heading) => new(language.Say(heading), ColumnKind.Date);

    Column Number(string heading) => new(language.Say(heading), ColumnKind.Number);

    static Cell Day(LocalDate? day) => day is { } on ? on : default(Cell);
}
