using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;
using MrAgreement.Web.Tests.SignIn;

namespace MrAgreement.Web.Tests.Registry;

/// <summary>Periods by kind of document: set by whom the party trusts, and what may be disposed of by them.</summary>
public sealed class RetentionTests(OpenIdProvider provider)
{
    [Fact]
    public async Task What_may_go_is_listed_and_leads_to_the_erasure_and_nobody_of_the_party_s_matters_sets_the_periods()
    {
        await using var host = await RunningHost.Start("2016-06-13");
        var path = await Posted.Agreement(host);
        var old = (await host.Lead.Post($"{path}/documents", Posted.Form("x"u8.ToArray(), "x.txt", ("title", "Gammal"), ("kind", "note"), ("receivedOn", "2014-06-01")))).Is(201).Text("id");
        await Posted.Document(host.Lead, path, "Ny", "note");
        Assert.Equal(0, (await host.Lead.Get("retention")).Is(200).At("periods").GetArrayLength());
        (await host.Lead.Send(HttpMethod.Put, "retention", new { periods = new[] { new { kind = "note", years = 2, reference = "SKR 1" } } })).IsProblem(403, "forbidden");
        (await host.Admin.Get("retention")).IsProblem(403, "forbidden");
        var (_, tag) = await host.Services.GetRequiredService<KeptRetention>().Read("SKR", TestContext.Current.CancellationToken);
        Assert.Null(await host.Services.GetRequiredService<KeptRetention>().Set(new(new("lena.lind"), "SKR", Role.PartyAdmin), [new("note", 2, "SKR 2014:1")], tag, null, TestContext.Current.CancellationToken));

        var due = (await host.Lead.Get("retention/due")).Is(200);
        due.Has("items.0.agreement:string items.0.diaryNumber:string items.0.document:string items.0.number:number items.0.kind:string items.0.title:string items.0.on:string items.0.years:number items.0.reference:string items.0.since:string");
        Assert.Equal((1m, old, "2016-06-01"), (due.Number("_meta.totalRecords"), due.Text("items.0.document"), due.Text("items.0.since")));
        Assert.Equal(0m, (await host.Lead.Get("retention/due?date=2016-05-31")).Is(200).Number("_meta.totalRecords"));
        Assert.Equal(0m, (await host.Officer.Get("retention/due")).Is(200).Number("_meta.totalRecords"));
        (await host.Auditor.Get("retention/due")).IsProblem(403, "forbidden");

        using var page = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("href=\"/retention\"", (await page.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Begär gallring", (await page.Get("/retention")).Text, StringComparison.Ordinal);
        Assert.Contains("Gammal;2014-06-01;2;SKR 2014:1;2016-06-01", (await page.Get("/retention.csv")).Text, StringComparison.Ordinal);
        var form = (await page.Get($"/{path}/erasures?document={old}&ground=Disposal&reference=SKR%202014%3A1")).Text;
        Assert.Matches("value=\"Disposal\"[^>]*checked", form);
        Assert.Contains("value=\"SKR 2014:1\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_party_trusts_with_its_people_sets_the_periods_and_it_is_told()
    {
        await using var real = await RealHost.Start(provider);
        using var anna = await real.Enter("anna", "SKR", Role.PartyAdmin);
        Assert.Contains("href=\"/retention\"", (await anna.Get("/people")).Text, StringComparison.Ordinal);
        var before = (await anna.Get("/retention")).Text;
        Assert.Contains("Allt bevaras", before, StringComparison.Ordinal);
        string Tag(string text) => System.Text.RegularExpressions.Regex.Match(text, "name=\"tag\" value=\"(\"[^\"]+\")\"").Groups[1].Value;
        var wrong = await anna.Send("/retention", "/retention", ("tag", Tag(before)), ("periods/0/kind", "note"), ("periods/0/years", "0"), ("periods/0/reference", ""));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("Ange gallringsfristen i hela år", wrong.Text, StringComparison.Ordinal);
        var set = await anna.Send("/retention", "/retention", ("tag", Tag(before)), ("periods/0/kind", "note"), ("periods/0/years", "5"), ("periods/0/reference", "SKR 2026:1"), ("periods/1/kind", ""));
        Assert.Equal(200, set.Status);
        Assert.Contains("5 år", set.Text, StringComparison.Ordinal);
        Assert.Equal(412, (await anna.Send("/retention", "/retention", ("tag", Tag(before)), ("periods/0/kind", "note"), ("periods/0/years", "6"), ("periods/0/reference", "SKR 2026:1"))).Status);
        var (plan, _) = await real.Host.Services.GetRequiredService<KeptRetention>().Read("SKR", TestContext.Current.CancellationToken);
        Assert.Equal((new RetentionPeriod("note", 5, "SKR 2026:1"), (await real.Person("anna")).Id), (Assert.Single(plan.Periods), plan.SetBy!.Value));
        Assert.Contains(await real.Host.Services.GetRequiredService<SecurityLog>().On(MrAgreement.Calendars.StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()), TestContext.Current.CancellationToken), entry => entry.Event == MrAgreement.People.SecurityEvent.RetentionChanged && entry.Detail == "note 5");
    }
}
