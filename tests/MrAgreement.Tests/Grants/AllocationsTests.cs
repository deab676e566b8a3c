using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

public class AllocationsTests
{
    [Fact]
    public void An_amount_is_shared_by_the_key_and_the_parts_are_frozen()
    {
        var made = Signed().When(Örebro, Allocation("8200000")).Then<AllocationMade>();

        Assert.Equal(Boards, made.Parts.Select(part => part.Party));
        Assert.Equal(Kr("8200000"), made.Parts.Sum(part => part.Amount));
        Assert.Equal((Kr("683333.33"), Kr("341666.67"), Kr("341666.66")), (made.Parts[0].Amount, made.Parts[1].Amount, made.Parts[20].Amount));
    }

    [Fact]
    public void An_amount_for_one_party_goes_to_it_whole() =>
        Signed().When(Örebro, Allocation("1000000", "nationell-samordning", HumanRights, "LST-Y"))
            .Then(new AllocationMade(1, Kr("1000000"), 2024, "Beslut 2024-02-01", [new("LST-Y", Kr("1000000"))], "nationell-samordning", HumanRights, "LST-Y"));

    [Fact]
    public void Without_a_key_an_amount_can_only_be_set_aside_for_one_party()
    {
        var story = Story.Of2014();

        story.When(Finance, new MakeAllocation(Kr("1"), 2014, "A1")).ThenRefused("no-shares");
        story.When(Finance, new MakeAllocation(Kr("1"), 2014, "A1", Party: "SKR")).Then<AllocationMade>();
        story.When(Finance, new MakeAllocation(Kr("1"), 2014, "A1", Party: "KAMK")).ThenFaults(("/party", "share-party"));
    }

    [Fact]
    public void The_same_in_the_same_words_is_allocated_once()
    {
        var story = Signed().Given(Örebro, Allocation("100"));

        story.When(Örebro, Allocation("100")).ThenNothing();
        story.When(Örebro with { Id = new("someone-else") }, Allocation("100")).ThenRefused("already-allocated");
        story.When(Örebro, Allocation("100") with { Reference = "Beslut 2024-03-01" }).Then<AllocationMade>();
    }

    [Fact]
    public void No_more_is_allocated_than_is_decided()
    {
        var story = Signed().Given(Örebro, Allocation("9999999.99"));

        story.When(Örebro, Allocation("0.02")).ThenRefused("allocation-exceeds-decided");
        story.When(Örebro, Allocation("0.01")).Then<AllocationMade>();
    }

    [Fact]
    public void A_negative_amount_takes_back_to_the_öre_and_never_more_than_was_given()
    {
        var story = Signed().Given(Örebro, Allocation("100"));

        story.When(Örebro, Allocation("-100.01")).ThenRefused("allocation-below-zero");
        story.When(Örebro, Allocation("-100", appropriation: HumanRights)).ThenRefused("allocation-below-zero");
        story.When(Örebro, Allocation("-100")).Then<AllocationMade>();
        Assert.All(story.Dossier.Grant.Allocations.SelectMany(a => a.Made.Parts).GroupBy(part => part.Party), parts => Assert.True(parts.Sum(part => part.Amount).IsZero));
    }

    [Fact]
    public void An_allocation_has_an_amount_a_year_a_reference_and_a_known_category() =>
        Signed().When(Örebro, new MakeAllocation(Kr("0"), 24, " ", "resor", new(28, "6"), "RK"))
            .ThenFaults(("/amount", "amount-zero"), ("/year", "year-range"), ("/reference", "text-length"), ("/category", "category-unknown"),
                ("/appropriation/area", "appropriation-area"), ("/appropriation/item", "appropriation-item"), ("/party", "share-party"));

    [Theory]
    [InlineData("LST-W", Role.Finance)]
    [InlineData("LST-T", Role.ProjectLead)]
    [InlineData("LST-C", Role.Finance)]
    [InlineData("RK", Role.Officer)]
    public void Only_finance_staff_of_the_party_that_handles_the_money_allocate(string party, Role role) =>
        Signed().When(Of(party, role), Allocation("1")).ThenRefused("forbidden", RefusalKind.Forbidden);
}
