using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Parties;
using MrAgreement.Tests.Agreements;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

/// <summary>What one board sees of a grant that it shares with others.</summary>
public class OwnShareTests
{
    static readonly Actor sörmland = Of("LST-D", Role.Finance);

    static SpendLine Spent(string amount) => new(Activities, Kr(amount), HumanRights);

    static Story Told(string byUppsala) => Allocated().On("2025-01-20").Reported("LST-C", Spent(byUppsala)).Reported("LST-D", Spent("10")).Given(Västernorrland, new AcceptAllocationReport(1));

    static Grant Seen(Story story, Actor by) => Sight.Seen(story.Dossier, by).Grant;

    [Fact]
    public void What_another_board_has_spent_follows_from_nothing_that_a_board_sees()
    {
        Assert.Equal(StateText.Of(Seen(Told("200000"), sörmland)), StateText.Of(Seen(Told("123456.78"), sörmland)));
        Assert.NotEqual(StateText.Of(Seen(Told("200000"), Västernorrland)), StateText.Of(Seen(Told("123456.78"), Västernorrland)));
    }

    [Fact]
    public void Every_sum_is_of_its_own_money()
    {
        var seen = Seen(Told("200000"), sörmland);
        var compiled = Compilation.Of(seen, 2024);
        Assert.Equal((Kr("341666.67"), Kr("10")), (compiled.Allocated, compiled.Spent));
        Assert.Equal(["LST-D"], compiled.ByParty.Select(p => p.Of));
        Assert.Equal((Kr("10"), Kr("10"), Kr("10000000")), (seen.Balances.Used, seen.Balances.Charged, seen.Balances.Decided));
        Assert.Empty(compiled.NotReported);
    }

    [Fact]
    public void Whoever_has_a_duty_for_all_or_is_no_sub_recipient_sees_the_whole()
    {
        var story = Told("200000");
        Assert.All([Officer, Auditor, Örebro, Västernorrland, Of("LST-W", Role.ProjectLead), Of("LST-F", Role.ProjectLead)], by => Assert.Same(story.Dossier, Sight.Seen(story.Dossier, by)));
    }

    [Fact]
    public void Of_the_money_s_events_a_board_reads_its_own_and_the_decisions_and_no_other()
    {
        var story = Told("200000");
        var read = story.Log.Where(row => EventJson.Read(row.Type, row.Data!) is GrantEvent e && Sight.Sees(story.Dossier, sörmland, e)).Select(row => row.Type);
        Assert.Equal(["grant-opened", "allocation-report-prepared", "allocation-report-attested"], read);
        Assert.False(Sight.Sees(story.Dossier, sörmland, new FinalAccountsFixed(Kr("1"))));
        Assert.False(Sight.Sees(story.Dossier, sörmland, new CostsDisallowed(1, Kr("1"), Day("2024-01-01"), "A", "B", null, null, false)));
        Assert.False(Sight.Sees(story.Dossier, sörmland, new AdjustmentPrepared(1, AdjustmentKind.Accrual, Kr("1"), Year(2024), null, "Skäl")));
    }
}
