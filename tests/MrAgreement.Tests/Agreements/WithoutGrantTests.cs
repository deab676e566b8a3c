using MrAgreement.Decisions;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Overviews;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Agreements;

/// <summary>An agreement that moves no money: nothing that is asked of its grant falls over.</summary>
public class WithoutGrantTests
{
    static Story Signed() => Story.Signed(Terms(Deliverable("it", NoDate))).On("2016-05-02");

    public static IEnumerable<TheoryDataRow<Command>> Commands =>
    [
        new(new ImportLedger(Books.File(1, 2015, Books.Sum("5010", "2015-01-02", "5")), null)), new(new MapCategories([new("resor", [new(5800, 5899)])])), new(new SetBudget(BudgetKind.Budget, [])),
        new(new SetBudget(BudgetKind.Budget, [new("resor", 2015, Kr("1"))])), new(new PrepareStatement(StatementKind.Annual, null, [])), new(new PrepareStatement(StatementKind.Final, null, [])),
        new(new ReversePayment(1, Day("2015-01-01"), "x")), new(new AttestStatement(1)), new(new WaiveException("four-eyes", "x"))
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_answered_and_leaves_the_identity_of_the_balance(Command command)
    {
        var story = Signed();
        if (story.Dossier.Decide(command, new(command is AttestStatement or WaiveException ? Approver : Finance, story.Now)) is Accepted accepted)
            story.Record(accepted.Events, Finance.Id);

        var b = story.Dossier.Grant.Balances;
        Assert.Equal(b.Remaining, b.Received - b.Used - b.Repaid + b.Rounding);
        Assert.Empty(Reconciliation.Of(story.Dossier, story.Today));
        Assert.NotNull(Projection.Portfolio(story.Dossier));
    }
}
