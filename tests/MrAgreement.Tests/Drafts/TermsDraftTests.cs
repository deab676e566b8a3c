using MrAgreement.Calendars;
using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Drafts;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Drafts;

public class TermsDraftTests
{
    static readonly Occasion officer = new(Some.Officer, Utc("2014-06-01T08:00:00Z"));
    static readonly Occasion other = new(Some.OtherOfficer, Utc("2014-06-01T09:00:00Z"));

    static JsonObject Shipped => JsonNode.Parse(Some.Resource("mr-2014.json"))!.AsObject();

    static TermsDraft Draft(JsonObject? terms = null) => DraftTerms.Begin(Some.Id(1), terms ?? Shipped, officer);

    static JsonObject Content(string json) => JsonNode.Parse(json)!.AsObject();

    static DraftReading Read(JsonObject terms) => DraftReading.Of(Some.Id(1), terms, Day("2014-06-01"));

    [Fact]
    public void The_sections_of_the_shipped_terms_make_up_the_shipped_terms_again()
    {
        var draft = Draft();

        Assert.Equal(16, draft.Obligations.Count());
        Assert.Equal(JsonSerializer.Serialize(Some.Terms2014, Json.Options), JsonSerializer.Serialize(DraftTerms.Whole(draft).Deserialize<Terms>(Json.Options), Json.Options));
        var stored = JsonSerializer.Deserialize<TermsDraft>(JsonSerializer.SerializeToUtf8Bytes(draft, Json.Options), Json.Options)!;
        Assert.True(JsonNode.DeepEquals(DraftTerms.Whole(draft), DraftTerms.Whole(stored)));
        Assert.Equal(draft.Version, stored.Version);
    }

    [Fact]
    public void Two_people_write_different_sections_and_neither_overwrites_the_other()
    {
        var draft = Draft([]);
        var (first, none) = draft.With("about", draft["about"]!.Version, Content("""{"title":"A"}"""), officer);
        var (second, none2) = first.With("goals", draft["goals"]!.Version, Content("""{"goals":[]}"""), other);
        Assert.Null(none ?? none2);

        var (same, stale) = second.With("about", draft["about"]!.Version, Content("""{"title":"B"}"""), other);
        Assert.Equal("section-changed", stale!.Slug);
        Assert.Equal("A", same["about"]!.Content["title"]!.GetValue<string>());
        // What says the same is no change, whoever says it, and whenever.
        Assert.Null(second.With("about", 0, Content("""{"title":"A"}"""), other).Refused);
        Assert.Equal(Some.OtherOfficer.Id, second.With("about", second["about"]!.Version, Content("""{"title":"B"}"""), other).After["about"]!.By);
    }

    [Fact]
    public void Obligations_are_added_moved_and_removed_and_no_number_is_used_twice()
    {
        var draft = Draft([]);
        foreach (var title in new[] { "Ett", "Två", "Tre" })
            draft = draft.Adding(new() { ["key"] = title, ["title"] = title }, officer).After;
        Assert.Equal(["obligation-1", "obligation-2", "obligation-3"], draft.Obligations.Select(o => o.Key));
        Assert.Equal(["obligation-3", "obligation-1", "obligation-2"], draft.Moving("obligation-3", 1).After.Obligations.Select(o => o.Key));
        Assert.Equal(["obligation-2", "obligation-3", "obligation-1"], draft.Moving("obligation-1", 99).After.Obligations.Select(o => o.Key));

        var (without, _) = draft.Without("obligation-3", 1);
        Assert.NotEqual(draft.Version, without.Version);
        Assert.DoesNotContain("obligation-3", without.Adding([], officer).After.Obligations.Select(o => o.Key));
        Assert.Equal("section-changed", draft.Without("obligation-3", 7).Refused!.Slug);
        Assert.Equal("goals", without.Sections[2].Key);
        Assert.Equal("grant", without.Sections[^2].Key);
    }

    [Fact]
    public void Who_names_an_obligation_by_its_key_follows_when_that_changes()
    {
        var draft = Draft();
        var renamed = draft.Renaming("action-plan", "plan");

        // There is still one by the former key, so nobody follows.
        Assert.Same(draft, renamed);
        var plan = draft.Obligations.First(o => o.Content["key"]!.GetValue<string>() == "action-plan");
        var content = (JsonObject)plan.Content.DeepClone();
        content["key"] = "plan";
        renamed = draft.With(plan.Key, plan.Version, content, officer).After.Renaming("action-plan", "plan");
        Assert.Empty(Read(DraftTerms.Whole(renamed)).Faults);
        Assert.Equal("plan", DraftTerms.Whole(renamed)["obligations"]![1]!["due"]!["before"]!.GetValue<string>());
    }

    [Fact]
    public void Other_terms_in_its_place_leave_what_says_the_same_as_it_was()
    {
        var draft = Draft();
        var terms = Shipped;
        terms["obligations"]!.AsArray().RemoveAt(15);
        terms["obligations"]![0]!["title"] = "En annan titel";
        var after = draft.Replaced(terms, other);

        Assert.Equal(draft["about"], after["about"]);
        Assert.Equal(draft["obligation-2"], after["obligation-2"]);
        Assert.Equal(Some.OtherOfficer.Id, after["obligation-1"]!.By);
        Assert.Equal(15, after.Obligations.Count());
        Assert.NotEqual(draft.Version, after.Version);
    }

    [Fact]
    public void What_has_become_an_agreement_is_changed_no_more()
    {
        var made = Draft() with { MadeAt = officer.Now };
        Assert.All([made.With("about", 2, [], officer).Refused, made.Adding([], officer).Refused, made.Without("obligation-1", 1).Refused, made.Moving("obligation-1", 2).Refused, made.Showing([]).Refused],
            refused => Assert.Equal("draft-made", refused!.Slug));
    }

    [Fact]
    public void Its_own_people_write_it_and_those_it_is_shown_to_read_it_and_comment()
    {
        var draft = Draft();
        Assert.True(DraftSight.Writes(draft, Some.OtherOfficer, mayGrant: true));
        Assert.False(DraftSight.Writes(draft, Some.Officer, mayGrant: false));
        Assert.False(DraftSight.Writes(draft, Some.Stranger, mayGrant: true));
        Assert.False(DraftSight.Sees(draft, Some.ProjectLead, mayGrant: false));
        Assert.Equal("party-not-named", draft.Showing(["LST-C"]).Refused!.Slug);
        Assert.Equal("party-not-named", draft.Showing(["RK"]).Refused!.Slug);

        var shown = draft.Showing(["SKR"]).After;
        Assert.True(DraftSight.Sees(shown, Some.ProjectLead, mayGrant: false));
        Assert.All([Some.Reader, Some.Admin, Some.Payer, Some.Auditor], actor => Assert.False(DraftSight.Sees(shown, actor, mayGrant: false)));
        var (said, _) = shown.Commented("about", "Bra", new(Some.ProjectLead, other.Now));
        Assert.Equal((1, "about", "SKR"), (said.Comments[0].Number, said.Comments[0].Section, said.Comments[0].Party));
        Assert.Equal("text-length", said.Commented("about", " ", officer).Refused!.Slug);
        Assert.Equal("no-such-section", said.Commented("x", "Bra", officer).Refused!.Slug);
    }

    [Fact]
    public void All_faults_of_unfinished_terms_are_told_at_once_each_where_it_is()
    {
        var terms = Shipped;
        terms["parties"]!.AsArray().Add(new JsonObject { ["key"] = "SKR", ["name"] = "Sveriges Kommuner och Regioner", ["role"] = "recipient" });
        terms["obligations"]!.AsArray().Insert(0, new JsonObject { ["title"] = "Utan nyckel" });
        terms["obligations"]![1]!["due"] = new JsonObject { ["on"] = "i mars" };
        terms["obligations"]![4]!["recipient"] = "XX";
        terms["grant"]!["instalments"]![0]!["amount"] = 99000000;

        // The first obligation can't be read: what is told of the others is told where they stand.
        Assert.Equal([("/parties/3/key", "key-taken"), ("/grant/instalments", "instalments-exceed-total"), ("/obligations/4", "unknown-party")],
            Read(terms).Faults.Select(fault => (fault.Pointer, fault.Rule)));
    }

    [Fact]
    public void Dates_are_shown_as_far_as_they_can_be_counted_whatever_else_is_wrong()
    {
        var terms = Shipped;
        terms.Remove("diaryNumber");
        terms.Remove("parties");
        terms["obligations"]![0]!["due"] = new JsonObject { ["before"] = "mapping-discussion", ["days"] = 1 };
        terms["obligations"]![1]!["due"] = new JsonObject { ["after"] = "mapping-report", ["days"] = 1 };
        var read = Read(terms);

        Assert.Contains(read.Faults, fault => fault.Rule == "unknown-party");
        var shown = read.Preview!.Agreement.Obligations;
        Assert.Equal(Day("2016-05-31"), shown["follow-up-report-2016"].DueOn);
        Assert.Null(shown["mapping-report"].DueOn);
    }

    [Theory]
    [InlineData("""{"obligations":[{"key":"a","due":{"everyYear":{"month":5,"from":1,"to":99999}}},{"key":"a","title":"A","due":{"on":"2015-01-01"}}]}""")]
    [InlineData("""{"obligations":[{"key":"x","due":{"before":"x","days":0}},{"key":"x-2015"},{"key":"x","due":{"everyYear":{"month":5,"from":2015,"to":2016}}}],"grant":{"instalments":[{"key":"x","requisitionDueOn":"2015-01-01"}]}}""")]
    [InlineData("""{"period":{"from":"0001-01-01","to":"9999-12-31"},"obligations":[{"key":"a","kind":"continuous","due":{"on":"2015-01-01"}},{}, {"key":3},"x",null],"grant":{"total":"mycket","instalments":"x"},"parties":[null,{"key":"SKR"},{"role":"x"}]}""")]
    [InlineData("""{"obligations":{},"parties":3,"grant":[],"reminders":"x","goals":[{}],"title":7}""")]
    public void Whatever_shape_it_has_it_can_be_read_and_judged(string json)
    {
        var terms = JsonNode.Parse(json)!.AsObject();
        Assert.NotNull(Read(terms).Faults);
        Assert.NotNull(DraftTerms.Begin(Some.Id(2), terms, officer).Sections);
        Assert.NotNull(DraftDifference.Between(terms, Shipped));
        Assert.NotNull(DraftDifference.Between(Shipped, terms));
    }

    [Fact]
    public void Days_that_have_passed_are_asked_about()
    {
        var terms = Shipped;
        var dates = DraftReading.Of(Guid.Empty, terms, Some.Day("2016-03-01")).Doubts;
        Assert.Contains(("/obligations/0/due/on", "date-passed"), dates.Select(doubt => (doubt.Pointer, doubt.Rule)));
        Assert.DoesNotContain("/period/to", dates.Select(doubt => doubt.Pointer));
        Assert.Contains(("/period/to", "date-passed"), DraftReading.Of(Guid.Empty, terms, Some.Day("2026-03-01")).Doubts.Select(doubt => (doubt.Pointer, doubt.Rule)));
    }

    [Fact]
    public void What_others_have_changed_or_said_is_news_until_it_is_read()
    {
        var draft = DraftTerms.Begin(Guid.NewGuid(), Shipped, new(Officer, StockholmTime.Noon(Some.Day("2014-06-01"))));
        Assert.False(draft.IsNews(Officer.Id, null));
        Assert.True(draft.IsNews(ProjectLead.Id, null));
        DraftAsRead Read(TermsDraft it) => new([], StockholmTime.Noon(Some.Day("2014-06-01")), it.Version, it.Comments.Count);
        Assert.False(draft.IsNews(ProjectLead.Id, Read(draft)));

        // Though the clock stands.
        var (said, _) = draft.Commented(DraftSection.About, "Bra", new(ProjectLead, StockholmTime.Noon(Some.Day("2014-06-01"))));
        Assert.True(said.IsNews(Officer.Id, Read(draft)));
        Assert.False(said.IsNews(Officer.Id, Read(said)));
        Assert.False(said.IsNews(ProjectLead.Id, Read(draft)));
        var (changed, _) = said.Adding([], new(Officer, StockholmTime.Noon(Some.Day("2014-06-01"))));
        Assert.True(changed.IsNews(ProjectLead.Id, Read(said)));
        Assert.False(changed.IsNews(Officer.Id, Read(said)));
    }

    [Fact]
    public void What_may_be_a_slip_is_asked_about_and_a_place_of_a_template_must_be_filled_in()
    {
        var terms = Shipped;
        Assert.Empty(Read(terms).Doubts);
        terms["obligations"]![0]!["due"]!["on"] = "2013-02-01";
        terms["grant"]!["total"] = 13000000;
        terms["grant"]!["instalments"]![0]!["requisitionDueOn"] = "2013-09-01";
        terms["title"] = "Bidrag till {mottagarens namn}";
        var read = Read(terms);

        Assert.Equal([("/obligations/0/due/on", "before-agreement"), ("/grant/instalments/0/requisitionDueOn", "before-agreement"), ("/grant/total", "instalments-below-total")], read.Doubts.Select(doubt => (doubt.Pointer, doubt.Rule)));
        Assert.Equal([("/title", "place-unfilled")], read.Faults.Select(fault => (fault.Pointer, fault.Rule)));
    }

    [Fact]
    public void In_what_terms_differ_is_told_field_by_field_and_what_may_be_left_out_is_no_difference()
    {
        var after = Shipped;
        foreach (var obligation in after["obligations"]!.AsArray().OfType<JsonObject>().Where(o => o["acceptance"]?.GetValue<bool>() == false))
            obligation.Remove("acceptance");
        Assert.Empty(DraftDifference.Between(Shipped, after));

        after["obligations"]![0]!["due"] = new JsonObject { ["on"] = "2015-03-01" };
        after["obligations"]!.AsArray().RemoveAt(15);
        after["parties"]!.AsArray().Add(new JsonObject { ["key"] = "LST-C", ["name"] = "Länsstyrelsen" });
        after["grant"]!["instalments"]![1]!["amount"] = 5000000;
        after.Remove("reminders");
        Assert.Equal(
            [
                (DraftChange.Added, "parties", "LST-C", null), (DraftChange.Changed, "obligations", "mapping-report", "due"), (DraftChange.Removed, "obligations", "experience-used", null),
                (DraftChange.Changed, "grant", "2015", "amount"), (DraftChange.Removed, "reminders", null, "reminders")
            ],
            DraftDifference.Between(Shipped, after).Select(it => (it.Change, it.Part, it.Item, it.Field)));
    }

    [Fact]
    public void A_former_agreement_gives_its_terms_with_its_amendments_written_into_them()
    {
        var story = new Agreement(Some.Terms2014);
        Assert.Equal(Some.Terms2014, TermsInForce.AsOne(story));
        var terms = TermsInForce.AsOne(Story.Of2014().On("2015-01-02")
            .Given(Some.Officer, new ProposeAmendment(Day("2015-01-01"), "A", Day("2015-01-01"), [new(Reschedule: new("final-report", new(On: Day("2017-10-01")))), new(Drop: new("coordination-group", "x")), new(Add: Deliverable("new", NoDate) with { Recipient = "KUD" }), new(Raise: new(Kr("13000000"))),
                new(Revise: new("final-report", "Slutlig rapport")), new(Period: new(Day("2014-06-13"), Day("2018-12-31"))), new(TakeOver: new("RK", "KUD", "Kulturdepartementet"))]))
            .Given(Some.ProjectLead, new ProposeAmendment(Day("2015-01-01"), "B", Day("2015-01-01"), [new(Drop: new("final-report", "x"))])).Agreement);

        Assert.Equal(Day("2017-10-01"), terms.Obligations.Single(o => o.Key == "final-report").Due.On);
        Assert.DoesNotContain(terms.Obligations, o => o.Key == "coordination-group");
        Assert.Equal("new", terms.Obligations[^1].Key);
        Assert.Equal(Kr("13000000"), terms.Grant!.Total);
        Assert.Equal(("Slutlig rapport", "KUD"), (terms.Obligations.Single(o => o.Key == "final-report").Title, terms.Obligations.Single(o => o.Key == "final-report").Recipient));
        Assert.Equal((Day("2018-12-31"), PartyRole.Grantor), (terms.Period.To, terms.Parties.Single(p => p.Key == "KUD").Role));
        Assert.DoesNotContain(terms.Parties, p => p.Key == "RK");
    }
}
