using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Tests.Ledgers;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>The money of a plan: what is spent and what is unassigned are the costs of the period, to the öre.</summary>
public class PlanMoneyTests
{
    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED.
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "5050", CultureInfo.InvariantCulture);

    static PlanContent Plan(params (string Key, LedgerTie? Tie)[] measures) => PlanTests.First with
    {
        Measures = [.. measures.Select((it, i) => PlanTests.Measure(it.Key, i % 2 == 0 ? "dialog" : "utbildning") with { Ledger = it.Tie })]
    };

    [Fact]
    public void A_cost_is_the_object_s_measure_s_or_else_the_category_s_or_else_nobody_s()
    {
        var story = PlanTests.Spring().Given(Finance, new MapCategories([new("lokaler", [new(5010, 5019)]), new("resor", [new(5800, 5899)])])).On("2015-12-01")
            .Imported(Books.File(1, 2015, Books.Sum("5010", "2015-07-01", "100.10"), Books.Sum("5010", "2015-05-31", "7")) with { Project = new(6, "MR01") })
            .Imported(Books.File(2, 2015, Books.Sum("5010", "2015-07-01", "20"), Books.Sum("5800", "2015-08-01", "3"), Books.Sum("6000", "2015-08-01", "0.05")));
        var plan = Plan(("a", new(6, "MR01")), ("b", new(Category: "lokaler")), ("c", null));
        var money = PlanMoney.Of(story.Dossier, plan);
        Assert.Equal(["a 100.1 LedgerObject -0.1", "c  None "], money.Areas[0].Measures.Select(Show));
        Assert.Equal(["b 20 Category 80"], money.Areas[1].Measures.Select(Show));
        Assert.Equal((Kr("3.05"), Kr("123.15"), Kr("120.10")), (money.Unassigned, money.Costs, money.Spent));
        // Whoever is shown no books does not know of objects, and is told of no cost twice.
        var payer = PlanMoney.Of(Sight.Seen(story.Dossier, Payer), plan);
        Assert.Equal((null, payer.Costs), (payer.Areas[0].Measures[0].Spent, payer.Spent + payer.Unassigned));

        static string Show(MeasureMoney it) => $"{it.Measure.Key} {it.Spent} {it.Basis} {it.Left}";
    }

    [Fact]
    public void A_budget_above_what_is_decided_and_conditional_is_told()
    {
        var story = PlanTests.Spring();
        var money = PlanMoney.Of(story.Dossier, PlanTests.First);
        Assert.Equal((Kr("4000000"), Kr("8000000"), Kr("0"), false), (money.Decided, money.Conditional, money.Above, money.RestsOnConditional));
        var more = PlanTests.First with { Measures = [PlanTests.Measure("a", "dialog", "4000001")] };
        Assert.Equal((Kr("0"), true), (PlanMoney.Of(story.Dossier, more).Above, PlanMoney.Of(story.Dossier, more).RestsOnConditional));
        var most = PlanTests.First with { Measures = [PlanTests.Measure("a", "dialog", "12000000.01")] };
        Assert.Equal(Kr("0.01"), PlanMoney.Of(story.Dossier, most).Above);
        Assert.Contains(PlanLacks.Of(story.Dossier, most), lack => lack.What == PlanLackKind.BudgetAboveGrant);
    }

    [Fact]
    public void Whatever_is_imported_spent_and_unassigned_are_the_costs_of_the_period()
    {
        var random = new Random(seed);
        var story = PlanTests.Spring().Given(Finance, new MapCategories([new("lokaler", [new(5000, 5099)]), new("resor", [new(5800, 5899)]), new("arvoden", [new(6500, 6599)])])).On("2016-12-01");
        var plan = Plan(("a", new(6, "A")), ("b", new(Category: "lokaler")), ("c", new(7, "A")), ("d", new(Category: "resor")), ("e", null));
        string[] accounts = ["5010", "5810", "6550", "7010", "3990", "1930"];
        for (var n = 1; n <= 40; n++)
        {
            var year = random.Next(2014, 2017);
            story.Imported(Books.File(n, year, [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (accounts[random.Next(accounts.Length)], random.Next(1, 13)))
                .Distinct().Select(it => Books.Sum(it.Item1, $"{year}-{it.Item2:00}-15", (random.Next(-50_000, 900_000) / 100m).ToString(CultureInfo.InvariantCulture)))])
                with { Project = new(random.Next(6, 8), random.Next(2) == 0 ? "A" : "B") });
            var money = PlanMoney.Of(story.Dossier, plan);
            Assert.True(money.Costs == money.Spent + money.Unassigned && money.Costs == Cost.Of(story.Dossier.Grant, plan.Period!).Sum(cost => cost.Amount)
                && money.Costs == story.Dossier.Grant.Ledger.Sum(MrAgreement.Ledgers.AccountKind.Cost, plan.Period!.From, plan.Period.To), $"Repeat it with MRAGREEMENT_SEED={seed}: {money}");
        }
    }
}
