using System.Diagnostics;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Reports;
using MrAgreement.Web.Texts;
using MrAgreement.Web.Work;
using MrAgreement.Work;

namespace MrAgreement.Benchmarks;

/// <summary>A plan of three hundred measures with three thousand reports: its difference from the version before, its money and coverage; and a report of a hundred
/// sections on it.</summary>
sealed record PlanDifferences() : Benchmark("plan", TimeSpan.FromMinutes(2))
{
    const int Measures = 300;
    const int Reports = 3000;
    const int Areas = 10;
    const int Turns = 15;
    const int Sections = 100;

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        var (first, second) = (Plan(0), Plan(1));
        var it = Followed(new(new(new Guid("00000001-2014-4000-8000-000000000002"))), first, second);
        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(5, () => Task.FromResult(PlanDifference.Between(first, second)), bound),
            () => Rounds.Milliseconds(5, () => Task.FromResult(PlanMoney.Of(it, second)), bound),
            () => Rounds.Milliseconds(5, () => Task.FromResult(Coverage.Of(it, CoverageOf.Findings, CoverageBy.Measures)), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Frozen(it)), bound)
        ];
        await Rounds.InTurn(3, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var difference, var money, var coverage, var frozen])
            throw new UnreachableException();
        return
        [
            new($"plan: difference of two versions of {Measures} measures", " ms", difference, new(100, AtMost: true), ""),
            new($"plan: money of {Measures} measures with {Reports} reports", " ms", money, null, ""),
            new($"plan: coverage of findings by {Measures} measures", " ms", coverage, null, ""),
            new($"report: {Sections} sections frozen to PDF and DOCX", " ms", frozen, new(3000, AtMost: true), "")
        ];
    }

    static Dossier Followed(Dossier it, params PlanContent[] versions)
    {
        var (at, by) = (Trial.Signed, PersonId.System);
        it = it.Evolve(new AgreementCreated(Trial.Terms2014(0)), new(1, at, by));
        foreach (var (content, i) in versions.Select((content, i) => (content, i)))
            it = it.Evolve(new PlanVersionMade(i + 1, PlanReason.Other, "Version", content, Sha256.Of(content.Written()), "SKR"), new(it.Sequence + 1, at, by));
        for (var i = 0; i < Reports; i++)
            it = it.Evolve(new MeasureReported($"m-{i % Measures}", (i / Measures) + 1, new(new(2015, 6, 1), MeasureStatus.Ongoing, "Det går som planerat.", [], []), "SKR"),
                new(it.Sequence + 1, at, by));
        return it;
    }

    // Ten of the sections tell of measures, as many of money; all have a page of text with figures in it.
    static int Frozen(Dossier it)
    {
        var (by, today) = (new Actor(PersonId.System, "SKR", Role.ProjectLead), new LocalDate(2016, 5, 10));
        var text = string.Join("\n\n", Enumerable.Repeat("Av **{{plan:budget}}** har {{plan:spent}} använts, och så gick det:\n\n- ett\n- två\n- tre\n\n" + new string('x', 400), 4));
        var draft = new ReportDraft(new("00000001-2014-4000-8000-000000000003"), "SKR", ReportKind.FollowUp, "Rapport", null, new(new(2015, 1, 1), new(2015, 12, 31)),
            [.. Enumerable.Range(0, Sections).Select(i => new ReportSection($"s-{i}", $"Avsnitt {i}", false, [], [new(ReportBlockKind.Text, Text: text),
                .. i % 10 == 0 ? new[] { new ReportBlock(ReportBlockKind.Measures, $"a-{i / 10}"), new ReportBlock(ReportBlockKind.Chart, "money") } : []]))], by.Id, Trial.Signed);
        var content = new ReportWriting(it, draft, by, today).Content();
        var print = new ReportPrint(content, new(it, today, by, Language.Swedish, null!), "SKR", Trial.Signed, 1);
        return Sha256.Of(content.Written()).ToString().Length + print.Pdf().Length + print.Docx().Length;
    }

    // Every third measure says something else, and every tenth has other money.
    static PlanContent Plan(int version) => new([new("kunskap", "Ökad kunskap")], [], [.. Enumerable.Range(0, Areas).Select(i => new FocusArea($"a-{i}", $"Område {i}"))],
        [.. Enumerable.Range(0, Measures).Select(i => new Work.Measure($"m-{i}", $"Åtgärd {i}", MeasureKind.Measure, $"a-{(i + version) % Areas}", ["kunskap"], [], [], ["Länsstyrelsen"], [], ["all"],
            [new(2015, Kronor.Of(1000 + (i % 10 == 0 ? version : 0)))], [Principle.Participation], [WorkDimension.Process], new("SKR", "Projektledare"),
            new DateSpan(new(2015, 6, 1), new(2016, 5, 31)), null, null, i % 3 == 0 ? $"Version {version}" : "Samma"))], [], new DateSpan(new(2015, 6, 1), new(2017, 6, 30)));
}
