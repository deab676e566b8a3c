using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>Findings: what they rest on is there, and what was told stays on record.</summary>
public class FindingsTests
{
    static readonly RecommendationContent cerd = new(RecommendationKind.ReviewBody, "CERD", "Granskning", 2013, "CERD/C/SWE/CO/19-21", "12", new("Strengthen it"), [Concern.Municipalities], []);

    static Story Spring() => Story.Of2014().On("2015-03-05").Given(Officer, new RecordRecommendation(cerd), new RecordRecommendation(cerd with { Paragraph = "13" })).Given(ProjectLead, Document(1));

    static ToldFinding Told(params NamedSource[] sources) => new("Kunskap saknas", "Få känner till den.", FindingKind.Need, sources, ["kunskap"]);

    static FindingContent Content(params FindingSource[] sources) => new("Kunskap saknas", "Få känner till den.", FindingKind.Need, sources, ["kunskap"]);

    [Fact]
    public void The_project_lead_records_one_that_rests_on_interviews_documents_and_recommendations()
    {
        var story = Spring();
        NamedSource[] sources = [new(Interview: " Sakkunnig, länsstyrelsen, januari 2015 "), new(Document: Id(1), Page: 7), new(Recommendation: 1)];
        story.When(ProjectLead, new RecordFinding(Told(sources)))
            .Then(new FindingRecorded(1, Content(new("Sakkunnig, länsstyrelsen, januari 2015"), new(Document: new(Id(1), 1), Page: 7), new(Recommendation: 1)), "SKR"));
        story.When(ProjectLead, new RecordFinding(Told(sources))).ThenNothing();
        foreach (var by in new[] { Officer, Finance, Payer })
            story.When(by, new RecordFinding(Told())).ThenRefused("forbidden", RefusalKind.Forbidden);
        // What rests on nothing yet is a finding all the same.
        story.When(ProjectLead, new RecordFinding(Told())).Then(new FindingRecorded(2, Content(), "SKR"));
    }

    [Fact]
    public void What_it_names_must_be_there_one_at_a_time()
    {
        var story = Spring().Given(Officer, Document(2)).Given(ProjectLead, Document(3), new WithdrawDocument(Id(3), "Fel"));
        story.When(ProjectLead, new RecordFinding(Told(new(Survey: "stockholm-2021", Question: "goals"), new(Recommendation: 3), new(Document: Id(2)), new(Document: Id(3)), new(Document: Id(9)))))
            .ThenFaults(("/sources/0/survey", "source-unknown"), ("/sources/1/recommendation", "source-unknown"), ("/sources/2/document", "source-unknown"), ("/sources/3/document", "source-unknown"), ("/sources/4/document", "source-unknown"));
        story.When(ProjectLead, new RecordFinding(Told(new(), new(Recommendation: 1, Interview: "A"), new(Recommendation: 1, Page: 2), new(Interview: "A", Question: "q"), new(Interview: " "), new(Document: Id(1), Page: 0))))
            .ThenFaults(("/sources/0", "source-of-one"), ("/sources/1", "source-of-one"), ("/sources/2", "source-of-one"), ("/sources/3", "source-of-one"), ("/sources/4/interview", "text-length"), ("/sources/5/page", "page-number"));
        story.When(ProjectLead, new RecordFinding(new("", "Av {{survey:stockholm-2021/goals=yes|count}} svarande", FindingKind.Need, [.. Enumerable.Repeat(new NamedSource(Recommendation: 1), 51)], [])))
            .ThenFaults(("/title", "text-length"), ("/text", "figure-unknown"), ("/sources", "too-many"));
        // Handed over, the other side's document is one's own to rest on.
        story.Given(Officer, new InformOfRecommendations([1], Day("2015-03-05"), "Vid ett möte", [Id(2)])).When(ProjectLead, new RecordFinding(Told(new NamedSource(Document: Id(2))))).Then<FindingRecorded>();
    }

    [Fact]
    public void It_is_put_right_or_told_in_a_new_version_and_keeps_the_version_of_a_document_that_it_rested_on()
    {
        var story = Spring().Given(ProjectLead, new RecordFinding(Told(new NamedSource(Document: Id(1)))), new AddDocumentVersion(Id(1), File(7)));
        story.When(ProjectLead, new ReviseFinding(1, Told(new NamedSource(Document: Id(1))), true)).ThenNothing();
        story.When(ProjectLead, new ReviseFinding(1, Told(new(Document: Id(1)), new(Recommendation: 2)), false)).Then(new FindingRevised(1, 1, Content(new(Document: new(Id(1), 1)), new(Recommendation: 2)), "SKR"));
        story.When(ProjectLead, new ReviseFinding(1, Told(new NamedSource(Recommendation: 2)), true)).Then(new FindingRevised(1, 2, Content(new FindingSource(Recommendation: 2)), "SKR"));
        story.When(ProjectLead, new ReviseFinding(1, Told(new NamedSource(Document: Id(1))), true)).Then(new FindingRevised(1, 3, Content(new FindingSource(Document: new(Id(1), 2))), "SKR"));
        story.When(ProjectLead, new ReviseFinding(2, Told(), true)).ThenRefused("no-such-finding", RefusalKind.NotFound);
        story.When(ProjectLead, new ReviseFinding(1, Told() with { Title = "" }, true)).ThenFaults(("/title", "text-length"));
        Assert.Equal([1, 1, 2, 3], story.Dossier.Grounds.Findings[0].Told.Select(it => it.Number));
    }

    [Fact]
    public void Taken_back_it_stays_on_record_and_is_told_no_more()
    {
        var story = Spring().Given(ProjectLead, new RecordFinding(Told()));
        story.When(ProjectLead, new RetractFinding(1, " ")).ThenFaults(("/reason", "text-length"));
        story.When(ProjectLead, new RetractFinding(1, "Fel underlag ")).Then(new FindingRetracted(1, "Fel underlag", "SKR"));
        story.When(ProjectLead, new RetractFinding(1, "Fel underlag")).ThenNothing();
        story.When(ProjectLead, new RetractFinding(1, "Annat")).ThenRefused("finding-retracted");
        story.When(ProjectLead, new ReviseFinding(1, Told(), true)).ThenRefused("finding-retracted");
        // The same in other hands is another finding.
        story.When(ProjectLead, new RecordFinding(Told())).Then<FindingRecorded>();
    }

    [Fact]
    public void A_recommendation_is_touched_by_the_findings_that_rest_on_it_and_nothing_is_by_measures()
    {
        var story = Spring().Given(ProjectLead, new RecordFinding(Told(new NamedSource(Recommendation: 2))), new RecordFinding(Told(new NamedSource(Recommendation: 1)) with { Title = "Fel" }), new RetractFinding(2, "Fel"));
        Assert.Equal([(1, ""), (2, "1")], Rows(CoverageOf.Recommendations, CoverageBy.Findings));
        Assert.Equal([(1, ""), (2, "")], Rows(CoverageOf.Recommendations, CoverageBy.Measures));
        Assert.Equal([(1, "")], Rows(CoverageOf.Findings, CoverageBy.Measures));
        Assert.Equal("CERD/C/SWE/CO/19-21, 12", Coverage.Of(story.Dossier, CoverageOf.Recommendations, CoverageBy.Measures)[0].Title);
        Assert.False(Coverage.IsPossible(CoverageOf.Findings, CoverageBy.Findings));

        IEnumerable<(int, string)> Rows(CoverageOf of, CoverageBy by) => Coverage.Of(story.Dossier, of, by).Select(row => (row.Number, string.Join(',', row.TouchedBy.Select(it => it.Number))));
    }

    [Fact]
    public void In_a_shared_assignment_the_coordinator_and_the_reporter_write_them()
    {
        var story = Story.Draft(Boards2024.Terms, "2024-01-15");
        var writers = story.Agreement.Terms.Parties.Where(party => Rights.May(Boards2024.Of(party.Key, Role.ProjectLead), Right.WriteFindings, story.Agreement.Terms.Parties)).Select(party => party.Key).Order();
        Assert.Equal(story.Agreement.Terms.Parties.Where(party => party.Has(Duty.Coordinator) || party.Has(Duty.Reporter)).Select(party => party.Key).Order(), writers);
    }
}
