using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class CategoriesTests
{
    static CategoryAccounts Line(string category, params string[] accounts) => new(category, [.. accounts.Select(a => AccountRange.Parse(a))]);

    static MapCategories Map(params CategoryAccounts[] lines) => new(lines);

    static Story Stated() => Story.Signed(Books.With(g => g with { Categories = [new("personal", null, ["7000-7699"]), new("resor")] }));

    [Fact]
    public void An_account_belongs_to_the_category_that_names_it_and_else_to_none()
    {
        var categories = Stated().Dossier.Grant.Categories;

        Assert.Equal((0, "personal", "personal", "unassigned", "unassigned"),
            (categories.Version, categories.Of("7000"), categories.Of("7699"), categories.Of("7700"), categories.Of("")));
    }

    [Fact]
    public void A_map_replaces_the_one_before_and_the_same_again_is_nothing()
    {
        var story = Stated().When(Finance, Map(Line("resor", "5800-5899", "7330"))).Then(new CategoriesMapped([Line("resor", "5800-5899", "7330")]));
        var categories = story.Dossier.Grant.Categories;

        Assert.Equal((1, "resor", "unassigned"), (categories.Version, categories.Of("7330"), categories.Of("7000")));
        story.When(Finance, Map(Line("resor", "5800-5899", "7330"))).ThenNothing();
        story.When(Finance, Map(Line("resor", "5800-5899"))).Then<CategoriesMapped>();
        Stated().When(Finance, Map(Line("personal", "7000-7699"), Line("resor"))).ThenNothing();
    }

    [Fact]
    public void Where_the_terms_name_categories_no_others_are_mapped()
    {
        Stated().When(Finance, Map(Line("konsulter", "6550"))).ThenFaults(("/lines/0/category", "category-not-in-terms"));
        Story.Of2014().When(Finance, Map(Line("konsulter", "6550"))).Then<CategoriesMapped>();
    }

    [Fact]
    public void A_map_is_whole_and_says_each_thing_once()
    {
        Story.Of2014().When(Finance, Map(Line("Personal"), Line("unassigned"), Line("resor", "5800-5899", "5810"), Line("resor", "5899"), Line(new('a', 61)))).ThenFaults(
            ("/lines/0/category", "category-key"), ("/lines/1/category", "category-key"), ("/lines/2/accounts/1", "account-taken"),
            ("/lines/3/category", "key-taken"), ("/lines/3/accounts/0", "account-taken"), ("/lines/4/category", "category-key"));
        Story.Of2014().When(Finance, Map([.. Enumerable.Range(0, 101).Select(n => Line($"k{n}"))])).ThenFaults(("/lines", "too-many"));
        Story.Of2014().When(Finance, Map(Line("allt", [.. Enumerable.Range(1000, 1001).Select(n => $"{n}")]))).ThenFaults(("/lines", "too-many"));
    }

    [Fact]
    public void Terms_from_before_accounts_were_checked_still_read()
    {
        var opened = new GrantOpened(Terms2014.Grant! with { Categories = [new("personal", null, ["löner", "7000-7699", ""])] });

        Assert.Equal("personal", Grant.Evolve(Grant.None, opened, new(1, Utc("2014-06-13T10:00:00Z"), Officer.Id)).Categories.Of("7010"));
    }
}
