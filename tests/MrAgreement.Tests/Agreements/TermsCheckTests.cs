using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

public class TermsCheckTests
{
    static void Faults(Terms terms, params (string Pointer, string Rule)[] expected) =>
        Assert.Equal(expected, TermsCheck.Faults(terms).Select(f => (f.Pointer, f.Rule)));

    static void Faults(ObligationTerms obligation, params (string Pointer, string Rule)[] expected) =>
        Faults(Terms(obligation, Deliverable("other", On("2015-01-01")), Joint("yearly", new(EveryYear: new(5, 2015, 2017)))), expected);

    static void DueFaults(DueTerms due, params (string Pointer, string Rule)[] expected) => Faults(Deliverable("it", due), expected);

    static void Faults(GrantTerms grant, params (string Pointer, string Rule)[] expected) => Faults(Terms(Deliverable("it", NoDate)) with { Grant = grant }, expected);

    static GrantTerms Grant(params InstalmentTerms[] instalments) => new("SEK", Kr("100"), instalments);

    [Fact]
    public void The_2014_agreement_has_no_fault() => Faults(Terms2014);

    [Fact]
    public void The_document_says_what_it_is()
    {
        Faults(Terms(Deliverable("it", NoDate)) with { DiaryNumber = default, Title = " ", Period = new(Day("2015-01-02"), Day("2015-01-01")) },
            ("/diaryNumber", "required"), ("/title", "text-length"), ("/period", "period-reversed"));
        Faults(Terms(Deliverable("it", NoDate)) with { Period = new(Day("1899-12-31"), Day("9999-12-31")) }, ("/period/from", "date-range"), ("/period/to", "date-range"));
    }

    [Fact]
    public void Parties_have_keys_and_names_of_their_own_and_the_roles_that_it_takes()
    {
        var terms = Terms(Deliverable("it", NoDate));

        Faults(terms with { Parties = [.. terms.Parties, new("skr x", " ", PartyRole.Payer), new("RK", "Regeringskansliet", PartyRole.Grantor)] },
            ("/parties/3/key", "party-key"), ("/parties/3/name", "text-length"), ("/parties/4/key", "key-taken"));
        Faults(terms with { Parties = [new("SKR", "SKR", PartyRole.Payer), new("RK", "RK", PartyRole.Payer)] }, ("/parties", "party-role-missing"), ("/parties", "party-role-missing"));
    }

    [Fact]
    public void Parties_and_instalments_are_not_without_end()
    {
        var terms = Terms(Deliverable("it", NoDate));

        Faults(terms with { Parties = [.. terms.Parties, .. Enumerable.Range(0, 50).Select(n => new Party($"P{n}", "Part", PartyRole.Recipient))] }, ("/parties", "too-many"));
        Faults(Grant([.. Enumerable.Range(0, 101).Select(n => new InstalmentTerms($"i{n}", Kr("0.01")))]), ("/grant/instalments", "too-many"));
    }

    [Fact]
    public void A_kind_of_document_is_one_that_an_upload_can_have() =>
        Faults(Deliverable("it", NoDate) with { Documents = ["report", "Rapport"] }, ("/obligations/0/documents", "document-kind"));

    [Fact]
    public void A_date_counted_from_others_stays_within_the_years_too() =>
        Faults(Terms(Deliverable("first", On("1900-01-01")), Deliverable("it", new(Before: "first", Days: 1))), ("/obligations/1/due", "date-range"));

    [Theory]
    [InlineData(new[] { 0 }, new[] { 1 }, "/reminders/before")]
    [InlineData(new[] { 7, 7 }, new[] { 1 }, "/reminders/before")]
    [InlineData(new[] { 731 }, new[] { 1 }, "/reminders/before")]
    [InlineData(new[] { 7 }, new[] { -1 }, "/reminders/overdue")]
    public void Rungs_are_different_whole_days_from_one_to_two_years(int[] before, int[] overdue, string pointer) =>
        Faults(Terms(Deliverable("it", NoDate)) with { Reminders = new(before, overdue) }, (pointer, "rungs"));

    [Fact]
    public void Goals_clauses_readings_and_contents_have_their_rules()
    {
        var long_ = new string('x', 5001);
        var told = Deliverable("it", NoDate) with { Text = long_, Reading = new(Due: " ", Acceptance: "Praxis"), Contents = [new("needs", "Behov", true), new("needs", " ")] };
        Faults(Terms(told) with { Reading = long_, Goals = [new("Goal", ""), new("goal", "Mål"), new("goal", "Mål")] },
            ("/goals/0/key", "obligation-key"), ("/goals/0/title", "text-length"), ("/goals/2/key", "key-taken"), ("/reading", "text-length"),
            ("/obligations/0/text", "text-length"), ("/obligations/0/reading/due", "text-length"), ("/obligations/0/contents/1/title", "text-length"), ("/obligations/0/contents/1/key", "key-taken"));
        Faults(Joint("it", NoDate) with { Contents = [new("needs", "Behov")] }, ("/obligations/0/contents", "contents-of-deliverable"));
    }

    [Fact]
    public void A_reading_is_a_text_or_a_text_for_each_part()
    {
        var whole = Some.FromJson<ObligationTerms>("""{"key":"it","title":"Det","responsible":["SKR"],"kind":"deliverable","due":{"none":true},"reading":"Allt"}""");
        Assert.Equal(new Reading("Allt"), whole.Reading);
        Assert.Contains("\"reading\":\"Allt\"", System.Text.Json.JsonSerializer.Serialize(whole, Json.Options), StringComparison.Ordinal);
        Assert.Equal([("due", "D"), ("acceptance", "A")], Some.FromJson<Reading>("""{"acceptance":"A","due":"D"}""").Parts);
    }

    [Fact]
    public void There_are_obligations_but_not_without_end()
    {
        Faults(Terms(), ("/obligations", "obligations-count"));
        Faults(Terms([.. Enumerable.Range(0, 201).Select(n => Deliverable($"it-x{n}", NoDate))]), ("/obligations", "obligations-count"));
        Faults(Terms([.. Enumerable.Range(0, 21).Select(n => Joint($"it-x{n}", new(EveryYear: new(5, 2001, 2050))))]), ("/obligations", "obligations-count"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("It")]
    [InlineData("it_a")]
    [InlineData("-it")]
    [InlineData("it--a")]
    [InlineData("it/a")]
    [InlineData("a123456789-123456789-123456789-123456789-123456789-123456789-1")]
    public void Keys_are_short_and_plain(string key) => Faults(Deliverable(key, NoDate), ("/obligations/0/key", "obligation-key"));

    [Fact]
    public void An_obligation_says_what_it_must()
    {
        Faults(Deliverable("it", NoDate) with { Title = " " }, ("/obligations/0/title", "text-length"));
        Faults(Deliverable("it", NoDate) with { Responsible = [] }, ("/obligations/0/responsible", "required"));
        Faults(Deliverable("it", NoDate) with { Responsible = ["MSB"], Recipient = "SKL" }, ("/obligations/0", "unknown-party"), ("/obligations/0", "unknown-party"));
        Faults(Deliverable("it", NoDate) with { Kind = ObligationKind.Requisition }, ("/obligations/0/kind", "requisition-kind"));
        Faults(Deliverable("it", NoDate) with { Recipient = null }, ("/obligations/0/acceptance", "acceptance-without-recipient"));
        Faults(Deliverable("it", On("2015-01-01")) with { Kind = ObligationKind.Continuous }, ("/obligations/0/due", "continuous-undated"));
    }

    [Fact]
    public void A_due_rule_is_exactly_one()
    {
        DueFaults(new(), ("/obligations/0/due", "one-due-rule"));
        DueFaults(new(On: Day("2015-01-01"), None: true), ("/obligations/0/due", "one-due-rule"));
        DueFaults(new(Scheduled: false, On: Day("2015-01-01")), ("/obligations/0/due", "one-due-rule"));
        DueFaults(new(None: false), ("/obligations/0/due", "one-due-rule"));
        DueFaults(Before("other") with { After = "other" }, ("/obligations/0/due", "one-due-rule"));
    }

    [Fact]
    public void A_due_rule_has_numbers_that_can_be()
    {
        DueFaults(new(EveryYear: new(0, 2015, 2017)), ("/obligations/0/due/everyYear", "every-year"));
        DueFaults(new(EveryYear: new(13, 2015, 2017)), ("/obligations/0/due/everyYear", "every-year"));
        DueFaults(new(EveryYear: new(5, 2017, 2015)), ("/obligations/0/due/everyYear/to", "every-year-reversed"));
        DueFaults(new(EveryYear: new(5, 2015, int.MaxValue)), ("/obligations/0/due/everyYear", "every-year"));
        DueFaults(new(EveryYear: new(5, 9990, 9999)), ("/obligations/0/due/everyYear", "every-year"));
        DueFaults(Before("other", -1), ("/obligations/0/due/days", "days-range"));
        DueFaults(Before("other", int.MaxValue), ("/obligations/0/due/days", "days-range"));
        DueFaults(new(On: Day("2015-01-01"), Days: 3), ("/obligations/0/due", "days-without-other"));
        DueFaults(Before("yearly") with { From = 2017, To = 2016 }, ("/obligations/0/due", "period-reversed"));
        DueFaults(Before("yearly") with { From = 2018 }, ("/obligations/0/due", "no-year"));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-31")]
    [InlineData("2201-01-01")]
    [InlineData("9999-12-31")]
    public void Dates_lie_between_1900_and_2200(string day)
    {
        DueFaults(On(day), ("/obligations/0/due/on", "date-range"));
        DueFaults(new(Month: new(Day(day).Year, 1)), ("/obligations/0/due/month", "date-range"));
        Faults(Grant(new InstalmentTerms("a", Kr("1"), null, Day(day))), ("/grant/instalments/0/requisitionDueOn", "date-range"));
        Faults(Grant() with { Eligible = new(Day(day), Day(day)) }, ("/grant/eligible/from", "date-range"), ("/grant/eligible/to", "date-range"));
    }

    [Fact]
    public void What_it_hangs_or_rests_on_exists()
    {
        DueFaults(Before("nothing"), ("/obligations/0/due/before", "unknown-obligation"));
        DueFaults(After("nothing", 1), ("/obligations/0/due/after", "unknown-obligation"));
        DueFaults(After("yearly-2018", 1), ("/obligations/0/due", "unknown-obligation"));
        DueFaults(After("other-2015", 1), ("/obligations/0/due", "unknown-obligation"));
        DueFaults(After("yearly-2017", 1));
        Faults(Deliverable("it", NoDate, true, "nothing"), ("/obligations/0/rests", "unknown-obligation"));
        Faults(Deliverable("it", NoDate, true, "yearly-2014"), ("/obligations/0/rests", "unknown-obligation"));
        Faults(Deliverable("it", NoDate, true, "yearly-2015", "other", "yearly"));
    }

    [Fact]
    public void Nothing_hangs_or_rests_on_itself()
    {
        DueFaults(Before("it"), ("/obligations/0/due/before", "circle"));
        Faults(Deliverable("it", NoDate, true, "it"), ("/obligations/0/rests", "circle"));
        Faults(Terms(Joint("talk", new(EveryYear: new(5, 2015, 2016)), "talk-2015")), ("/obligations/0/rests", "circle"));
    }

    [Fact]
    public void Neither_due_rules_nor_rests_go_in_a_circle()
    {
        Faults(Terms(Deliverable("start", NoDate), Deliverable("a", Before("b")), Deliverable("b", After("c", 1)), Deliverable("c", Before("a"))), ("/obligations/1/due", "circle"), ("/obligations/2/due", "circle"), ("/obligations/3/due", "circle"));
        Faults(Terms(Deliverable("a", NoDate, true, "b"), Deliverable("b", NoDate, true, "c"), Deliverable("c", NoDate, true, "a")), ("/obligations/0/rests", "circle"), ("/obligations/1/rests", "circle"), ("/obligations/2/rests", "circle"));
        Assert.Equal("a → b → c → a", TermsCheck.Faults(Terms(Deliverable("a", NoDate, true, "b"), Deliverable("b", NoDate, true, "c"), Deliverable("c", NoDate, true, "a")))[0].Values[0].Value);
    }

    [Fact]
    public void Due_rules_and_rests_together_may_go_in_a_circle() =>
        Faults(Terms(Joint("talk", On("2015-05-01"), "report"), Deliverable("report", Before("talk"))));

    [Fact]
    public void A_long_chain_is_no_circle() =>
        Faults(Terms([Deliverable("it-x0", On("2000-01-01")), .. Enumerable.Range(1, 199).Select(n => Deliverable($"it-x{n}", After($"it-x{n - 1}", 30), true, $"it-x{n - 1}"))]));

    [Fact]
    public void Keys_are_taken_once()
    {
        Faults(Terms(Deliverable("it", NoDate), Deliverable("it", NoDate)), ("/obligations/1/key", "key-taken"));
        Faults(Terms(Joint("it", new(EveryYear: new(5, 2015, 2016))), Deliverable("it-2015", NoDate)), ("/obligations/1/key", "key-taken"));
        Faults(Terms(Deliverable("requisition-a", NoDate), Deliverable("repayment-a", NoDate)) with { Grant = Grant(new InstalmentTerms("a", Kr("1"), "riksdag-appropriation")) },
            ("/obligations/0/key", "key-taken"), ("/obligations/1/key", "key-taken"));
    }

    [Fact]
    public void The_grant_adds_up()
    {
        Faults(Grant(new InstalmentTerms("a", Kr("60")), new InstalmentTerms("b", Kr("40"))));
        Faults(Grant(new InstalmentTerms("a", Kr("60")), new InstalmentTerms("b", Kr("40.01"))), ("/grant/instalments", "instalments-exceed-total"));
        Faults(new GrantTerms("EUR", Kronor.Zero, []), ("/grant/currency", "currency"), ("/grant/total", "amount-not-positive"));
        Faults(Grant(new InstalmentTerms("A b", Kr("0"), null, null, new(0, "6")), new InstalmentTerms("a", Kr("-1")), new InstalmentTerms("a", Kr("1"))),
            ("/grant/instalments/0/key", "obligation-key"), ("/grant/instalments/0/amount", "amount-not-positive"),
            ("/grant/instalments/0/appropriation/area", "appropriation-area"), ("/grant/instalments/0/appropriation/item", "appropriation-item"),
            ("/grant/instalments/1/amount", "amount-not-positive"), ("/grant/instalments/2/key", "key-taken"));
        Faults(Grant() with { Eligible = new(Day("2015-01-02"), Day("2015-01-01")), VarianceThreshold = 1.1m, Shares = [new("SKR", 0)], Categories = [new("personal"), new("personal")] },
            ("/grant/eligible", "period-reversed"), ("/grant/varianceThreshold", "share-range"), ("/grant/categories/1/key", "key-taken"), ("/grant/shares/0/weight", "weight"));
    }

    [Fact]
    public void Creation_is_refused_with_every_fault() =>
        Story.Empty().When(Officer, new CreateAgreement(Terms(Deliverable("It", NoDate) with { Title = "" })))
            .ThenRefused("invalid-content", RefusalKind.Invalid);

    [Theory]
    [InlineData("""{ "key": "SKR", "name": "SKR", "role": "recipient", "colour": "blue" }""")]
    [InlineData("""{ "key": "SKR", "name": "SKR", "role": "Recipient" }""")]
    [InlineData("""{ "key": "SKR", "name": "SKR", "role": 1 }""")]
    [InlineData("""{ "key": "SKR", "key": "RK", "name": "SKR", "role": "recipient" }""")]
    [InlineData("""{ "key": null, "name": "SKR", "role": "recipient" }""")]
    public void Unknown_doubled_or_misspelt_fields_do_not_read(string party) =>
        Assert.Throws<System.Text.Json.JsonException>(() => FromJson<Party>(party));

    [Theory]
    [InlineData("""{ "on": "2015-02-29" }""")]
    [InlineData("""{ "on": "2015-2-1" }""")]
    [InlineData("""{ "month": "2015-13" }""")]
    [InlineData("""{ "on": 20150201 }""")]
    public void Impossible_dates_do_not_read(string due) =>
        Assert.Throws<System.Text.Json.JsonException>(() => FromJson<DueTerms>(due));

    [Theory]
    [InlineData("100.005")]
    [InlineData("1e3")]
    [InlineData("\"100\"")]
    [InlineData("10000000000001")]
    public void Amounts_with_three_decimals_exponents_or_quotes_do_not_read(string amount) =>
        Assert.Throws<System.Text.Json.JsonException>(() => FromJson<InstalmentTerms>($$"""{ "key": "a", "amount": {{amount}} }"""));

    [Fact]
    public void A_cost_category_is_written_as_its_key_alone_or_whole()
    {
        Assert.Equal(new CostCategory("personal"), FromJson<CostCategory>("\"personal\""));
        Assert.Equal("Personal", FromJson<CostCategory>("""{ "key": "personal", "title": "Personal" }""").Title);
        Assert.Throws<System.Text.Json.JsonException>(() => FromJson<CostCategory>("""{ "title": "Personal" }"""));
    }
}
