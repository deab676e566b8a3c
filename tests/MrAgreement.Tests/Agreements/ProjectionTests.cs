using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;

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

    // The store is told so of appends that hold nothing else, and leaves their rows as they are (Append.Unlisted).
    [Fact]
    public void Reminders_change_nothing_in_the_rows()
    {
        var story = Story.Of2014();
        for (var sent = 0; Lifecycle.NextWakeUp(story.Dossier) is { } next && sent < 60; sent++)
        {
            story.At(next);
            var before = Rows(story);
            Assert.All(story.Advance(), e => Assert.IsType<ReminderSent>(e));
            Assert.Equal(before, Rows(story));
        }

        static string Rows(Story story) => JsonSerializer.Serialize(Projection.Of(story.Dossier) with { Sequence = 0 }, Json.Options);
    }

    [Fact]
    public void A_date_that_goes_takes_its_row_with_it()
    {
        var story = Story.Signed(Terms(Joint("talk", new(Scheduled: true)), Deliverable("it", On("2015-01-01"))));
        Assert.Equal(["it"], Projection.Due(story.Dossier).Select(r => r.Key));

        story.Given(Officer, new ProposeAmendment(Day("2014-06-13"), "A1", Day("2014-06-13"), [new(Reschedule: new("it", Before("talk")))]));
        Assert.Empty(Projection.Due(story.Dossier));
    }

    [Fact]
    public void Titles_are_in_the_order_of_the_Swedish_alphabet()
    {
        string[] ordered = ["Ale", "örn", "Zeta", "Åker", "ÄLG", "Öland"];
        Assert.Equal(["Ale", "Zeta", "Åker", "ÄLG", "Öland", "örn"], ordered.OrderBy(Order, StringComparer.Ordinal));

        static string Order(string title) => Projection.Portfolio(Story.Signed(Terms(Deliverable("it", NoDate)) with { Title = title }).Dossier).TitleOrder;
    }

    [Fact]
    public void Only_what_people_do_changes_an_agreement()
    {
        var story = Story.Of2014();
        var signed = Projection.Portfolio(story.Dossier).ChangedAt;
        story.Until("2014-12-01");
        Assert.Contains(story.Log, row => row.Type == "reminder-sent");
        Assert.Equal(signed, Projection.Portfolio(story.Dossier).ChangedAt);

        story.Submitted("mapping-report");
        Assert.Equal(story.Now, Projection.Portfolio(story.Dossier).ChangedAt);
    }

    [Fact]
    public void What_has_moved_still_knows_where_it_stood_first()
    {
        var story = Story.Signed(Terms(Deliverable("it", On("2015-01-01")), Deliverable("after", After("it", 10))));
        Assert.False(story["after"].IsMoved);

        story.Given(Officer, new ExtendObligation("it", Day("2015-02-01"), "A1"), new ExtendObligation("it", Day("2015-03-01"), "A2"));

        Assert.Equal((Day("2015-01-01"), Day("2015-03-01"), true), (story["it"].FirstDueOn, story["it"].EffectiveDueOn, story["it"].IsMoved));
        Assert.Equal((Day("2015-01-11"), Day("2015-03-11")), (story["after"].FirstDueOn, story["after"].EffectiveDueOn));
    }

    [Theory]
    [InlineData("ÅÄÖ åäö Éric Müller", "aao aao eric muller")]
    [InlineData("Fö2014/1", "fo2014/1")]
    public void Search_text_is_folded(string text, string folded) => Assert.Equal(folded, Projection.Folded(text));
}
