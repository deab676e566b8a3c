using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Deadlines;

/// <summary>Dated obligations across agreements.</summary>
public class DeadlineTests
{
    [Fact]
    public async Task Deadlines_come_soonest_first_and_are_filtered()
    {
        await using var host = await RunningHost.Start();
        var first = await Posted.Agreement(host);
        var terms = Posted.Terms();
        terms["diaryNumber"] = "Fi2014/99";
        terms["workingDayRule"] = "lag-1930-173";
        await Posted.Agreement(host, terms);
        await Posted.Draft(host);
        await Posted.Submission(host.Lead, first, "report", "Rapporten");
        (await host.Lead.Post("simulation/clock", new { now = "2015-02-03" })).Is(200);

        var page = (await host.Lead.Get("deadlines")).Is(200);
        page.At("items.0").Has("""
            agreement:string diaryNumber:string obligation:string title:string dueOn:string effectiveDueOn:string status:string overdue:boolean overdueDays:number responsible:array recipient:string|null
            """);
        Assert.Equal(10, page.Number("_meta.totalRecords"));
        var days = page.At("items").EnumerateArray().Select(d => d.Text("effectiveDueOn")).ToList();
        Assert.Equal(days.Order(StringComparer.Ordinal), days);

        async Task<string> Found(string query, Caller? by = null) =>
            string.Join(' ', (await (by ?? host.Lead).All($"deadlines?{query}")).Select(d => $"{d.Text("diaryNumber")}:{d.Text("obligation")}"));
        Assert.Equal("Fi2014/1:report Fi2014/99:report", await Found("from=2015-02-01&to=2015-02-02"));
        Assert.Equal("Fi2014/1:report", await Found("to=2015-02-01&from=2015-02-01"));
        // Effective on Monday 2 February, so one day late; the other has been submitted.
        Assert.Equal("Fi2014/99:report", await Found("status=overdue&from=2015-01-01"));
        Assert.Equal("Fi2014/1:report", await Found("status=submitted"));
        Assert.Equal("Fi2014/1:requisition-first Fi2014/99:requisition-first", string.Join(' ', (await Found("party=KAMK")).Split(' ').Order()));
        Assert.Equal("Fi2014/1:requisition-first Fi2014/1:report Fi2014/1:accounts Fi2014/1:meeting-2015 Fi2014/1:meeting-2016", await Found($"agreement={first["agreements/".Length..]}"));
        Assert.Equal("", await Found("party=MSB"));
        var overdue = (await host.Lead.All("deadlines?status=overdue&from=2015-01-01")).Single();
        Assert.Equal((true, 1, "2015-02-01", "2015-02-02"), (overdue.Flag("overdue"), (int)overdue.Number("overdueDays"), overdue.Text("dueOn"), overdue.Text("effectiveDueOn")));
        Assert.Equal(10, (await host.Auditor.Get("deadlines")).Is(200).Number("_meta.totalRecords"));
    }

    [Fact]
    public async Task A_deadline_follows_what_moves_it_and_what_settles_it()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-03-01", reference = "Fi2014/2" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/meeting-2016/waiver", new { reason = "Nej", reference = "Fi2014/3" })).Is(200);
        Assert.Equal(["requisition-first 2014-09-01 open", "report 2015-03-01 open", "accounts 2015-03-31 open", "meeting-2015 2015-05-31 waiting", "meeting-2016 2016-05-31 waived"],
            (await host.Lead.All("deadlines")).Select(d => $"{d.Text("obligation")} {d.Text("dueOn")} {d.Text("status")}"));
        var listed = (await host.Lead.Get("agreements")).Is(200).At("items.0");
        Assert.Equal(("requisition-first", 0), (listed.Text("nextDeadline.obligation"), (int)listed.Number("overdueCount")));
        (await host.Lead.Post("simulation/clock", new { now = "2015-04-02" })).Is(200);
        Assert.Equal(("meeting-2015", 3), ((await host.Lead.Get("agreements")).Is(200).At("items.0") is var l ? (l.Text("nextDeadline.obligation"), (int)l.Number("overdueCount")) : default));
    }
}
