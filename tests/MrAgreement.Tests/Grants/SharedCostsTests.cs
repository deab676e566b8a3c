using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

/// <summary>What those who share a grant report, held against what they may spend, and as costs of the grant.</summary>
public class SharedCostsTests
{
    // Of the 2014 agreement, with Uppsala as a sub-recipient of a grant that is paid.
    static readonly Terms paid = Terms2014 with { Parties = [.. Terms2014.Parties, new("LST-C", "Länsstyrelsen i Uppsala län", PartyRole.SubRecipient)] };

    static readonly Terms withAccounts = Boards2024.Terms with
    {
        Obligations =
        [
            .. Boards2024.Terms.Obligations,
            new("final-accounts", "Slutlig ekonomisk redovisning", ["LST-W"], ObligationKind.Deliverable, new(On: Day("2025-02-28")), Recipient: "RK", Acceptance: true, Documents: ["accounts"])
        ]
    };

    static SpendLine Spent(string amount, Appropriation? appropriation = null) => new(Activities, Kr(amount), appropriation);

    static SpendLine Cost(string amount) => new(CategoryMap.Unassigned, Kr(amount));

    // Received and allocated: 1 000 000 to Uppsala of 4 000 000.
    static Story Paid() => Story.Signed(paid).On("2014-06-16").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
        .Given(Payer, Payment("4000000", "2014-06-16", requisition: 1))
        .Given(Finance, new MakeAllocation(Kr("1000000"), 2014, "Beslut", Party: "LST-C"));

    static Story Told(Story story, string amount) => story
        .Given(Of("LST-C", Role.Finance), new PrepareAllocationReport(2014, [Cost(amount)]))
        .Given(Of("LST-C", Role.Approver), new AttestAllocationReport(story.Dossier.Grant.AllocationReports.Count));

    static Story Accepted(Story story) => story.Given(ProjectLead, new AcceptAllocationReport(story.Dossier.Grant.AllocationReports.Count));

    static string Used(Story story) => story.Dossier.Grant.Balances.Used.ToString();

    static Check Checked(Story story, string rule) => Reconciliation.Of(story.Dossier, story.Today).Single(check => check.Rule == rule);

    [Fact]
    public void A_report_above_what_its_party_was_allocated_is_not_accepted()
    {
        var story = Allocated().Reported("LST-C", Spent("99000000"));
        story.When(Västernorrland, new AcceptAllocationReport(1)).ThenRefused("report-exceeds-allocated");
        story.Reported("LST-C", Spent("341666.68"));
        story.When(Västernorrland, new AcceptAllocationReport(2)).ThenRefused("report-exceeds-allocated");
        story.Reported("LST-C", Spent("341666.67"));
        story.When(Västernorrland, new AcceptAllocationReport(3)).Then<AllocationReportAccepted>();
    }

    [Fact]
    public void With_a_right_to_charge_no_report_above_what_was_allocated_of_an_appropriation_is_accepted()
    {
        // Uppsala may charge 216 666.67 to the one and 125 000 to the other.
        var story = Allocated().Reported("LST-C", Spent("200000", HumanRights), Spent("125000.01", AgainstRacism));
        story.When(Västernorrland, new AcceptAllocationReport(1)).ThenRefused("report-exceeds-appropriation");
        story.Reported("LST-C", Spent("216666.67", HumanRights with { Post = 14 }), Spent("125000", AgainstRacism));
        story.When(Västernorrland, new AcceptAllocationReport(2)).Then<AllocationReportAccepted>();
    }

    [Fact]
    public void What_was_allocated_of_no_appropriation_in_particular_bears_any()
    {
        var story = Signed().Given(Örebro, Allocation("100"), Allocation("100", appropriation: HumanRights, party: "LST-C") with { Reference = "B" }, Allocation("50", party: "LST-C"));
        var free = Kr("50") + Kr("4.17");
        story.Reported("LST-C", new SpendLine(Activities, free, AgainstRacism), Spent("100", HumanRights));
        story.When(Västernorrland, new AcceptAllocationReport(1)).Then<AllocationReportAccepted>();
        story.Reported("LST-C", new SpendLine(Activities, free, AgainstRacism), Spent("99", HumanRights), Spent("1"));
        story.When(Västernorrland, new AcceptAllocationReport(2)).Then<AllocationReportAccepted>();
        story.Reported("LST-C", new SpendLine(Activities, free + Kr("0.01"), AgainstRacism));
        story.When(Västernorrland, new AcceptAllocationReport(3)).ThenRefused("report-exceeds-appropriation");
    }

    [Fact]
    public void Final_accounts_are_neither_submitted_nor_accepted_nor_the_agreement_closed_while_a_report_is_above_what_was_allocated()
    {
        var lead = Of("LST-W", Role.ProjectLead);
        Story With(string amount) => Signed(withAccounts).Given(Örebro, Allocation("8200000")).On("2025-01-20").Reported("LST-C", Spent(amount));

        var above = With("99000000");
        above.When(lead, new Submit("final-accounts", "Härmed", above.Uploaded(lead, "accounts"))).ThenRefused("reports-exceed-allocated");

        var within = With("341666").Submitted("final-accounts", lead).Reported("LST-C", Spent("99000000"));
        within.When(Officer, new AcceptSubmission("final-accounts", 1, null)).ThenRefused("reports-exceed-allocated");
        within.When(Officer, new CloseAgreement()).ThenRefused("agreement-not-settled");
        Assert.Contains(((Refused)within.Dossier.Decide(new CloseAgreement(), new(Officer, within.Now))).Faults, fault => fault.Rule == "reports-exceed-allocated");

        within.Reported("LST-C", Spent("341666")).Accepted("final-accounts");
    }

    [Fact]
    public void What_an_accepted_report_has_spent_is_not_taken_back()
    {
        var story = Allocated().Reported("LST-C", Spent("300000")).Given(Västernorrland, new AcceptAllocationReport(1));

        story.When(Örebro, Allocation("-41666.68", appropriation: HumanRights, party: "LST-C")).ThenRefused("allocation-below-reported");
        story.When(Örebro, Allocation("-41666.67", appropriation: HumanRights, party: "LST-C")).Then<AllocationMade>();
        // From all by the key: Uppsala's part too.
        story.When(Örebro, Allocation("-24", appropriation: HumanRights)).ThenRefused("allocation-below-reported");
    }

    [Fact]
    public void Of_a_grant_that_is_paid_the_accepted_reports_of_sub_recipients_are_costs_of_the_recipient()
    {
        var story = Told(Paid().On("2015-01-20"), "300000.50");
        Assert.Equal("0", Used(story));
        Accepted(story);
        Assert.Equal("300000.5", Used(story));
        Assert.Equal(Kr("3699999.50"), story.Dossier.Grant.Balances.Remaining);
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, Checked(story, "balance-adds-up").Outcome);
        Assert.Equal((Kr("300000.5"), Kr("300000.5")), (Some.Content(story.Dossier, Year(2014)).Costs, Some.Content(story.Dossier, Year(2014)).Used));
        Assert.Equal(["unassigned"], Some.Content(story.Dossier, Year(2014)).Lines.Select(line => line.Category));
        Assert.Equal(story.Dossier.Grant.Balances.Remaining, Position.Until(story.Dossier.Grant, Day("2014-12-31")).Balance);
    }

    [Fact]
    public void What_was_accepted_stands_until_a_newer_version_is_accepted()
    {
        var story = Accepted(Told(Paid().On("2015-01-20"), "300000"));
        Told(story, "200000");
        Assert.Equal("300000", Used(story));
        story.Given(ProjectLead, new ReturnAllocationReport(2, "Fel"));
        Assert.Equal("300000", Used(story));
        Accepted(Told(story, "250000"));
        Assert.Equal("250000", Used(story));
    }

    [Fact]
    public void The_recipient_s_own_report_of_a_grant_that_is_paid_adds_nothing_to_its_ledger()
    {
        var story = Paid().Given(Finance, new MakeAllocation(Kr("500"), 2014, "Beslut", Party: "SKR")).On("2015-01-20")
            .Given(Finance, new PrepareAllocationReport(2014, [Cost("500")])).Given(Approver, new AttestAllocationReport(1)).Given(ProjectLead with { Id = new("colleague") }, new AcceptAllocationReport(1));
        Assert.Equal("0", Used(story));
    }

    [Fact]
    public void A_report_of_a_year_that_was_attested_before_its_end_is_in_a_statement_that_ends_there()
    {
        var story = Accepted(Told(Paid().On("2014-10-01"), "300000"));
        Assert.Equal("300000", Position.Until(story.Dossier.Grant, Day("2014-10-01")).Used.ToString());
        Assert.Equal("0", Position.Until(story.Dossier.Grant, Day("2014-09-30")).Used.ToString());
    }

    [Fact]
    public void Final_accounts_end_by_themselves_no_sooner_than_the_last_accepted_report()
    {
        var story = Accepted(Told(Paid().On("2015-01-20"), "300000"));
        Assert.Equal(Day("2014-12-31"), StatementDecisions.Usual(story.Dossier, StatementKind.Final, story.Today).To);
    }

    [Fact]
    public void What_is_reported_and_not_accepted_or_accepted_before_that_made_costs_is_said_to_differ_from_the_costs()
    {
        var story = Told(Paid().On("2015-01-20"), "300000");
        Assert.Equal((MrAgreement.Reconciliations.Outcome.Warning, (object)Kr("300000"), (object)Kr("0")), Of(Checked(story, "reports-are-costs")));
        Assert.Equal((MrAgreement.Reconciliations.Outcome.Ok, (object)Kr("300000"), (object)Kr("300000")), Of(Checked(Accepted(story), "reports-are-costs")));

        var old = Told(Paid().On("2015-01-20"), "300000");
        old.Record([new AllocationReportAccepted(1, null)], ProjectLead.Id);
        Assert.Equal("0", Used(old));
        Assert.Equal((MrAgreement.Reconciliations.Outcome.Warning, (object)Kr("300000"), (object)Kr("0")), Of(Checked(old, "reports-are-costs")));

        static (MrAgreement.Reconciliations.Outcome, object?, object?) Of(Check check) => (check.Outcome, check.Expected, check.Actual);
    }

    [Fact]
    public void A_year_with_costs_in_the_ledger_and_accepted_reports_of_others_is_looked_at_until_somebody_has_said_why()
    {
        var story = Accepted(Told(Paid().On("2015-01-20"), "300000")).Spent("1000", "2015-03-01");
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, Checked(story, "passed-on-told-once").Outcome);
        story.Spent("1000000", "2014-10-01");
        var check = Checked(story, "passed-on-told-once");
        Assert.Equal((MrAgreement.Reconciliations.Outcome.Warning, true), (check.Outcome, check.IsInternal));
        Assert.Contains(("booked", (object)Kr("1000000")), check.Values);
        story.Given(Approver, new WaiveException("passed-on-told-once", "Egna lokaler"));
        Assert.NotNull(Checked(story, "passed-on-told-once").Waived);
        story.Spent("1", "2014-10-01");
        Assert.Null(Checked(story, "passed-on-told-once").Waived);
    }

    [Fact]
    public void What_may_be_a_slip_in_a_report_is_asked_about()
    {
        var (uppsala, story) = (Of("LST-C", Role.Finance), Allocated());
        story.When(uppsala, Report(Spent("341666.68")) with { IsSure = false }).ThenFaults(("/sure", "report-exceeds-allocated"), ("/sure", "report-year-not-over"));
        story.When(uppsala, Report(Spent("341666.68"))).Then<AllocationReportPrepared>();
        story.On("2025-01-01").When(uppsala, Report(Spent("1")) with { IsSure = false }).Then<AllocationReportPrepared>();
    }

    [Fact]
    public void In_January_the_year_that_ended_is_the_one_to_be_reported()
    {
        var story = Signed().Given(Örebro, Allocation("100"), Allocation("100") with { Year = 2025 });
        var grant = story.Dossier.Grant;
        foreach (var (day, year) in new (string, int?)[] { ("2023-05-01", null), ("2024-12-31", 2024), ("2025-01-01", 2024), ("2025-12-31", 2024), ("2026-01-01", 2025) })
            Assert.Equal(year, Compilation.YearOn(grant, Day(day)));
        Assert.Equal(["report-spend 2024"], WorkList.For(story.Dossier, Of("LST-C", Role.Finance), Day("2025-01-01")).Select(turn => $"{Json.NameOf(turn.Work)} {turn.Title}"));
    }
}
