using MrAgreement.Obligations;
using MrAgreement.Overviews;

namespace MrAgreement.Tests.Documents;

/// <summary>Periods by kind of document, and what may be disposed of by them.</summary>
public class RetentionTests
{
    static readonly RetentionPlan plan = new("SKR", [new("note", 2, "SKR 2014:1"), new("report", null, "SKR 2014:2")]);

    [Fact]
    public void What_has_a_period_that_has_ended_may_go_and_all_else_is_kept()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1, "note"), Document(2, "report"), Document(3, "minutes"))
            .Given(Officer, Document(4, "note"));
        Assert.Empty(Disposable.Of(story.Dossier, plan, Day("2017-01-19"), ProjectLead));
        var due = Assert.Single(Disposable.Of(story.Dossier, plan, Day("2017-01-20"), ProjectLead));
        Assert.Equal((Id(1), Day("2015-01-20"), Day("2017-01-20"), "SKR 2014:1"), (due.Document.Id, due.On, due.Since, due.Period.Reference));
        Assert.Empty(Disposable.Of(story.Dossier, RetentionPlan.None("SKR"), Day("2100-01-01"), ProjectLead));
    }

    [Fact]
    public void What_was_handed_over_is_the_receiver_s_to_dispose_of_too_counted_from_the_day_it_came()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1, "report")).On("2015-01-22").Given(ProjectLead, new Submit("mapping-report", "Härmed", [Id(1)]));
        var receiver = new RetentionPlan("RK", [new("report", 2, "RK 2014:1")]);
        Assert.Empty(Disposable.Of(story.Dossier, receiver, Day("2017-01-21"), Officer));
        var due = Assert.Single(Disposable.Of(story.Dossier, receiver, Day("2017-01-22"), Officer));
        Assert.Equal((Id(1), "SKR", Day("2015-01-22")), (due.Document.Id, due.Document.Party, due.On));
        Assert.Empty(Disposable.Of(story.Dossier, new("KAM", receiver.Periods), Day("2020-01-01"), Payer));
    }

    [Fact]
    public void A_period_is_of_one_kind_in_whole_years_and_has_a_decision() => Assert.Equal(
        [("/periods/0/kind", "document-kind"), ("/periods/1/years", "retention-years"), ("/periods/2/kind", "retention-twice"), ("/periods/2/reference", "text-length")],
        RetentionPlan.Faults([new("Note!", 1, "A"), new("note", 0, "A"), new("note", null, " ")]).Select(fault => (fault.Pointer, fault.Rule)));
}
