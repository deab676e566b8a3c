using MrAgreement.Agreements;
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
    public void What_waited_is_open_in_the_index_when_what_it_rests_on_is_done()
    {
        var story = Story.Of2014().Submitted("mapping-report");
        Assert.Equal("waiting", Status(story, "mapping-discussion"));

        story.Accepted("mapping-report");
        Assert.Equal(("done", "open"), (Status(story, "mapping-report"), Status(story, "mapping-discussion")));

        static string Status(Story story, string key) => Projection.Due(story.Dossier).Single(r => r.Key == key).Status;
    }

    [Fact]
    public void A_date_that_goes_takes_its_row_with_it()
    {
        var story = Story.Signed(Terms(Joint("talk", new(Scheduled: true)), Deliverable("it", On("2015-01-01"))));
        Assert.Equal(["it"], Projection.Due(story.Dossier).Select(r => r.Key));

        story.Given(Officer, new ProposeAmendment(Day("2014-06-13"), "A1", Day("2014-06-13"), [new(Reschedule: new("it", Before("talk")))]));
        Assert.Empty(Projection.Due(story.Dossier));
    }

    [Theory]
    [InlineData("ÅÄÖ åäö Éric Müller", "aao aao eric muller")]
    [InlineData("Fö2014/1", "fo2014/1")]
    public void Search_text_is_folded(string text, string folded) => Assert.Equal(folded, Projection.Folded(text));
}
