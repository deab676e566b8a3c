using MrAgreement.Parties;
using MrAgreement.People;

namespace MrAgreement.Tests.Running;

/// <summary>Who is who on which day, what must hold of it, and who may change it.</summary>
public class RegisterRulesTests
{
    static readonly LocalDate today = new(2026, 11, 29);
    static readonly Actor admin = new(new("admin"), "", Role.Admin);
    static readonly Actor skr = new(new("trusted"), "SKR", Role.PartyAdmin);

    static readonly RegisteredParty[] parties = [Party("SKR"), Party("RK")];

    static RegisteredParty Party(string key) => new(key, [new(key, new(2000, 1, 1))]);

    static RegisteredPerson Person(string id, params Membership[] memberships) =>
        new(new(id), id, $"{id}@example.se", "sv", memberships, [], [new("https://issuer", id)]);

    static Membership As(Role role, string party = "SKR", string from = "2020-01-01", string? to = null) =>
        new(party, role, Some.Day(from), to is null ? null : Some.Day(to));

    static string Roles(PeopleRegister register, string id) => string.Join(" ", register.RolesOf(new(id), today).Select(p => $"{p.Role}@{p.Party}"));

    static string Faults(RegisteredPerson person, params RegisteredPerson[] others) =>
        RegisterRules.Against(new([.. others], parties), person) is { } refused ? string.Join(", ", refused.Faults.Select(f => $"{f.Pointer} {f.Rule}")) : "";

    [Fact]
    public void A_membership_holds_from_its_first_day_to_its_last()
    {
        var register = new PeopleRegister([Person("lena", As(Role.Finance, to: "2026-11-28"), As(Role.Approver, to: "2026-11-29"), As(Role.ProjectLead, from: "2026-11-29"), As(Role.Reader, from: "2026-11-30"))], parties);

        Assert.Equal("Approver@SKR ProjectLead@SKR", Roles(register, "lena"));
        Assert.Equal("", Roles(register, "nobody"));
    }

    [Fact]
    public void Whoever_has_left_may_act_as_nobody_from_that_day()
    {
        var lena = Person("lena", As(Role.Finance));

        Assert.Equal("Finance@SKR", Roles(new([lena with { Left = new(2026, 11, 30) }], parties), "lena"));
        Assert.Equal("", Roles(new([lena with { Left = today }], parties), "lena"));
    }

    [Fact]
    public void A_deputy_acts_as_the_other_on_their_days_in_their_own_name_but_not_as_who_sees_to_people()
    {
        var farid = Person("farid", As(Role.Finance), As(Role.PartyAdmin), As(Role.Admin, ""));
        PersonId[] names(string to) => [.. new PeopleRegister([farid, Person("lena", As(Role.ProjectLead)) with { Deputies = [new(new("farid"), today, Some.Day(to))] }], parties)
            .RolesOf(new("lena"), today).Select(p => p.Id)];

        Assert.Equal("ProjectLead@SKR Finance@SKR", Roles(new([farid, Person("lena", As(Role.ProjectLead)) with { Deputies = [new(new("farid"), today, today)] }], parties), "lena"));
        Assert.Equal([new("lena"), new("lena")], names("2026-11-29"));
        Assert.Single(new PeopleRegister([farid, Person("lena", As(Role.ProjectLead)) with { Deputies = [new(new("farid"), new(2026, 11, 1), new(2026, 11, 28))] }], parties).RolesOf(new("lena"), today));
    }

    [Fact]
    public void An_auditor_is_let_in_by_a_party_on_its_days_and_nobody_stands_in_for_one()
    {
        var agnes = Person("agnes", As(Role.Auditor, from: "2026-11-01", to: "2026-11-30"), As(Role.Auditor, "RK", from: "2026-12-01"), As(Role.Auditor, ""));
        var register = new PeopleRegister([agnes, Person("lena") with { Deputies = [new(new("agnes"), today, today)] }], parties);
        string On(int year, int month, int day) => string.Join(' ', register.RolesOf(new("agnes"), new(year, month, day)).Select(p => $"{p.Role}@{p.Party}"));

        Assert.Equal(("", "Auditor@SKR", "Auditor@RK"), (On(2026, 10, 31), On(2026, 11, 30), On(2026, 12, 1)));
        Assert.Equal("", Roles(register, "lena"));
        Assert.False(register.RolesOf(new("agnes"), today)[0].Actor.SeesEveryAgreement);
    }

    [Fact]
    public void What_can_t_be_is_named_at_its_place()
    {
        Assert.Equal("", Faults(Person("lena", As(Role.Finance), As(Role.Finance, "RK"), As(Role.Admin, ""))));
        Assert.Equal("/memberships/1 membership-overlaps", Faults(Person("lena", As(Role.Finance, to: "2026-01-01"), As(Role.Finance, from: "2026-01-01"))));
        Assert.Equal("", Faults(Person("lena", As(Role.Finance, to: "2026-01-01"), As(Role.Finance, from: "2026-01-02"))));
        Assert.Equal("/memberships/0/to period-reversed", Faults(Person("lena", As(Role.Finance, from: "2026-01-02", to: "2026-01-01"))));
        Assert.Equal("/memberships/0/party no-such-party, /memberships/1/party role-without-party", Faults(Person("lena", As(Role.Finance, "XX"), As(Role.Admin, "SKR"))));
        Assert.Equal("/memberships/0/party no-such-party", Faults(Person("agnes", As(Role.Auditor, ""))));
        Assert.Equal("/name text-length, /mail mail-address, /language language", Faults(Person("lena") with { Name = " ", Mail = "lena", Language = "fi" }));
        Assert.Equal("/deputies/0/for own-deputy, /deputies/1/for no-such-person", Faults(Person("lena") with { Deputies = [new(new("lena"), today, today), new(new("x"), today, today)] }));
    }

    [Theory]
    [InlineData("anna@example.se", true)]
    [InlineData("å.ö@kommun.example.se", true)]
    [InlineData("anna", false)]
    [InlineData("anna@example", false)]
    [InlineData("anna@exa mple.se", false)]
    [InlineData("anna@example.se\r\nBcc: x@y.se", false)]
    [InlineData("a@b@example.se", false)]
    [InlineData("anna..lena@skr.example.se", false)]
    [InlineData(".anna@example.se", false)]
    [InlineData("anna.@example.se", false)]
    [InlineData("anna@skr..example.se", false)]
    [InlineData("anna@.example.se", false)]
    [InlineData("anna@-skr.example.se", false)]
    [InlineData("anna@skr_1.example.se", false)]
    [InlineData("anna@127.0.0.1", false)]
    [InlineData("anna@example.se.", false)]
    [InlineData("ann'a+b{c}@räksmörgås.example.se", true)]
    [InlineData("o'brien_1@xn--rksmrgs-5wao1o.se", true)]
    public void A_mail_address_is_one(string text, bool expected) => Assert.Equal(expected, RegisterRules.IsMail(text));

    [Fact]
    public void An_address_from_before_stands_in_nobody_s_way()
    {
        var kept = Person("lena", As(Role.Finance)) with { Mail = "anna..lena@example.se" };
        Assert.Equal("", Faults(kept with { Name = "Lena Lind" }, kept));
        Assert.Equal("/mail mail-address", Faults(kept with { Mail = "lena..anna@example.se" }, kept));
    }

    [Fact]
    public void Whoever_sees_to_a_party_s_people_gives_and_takes_only_what_is_its_own()
    {
        var (own, both) = (Person("a", As(Role.Finance)), Person("b", As(Role.Finance), As(Role.Officer, "RK")));
        bool May(Actor by, RegisteredPerson before, params Membership[] after) => RegisterRules.MayChange(by, before, before with { Memberships = after }, today);

        Assert.True(May(skr, own, As(Role.Approver)));
        Assert.True(May(skr, both, As(Role.Officer, "RK")));
        Assert.False(May(skr, both, As(Role.Finance)));
        Assert.False(May(skr, own, As(Role.Finance), As(Role.Officer, "RK")));
        Assert.False(May(skr, own, As(Role.Finance), As(Role.Admin, "")));
        Assert.False(May(skr, Person("c", As(Role.Officer, "RK")), As(Role.Officer, "RK", to: "2026-01-01")));
        Assert.True(May(admin, both));
        Assert.False(May(new(new("x"), "SKR", Role.ProjectLead), own, As(Role.Approver)));
    }

    [Fact]
    public void Whoever_sees_to_a_party_s_people_appoints_deputies_within_it_only()
    {
        var (own, both) = (Person("a", As(Role.Finance)), Person("b", As(Role.Finance), As(Role.Officer, "RK")));
        bool May(RegisteredPerson before, params Deputy[] after) => RegisterRules.MayChange(skr, before, before with { Deputies = after }, today);
        var others = new Deputy(new("b"), today, today);

        Assert.True(May(own, others with { Party = "SKR" }));
        Assert.False(May(own, others));
        Assert.False(May(own, others with { Party = "RK" }));
        Assert.False(May(own with { Deputies = [others] }));
        Assert.True(May(own with { Deputies = [others] }, others, others with { Party = "SKR" }));
        Assert.Equal("Finance@SKR", Roles(new([own with { Memberships = [], Deputies = [others with { Party = "SKR" }] }, both], parties), "a"));
        Assert.Equal("Finance@SKR Officer@RK", Roles(new([own with { Memberships = [], Deputies = [others] }, both], parties), "a"));
        Assert.Equal("", Roles(new([own with { Memberships = [], Deputies = [others] }, both with { Left = today }], parties), "a"));
        // In a role of one's own one stands in for nobody.
        var register = new PeopleRegister([own with { Deputies = [others] }, both], parties);
        Assert.Equal(("b", null), (register.StandsInFor(own.Id, "RK", Role.Officer, today)?.Id.Value, register.StandsInFor(own.Id, "SKR", Role.Finance, today)));
        Assert.Null(register.StandsInFor(own.Id, "RK", Role.Officer, today.PlusDays(1)));
        Assert.Equal("/deputies/0/for no-such-person", Faults(own with { Deputies = [others with { Party = "RK" }] }, Person("b", As(Role.Finance))));
    }

    [Fact]
    public void Who_belongs_elsewhere_is_a_party_s_only_in_what_they_do_for_it()
    {
        var (own, both) = (Person("a", As(Role.Finance)), Person("b", As(Role.Finance), As(Role.Officer, "RK")));
        var (gone, former) = (Person("c", As(Role.Reader, to: "2010-12-31", from: "2010-01-01"), As(Role.Officer, "RK")), Person("d", As(Role.Reader, to: "2021-01-01"), As(Role.Officer, "RK", to: "2021-01-01")));
        bool May(RegisteredPerson before, RegisteredPerson after) => RegisterRules.MayChange(skr, before, after, today);

        Assert.True(May(own, own with { Name = "Anna", Left = today }));
        Assert.All((RegisteredPerson[])[both with { Name = "Anna" }, both with { Mail = "x@example.se" }, both with { Language = "en" }, both with { Left = today }], after => Assert.False(May(both, after)));
        Assert.Equal((true, true, false, true), (RegisterRules.Sees(skr, own, today), RegisterRules.Sees(skr, both, today), RegisterRules.Sees(skr, gone, today), RegisterRules.Sees(skr, former, today)));
        Assert.Equal((true, false, false, true), (RegisterRules.SeesToAllOf(skr, own, today), RegisterRules.SeesToAllOf(skr, both, today), RegisterRules.SeesToAllOf(skr, gone, today), RegisterRules.SeesToAllOf(skr, former, today)));
        Assert.True(RegisterRules.SeesToAllOf(admin, both, today));
    }

    [Fact]
    public void Whoever_comes_back_has_what_they_were_invited_to_and_what_they_did_until_they_left()
    {
        var lena = Person("lena", As(Role.Finance), As(Role.Reader, to: "2020-06-30"), As(Role.Approver, from: "2026-12-24")) with { Left = new(2026, 11, 1), Deputies = [new(new("x"), today, today)] };
        var back = lena.With(As(Role.Reader, "RK"), today);

        Assert.Equal((null, 0), (back.Left, back.Deputies.Count));
        Assert.Equal([As(Role.Finance, to: "2026-10-31"), As(Role.Reader, to: "2020-06-30"), As(Role.Reader, "RK")], back.Memberships);
        // Who is still there keeps all of it, and the day on which they will leave.
        var still = (lena with { Left = new(2027, 1, 1) }).With(As(Role.Finance, from: "2030-01-01", to: "2031-01-01"), today);
        Assert.Equal(new LocalDate(2027, 1, 1), still.Left);
        Assert.Equal([As(Role.Reader, to: "2020-06-30"), As(Role.Approver, from: "2026-12-24"), As(Role.Finance)], still.Memberships);
    }

    [Theory]
    [InlineData("Anna\r\nX: y")]
    [InlineData("\u202eAnna")]
    [InlineData("An\u2066na")]
    [InlineData("An\u200bna")]
    [InlineData("\ufeff")]
    [InlineData("An\u2028na")]
    public void A_name_has_no_letters_that_hide_or_turn_it(string name)
    {
        Assert.Equal("/name hidden-letters", Faults(Person("lena") with { Name = name }));
        Assert.Equal("hidden-letters", RegisterRules.Against(Party("SKR") with { Names = [new(name, new(2000, 1, 1))] })!.Slug);
    }

    [Fact]
    public void Of_a_name_the_one_that_holds_on_the_day_is_told()
    {
        var party = new RegisteredParty("SKR", [new("SKL", new(2007, 3, 1), new(2019, 11, 26)), new("SKR", new(2019, 11, 27))]);

        Assert.Equal(("SKL", "SKL", "SKR"), (party.NameOn(new(2000, 1, 1)), party.NameOn(new(2019, 11, 26)), party.NameOn(new(2019, 11, 27))));
        Assert.Null(RegisterRules.Against(party));
        Assert.Equal("names-overlap", RegisterRules.Against(party with { Names = [new("SKL", new(2007, 3, 1)), new("SKR", new(2019, 11, 27))] })!.Slug);
    }
}
