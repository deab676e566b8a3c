using MrAgreement.Agreements;
using MrAgreement.Obligations;
using static MrAgreement.Tests.Some;

namespace MrAgreement.Tests.Agreements;

public class ProjectionTests
{
    [Fact]
    public void The_portfolio_has_what_the_agreement_is_found_and_shown_by()
    {
        var row = Projection.Portfolio(Story.Of2014().Dossier);

        Assert.Equal(("A2014/2289/DISK", "active"), (row.DiaryNumber, row.Status));
        Assert.Equal(["SKR", "RK", "KAMK"], row.Parties);
        Assert.Contains("overenskommelse mellan regeringen", row.Search, StringComparison.Ordinal);
        Assert.Contains("kammarkollegiet", row.Search, StringComparison.Ordinal);
        Assert.Equal(Kr("4000000"), Projection.Summary(row).Balances.Decided);
        Assert.Equal(3, Projection.Summary(row).Version);
    }

    [Fact]
    public void Only_dated_obligations_of_a_signed_agreement_are_in_the_due_index()
    {
        Assert.Empty(Projection.Due(Story.Draft(Terms2014).Dossier));
        Assert.Equal(14, Projection.Due(Story.Of2014().Dossier).Count());
        Assert.DoesNotContain("coordination-group", Projection.Due(Story.Of2014().Dossier).Select(r => r.Key));
    }

    [Fact]
    public void A_change_names_the_rows_that_differ()
    {
        var story = Story.Of2014();
        var before = story.Dossier;
        story.Given(ProjectLead, new ScheduleObligation("annual-consultation-2016", Day("2016-05-12")));

        var change = Projection.Change(before, story.Dossier);
        Assert.Equal(["financial-statement-2016", "follow-up-report-2016"], change.Changed.Select(r => r.Key).Order());
        Assert.Empty(change.Gone);
    }

    [Fact]
    public void What_waited_is_open_in_the_index_when_what_it_rests_on_is_done()
    {
        var story = Story.Of2014().Submitted("mapping-report");
        var before = story.Dossier;

        Assert.Equal([("mapping-report", "done"), ("mapping-discussion", "open")],
            Projection.Change(before, story.Accepted("mapping-report").Dossier).Changed.Select(r => (r.Key, r.Status)).OrderByDescending(r => r.Key));
    }

    [Fact]
    public void A_date_that_goes_takes_its_row_with_it()
    {
        var story = Story.Signed(Terms(Joint("talk", new(Scheduled: true)), Deliverable("it", On("2015-01-01"))));
        var before = story.Dossier;
        story.Given(Officer, new ProposeAmendment(Day("2014-06-13"), "A1", Day("2014-06-13"), [new(Reschedule: new("it", Before("talk")))]));

        Assert.Equal(["it"], Projection.Change(before, story.Dossier).Gone);
    }

    [Theory]
    [InlineData("ÅÄÖ åäö Éric Müller", "aao aao eric muller")]
    [InlineData("Fö2014/1", "fo2014/1")]
    public void Search_text_is_folded(string text, string folded) => Assert.Equal(folded, Projection.Folded(text));
}
