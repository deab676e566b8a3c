using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>What review bodies and reports recommend: recorded, told of, received, and covered or not.</summary>
public class RecommendationsTests
{
    const string Duty = "review-bodies-information";

    static Story Spring() => Story.Of2014().On("2015-03-05");

    static RecommendationContent Cerd(string paragraph, string en = "Strengthen it", string? sv = null) =>
        new(RecommendationKind.ReviewBody, "CERD", "19–21 periodiska rapporterna", 2013, "CERD/C/SWE/CO/19-21", paragraph, new(en, sv), [Concern.Municipalities, Concern.Regions], ["rasism"]);

    static readonly RecommendationContent report = new(RecommendationKind.Report, "Ramboll", "Kartläggning 2021", 2021, "Mänskliga rättigheter i länets kommuner", "5.2:1",
        new(Sv: "Stärk det lokala arbetet med en regional strategi."), [Concern.CountyBoards], ["strategi"], Commissioner: "Länsstyrelsen i Stockholm");

    static Story Recorded(params string[] paragraphs) => Spring().Given(Officer, [.. paragraphs.Select(it => new RecordRecommendation(Cerd(it)))]);

    static InformOfRecommendations Informing(params int[] numbers) => new(numbers, Day("2015-03-04"), "Vid ett möte", []);

    [Fact]
    public void The_officer_records_one_by_where_it_stands_and_once()
    {
        var story = Spring();
        story.When(Officer, new RecordRecommendation(Cerd(" 12 ") with { Themes = ["rasism", "rasism "] })).Then(new RecommendationRecorded(1, [Cerd("12")], "RK"));
        story.When(Officer, new RecordRecommendation(Cerd("12"))).ThenNothing();
        story.When(OtherOfficer, new RecordRecommendation(Cerd("12"))).ThenFaults(("/paragraph", "recommendation-known"));
        story.When(Officer, new RecordRecommendation(Cerd("12", "Something else") with { Body = "cerd" })).ThenFaults(("/paragraph", "recommendation-known"));
        foreach (var by in new[] { ProjectLead, Payer, Auditor })
            story.When(by, new RecordRecommendation(Cerd("13"))).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, new RecordRecommendation(Cerd("", "", "Stärk det") with { Body = "", Occasion = "", Year = 13, Document = "", Concerns = [], Themes = [""], Commissioner = "SKR" }))
            .ThenFaults(("/body", "text-length"), ("/occasion", "text-length"), ("/year", "year-range"), ("/document", "text-length"), ("/paragraph", "text-length"), ("/text/en", "text-length"),
                ("/concerns", "required"), ("/themes/0", "text-length"), ("/commissioner", "commissioner-of-report"));
    }

    [Fact]
    public void Those_of_a_report_are_another_kind_that_names_whom_they_are_given_to_and_nobody_is_to_be_told_of()
    {
        var story = Spring().Given(Officer, new RecordRecommendation(report));
        story.When(Officer, new RecordRecommendation(report with { Paragraph = "5.2:2", Text = new(), Commissioner = null })).ThenFaults(("/text/sv", "required"), ("/commissioner", "text-length"));
        story.When(Officer, Informing(1)).ThenRefused("nothing-to-inform-of");
        story.Given(Officer, new RecordRecommendation(Cerd("12"))).When(Officer, Informing(1, 2)).ThenFaults(("/numbers/0", "not-of-review-body"));
        story.When(Officer, new ReviseRecommendation(1, Cerd("13"))).ThenFaults(("/kind", "recommendation-kind-stays"));
    }

    [Fact]
    public void It_is_told_anew_and_what_it_said_before_stays()
    {
        var story = Recorded("12", "13");
        story.When(Officer, new ReviseRecommendation(1, Cerd("12", sv: "Stärk det"))).Then(new RecommendationRevised(1, Cerd("12", sv: "Stärk det"), "RK"));
        story.When(OtherOfficer, new ReviseRecommendation(1, Cerd("12", sv: "Stärk det "))).ThenNothing();
        story.When(Officer, new ReviseRecommendation(1, Cerd("13", ""))).ThenFaults(("/text/en", "text-length"), ("/paragraph", "recommendation-known"));
        story.When(Officer, new ReviseRecommendation(3, Cerd("14"))).ThenRefused("no-such-recommendation", RefusalKind.NotFound);
        Assert.Equal([null, "Stärk det"], story.Dossier.Grounds.Recommendations[0].Versions.Select(it => it.Content.Text.Sv));
    }

    [Fact]
    public void A_file_is_taken_whole_or_not_at_all_and_the_same_again_takes_nothing_also_when_one_was_told_anew_since()
    {
        var file = new ImportRecommendations([new(2, Cerd("12")), new(3, Cerd("13"))]);
        var story = Recorded("12");
        story.When(Officer, file).Then(new RecommendationRecorded(2, [Cerd("13")], "RK"));
        story.When(Officer, file).ThenNothing();
        story.Given(Officer, new ReviseRecommendation(2, Cerd("13", sv: "Stärk det"))).When(OtherOfficer, file).ThenNothing();
        // Where it stands was put right too.
        story.Given(Officer, new ReviseRecommendation(2, Cerd("13 (a)"))).When(OtherOfficer, file).ThenNothing();

        var bad = Assert.IsType<Refused>(story.When(Officer, new ImportRecommendations([new(2, Cerd("20")), new(3, Cerd("20", "Other")), new(4, Cerd("12", "Other")), new(5, Cerd("21", "") with { Themes = [""] })])).Decision);
        Assert.Equal(["3 paragraph recommendation-row-twice", "4 paragraph recommendation-known", "5 text-en text-length", "5 themes text-length"], bad.Faults.Select(it => $"{it.Line} {it.Column} {it.Rule}"));
        story.When(Officer, new ImportRecommendations([.. Enumerable.Range(1, RecommendationRules.Most).Select(it => new RecommendationRow(it, Cerd($"x{it}")))])).ThenRefused("recommendations-full", RefusalKind.NotSo);
        Assert.Equal(2, story.Dossier.Grounds.Recommendations.Count);
    }

    [Fact]
    public void Informing_is_one_more_performance_of_the_duty_to_inform_and_the_receipt_confirms_it()
    {
        var story = Recorded("12", "13", "14");
        var minutes = story.Uploaded(Officer, "minutes")[0];
        Assert.False(Sight.Sees(story.Dossier, ProjectLead, story.Dossier.Documents[minutes]!));
        story.When(Officer, Informing(2, 1, 2) with { Documents = [minutes] }).Then(new RecommendationsInformed(1, [1, 2], Day("2015-03-04"), "Vid ett möte", [new(minutes, 1)], "RK", Duty),
            new ObligationCompleted(Duty, Day("2015-03-04"), "Vid ett möte", [new(minutes, 1)], "RK"));
        Assert.True(Sight.Sees(story.Dossier, ProjectLead, story.Dossier.Documents[minutes]!));
        story.When(Officer, Informing(1, 2) with { Documents = [minutes] }).ThenNothing();
        story.When(Officer, Informing(3, 2, 9)).ThenFaults(("/numbers/1", "already-informed"), ("/numbers/2", "no-such-recommendation"));
        story.When(Officer, new InformOfRecommendations([], Day("2015-03-06"), " ", [])).ThenFaults(("/informedOn", "date-in-future"), ("/how", "text-length"), ("/numbers", "required"));
        story.When(ProjectLead, Informing(3)).ThenRefused("forbidden", RefusalKind.Forbidden);

        story.When(Officer, new ReceiveInformation(1)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead with { Id = Officer.Id }, new ReceiveInformation(1)).ThenRefused("four-eyes", RefusalKind.Forbidden);
        story.When(ProjectLead, new ReceiveInformation(2)).ThenRefused("no-such-information", RefusalKind.NotFound);
        story.When(ProjectLead, new ReceiveInformation(1)).Then(new InformationReceived(1, "SKR"), new CompletionConfirmed(Duty, "SKR"));
        story.When(ProjectLead, new ReceiveInformation(1)).ThenNothing();
        story.When(ProjectLead with { Id = new("another") }, new ReceiveInformation(1)).ThenRefused("receipt-confirmed");

        story.When(Officer, Informing(3)).Then<ObligationCompleted>();
        story.When(Officer, Informing(3) with { How = "Igen" }).ThenRefused("nothing-to-inform-of");
        Assert.Equal(2, story[Duty].Completions.Count);
    }

    [Fact]
    public void Of_what_was_told_anew_one_informs_again_and_an_older_information_is_received_by_itself()
    {
        var story = Recorded("12").Given(Officer, Informing(1), new ReviseRecommendation(1, Cerd("12", sv: "Stärk det")));
        Assert.True(story.Dossier.Grounds.Recommendations[0].IsRevisedSince);
        story.Given(Officer, Informing(1) with { How = "Med översättning" });
        story.When(ProjectLead, new ReceiveInformation(1)).Then(new InformationReceived(1, "SKR"));
        story.When(ProjectLead, new ReceiveInformation(2)).Then(new InformationReceived(2, "SKR"), new CompletionConfirmed(Duty, "SKR"));
        Assert.Equal(2, story.Dossier.Grounds.Recommendations[0].Informed);
    }

    [Fact]
    public void Without_such_a_duty_or_when_it_was_let_go_it_is_an_information_all_the_same_and_its_documents_are_handed_over()
    {
        var story = Story.Signed(Terms(Deliverable("report", On("2015-09-01"))), "2015-03-05").Given(Officer, new RecordRecommendation(Cerd("12")), Document(1) with { Confidential = true, LegalGround = "OSL 21 kap. 7 §" });
        story.When(Officer, Informing(1) with { Documents = [Id(1)] }).Then(new RecommendationsInformed(1, [1], Day("2015-03-04"), "Vid ett möte", [new(Id(1), 1)], "RK"));
        Assert.Equal([true, false], new[] { ProjectLead, Payer }.Select(by => Sight.Sees(story.Dossier, by, story.Dossier.Documents[Id(1)]!)));
        story.When(Officer, new WithdrawDocument(Id(1), "Fel")).ThenRefused("document-handed-over");
        story.When(ProjectLead, new ReceiveInformation(1)).Then(new InformationReceived(1, "SKR"));

        Recorded("12").Given(Officer, new WaiveObligation(Duty, "Utgår", "A2015/1")).When(Officer, Informing(1)).Then(new RecommendationsInformed(1, [1], Day("2015-03-04"), "Vid ett möte", [], "RK"));
    }

    [Fact]
    public void What_there_is_to_tell_waits_for_the_officer_and_what_was_told_for_the_project_lead_and_neither_holds_up_the_closing()
    {
        var story = Recorded("12", "13");
        Assert.Equal([("RK", Role.Officer, "2")], Waiting(story, WorkKind.InformOfRecommendations));
        story.Given(Officer, Informing(2));
        Assert.Equal([("RK", Role.Officer, "1")], Waiting(story, WorkKind.InformOfRecommendations));
        Assert.Equal([("SKR", Role.ProjectLead, "2")], Waiting(story, WorkKind.ReceiveInformation));
        story.Given(ProjectLead, new ReceiveInformation(1));
        Assert.Empty(Waiting(story, WorkKind.ReceiveInformation));

        var small = Story.Signed(Terms(Deliverable("report", On("2015-09-01"))), "2015-03-05").Given(Officer, new RecordRecommendation(Cerd("12")), new WaiveObligation("report", "Utgår", "A2015/1"));
        small.Given(ProjectLead, new ConfirmSignature());
        Assert.Equal([WorkKind.InformOfRecommendations, WorkKind.Close], WorkList.Of(small.Dossier).Select(it => it.Work));
    }

    [Fact]
    public void The_payer_and_whoever_only_reads_see_nothing_of_it()
    {
        var story = Recorded("12");
        var happened = EventJson.Read("recommendation-recorded", story.RowOf("recommendation-recorded").Data!);
        Assert.Equal([true, true, true, true, true, false, false, false], new[] { ProjectLead, Finance, Officer, Auditor, Admin, Payer, Reader, Stranger }.Select(by => Sight.SeesWork(story.Dossier, by)));
        Assert.False(Sight.Sees(story.Dossier, Payer, happened));
        Assert.NotNull(LogIndex.Of(story.Dossier.Id, story.Log).FirstNotWhole(story.Dossier, Payer));
    }

    static IEnumerable<(string, Role, string)> Waiting(Story story, WorkKind kind) => WorkList.Of(story.Dossier).Where(it => it.Work == kind).Select(it => (it.Party, it.Role, it.Title));
}
