using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Parties;
using static MrAgreement.Tests.Ledgers.Books;

namespace MrAgreement.Tests.Ledgers;

public class LedgerDecisionsTests
{
    static readonly LedgerImported first = File(1, 2015, Sum("5010", "2015-03-01", "100.10"), Sum("3990", "2015-03-01", "-500"));

    static Story Spent() => Story.Of2014().On("2016-02-01").Imported(first);

    static Kronor Costs(Story story) => story.Dossier.Grant.Costs;

    [Fact]
    public void An_import_adds_what_it_changes_and_only_costs_count()
    {
        var story = Story.Of2014().On("2016-02-01").When(Finance, new ImportLedger(first, null)).Then(first);
        Assert.Equal(Kr("100.10"), Costs(story));

        story.Imported(File(2, 2015, Sum("5010", "2015-03-01", "-100.10", -1), Sum("5010", "2015-03-02", "90"), Sum("4010", "2015-03-02", "1")));
        Assert.Equal(Kr("91"), Costs(story));
    }

    [Fact]
    public void The_same_file_again_is_nothing_whoever_sends_it()
    {
        var story = Spent();

        story.When(Finance, story.Import(first)).ThenNothing();
        story.When(Finance with { Id = new("person-finance-2") }, new ImportLedger(first with { Import = Id(1) }, null)).ThenNothing();
        story.Imported(File(2, 2016, Sum("5010", "2016-01-02", "1"))).When(Finance, story.Import(first)).ThenNothing();
    }

    [Fact]
    public void The_same_file_with_texts_is_another_import_until_they_are_kept_and_without_them_it_is_not()
    {
        var story = Spent().Imported(first with { Import = Id(1), Texts = true, Changes = [] });

        Assert.Equal(Kr("100.10"), Costs(story));
        story.When(Finance, story.Import(first with { Import = Id(2), Texts = true })).ThenNothing();
        story.When(Finance, story.Import(first with { Import = Id(2) })).ThenNothing();
    }

    [Fact]
    public void The_same_file_for_another_project_or_other_accounts_is_another_import()
    {
        Spent().When(Finance, Spent().Import(first with { Import = Id(1), Project = new(6, "8812") })).Then<LedgerImported>();
        Spent().When(Finance, Spent().Import(first with { Import = Id(1), Chosen = [new(4000, 4999)] })).Then<LedgerImported>();
    }

    [Fact]
    public void Accounts_that_were_chosen_can_be_chosen_back()
    {
        var narrower = first with { Import = Id(1), Chosen = [new(4000, 4999)], Changes = [], Accounts = [new("5010", "", AccountKind.NotChosen, Kr("100.10"), 1)] };
        var story = Spent().Imported(narrower);
        Assert.Equal(Kronor.Zero, Costs(story));

        story.Imported(first with { Import = Id(2), Changes = [] });
        Assert.Equal(Kr("100.10"), Costs(story));
        story.When(Finance, story.Import(first with { Import = Id(3), Changes = [] })).ThenNothing();
    }

    [Fact]
    public void An_import_that_was_compared_with_less_than_the_log_has_is_overtaken()
    {
        var later = File(2, 2015, Sum("5010", "2015-04-01", "1"));

        Spent().When(Finance, new ImportLedger(later, null)).ThenRefused("import-overtaken");
        Spent().When(Finance, new ImportLedger(later, Id(77))).ThenRefused("import-overtaken");
        Spent().When(Finance, new ImportLedger(later, first.Import)).Then(later);
    }

    [Fact]
    public void An_import_brings_a_bounded_number_of_sums_and_differences()
    {
        LedgerTotal[] many = [.. Enumerable.Range(0, LedgerDecisions.MostEntries).Select(n => new LedgerTotal($"{4000 + n % 1000}", Day("2015-01-01").PlusDays(n / 1000), Kr("1"), 1))];
        var most = File(2, 2015, many);

        Story.Of2014().When(Finance, new ImportLedger(most, null)).Then<LedgerImported>();
        Story.Of2014().When(Finance, new ImportLedger(most with { Differences = [new("A", "1", Day("2015-01-01"), DifferenceKind.Missing, [], [])] }, null))
            .ThenRefused("ledger-too-detailed", RefusalKind.Invalid);
    }

    [Fact]
    public void Sums_larger_than_any_amount_are_refused()
    {
        var huge = File(2, 2015, Sum("5010", "2015-01-01", "1000000000000"), Sum("5010", "2015-01-02", "0.01"));

        Story.Of2014().When(Finance, new ImportLedger(huge, null)).ThenRefused("amount-too-large", RefusalKind.Invalid);
        Story.Of2014().When(Finance, new ImportLedger(File(2, 2015, new LedgerTotal("5010", Day("2015-01-01"), Kronor.Max + Kr("1"), 2)), null)).ThenRefused("amount-too-large", RefusalKind.Invalid);
        var full = Story.Of2014().Imported(File(2, 2015, Sum("5010", "2015-01-01", "1000000000000")));
        full.When(Finance, full.Import(File(3, 2015, Sum("5010", "2015-01-01", "0.01")))).ThenRefused("amount-too-large", RefusalKind.Invalid);
    }

    [Fact]
    public void A_day_s_financial_year_is_what_a_file_has_declared_or_else_the_calendar_year()
    {
        VoucherYear Of(string day, params LedgerImported[] earlier) => VoucherYear.Of(Day(day), earlier);
        var broken = first with { FinancialYear = new(Day("2014-07-01"), Day("2015-06-30")) };
        var unsaid = first with { Warnings = [new(VoucherYear.Warning, null, new Dictionary<string, string>())] };

        Assert.Equal(new(Day("2015-01-01"), Day("2015-12-31"), true), Of("2015-03-01"));
        Assert.Equal(new(Day("2014-07-01"), Day("2015-06-30"), false), Of("2015-06-30", broken, unsaid));
        Assert.Equal(new(Day("2015-01-01"), Day("2015-12-31"), true), Of("2015-07-01", broken, unsaid));
    }

    [Theory]
    [InlineData(null, "SEK", new string[0])]
    [InlineData("222000-0315", "SEK", new string[0])]
    [InlineData("2220000315", "SEK", new string[0])]
    [InlineData("222000 0315", "SEK", new string[0])]
    [InlineData("16 222000-0315", "SEK", new string[0])]
    [InlineData("555555-5555", "SEK", new[] { "ledger-organisation" })]
    [InlineData("hej", "EUR", new[] { "ledger-currency", "ledger-organisation" })]
    public void A_file_of_another_organisation_or_in_another_currency_is_not_taken_in(string? organisation, string currency, string[] rules)
    {
        var parties = Terms2014.Parties.Select(p => p.Role == PartyRole.Recipient ? p with { OrganisationNumber = OrganisationNumber.Parse("222000-0315") } : p).ToList();

        Assert.Equal(rules, LedgerDecisions.Faults(organisation, currency, parties).Select(f => f.Rule));
        Assert.Empty(LedgerDecisions.Faults(organisation, "SEK", [.. Terms2014.Parties.Select(p => p with { OrganisationNumber = null })]));
    }

    [Fact]
    public void The_liability_is_that_of_the_last_file_of_the_last_year()
    {
        LedgerImported Closing(int n, int year, string amount) => File(n, year) with { Closing = [new("2890", Kr(amount)), new("2990", Kr("-1"))] };
        string? Liability(params LedgerImported[] files) => files.Aggregate(Story.Of2014(), (story, file) => story.Imported(file)).Dossier.Grant.Ledger.LiabilityOn(Day("2017-01-01"))?.Amount.ToString();

        Assert.Null(Liability());
        Assert.Null(Liability(File(1, 2015)));
        Assert.Equal("-101", Liability(Closing(1, 2015, "-100")));
        Assert.Equal("-301", Liability(Closing(1, 2015, "-100"), Closing(3, 2016, "-300"), Closing(2, 2014, "-200")));
        Assert.Equal("-201", Liability(Closing(1, 2015, "-100"), Closing(2, 2015, "-200")));
        Assert.Equal("-101", Liability(Closing(1, 2015, "-100"), Closing(2, 2015, "-200") with { Covers = new(Day("2015-01-01"), Day("2015-06-30")) }));
        Assert.Equal("-302", Liability(Closing(1, 2015, "-100"), Closing(2, 2015, "-200") with { Project = new(6, "8812") }));
        Assert.Equal("-101", Liability(Closing(1, 2016, "-100"), Closing(2, 2017, "-200")));
    }

    [Fact]
    public void Rows_are_counted_by_account_and_day_without_looking_at_them()
    {
        var ledger = Spent().Imported(File(2, 2015, Sum("5010", "2015-03-01", "-100.10", -1), Sum("5010", "2015-04-01", "1", 3))).Dossier.Grant.Ledger;

        Assert.Equal((4, 3, 1), (ledger.Rows(new(null, Day("2015-01-01"), Day("2015-12-31"))), ledger.Rows(new(["5010"], Day("2015-01-01"), Day("2015-12-31"))),
            ledger.Rows(new(null, Day("2015-01-01"), Day("2015-03-31")))));
    }

    [Fact]
    public void Costs_outside_the_eligible_period_do_not_count()
    {
        var story = Story.Signed(With(g => g with { Eligible = new(Day("2015-01-01"), Day("2015-06-30")) }), "2014-06-13").On("2016-02-01")
            .Imported(File(1, 2015, Sum("5010", "2014-12-31", "1"), Sum("5010", "2015-01-01", "10"), Sum("5010", "2015-06-30", "100"), Sum("5010", "2015-07-01", "1000")));

        Assert.Equal(Kr("110"), Costs(story));
    }
}
