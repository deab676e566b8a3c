using MrAgreement.Access;
using MrAgreement.Grants;
using MrAgreement.Parties;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

public class AllocationReportsTests
{
    static readonly Actor uppsala = Of("LST-C", Role.Finance);
    static readonly Actor uppsalaApprover = Of("LST-C", Role.Approver);

    static SpendLine Spent(string amount, string category = Activities) => new(category, Kr(amount), HumanRights);

    static Story Prepared() => Allocated().Given(uppsala, Report(Spent("100.50")));

    static Story Attested() => Prepared().Given(uppsalaApprover, new AttestAllocationReport(1));

    static string Used(Story story) => story.Dossier.Grant.Balances.Used.ToString();

    [Fact]
    public void A_report_counts_once_somebody_else_of_the_same_party_has_attested_it()
    {
        var story = Allocated().When(uppsala, Report(Spent("100.50")) with { Comment = " Kurs " })
            .Then(new AllocationReportPrepared(1, "LST-C", 2024, 1, [Spent("100.50")], "Kurs"));
        Assert.Equal("0", Used(story));

        story.When(uppsala with { Role = Role.Approver }, new AttestAllocationReport(1)).ThenRefused("own-allocation-report", RefusalKind.Forbidden);
        story.When(Of("LST-D", Role.Approver), new AttestAllocationReport(1)).ThenRefused("no-such-allocation-report", RefusalKind.NotFound);
        story.When(uppsalaApprover, new AttestAllocationReport(1)).Then(new AllocationReportAttested(1));
        Assert.Equal("100.5", Used(story));
        story.When(uppsalaApprover, new AttestAllocationReport(1)).ThenNothing();
        story.When(uppsalaApprover with { Id = new("another") }, new AttestAllocationReport(1)).ThenRefused("already-attested");
        story.When(Of("LST-D", Role.Approver), new AttestAllocationReport(1)).ThenRefused("report-of-other-party", RefusalKind.Forbidden);
        story.When(uppsalaApprover, new AttestAllocationReport(2)).ThenRefused("no-such-allocation-report", RefusalKind.NotFound);
    }

    [Fact]
    public void A_newer_version_replaces_the_older_when_it_is_attested_and_the_older_can_be_attested_no_more()
    {
        var story = Attested().Given(uppsala, Report(Spent("200")), Report(Spent("300")));
        Assert.Equal((3, "100.5"), (story.Dossier.Grant.AllocationReports[2].Prepared.Version, Used(story)));

        story.When(uppsalaApprover, new AttestAllocationReport(2)).ThenRefused("allocation-report-replaced");
        story.Given(uppsalaApprover, new AttestAllocationReport(3));
        Assert.Equal([AllocationReportStatus.Replaced, AllocationReportStatus.Prepared, AllocationReportStatus.Attested], story.Dossier.Grant.AllocationReports.Select(r => r.Status));
        Assert.Equal("300", Used(story));
        story.When(Västernorrland, new AcceptAllocationReport(1)).ThenRefused("allocation-report-decided");
    }

    [Fact]
    public void The_same_in_the_same_words_is_written_once_until_it_is_attested()
    {
        Prepared().When(uppsala, Report(Spent("100.50"))).ThenNothing();
        Attested().When(uppsala, Report(Spent("100.50"))).Then<AllocationReportPrepared>();
    }

    [Fact]
    public void The_coordinator_accepts_it()
    {
        var story = Attested().When(Västernorrland, new AcceptAllocationReport(1, "Tack")).Then(new AllocationReportAccepted(1, "Tack"));

        story.When(Västernorrland, new AcceptAllocationReport(1, "Tack")).ThenNothing();
        story.When(Västernorrland, new ReturnAllocationReport(1, "Fel")).ThenRefused("allocation-report-decided");
        Assert.Equal("100.5", Used(story));
    }

    [Fact]
    public void What_the_coordinator_returns_does_not_count_until_it_is_written_and_attested_again()
    {
        var story = Attested().When(Västernorrland, new ReturnAllocationReport(1, "Uppdelning saknas")).Then(new AllocationReportReturned(1, "Uppdelning saknas"));
        Assert.Equal("0", Used(story));
        Assert.Contains("LST-C", Compilation.Of(story.Dossier.Grant, 2024).NotReported);
        story.When(Västernorrland, new ReturnAllocationReport(1, "Uppdelning saknas")).ThenNothing();

        story.Reported("LST-C", Spent("90"));
        Assert.Equal("90", Used(story));
        Assert.Equal(AllocationReportStatus.Returned, story.Dossier.Grant.AllocationReports[0].Status);
    }

    [Fact]
    public void What_was_returned_is_not_attested_again()
    {
        var returned = Attested().Given(Västernorrland, new ReturnAllocationReport(1, "Uppdelning saknas"));

        returned.When(uppsalaApprover, new AttestAllocationReport(1)).ThenRefused("allocation-report-decided");
        Attested().When(uppsalaApprover, new AttestAllocationReport(1)).ThenNothing();
    }

    [Fact]
    public void A_draft_is_not_the_coordinator_s_to_decide_on_and_a_return_has_a_reason()
    {
        Prepared().When(Västernorrland, new AcceptAllocationReport(1)).ThenRefused("no-such-allocation-report", RefusalKind.NotFound);
        Attested().When(Västernorrland, new ReturnAllocationReport(1, " ")).ThenFaults(("/reason", "text-length"));
    }

    [Fact]
    public void Nobody_decides_on_what_they_have_written_themselves()
    {
        var story = Allocated().Given(Västernorrland, Report(Spent("1"))).Given(Of("LST-Y", Role.Approver), new AttestAllocationReport(1));

        story.When(Västernorrland, new AcceptAllocationReport(1)).ThenRefused("own-allocation-report", RefusalKind.Forbidden);
        story.When(Västernorrland with { Id = new("colleague") }, new AcceptAllocationReport(1)).Then<AllocationReportAccepted>();
    }

    [Fact]
    public void Only_who_was_allocated_something_in_the_year_reports_it()
    {
        Allocated().When(uppsala, Report() with { Year = 2025 }).ThenRefused("nothing-allocated");
        Allocated().When(Officer, Report()).ThenRefused("forbidden", RefusalKind.Forbidden);
        Allocated().When(uppsala, Report()).Then<AllocationReportPrepared>();
    }

    [Fact]
    public void A_report_has_known_categories_each_once_an_appropriation_and_nothing_negative() =>
        Allocated().When(uppsala, new PrepareAllocationReport(24, [Spent("-1"), Spent("1", "resor"), Spent("1"), Spent("1") with { Appropriation = new(0, "x") }], new('x', 2001)))
            .ThenFaults(("/year", "year-range"), ("/comment", "text-length"), ("/lines/0/amount", "amount-negative"), ("/lines/1/category", "category-unknown"), ("/lines/2", "report-line-twice"),
                ("/lines/3/appropriation/area", "appropriation-area"), ("/lines/3/appropriation/item", "appropriation-item"));

    [Fact]
    public void A_party_that_shares_sees_its_own_drafts_and_the_parties_that_the_whole_concerns_see_what_is_attested()
    {
        Actor[] whole = [Officer, Of("LST-W", Role.ProjectLead), Örebro, Västernorrland, Of("LST-F", Role.ProjectLead)];
        bool Sees(Story story, Actor actor) => Sight.Sees(story.Dossier, actor, story.Dossier.Grant.AllocationReports[0]);

        Assert.All(whole.Append(Of("LST-D", Role.Finance)), actor => Assert.False(Sees(Prepared(), actor)));
        Assert.True(Sees(Prepared(), uppsala));
        Assert.All(whole.Append(Auditor), actor => Assert.True(Sees(Attested(), actor)));
        Assert.False(Sees(Attested(), Of("LST-D", Role.Finance)));
    }
}
