using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

public class RightToChargeTests
{
    static Terms With(ObligationKind kind) => Boards2024.Terms with
    {
        Obligations = [.. Boards2024.Terms.Obligations, new("money", "Medel", ["LST-W"], kind, NoDate, "RK")]
    };

    [Fact]
    public void Nothing_is_requisitioned_paid_or_paid_back()
    {
        var story = Allocated();

        story.When(Örebro, Requisition("motverka-rasism", "1")).ThenRefused("transfer-disposition-right");
        story.When(Örebro, Payment("1", "2024-01-15")).ThenRefused("transfer-disposition-right");
        story.When(Örebro, new PrepareRepayment(Kr("1"), "ÅTER")).ThenRefused("transfer-disposition-right");
    }

    [Fact]
    public void What_is_spent_is_charged_and_nothing_remains_to_pay_back()
    {
        var balances = Allocated().Reported("LST-C", new SpendLine(Activities, Kr("100.50"))).Dossier.Grant.Balances;

        Assert.Equal(new Balances(Kr("10000000"), Kr("0"), Kr("0"), Kr("100.50"), Kr("0"), Kr("0"), Kr("0"), Kr("100.50"), Kr("100.50")), balances);
    }

    [Fact]
    public void No_more_is_used_than_is_decided()
    {
        var balances = Allocated().Reported("LST-C", new SpendLine(Activities, Kr("10000000.01"))).Dossier.Grant.Balances;

        Assert.Equal((Kr("10000000"), Kr("0")), (balances.Used, balances.Remaining));
    }

    [Fact]
    public void A_statement_of_it_adds_up()
    {
        var story = AllReported().Given(Örebro, new PrepareStatement(StatementKind.Annual, Year(2024), [])).Given(Of("LST-T", Role.Approver), new AttestStatement(1));
        var content = story.Dossier.Grant.Statements[0].Content;

        Assert.Equal((Kr("0"), Kr("0"), Kr("10000000"), Kr("10000000"), Kr("0")), (content.Opening, content.Received, content.Charged, content.Used, content.Closing));
        Assert.All(StatementChecks.Of(story.Dossier.Grant.Statements[0], story.Dossier), check => Assert.False(check.IsException, check.Rule));
    }

    [Fact]
    public void An_obligation_to_pay_is_fulfilled_by_the_decision_and_one_to_pay_back_needs_no_payment()
    {
        Assert.True(Signed(With(ObligationKind.Payment))["money"].IsDone);
        Assert.True(Signed(With(ObligationKind.Repayment))["money"].IsDone);
    }

    [Fact]
    public void A_released_instalment_brings_no_obligation_to_requisition_it()
    {
        var grant = Boards2024.Terms.Grant!;
        var conditional = Boards2024.Terms with { Grant = grant with { Instalments = [grant.Instalments[0], grant.Instalments[1] with { Condition = "riksdag-appropriation" }] } };
        var story = Signed(conditional);
        story.When(Örebro, Allocation("7000000.01")).ThenRefused("allocation-exceeds-decided");

        story.When(Officer, Release("motverka-rasism", "2024-09-01", repayBy: "2025-12-31") with { DecidedOn = Day("2024-01-15") }).Then<InstalmentReleased>();
        Assert.Equal(["final-report"], story.Agreement.Order);
    }

    [Fact]
    public void With_a_grant_that_is_paid_the_ledger_tells_the_costs_and_reports_change_nothing()
    {
        var paid = Boards2024.Terms with { Parties = [.. Boards2024.Terms.Parties, new("KAMK", "Kammarkollegiet", PartyRole.Payer)], Grant = Boards2024.Terms.Grant! with { Transfer = TransferKind.Bidrag } };
        var story = Signed(paid).Given(Örebro, Allocation("1000")).Given(Payer, Payment("1000", "2024-01-15")).Reported("LST-C", new SpendLine(Activities, Kr("41")));

        Assert.Equal((Kr("1000"), Kr("0"), Kr("1000")), (story.Dossier.Grant.Balances.Received, story.Dossier.Grant.Balances.Used, story.Dossier.Grant.Balances.Remaining));
        story.When(Örebro, Payment("1000", "2024-01-15", "T 1")).Then(new PaymentConfirmed(1, Day("2024-01-15"), "T 1", PartyRole.Recipient));
    }

    [Fact]
    public void When_the_report_is_in_the_agreement_closes()
    {
        var story = AllReported().On("2025-02-20").Submitted("final-report", Of("LST-F", Role.ProjectLead));

        story.When(Officer, new CloseAgreement()).Then(new AgreementClosed());
    }
}
