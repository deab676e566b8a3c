using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Reports;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Local.Demo;

/// <summary>The report before the consultation of 2016 as the recipient is completing it; what it says is made up.</summary>
static class Report2016
{
    const string Summary = """
        Av planens {{plan:budget}} har {{plan:spent}} använts, det mesta till utbildning.

        ## Landstingen

        Regeringskansliet har bett om en redovisning av **landstingens deltagande**. Den kompletteras här:

        - landstingen har bjudits in till alla utbildningar
        - en utbildning för landstingens ledningar planeras till hösten
        """;

    public static ReportDraft Begun(Dossier it, Actor by, Instant now, LocalDate today)
    {
        var of = it.Agreement.Obligations["follow-up-report-2016"];
        var draft = new ReportDraft(new("01a22fd9-40ca-7b65-a6ec-201600000001"), by.Party, ReportKind.FollowUp, of.Title, of.Key,
            ReportTemplate.PeriodOf(it, ReportKind.FollowUp, today),
            [.. ReportTemplate.Sections(it, ReportKind.FollowUp, of).Select(section => new ReportSection(section.Key,
                section.Title ?? Language.Swedish.Say($"work-report.section.{section.Name}"), section.Must, section.Contents,
                section.Key == "summary" ? [new(ReportBlockKind.Text, Text: Summary)] : section.Blocks))], by.Id, now);
        var writing = new ReportWriting(it, draft, by, today);
        return draft with { Sections = [.. draft.Sections.Select(writing.Looked)] };
    }
}
