using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>An agreement whose terms have no money.</summary>
public class NoGrantTests
{
    [Fact]
    public void Whatever_concerns_money_is_refused_for_that_reason()
    {
        var story = Story.Signed(Terms2014 with { Grant = null, Obligations = [Deliverable("it", NoDate)] });
        void Refused(Actor by, params Command[] commands) => Assert.All(commands, c => story.When(by, c).ThenRefused("no-grant"));

        Refused(Finance, Requisition(), Payment("1", "2014-06-13"), Adjustment(AdjustmentKind.Correction, "1"), new PrepareRepayment(Kr("1"), "x"), new MapCategories([]), new SetBudget(BudgetKind.Budget, []),
            new PrepareStatement(StatementKind.Annual, null, []), new ImportLedger(Books.File(1, 2015), null), new DismissTransaction(Id(1), 1, "x"), new MakeAllocation(Kr("1"), 2014, "x"));
        Refused(Approver, new AttestRequisition(1), new WaiveException("four-eyes", "x"));
        Refused(Payer, new ReceiveRequisition(1), new ReversePayment(1, Day("2014-06-13"), "x"));
        Refused(Officer, Release("2015"), new LapseInstalment("2015", "x"), new DisallowCosts(Kr("1"), Day("2014-06-13"), "x", "x", null, null));
    }

    [Fact]
    public void Every_command_of_the_rooms_of_money_is_one_of_the_grant_s()
    {
        string[] rooms = ["MrAgreement.Grants", "MrAgreement.Banking", "MrAgreement.Ledgers", "MrAgreement.Reconciliations"];

        var commands = typeof(Command).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Command)) && !t.IsAbstract && rooms.Contains(t.Namespace)).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, t => Assert.True(t.IsSubclassOf(typeof(GrantCommand)), t.Name));
    }
}
