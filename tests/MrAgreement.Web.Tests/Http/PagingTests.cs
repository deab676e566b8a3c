using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>Lists by page, with links to the neighbours.</summary>
public class PagingTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_page_says_which_it_is_of_how_many_and_where_its_neighbours_are()
    {
        var path = await Posted.Agreement(host);
        var page = (await host.Lead.Get($"{path}/obligations?limit=2&page=2")).Is(200);
        page.Has("items:array _meta.page:number _meta.limit:number _meta.count:number _meta.totalRecords:number _meta.totalPages:number _links.self:string _links.next:string _links.previous:string");
        Assert.Equal((2m, 2m, 2m, 6m, 3m), (page.Number("_meta.page"), page.Number("_meta.limit"), page.Number("_meta.count"), page.Number("_meta.totalRecords"), page.Number("_meta.totalPages")));
        Assert.Equal(["meeting-2016", "accounts"], page.At("items").EnumerateArray().Select(o => o.Text("key")));
        var last = (await host.Lead.Get(page.Text("_links.next")!)).Is(200);
        Assert.Equal(["information", "requisition-first"], last.At("items").EnumerateArray().Select(o => o.Text("key")));
        Assert.True(last.IsNull("_links.next"));
        var first = (await host.Lead.Get(page.Text("_links.previous")!)).Is(200);
        Assert.True(first.IsNull("_links.previous"));
        Assert.Equal(page.GetRawText(), (await host.Lead.Get(page.Text("_links.self")!)).Text);
    }

    [Fact]
    public async Task Without_a_wish_it_is_the_first_twenty()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        var page = (await host.Lead.Get($"{path}/obligations")).Is(200);
        Assert.Equal((1m, 20m, 20m, 21m, 2m), (page.Number("_meta.page"), page.Number("_meta.limit"), page.Number("_meta.count"), page.Number("_meta.totalRecords"), page.Number("_meta.totalPages")));
    }

    [Fact]
    public async Task Beyond_the_last_page_there_is_nothing_and_the_filter_stays_in_the_links()
    {
        var path = await Posted.Agreement(host);
        var beyond = (await host.Lead.Get($"{path}/obligations?page=9&status=open&limit=1")).Is(200);
        Assert.Equal((0, 4m), (beyond.At("items").GetArrayLength(), beyond.Number("_meta.totalRecords")));
        Assert.True(beyond.IsNull("_links.next"));
        Assert.Contains("status=open", beyond.Text("_links.previous"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agreements")]
    [InlineData("deadlines")]
    [InlineData("*/obligations")]
    [InlineData("*/documents")]
    [InlineData("*/events")]
    [InlineData("*/grant/requisitions")]
    [InlineData("*/grant/payments")]
    [InlineData("*/grant/adjustments")]
    [InlineData("*/grant/repayments")]
    public async Task Every_list_is_paged_and_refuses_pages_that_are_none(string list)
    {
        var path = list.Replace("*", await Posted.Agreement(host), StringComparison.Ordinal);
        (await host.Lead.Get($"{path}?limit=100")).Is(200).Has("items:array _meta.totalPages:number _links.self:string");
        foreach (var query in new[] { "page=0", "page=-1", "page=x", "limit=0", "limit=101", "limit=1.5" })
            (await host.Lead.Get($"{path}?{query}")).IsProblem(400, "malformed-parameter");
    }
}
