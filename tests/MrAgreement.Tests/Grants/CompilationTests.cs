using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Reconciliations;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

public class CompilationTests
{
    static readonly string[] rules = ["allocations-add-up", "spend-within-allocated", "compiled-both-ways", "sharers-have-reported"];

    static MrAgreement.Reconciliations.Outcome[] Checked(Story story) =>
        [.. rules.Select(rule => Reconciliation.Of(story.Dossier, story.Today).Single(check => check.Rule == rule).Outcome)];

    [Fact]
    public void The_accounts_of_2024_come_out_to_the_öre()
    {
        var story = AllReported();
        var compiled = Compilation.Of(story.Dossier.Grant, 2024);

        Assert.Equal([(Activities, "8200000"), ("nationell-samordning", "1000000"), ("ekonomi-förvaltning", "100000"), ("kommunikation", "370000"), ("projekt", "330000")],
            compiled.ByCategory.Select(c => (c.Of, c.Spent.ToString())));
        Assert.Equal([(HumanRights, "7000000"), (AgainstRacism, "3000000")], compiled.ByAppropriation.Select(a => (a.Of!, a.Spent.ToString())));
        Assert.Equal((Kr("10000000"), Kr("10000000")), (compiled.Allocated, compiled.Spent));
        Assert.All(compiled.ByCategory, c => Assert.True(c.Left.IsZero));
        Assert.Equal(21, compiled.ByParty.Count);
        Assert.Equal(compiled.Spent, compiled.ByParty.Sum(p => p.Spent));
        Assert.Empty(compiled.NotReported);
        Assert.Equal((compiled.Allocated, compiled.Spent), (compiled.Entries.Sum(e => e.Allocated), compiled.Entries.Sum(e => e.Spent)));
        Assert.All(compiled.Entries, e => Assert.True(e.Allocation is null != e.Report is null));
        Assert.All(Checked(story), outcome => Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, outcome));
    }

    [Fact]
    public void It_tells_what_is_left_and_who_has_not_reported()
    {
        var story = Allocated().Reported("LST-Y", new SpendLine("projekt", Kr("400000"), HumanRights));
        var compiled = Compilation.Of(story.Dossier.Grant, 2024);

        Assert.Equal((Kr("330000"), Kr("-70000")), compiled.ByCategory.Single(c => c.Of == "projekt") is var projects ? (projects.Allocated, projects.Left) : default);
        Assert.Equal((Kr("2041666.66"), Kr("1641666.66")), compiled.ByParty.Single(p => p.Of == "LST-Y") is var board ? (board.Allocated, board.Left) : default);
        Assert.Equal(Boards.Where(board => board != "LST-Y"), compiled.NotReported);
        Assert.Equal(compiled.Allocated - compiled.Spent, compiled.ByAppropriation.Sum(a => a.Left));
    }

    [Fact]
    public void A_report_is_missed_when_its_year_is_over_and_too_much_spent_is_an_error()
    {
        var story = Allocated().Reported("LST-C", new SpendLine(Activities, Kr("341666.67")));
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, Checked(story)[3]);
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Warning, Checked(story.On("2025-01-01"))[3]);
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, Checked(story)[1]);

        story.Reported("LST-C", new SpendLine(Activities, Kr("341666.68")));
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Error, Checked(story)[1]);
    }

    [Fact]
    public void Where_nothing_is_shared_there_is_nothing_to_check() =>
        Assert.All(Checked(Story.Of2014()), outcome => Assert.Equal(MrAgreement.Reconciliations.Outcome.NotInTerms, outcome));
}
