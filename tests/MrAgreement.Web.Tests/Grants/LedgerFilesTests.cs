using System.Text;
using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Several files that tell of the same vouchers: each counts once, and what changes is listed.</summary>
public partial class LedgerFilesTests
{
    const decimal Spend = 3687550m;

    static readonly string file = Encoding.UTF8.GetString(Fixture.Bytes("skr_example_4E_utf8.se"));

    // As a 4I file may be: no financial year, no chart of accounts.
    static string WithoutYear => Year().Replace(file, "");

    static string BrokenYear => WithoutYear.Replace("#KPTYP", "#RAR 0 20150201 20160131\n#KPTYP", StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_without_a_financial_year_and_one_of_a_broken_year_have_the_same_vouchers(bool declaredFirst)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var files = new[] { WithoutYear, BrokenYear };
        if (declaredFirst)
            Array.Reverse(files);

        var first = await Import(host, path, files[0]);
        var second = await Import(host, path, files[1]);

        Assert.Equal((Spend, 0m, 5m, 0), (first.Number("added"), second.Number("added"), second.Number("duplicates"), second.At("differences").GetArrayLength()));
        Assert.Equal(declaredFirst ? [] : ["ledger-year-assumed"], first.At("warnings").EnumerateArray().Concat(second.At("warnings").EnumerateArray()).Select(w => w.Text("rule")).Where(r => r == "ledger-year-assumed"));
        Assert.Equal(Spend, (await host.Finance.Get($"{path}/grant")).Is(200).At("costs").EnumerateArray().Sum(c => c.Number("amount")));
    }

    [Fact]
    public async Task A_voucher_that_is_moved_to_the_project_afterwards_is_listed()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var before = Travel().Replace(file, match => match.Value.Replace("P 2289", "8812", StringComparison.Ordinal));
        await Import(host, path, before);

        var after = await Import(host, path, file);

        Assert.Equal(["A 3 added 0 2400"], after.At("differences").EnumerateArray().Select(d => $"{d.Text("series")} {d.Text("number")} {d.Text("kind")} {d.Number("before"):0} {d.Number("after"):0}"));
        var check = (await host.Finance.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().Single(c => c.Text("rule") == "vouchers-unchanged");
        Assert.Equal("warning", check.Text("outcome"));
    }

    [Fact]
    public async Task The_texts_of_a_file_can_be_asked_for_later()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(path, Fixture.Ledger)).Is(201);
        Assert.All(await host.Finance.All($"{path}/grant/vouchers"), row => Assert.Null(row.At("text").GetString()));

        var again = (await host.Finance.ImportLedger(path, Fixture.Ledger, ("project", Money2014.Project), ("texts", "true"))).Is(201);

        Assert.Equal((0m, 5m), (again.Number("added"), again.Number("duplicates")));
        Assert.Contains(await host.Finance.All($"{path}/grant/vouchers"), row => row.Text("text") == "Lön mars");
        (await host.Finance.ImportLedger(path, Fixture.Ledger, ("project", Money2014.Project), ("texts", "true"))).Is(200);
        (await host.Finance.ImportLedger(path, Fixture.Ledger)).Is(200);
    }

    [Fact]
    public async Task Files_that_wait_for_each_other_are_all_taken_in_and_count_once()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(n => host.Finance.ImportLedger(path, Encoding.UTF8.GetBytes(file + new string('\n', n)), $"{n}.se")));

        Assert.Equal(Spend, answers.Sum(answer => answer.Is(201).Number("added")));
        Assert.Equal(4, (await host.Finance.All($"{path}/grant/vouchers")).Count(row => row.Text("kind") == "cost"));
        Assert.Equal(6, (await host.Finance.All($"{path}/grant/ledger-imports")).Count);
    }

    static async Task<System.Text.Json.JsonElement> Import(RunningHost host, string path, string text) =>
        (await host.Finance.ImportLedger(path, Encoding.UTF8.GetBytes(text), "bok.se")).Is(201);

    [Fact]
    public async Task Whoever_prefers_not_to_wait_follows_the_import_to_its_end()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);

        var begun = await Begin(host, path, Money2014.Project, ("Prefer", "wait=1, Respond-Async"), ("Idempotency-Key", "k1"));
        var again = await Begin(host, path, Money2014.Project, ("Prefer", "respond-async"), ("Idempotency-Key", "k1"));

        begun.Is(202);
        Assert.Equal("respond-async", begun["Preference-Applied"]);
        var done = await End(host, begun);
        Assert.Equal(303, done.Status);
        Assert.Equal(Spend, (await host.Finance.Get(done.Location!)).Is(200).Number("spend"));
        // Begun once: the repeated request finds it, under way or done.
        Assert.True(again.Status is 200 or 202, again.Text);
        Assert.Single((await host.Finance.Get($"{path}/grant/ledger-imports")).Is(200).At("items").EnumerateArray());
        (await Begin(host, path, Money2014.Project, ("Prefer", "respond-async"))).Is(200);
        (await host.Officer.Get(begun.Location!)).IsProblem(404, "no-such-import");
    }

    [Fact]
    public async Task An_import_that_nobody_waits_for_ends_in_its_problem()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);

        var ended = await End(host, await Begin(host, path, "P 9999", ("Prefer", "respond-async")));

        ended.IsProblem(422, "project-not-in-ledger");
        Assert.Empty((await host.Finance.Get($"{path}/grant/ledger-imports")).Is(200).At("items").EnumerateArray());
        (await host.Finance.Get($"{path}/grant/ledger-imports/in-progress/{Guid.Empty}")).IsProblem(404, "no-such-import");
    }

    [Fact]
    public async Task What_stands_against_an_import_is_said_before_it_is_begun()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);

        (await Begin(host, path, Money2014.Project, ("Prefer", "respond-async"), ("If-Match", "\"1\""))).IsProblem(412, "stale-if-match");
        (await Begin(host, path, Money2014.Project, ("Prefer", "respond-async"), ("If-Match", "1"))).IsProblem(400, "malformed-if-match");
        (await Begin(host, path, Money2014.Project, ("Prefer", "respond-async"), ("Idempotency-Key", ""))).IsProblem(400, "malformed-idempotency-key");
        Assert.Empty((await host.Finance.Get($"{path}/grant/ledger-imports")).Is(200).At("items").EnumerateArray());
    }

    static Task<WireAnswer> Begin(RunningHost host, string path, string project, params (string, string)[] headers) =>
        host.Finance.Post($"{path}/grant/ledger-imports", Posted.Form(Fixture.Bytes(Fixture.Ledger), Fixture.Ledger, ("project", project)), headers);

    static async Task<WireAnswer> End(RunningHost host, WireAnswer begun)
    {
        while (true)
        {
            var now = await host.Finance.Get(begun.Location!);
            if (now.Status != 200)
                return now;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex("^#RAR .*\n", RegexOptions.Multiline)]
    private static partial Regex Year();

    [GeneratedRegex("^#VER A 3 .*?^}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Travel();
}
