using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>The hub of the work tells how much there is and what is missing, as the lists and the work list do.</summary>
public class WorkHubTests
{
    static string[] Missing(Story story, Actor by, WorkPart part) => [.. Row(story, by, part).Missing
        .Select(gap => $"{MrAgreement.EventSourcing.Json.NameOf(gap.Lack)}: {string.Join(' ', gap.Of.Select(item => item.Key))}")];

    static WorkPartRow Row(Story story, Actor by, WorkPart part) => WorkHub.Of(story.Dossier, by, story.Today, OrganisationRegister.Empty).Single(row => row.Part == part);

    [Fact]
    public void What_nothing_touches_and_nobody_was_told_of_is_missing_until_it_is_done()
    {
        var story = PlanTests.Spring();
        Assert.Equal(["not-informed: 1", "without-finding: 1", "without-measure: 1"], Missing(story, Officer, WorkPart.Recommendations));
        Assert.Equal((2, 0), (Row(story, Officer, WorkPart.Findings).Count, Row(story, Officer, WorkPart.Plan).Count));
        Assert.Equal(["without-source: 1 2", "without-measure: 1 2"], Missing(story, Officer, WorkPart.Findings));

        story.Given(Officer, new InformOfRecommendations([1], Day("2015-03-05"), "Vid ett möte", []));
        Assert.Contains("not-received: 1", Missing(story, Officer, WorkPart.Recommendations));
        story.Given(ProjectLead, new ReceiveInformation(1), PlanTests.Make(PlanTests.First), new RetractFinding(2, "Fel"), new Submit("action-plan", "Planen", [], Plan: 1)).Accepted("action-plan");
        Assert.Equal(["without-finding: 1"], Missing(story, Officer, WorkPart.Recommendations));
        Assert.Equal(["without-source: 1"], Missing(story, Officer, WorkPart.Findings));
        Assert.Equal((1, 2), (Row(story, Officer, WorkPart.Findings).Count, Row(story, Officer, WorkPart.Plan).Count));
        Assert.Empty(Missing(story, Officer, WorkPart.Plan));
    }

    [Fact]
    public void Project_plans_reports_and_a_revision_are_owed_as_the_work_list_has_them()
    {
        var story = PlanTests.Spring().Given(ProjectLead, PlanTests.Make(PlanTests.First), new Submit("action-plan", "Planen", [], Plan: 1)).Accepted("action-plan")
            .Given(ProjectLead, new WriteProjectPlan("dialog", "Så görs det", []));
        Assert.Equal(["not-checked: dialog"], Missing(story, ProjectLead, WorkPart.Plan));
        story.Given(Officer, new CheckProjectPlan("dialog", CheckOutcome.Agreed, null)).Until("2016-06-02");
        Assert.Equal(["not-reported: natverk kurs"], Missing(story, ProjectLead, WorkPart.Plan));
        story.Given(ProjectLead, new ReportMeasure("kurs", Day("2016-06-01"), MeasureStatus.Done, "Klart", [], []));
        Assert.Equal(["not-reported: natverk"], Missing(story, ProjectLead, WorkPart.Plan));

        story.Given(Officer, new CompleteObligation("annual-consultation-2016", Day("2016-05-19"), "Hölls", null, new([.. story["annual-consultation-2016"].Agenda.Where(item => item.WhenNeeded is not true)
            .Select(item => new TreatedItem(item.Key, "Vägdes in"))], [], [new(ConsultationDecisionKind.RevisePlan, "Ett halvår till")])));
        Assert.Equal(["plan-owed: action-plan-revision-1", "not-reported: natverk"], Missing(story, ProjectLead, WorkPart.Plan));
        Assert.Contains(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Submit && turn.Subject == "action-plan-revision-1");
    }

    [Fact]
    public void What_the_other_side_has_not_opened_is_missing_and_what_one_may_not_know_of_is_not_counted()
    {
        var story = Story.Of2014().On("2015-03-05").Given(ProjectLead, new PublishMaterial(new("Vägledning", PublicationKind.Guide, null, "https://skr.se/v", Day("2015-03-01"), "sv", null, [])));
        Assert.Equal((1, 0), (Row(story, Officer, WorkPart.Publications).Count, Row(story, Reader, WorkPart.Publications).Count));
        Assert.Equal(["not-approved: 1"], Missing(story, Officer, WorkPart.Publications));
        story.Given(Officer, new ApprovePublication(1, new(new(true), new(true), new(true))));
        Assert.Empty(Missing(story, Officer, WorkPart.Publications));
        Assert.Equal(1, Row(story, Reader, WorkPart.Publications).Count);

        story.Given(Officer, new SetUpBody("grupp", "Samordningsgrupp"));
        Assert.Equal(["not-met: grupp"], Missing(story, Officer, WorkPart.Bodies));
    }
}
