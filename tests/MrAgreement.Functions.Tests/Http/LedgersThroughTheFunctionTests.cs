using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Functions.Importing;
using MrAgreement.Web.Importing;

namespace MrAgreement.Functions.Tests.Http;

/// <summary>Ledgers sent through the function, by the API and by the page's form, and taken in by the durable engine.</summary>
public sealed class LedgersThroughTheFunctionTests(Azurite azurite, SharedWorker shared) : IClassFixture<SharedWorker>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_that_nobody_waits_for_is_followed_at_its_address()
    {
        await using var mine = await WorkerHost.Start(azurite.FreshAccount());
        Importing(mine);
        var (agreement, finance) = (await Draft(mine), new Caller(mine.Address, "demo-finance"));

        var begun = await finance.Post($"{agreement}/grant/ledger-imports", Ledger(0), ("Prefer", "respond-async"));

        begun.Is(202);
        Assert.Equal("respond-async", begun["Preference-Applied"]);
        Assert.Equal(begun.Json.Text("importId"), (await finance.Get(begun.Location!)).Is(200).Text("importId"));
        await mine.Engine.Run();
        // A draft takes no ledger: the address tells so, as the request would have.
        (await finance.Get(begun.Location!)).IsProblem(409, "agreement-not-signed");
    }

    [Fact]
    public async Task Two_requests_at_once_with_one_key_are_one_import()
    {
        await using var mine = await WorkerHost.Start(azurite.FreshAccount());
        Importing(mine);
        var (agreement, finance) = (await Signed(mine), new Caller(mine.Address, "demo-finance"));

        // Neither hears of the other's before it begins its own.
        var (asked, both) = (0, new TaskCompletionSource());
        mine.Engine.Shown = () =>
        {
            if (Interlocked.Increment(ref asked) == 2)
                both.SetResult();
            return both.Task;
        };
        var begun = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => finance.Post($"{agreement}/grant/ledger-imports", Ledger(0), ("Prefer", "respond-async"), ("Idempotency-Key", "once"))));
        Assert.Single(begun.Select(answer => { answer.Is(202); return answer.Location; }).Distinct());
        await mine.Engine.Run();

        Assert.Equal(303, (await finance.Get(begun[0].Location!)).Status);
        Assert.Single((await finance.Get($"{agreement}/grant/ledger-imports")).Is(200).At("items").EnumerateArray());
    }

    [Fact]
    public async Task A_ledger_is_taken_in_by_the_pages_form()
    {
        await using var mine = await WorkerHost.Start(azurite.FreshAccount());
        Importing(mine);
        var page = $"{(await Signed(mine)).Replace("/api/v1", "", StringComparison.Ordinal)}/grant/ledger";
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new(), AllowAutoRedirect = false }) { BaseAddress = mine.Address };
        using var person = new FormUrlEncodedContent([new("__RequestVerificationToken", WebFunctionTests.Token().Match(await browser.GetStringAsync("/sign-in", Cancellation)).Groups[1].Value), new("person", "farid.falk")]);
        using var entered = await browser.PostAsync("/sign-in", person, Cancellation);
        using var form = Ledger(0);
        form.Add(new StringContent(WebFunctionTests.Token().Match(await browser.GetStringAsync(page, Cancellation)).Groups[1].Value), "__RequestVerificationToken");

        using var sent = await browser.PostAsync(page, form, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var progress = sent.Headers.Location!.OriginalString;
        Assert.StartsWith($"{page}/in-progress/", progress, StringComparison.Ordinal);
        using var underWay = await browser.GetAsync(progress, Cancellation);
        Assert.Contains("<progress ", await underWay.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(underWay.Headers.GetValues("Refresh")));
        Assert.Contains(progress, await browser.GetStringAsync(page, Cancellation), StringComparison.Ordinal);

        await mine.Engine.Run();

        using var done = await browser.GetAsync(progress, Cancellation);
        Assert.Equal((HttpStatusCode.Redirect, progress.Replace("/in-progress", "", StringComparison.Ordinal)), (done.StatusCode, done.Headers.Location!.OriginalString.Split('?')[0]));
        Assert.Contains("ledger.se", await browser.GetStringAsync(done.Headers.Location, Cancellation), StringComparison.Ordinal);
        Assert.False(mine.HasFailed);
    }

    [Fact]
    public async Task A_ledger_too_large_to_be_waited_for_is_answered_at_once()
    {
        var (agreement, finance) = (await Draft(shared.Host), new Caller(shared.Host.Address, "demo-finance"));

        var begun = await finance.Post($"{agreement}/grant/ledger-imports", Ledger(33 * 1024 * 1024));

        begun.Is(202);
        Assert.Null(begun["Preference-Applied"]);
        (await finance.Get(begun.Location!)).Is(200);
    }

    static void Importing(WorkerHost host)
    {
        var work = new LedgerImportWork(host.Services.GetRequiredService<LedgerImporter>());
        host.Engine.Orchestrator(LedgerImporting.Name, LedgerImporting.Run).Activity<OrderedImport, ImportOutcome>(LedgerImportWork.Name, ordered => work.Run(ordered, host.Engine, default));
    }

    // With the organisation whose ledger it is.
    static async Task<string> Draft(WorkerHost host) =>
        new Uri((await new Caller(host.Address, "demo-officer").Post("agreements?sure=true", WebFunctionTests.Terms().Replace("\"222000-0315\"", "\"555555-5555\"", StringComparison.Ordinal))).Location!).AbsolutePath;

    static async Task<string> Signed(WorkerHost host)
    {
        var agreement = await Draft(host);
        (await new Caller(host.Address, "demo-officer").Post($"{agreement}/signature", """{ "signedOn": "2014-06-13", "signatories": [{ "name": "Erik Ullenhag", "party": "RK" }, { "name": "Anders Knape", "party": "SKR" }] }""")).Is(200);
        return agreement;
    }

    static MultipartFormDataContent Ledger(int padding) => new()
    {
        { new ByteArrayContent([.. File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ledger.se")), .. Enumerable.Repeat((byte)'\n', padding)]), "file", "ledger.se" },
        { new StringContent("P 2289"), "project" }
    };
}
