using System.Globalization;
using Microsoft.AspNetCore.Http;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Formats.Tables;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Grants;

/// <summary>The formats that a statement can be had in.</summary>
enum StatementFormat
{
    Pdf,
    Xlsx,
    Csv,

    /// <summary>The very bytes that its hash is of.</summary>
    Json
}

/// <summary>A statement in the words of a language: to read, to calculate on, and as one plain table.</summary>
sealed class StatementPrint(Statement statement, Viewpoint at)
{
    readonly Language language = at.Language;
    readonly StatementContent content = statement.Content;
    readonly CostSources sources = CostSources.Of(statement, at.Dossier.Grant);

    public IResult As(StatementFormat format)
    {
        var name = Attachment.Name(at.Agreement.Terms.DiaryNumber, language.Say("print.statement-file"), statement.Number);
        return format switch
        {
            StatementFormat.Pdf => Attachment.Of(Pdf(), LetterPdf.MediaType, $"{name}.pdf"),
            StatementFormat.Xlsx => Attachment.Of(Workbook.Write(Sheets()), Workbook.MediaType, $"{name}.xlsx"),
            StatementFormat.Csv => Attachment.Of(Csv.Write(Flat()), Csv.MediaType, $"{name}.csv"),
            StatementFormat.Json => Attachment.Of(statement.Written(), "application/json", $"{name}.json"),
            _ => throw new System.Diagnostics.UnreachableException($"No content as {format}.")
        };
    }

    public byte[] Pdf() => LetterPdf.Write(Letter());

    Letter Letter()
    {
        var blocks = new List<Block>
        {
            new Heading(1, language.Word(statement.Kind)),
            new Paragraph(at.Agreement.Terms.Title)
        };
        blocks.AddRange(Facts().Select(fact => new Entry(fact.Label, fact.Text)));
        Table("print.summary", [language.Say("print.item"), language.Say("print.amount")], 1,
            Sums().Select(sum => (string[])[sum.Label, language.Figure(sum.Amount)]));
        Table("print.by-category", [language.Say("print.category"), language.Say("print.year"), language.Say("print.cost"),
            language.Say("print.budget"), language.Say("print.forecast")], 1,
            [
                .. statement.Lines.Select(line => (string[])[Category(line.Category), Plain(line.Year), language.Figure(line.Amount),
                Figure(line.Budget), Figure(line.Forecast)]),
                .. statement.Lines.Count == 0 ? [] : (string[][])[[language.Say("print.used"), "", language.Figure(content.Used), "", ""]]
            ]);
        Table("print.adjustments", [language.Say("print.number"), language.Say("print.kind"), language.Say("print.reason"),
            language.Say("print.amount")], 3,
            content.Adjustments.Select(a => (string[])[Plain(a.Number), language.Word(a.Kind), a.Reason, language.Figure(a.Amount)]));
        Table("print.explanations", [language.Say("print.category"), language.Say("print.explanation")], 2,
            statement.Explanations.Select(e => (string[])[Category(e.Category), e.Text]));
        blocks.Add(new Heading(2, language.Say("print.signatures")));
        blocks.Add(new Signature(language.Say("print.prepared-by"), at.Name(statement.PreparedBy).Name, Day(statement.PreparedAt)));
        blocks.Add(new Signature(language.Say("print.attested-by"), at.Name(statement.AttestedBy)?.Name ?? "", Day(statement.AttestedAt)));
        blocks.Add(new Paragraph(language.Say("print.sha256", ("hash", Sha256.Of(statement.Written())))));
        var about = language.Say("print.statement", ("diary", at.Agreement.Terms.DiaryNumber), ("number", statement.Number));
        return new(about, language.Code, Names(PartyRole.Recipient), statement.AttestedAt ?? statement.PreparedAt,
            (page, pages) => language.Say("print.foot", ("about", about), ("page", page), ("pages", pages)), blocks);

        // Figures from that column on; nothing at all where there are no rows.
        void Table(string title, string[] headings, int figuresFrom, IEnumerable<string[]> rows)
        {
            if (rows.ToList() is { Count: > 0 } all)
                blocks.AddRange([new Heading(2, language.Say(title)),
                    new Grid([.. headings.Select((heading, i) => new GridColumn(heading, i >= figuresFrom))], all)]);
        }
    }

    IReadOnlyList<Sheet> Sheets() =>
    [
        new(language.Say("print.summary"),
            [new(language.Say("print.item"), ColumnKind.Text, 34), new(language.Say("print.amount"), ColumnKind.Amount, 18)],
            [.. Sums().Select(sum => (Cell[])[sum.Label, sum.Amount])]),
        new(language.Say("print.by-category"),
            [new(language.Say("print.category"), ColumnKind.Text, 34), new(language.Say("print.year"), ColumnKind.Number, 8),
                new(language.Say("print.cost"), ColumnKind.Amount, 18),
                new(language.Say("print.budget"), ColumnKind.Amount, 18), new(language.Say("print.forecast"), ColumnKind.Amount, 18)],
            [.. statement.Lines.Select(line => (Cell[])[Category(line.Category), line.Year, line.Amount, line.Budget, line.Forecast])]),
        new(language.Say("print.adjustments"),
            [new(language.Say("print.number"), ColumnKind.Number, 10), new(language.Say("print.kind"), ColumnKind.Text, 24),
                new(language.Say("print.reason"), ColumnKind.Text, 60), new(language.Say("print.amount"), ColumnKind.Amount, 18)],
            [.. content.Adjustments.Select(a => (Cell[])[a.Number, language.Word(a.Kind), a.Reason, a.Amount])]),
        new(language.Say("print.explanations"),
            [new(language.Say("print.category"), ColumnKind.Text, 34), new(language.Say("print.explanation"), ColumnKind.Text, 80)],
            [.. statement.Explanations.Select(e => (Cell[])[Category(e.Category), e.Text])]),
        new(language.Say("print.facts"),
            [new(language.Say("print.item"), ColumnKind.Text, 34), new(language.Say("print.text"), ColumnKind.Text, 80)],
            [.. All().Select(fact => (Cell[])[fact.Label, fact.Text])])
    ];

    // Every row says which part it belongs to, so that one table holds it all.
    Sheet Flat()
    {
        Cell none = default;
        var (facts, sums, lines, adjustments, explanations) =
            (language.Say("print.facts"), language.Say("print.summary"), language.Say("print.by-category"),
                language.Say("print.adjustments"), language.Say("print.explanations"));
        return new(language.Word(statement.Kind),
            [new(language.Say("print.part"), ColumnKind.Text), new(language.Say("print.item"), ColumnKind.Text),
                new(language.Say("print.year"), ColumnKind.Number), new(language.Say("print.amount"), ColumnKind.Amount),
                new(language.Say("print.budget"), ColumnKind.Amount), new(language.Say("print.forecast"), ColumnKind.Amount),
                new(language.Say("print.text"), ColumnKind.Text)],
            [
                .. All().Select(fact => (Cell[])[facts, fact.Label, none, none, none, none, fact.Text]),
                .. Sums().Select(sum => (Cell[])[sums, sum.Label, none, sum.Amount, none, none, none]),
                .. statement.Lines.Select(line =>
                (Cell[])[lines, Category(line.Category), line.Year, line.Amount, line.Budget, line.Forecast, none]),
                .. content.Adjustments.Select(a =>
                (Cell[])[adjustments, $"{language.Word(a.Kind)} {Plain(a.Number)}", none, a.Amount, none, none, a.Reason]),
                .. statement.Explanations.Select(e => (Cell[])[explanations, Category(e.Category), none, none, none, none, e.Text])
            ]);
    }

    IEnumerable<(string Label, string Text)> Facts()
    {
        yield return (language.Say("print.statement-number"), Plain(statement.Number));
        if (statement.Replaces is { } replaced)
            yield return (language.Say("print.replaces"), Plain(replaced));
        yield return (language.Say("print.diary-number"), at.Agreement.Terms.DiaryNumber.ToString());
        foreach (var (label, role) in new[] { ("print.recipient", PartyRole.Recipient), ("print.grantor", PartyRole.Grantor),
            ("print.payer", PartyRole.Payer) })
            if (Names(role) is { Length: > 0 } names)
                yield return (language.Say(label), names);
        yield return (language.Say("print.period"),
            language.Say("print.from-to", ("from", statement.Period.From), ("to", statement.Period.To)));
        yield return (language.Say("print.currency"), "SEK");
    }

    IEnumerable<(string Label, string Text)> All() =>
    [
        (language.Word(statement.Kind), at.Agreement.Terms.Title),
        .. Facts(),
        (language.Say("print.prepared-by"), $"{at.Name(statement.PreparedBy).Name}, {Day(statement.PreparedAt)}"),
        (language.Say("print.attested-by"), statement.AttestedBy is { } by ? $"{at.Name(by).Name}, {Day(statement.AttestedAt)}" : ""),
        ("SHA-256", Sha256.Of(statement.Written()).ToString())
    ];

    IEnumerable<(string Label, Kronor Amount)> Sums() =>
    [
        (language.Say("print.opening"), content.Opening),
        (language.Say("print.received"), content.Received),
        (language.Say("print.used"), content.Used),
        (language.Say("print.repaid"), content.Repaid),
        (language.Say("print.rounding"), content.Rounding),
        (language.Say("print.closing"), content.Closing),
        (language.Say("print.costs"), content.Costs),
        (language.Say("print.costs-booked"), sources.Booked),
        (language.Say("print.costs-adjusted"), sources.Adjusted + sources.Disallowed),
        (language.Say("print.costs-in-all"), content.CostsInAll),
        .. content.NotEligible is { } outside ? [(language.Say("print.costs-not-eligible"), outside)] : Array.Empty<(string, Kronor)>(),
        (language.Say("print.other-income"), content.OtherIncome)
    ];

    string Category(string key) =>
        key == CategoryMap.Unassigned ? language.Say("print.unassigned") : CategoryMap.IsOutside(key) ? language.Say($"categories.{key}")
            : at.Dossier.Grant.CategoryTitle(key) ?? key;

    string Figure(Kronor? amount) => amount is { } known ? language.Figure(known) : "";

    string Day(Instant? when) => when is { } known ? language.Date(StockholmTime.DateOf(known)) : "";

    string Names(PartyRole role) => string.Join(", ", at.Agreement.Terms.Parties.Where(party => party.Role == role)
        .Select(party => (Name: party.NameOn(StockholmTime.DateOf(statement.AttestedAt ?? statement.PreparedAt)), party.OrganisationNumber))
        .Select(party => party.OrganisationNumber is { } number ? $"{party.Name} ({number})" : party.Name));

    static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
