using System.Globalization;
using Microsoft.AspNetCore.Http;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Web.Http;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>The formats that a version of the plan can be had in.</summary>
enum PlanFormat
{
    /// <summary>The very bytes that its hash is of.</summary>
    Json,
    Pdf,

    /// <summary>To go on writing in.</summary>
    Docx
}

/// <summary>A version of the plan in the words of a language.</summary>
sealed class PlanPrint(PlanVersion version, Viewpoint at)
{
    readonly Language language = at.Language;
    readonly PlanContent plan = version.Content;

    public IResult As(PlanFormat format)
    {
        var name = Attachment.Name(at.Agreement.Terms.DiaryNumber, language.Say("print.plan-file"), version.Number);
        return format switch
        {
            PlanFormat.Pdf => Attachment.Of(Pdf(), LetterPdf.MediaType, $"{name}.pdf"),
            PlanFormat.Docx => Attachment.Of(LetterDocx.Write(Letter()), LetterDocx.MediaType, $"{name}.docx"),
            _ => Attachment.Of(plan.Written(), "application/json", $"{name}.json")
        };
    }

    public byte[] Pdf() => LetterPdf.Write(Letter());

    Letter Letter()
    {
        var about = language.Say("print.plan", ("diary", at.Agreement.Terms.DiaryNumber), ("number", version.Number));
        var blocks = new List<Block> { new Heading(1, language.Say("print.plan-heading", ("number", version.Number))),
            new Paragraph(at.Agreement.Terms.Title), new Paragraph(version.Summary) };
        if (plan.Period is { } period)
            blocks.Add(new Entry(language.Say("plan.period"), Days(period)));
        Topics("plan.goals", plan.Goals);
        Topics("plan.target-groups", plan.TargetGroups);
        if (plan.Analysis is { } analysis)
            blocks.AddRange([new Heading(2, language.Say("plan.analysis")), new Paragraph(analysis)]);
        foreach (var area in plan.FocusAreas)
        {
            blocks.Add(new Heading(2, area.Title));
            if (area.Text is { } text)
                blocks.Add(new Paragraph(text));
            foreach (var measure in plan.Measures.Where(measure => measure.FocusArea == area.Key))
                blocks.AddRange(Of(measure));
        }
        if (plan.Dropped.Count > 0)
            blocks.AddRange([new Heading(2, language.Say("plan.dropped")), new Grid([new(language.Say("plan.key")),
                new(language.Say("plan.reason"))], [.. plan.Dropped.Select(dropped => (string[])[dropped.Key, dropped.Reason])])]);
        blocks.Add(new Paragraph(language.Say("print.plan-sha256", ("hash", version.Sha256))));
        return new(about, language.Code, at.Agreement.NameOf(version.Party, StockholmTime.DateOf(version.At)), version.At,
            (page, pages) => language.Say("print.foot", ("about", about), ("page", page), ("pages", pages)), blocks);

        void Topics(string heading, IReadOnlyList<PlanTopic> topics)
        {
            if (topics.Count > 0)
                blocks.AddRange([new Heading(2, language.Say(heading)), .. topics.Select(topic => new Paragraph(topic.Title))]);
        }
    }

    IEnumerable<Block> Of(Measure it)
    {
        yield return new Heading(3, it.Title);
        if (it.Text is { } text)
            yield return new Paragraph(text);
        foreach (var (label, said) in new[]
        {
            ("plan.kind", language.Word(it.Kind)),
            ("plan.responsible", it.Responsible is { } whose
                ? $"{whose.Function}, {at.Agreement.NameOf(whose.Party, StockholmTime.DateOf(version.At))}" : ""),
            ("plan.period", it.Period is { } period ? Days(period) : ""),
            ("plan.goals", Titles(plan.Goals, it.Goals)), ("plan.target-groups", Titles(plan.TargetGroups, it.TargetGroups)),
            ("plan.findings", string.Join(", ", it.Findings)), ("plan.recommendations", string.Join(", ", it.Recommendations)),
            ("plan.with", string.Join(", ", it.With)), ("plan.reach", string.Join(", ", it.Reach.Select(code => code == "all" ? language.Say("plan.reach-all") : code))),
            ("plan.budget", string.Join(", ", it.Budget.Select(line =>
                $"{line.Year.ToString(CultureInfo.InvariantCulture)}: {language.Figure(line.Amount)}"))),
            ("plan.lives-on", it.LivesOn ?? "")
        })
            if (said.Length > 0)
                yield return new Entry(language.Say(label), said);
    }

    string Days(DateSpan span) => $"{language.Date(span.From)} – {language.Date(span.To)}";

    static string Titles(IReadOnlyList<PlanTopic> all, IReadOnlyList<string> keys) =>
        string.Join(", ", all.Where(topic => keys.Contains(topic.Key)).Select(topic => topic.Title));
}
