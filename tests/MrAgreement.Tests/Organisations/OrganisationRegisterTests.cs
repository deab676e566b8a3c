using MrAgreement.Organisations;

namespace MrAgreement.Tests.Organisations;

public class OrganisationRegisterTests
{
    static readonly LocalDate day = new(2024, 12, 31);

    static readonly Organisation gotland = new("0980", [OrganisationKind.Municipality, OrganisationKind.Region], "I",
        [new("Gotlands kommun", To: new(2010, 12, 31)), new("Region Gotland", new(2011, 1, 1))]);
    static readonly Organisation väsby = new("0114", [OrganisationKind.Municipality], "AB", [new("Upplands Väsby kommun")]);
    static readonly Organisation stockholm = new("region-01", [OrganisationKind.Region], "AB", [new("Region Stockholm")]);
    static readonly Organisation board = new("lst-AB", [OrganisationKind.CountyBoard], "AB", [new("Länsstyrelsen i Stockholms län")]);
    static readonly OrganisationRegister none = new([gotland, väsby, stockholm, board], []);

    static OrganisationGroup Forum(params GroupMember[] members) =>
        new("forum-ab", "Forum", GroupKind.Forum, "lst-AB", "AB") { Members = members };

    [Fact]
    public void One_of_two_kinds_counts_among_both_and_once_in_all()
    {
        var coverage = new OrganisationRegister(none.Organisations,
            [Forum(new("0980", new(2024, 1, 1)), new GroupMember("0114", new(2020, 1, 1), new(2023, 12, 31)))]).Coverage(GroupKind.Forum, day);

        Assert.Equal((new Part(1, 3), new Part(1, 2), new Part(1, 2)),
            (coverage.Organisations, coverage.Municipalities, coverage.Regions));
        Assert.Equal((33.3m, 50m), (coverage.Organisations.Share, coverage.Municipalities.Share));
        Assert.Equal(["AB", "I"], coverage.Coordinated.Concat(coverage.TakenPart));
        Assert.Equal(gotland, none["region-09"]);
        Assert.Equal(["0980", "0114", "01", "AB"], new[] { gotland, väsby, stockholm, board }.Select(it => it.Code));
        Assert.Null(none["region-01x"]);
    }

    [Fact]
    public void A_share_is_rounded_half_away_from_zero_and_of_none_there_is_none()
    {
        Assert.Equal(62.5m, new Part(10, 16).Share);
        Assert.Equal(90.5m, new Part(19, 21).Share);
        Assert.Equal(0.3m, new Part(1, 400).Share);
        Assert.Null(new Part(0, 0).Share);
        Assert.Equal(OrganisationRegister.Empty.Coverage(GroupKind.Node, day).Organisations, new Part(0, 0));
    }

    [Theory]
    [InlineData("011", "0114")]
    [InlineData("gotlands", "0980")]
    [InlineData("REGION", "0980 region-01")]
    [InlineData("lst", "lst-AB")]
    [InlineData("ksby", "")]
    public void A_code_is_found_by_its_beginning_and_a_name_of_any_time_by_any_part(string text, string found) =>
        Assert.Equal(found, string.Join(' ', none.Found(new(Text: text), day).Select(it => it.Id)));

    [Fact]
    public void A_name_is_that_of_the_day()
    {
        Assert.Equal(["Gotlands kommun", "Region Gotland"], [gotland.NameOn(new(2010, 12, 31)), gotland.NameOn(new(2011, 1, 1))]);
        Assert.Equal("Region Stockholm", stockholm.NameOn(new(1950, 1, 1)));
    }

    [Fact]
    public void Members_come_and_their_time_ends_and_nobody_is_there_twice()
    {
        var (joined, faults) = OrganisationRules.With(none, Forum(), [("region-09", ""), ("0114", "")], new(2024, 1, 1), null);
        Assert.Empty(faults);
        Assert.Equal(["0980", "0114"], joined.Members.Select(it => it.Organisation));

        var (ended, no) = OrganisationRules.With(none, joined, [("0114", "")], new(2024, 1, 1), new(2024, 6, 30));
        Assert.Empty(no);
        Assert.Equal(["0980"], ended.MembersOn(day).Select(it => it.Organisation));
        Assert.Empty(OrganisationRules.With(none, ended, [("0114", "")], new(2024, 7, 1), null).Faults);
        Assert.Equal(["member-overlaps /a", "no-such-organisation /b"],
            OrganisationRules.With(none, ended, [("0980", "/a"), ("9999", "/b")], new(2024, 7, 1), null).Faults.Select(it => $"{it.Rule} {it.Pointer}"));
        Assert.Equal(["period-reversed"], OrganisationRules.With(none, ended, [("0114", "")], new(2024, 7, 2), new(2024, 7, 1)).Faults.Select(it => it.Rule));
    }

    [Fact]
    public void An_organisation_is_what_its_id_says()
    {
        foreach (var it in none.Organisations)
            Assert.Empty(OrganisationRules.Faults(it));
        Assert.Equal(["organisation-id"], Broken(väsby with { Id = "region-01" }));
        Assert.Equal(["organisation-id", "organisation-county"], Broken(board with { County = null }));
        Assert.Equal(["organisation-kinds"], Broken(new("x", [OrganisationKind.Agency, OrganisationKind.Organisation], null, [new("X")])));
        Assert.Equal(["required", "required"], Broken(new("x", [], null, [])));
        Assert.Equal(["organisation-id"], Broken(new("0114", [OrganisationKind.Agency], null, [new("X")])));
        Assert.Equal(["names-overlap"], Broken(gotland with { Names = [new("A"), new("B", new(2011, 1, 1))] }));
        Assert.Equal(["hidden-letters", "population-negative"], Broken(väsby with { Names = [new("A\u202EB")], Population = -1 }));
    }

    static IEnumerable<string> Broken(Organisation it) => OrganisationRules.Faults(it).Select(fault => fault.Rule);

    [Fact]
    public void A_row_leaves_what_it_does_not_say_and_a_name_of_a_day_comes_after_the_former()
    {
        var rows = new OrganisationRow[]
        {
            new(2, "0114", [OrganisationKind.Municipality], "Väsby kommun", new(2025, 1, 1), null, null, 48_000),
            new(3, "mfof", [OrganisationKind.Agency], "MFoF", null, null, null, null)
        };
        var (wanted, faults) = OrganisationRow.Applied(none, rows);
        Assert.Empty(faults);
        Assert.Equal([new("Upplands Väsby kommun", To: new(2024, 12, 31)), new OrganisationName("Väsby kommun", new(2025, 1, 1))], wanted[0].Names);
        Assert.Equal(("AB", 48_000), (wanted[0].County, wanted[0].Population));

        var again = OrganisationRow.Applied(new([.. none.Organisations.Where(it => it.Id != "0114"), .. wanted], []), rows).Wanted;
        Assert.All(again, (it, i) => Assert.True(it.IsSameAs(wanted[i])));
        Assert.Equal("row-twice", Assert.Single(OrganisationRow.Applied(none, [rows[1], rows[1] with { Number = 4 }]).Faults).Rule);
    }
}
