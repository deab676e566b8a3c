using Microsoft.AspNetCore.Http;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;
using MrAgreement.Web.Texts;
using NodaTime.Text;
using Period = NodaTime.Period;

namespace MrAgreement.Web.Portfolio;

/// <summary>A party's report of a month or a quarter, over all its agreements, to read on paper.</summary>
public sealed class SpanReports(DailyRegistry registry, Dossiers dossiers)
{
    /// <summary>Who has one: those who keep the register of a party.</summary>
    public static bool IsFor(Actor by) => DailyRegistry.IsKeptBy(by);

    internal async Task<IResult> File(ReportSpan span, Actor by, LocalDate today, Language language, CancellationToken cancellation) =>
        Attachment.Of(LetterPdf.Write(Letter(await Of(span, by, today, cancellation), language)), LetterPdf.MediaType,
            $"{Attachment.Name(language.Say("report.file"), by.Party, span)}.pdf");

    async Task<SpanReport> Of(ReportSpan span, Actor by, LocalDate today, CancellationToken cancellation)
    {
        var (report, unread) = (SpanReport.None(by.Party, span, today), new List<string>());
        await foreach (var dossier in registry.Of(by.Party, today, null, unread, cancellation))
            report = report.With(dossier, report.AsOf >= today ? dossier
                : await dossiers.ReadAt(dossier.Id, StockholmTime.EndOfDay(report.AsOf).Minus(Duration.Epsilon), cancellation), by);
        return report.Sorted() with { Unread = unread };
    }

    // The same log on the same day makes the same bytes.
    static Letter Letter(SpanReport it, Language language)
    {
        var title = Title(it.Span, language);
        var about = $"{title}, {it.Party}";
        var blocks = new List<Block>
        {
            new Heading(1, title),
            new Entry(language.Say("report.party"), it.Party),
            new Entry(language.Say("report.span"), language.Say("report.from-to", ("from", it.Span.From), ("to", it.Span.To))),
            new Entry(language.Say("report.as-of"), language.Date(it.AsOf)),
            new Entry(language.Say("report.agreements"), Plain(it.Agreements)),
            new Entry(language.Say("report.received"), Plain(it.Received.Count)),
            new Entry(language.Say("report.decided"), Plain(it.Decided.Count)),
            new Entry(language.Say("report.late"), Plain(it.Late.Count)),
            new Entry(language.Say("report.in"), language.Money(it.In)),
            new Entry(language.Say("report.out"), language.Money(it.Out))
        };
        blocks.AddRange(it.Unread.Select(number => new Paragraph($"{number}: {language.Say("registry.unread")}")));
        Table("report.received", [("report.on", false), ("desk.diary", false), ("report.from", false), ("report.what", false)],
            it.Received.Select(row => (string[])[Day(row.On), $"{row.Diary}", row.Counterpart ?? "",
                $"{DailyRegistry.Kind(row, language)}: {row.Title}"]));
        Table("report.decided", [("report.on", false), ("desk.diary", false), ("report.direction", false), ("report.what", false)],
            it.Decided.Select(row => (string[])[Day(row.On), $"{row.Diary}", row.Direction == RegistryDirection.Incoming
                ? row.Counterpart ?? "" : it.Party, $"{DailyRegistry.Kind(row, language)}: {row.Title}"]));
        Table("report.late", [("obligations.due", false), ("desk.diary", false), ("obligations.title", false),
            ("obligations.responsible", false), ("deadlines.days-late", true)],
            it.Late.Select(row => (string[])[Day(row.EffectiveDueOn), row.DiaryNumber, row.Title, string.Join(", ", row.Responsible),
                Plain(Period.DaysBetween(row.EffectiveDueOn, it.AsOf))]));
        Table("report.money", [("report.on", false), ("desk.diary", false), ("report.way", false), ("report.reference", false),
            ("report.amount", true)],
            it.Moved.Select(row => (string[])[Day(row.On), row.DiaryNumber, language.Word(row.Direction), row.Reference,
                language.Figure(row.Amount)]));
        return new(about, language.Code, it.Party, StockholmTime.StartOfDay(it.AsOf),
            (page, pages) => language.Say("print.foot", ("about", about), ("page", page), ("pages", pages)), blocks);

        void Table(string heading, (string Key, bool IsFigure)[] columns, IEnumerable<string[]> rows)
        {
            blocks.Add(new Heading(2, language.Say(heading)));
            if (rows.ToList() is { Count: > 0 } all)
                blocks.Add(new Grid([.. columns.Select(column => new GridColumn(language.Say(column.Key), column.IsFigure))], all));
            else
                blocks.Add(new Paragraph(language.Say("report.nothing")));
        }
    }

    /// <summary>What people call it.</summary>
    public static string Title(ReportSpan it, Language language) => it.Month is { } month
        ? language.Say("report.month", ("month", language.Say($"month.{month}")), ("year", Plain(it.Year)))
        : language.Say("report.quarter", ("quarter", Plain(it.Quarter!.Value)), ("year", Plain(it.Year)));

    static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);

    static string Plain(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
