using MrAgreement.Access;
using MrAgreement.Grants;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>What was prepared is taken back before the next hand, or sent back by whoever should have attested it.</summary>
public class PreparationsTests
{
    static Story Begun() => Story.Of2014().On("2014-08-15").Given(Payer, Payment("4000000", "2014-08-15")).Spent("3999900");

    static Story Prepared(PreparedKind what) => what switch
    {
        PreparedKind.Requisition => Story.Of2014().On("2014-08-15").Given(Finance, Requisition()),
        PreparedKind.Adjustment => Begun().Given(Finance, Adjustment(AdjustmentKind.Correction, "10")),
        PreparedKind.Repayment => Begun().Given(Finance, new PrepareRepayment(Kr("100"), "ÅTER 1")),
        PreparedKind.Statement => Begun().Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2014), [])),
        _ => Begun().Given(Finance, new MakeAllocation(Kr("1000"), 2014, "A2014/9", Party: "SKR"), new PrepareAllocationReport(2014, [new("unassigned", Kr("900"))]))
    };

    static Command Withdraw(PreparedKind what, string reason = "Fel belopp") => what switch
    {
        PreparedKind.Repayment => new WithdrawRepayment(1, reason),
        PreparedKind.AllocationReport => new WithdrawAllocationReport(1, reason),
        _ => new WithdrawPrepared(what, 1, reason)
    };

    static Command SendBack(PreparedKind what, string reason = "Fel belopp") =>
        what == PreparedKind.AllocationReport ? new SendBackAllocationReport(1, reason) : new SendBackPrepared(what, 1, reason);

    static Command Attest(PreparedKind what) => what switch
    {
        PreparedKind.Requisition => new AttestRequisition(1),
        PreparedKind.Adjustment => new AttestAdjustment(1),
        PreparedKind.Repayment => new AttestRepayment(1),
        PreparedKind.Statement => new AttestStatement(1),
        _ => new AttestAllocationReport(1)
    };

    static IEnumerable<string> Waits(Story story, Actor by) =>
        WorkList.For(story.Dossier, by, story.Today).Select(it => $"{Json.NameOf(it.Work)} {it.Subject}");

    public static TheoryData<PreparedKind> All => [.. Enum.GetValues<PreparedKind>()];

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_sent_back_is_attested_by_nobody_and_waits_for_whoever_prepares_until_it_is_withdrawn(PreparedKind what)
    {
        var story = Prepared(what);
        story.When(Finance, SendBack(what)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.Given(Approver, SendBack(what));
        Assert.DoesNotContain(Waits(story, Approver), it => it.StartsWith("attest", StringComparison.Ordinal));
        Assert.Contains(Waits(story, Finance), it => it.StartsWith("redo", StringComparison.Ordinal) || it == "complete-report 2014");

        story.When(Approver, Attest(what)).ThenRefused("preparation-undone");
        story.When(Approver, SendBack(what)).ThenNothing();
        story.When(Approver, SendBack(what, "Ännu mer fel")).ThenRefused("preparation-undone");
        story.Given(Finance, Withdraw(what, "Behövs inte"));
        Assert.DoesNotContain(Waits(story, Finance), it => it.StartsWith("redo", StringComparison.Ordinal) || it.StartsWith("complete", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_withdrawn_is_gone_once_and_what_counts_already_is_not_withdrawn(PreparedKind what)
    {
        var story = Prepared(what).Given(Finance, Withdraw(what));
        story.When(Finance, Withdraw(what)).ThenNothing();
        story.When(Approver, Attest(what)).ThenRefused(what == PreparedKind.Repayment ? "repayment-withdrawn" : "preparation-undone");
        story.When(Approver, SendBack(what)).ThenRefused(what == PreparedKind.Repayment ? "preparation-gone-on" : "preparation-undone");

        var attested = Prepared(what).Given(Approver, Attest(what));
        if (what is PreparedKind.Requisition)
            attested.Given(Finance, new DispatchRequisition(1));
        if (what is not PreparedKind.Repayment)
            attested.When(Finance, Withdraw(what)).ThenRefused("preparation-gone-on");
        attested.When(Approver, SendBack(what)).ThenRefused("preparation-gone-on");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_reason_is_asked_for_and_nobody_sends_their_own_back(PreparedKind what)
    {
        var story = Prepared(what);
        story.When(Approver, SendBack(what, " ")).ThenRefusedBy("text-length");
        story.When(Approver with { Id = Finance.Id }, SendBack(what)).ThenRefused("own-preparation", RefusalKind.Forbidden);
    }

    [Fact]
    public void A_requisition_that_is_withdrawn_frees_what_it_asked_for_and_asks_for_another()
    {
        var story = Prepared(PreparedKind.Requisition);
        var instalment = story.Dossier.Grant.Instalments[0];
        var before = story.Dossier.Grant.LeftToRequisition(instalment);
        story.Given(Approver, new AttestRequisition(1), new SendBackPrepared(PreparedKind.Requisition, 1, "Fel konto"));
        Assert.True(story.Dossier.Grant.LeftToRequisition(instalment) > before);
        story.When(Finance, new DispatchRequisition(1)).ThenRefused("preparation-undone");
        Assert.Contains("redo-requisition 1", Waits(story, Finance));

        story.Given(Finance, Requisition());
        Assert.DoesNotContain("redo-requisition 1", Waits(story, Finance));
        Assert.Contains("attest 2", Waits(story, Approver));
    }

    [Fact]
    public void A_statement_that_was_to_replace_another_leaves_it_standing_when_it_is_withdrawn()
    {
        var story = Prepared(PreparedKind.Statement).Given(Finance, Adjustment(AdjustmentKind.Correction, "10") with { Period = Year(2014) })
            .Given(Approver, new AttestAdjustment(1)).Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2014), []));
        story.When(Approver, new AttestStatement(1)).ThenRefused("statement-replaced");
        story.Given(Finance, new WithdrawPrepared(PreparedKind.Statement, 2, "Fel")).Given(Approver, new AttestStatement(1));
        Assert.Equal(1, Assert.Single(Statement.InForce(story.Dossier.Grant)).Number);
    }

    [Fact]
    public void Another_party_does_not_see_what_never_left_the_house()
    {
        var story = Prepared(PreparedKind.Requisition).Given(Approver, new SendBackPrepared(PreparedKind.Requisition, 1, "Fel konto"));
        var row = story.Dossier.Grant.Requisitions[0];
        Assert.False(Sight.Sees(story.Dossier, Officer, row));
        Assert.False(Sight.Sees(story.Dossier, Officer, new PreparedSentBack(PreparedKind.Requisition, 1, "Fel konto")));
        Assert.True(Sight.Sees(story.Dossier, Finance, new PreparedSentBack(PreparedKind.Requisition, 1, "Fel konto")));
    }
}
