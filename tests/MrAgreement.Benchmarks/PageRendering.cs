using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Drafts;
using MrAgreement.Local;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Benchmarks;

/// <summary>Pages over HTTP as the browser gets them: the start page before ten thousand agreements, and an agreement of five years whose log has ten thousand events.</summary>
sealed partial record PageRendering() : Benchmark("pages", TimeSpan.FromMinutes(6))
{
    const int Agreements = 10_000;
    const int Events = 10_000;
    const int Obligations = 100;
    const int AtOnce = 32;
    const int Times = 10;
    const int Turns = 7;
    const int MostBytes = 150_000;

    static readonly AgreementId old = new(new Guid("00000001-2014-4000-8000-000000000001"));
    static readonly LocalDate today = new(2016, 5, 10);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        await Parallel.ForEachAsync(Enumerable.Range(1, Agreements - 1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bound }, async (number, _) =>
        {
            var id = new AgreementId(Guid.NewGuid());
            await dossiers.Do(id, Role.Officer, new CreateAgreement(Trial.Terms2014(number)), Trial.Signed, bound);
            await dossiers.Sign(id, bound);
        });
        await FiveYears(stores.Events, bound);
        await new KeptOverviews(stores.ReadModels, dossiers, (_, e) => throw e).CatchUp(bound);
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, folder.Path, Storage: null, Demo: true, StockholmTime.Noon(today), Rebuild: false, Story: false), stores);
        app.MapGet("/bare/{length:int}", IResult (int length) => new RazorComponentResult<BarePage>(new { Length = length }) { PreventStreamingRendering = true });
        await app.StartAsync(bound);
        var draft = await Draft(stores.Kept, bound);
        using var http = await SignIn(app.Urls.First(), "lena.lind", bound);
        using var officer = await SignIn(app.Urls.First(), "erik.ek", bound);

        var measured = new List<Measure>();
        foreach (var (what, path) in new[] { ("the start page, 10,000 agreements", "/"), ("an agreement, 10,000 events", $"/agreements/{old}"), ("its log", $"/agreements/{old}/log"), ("deadlines", "/deadlines") })
            measured.AddRange(await Compared(what, path, http, bound));
        foreach (var (what, path) in new[] { ("a draft of 100 obligations, one of them", $"/drafts/{draft}/sections/obligation-50"), ("its obligations", $"/drafts/{draft}/obligations"), ("its overview", $"/drafts/{draft}") })
            measured.AddRange(await Compared(what, path, officer, bound));
        return measured;
    }

    static async Task<IReadOnlyList<Measure>> Compared(string what, string path, HttpClient http, CancellationToken bound)
    {
        var length = (await http.GetByteArrayAsync(path, bound)).Length;
        Func<Task<double>>[] variants = [() => Time(path), () => Time($"/bare/{length}"), () => Time("/bare/0")];
        await Rounds.InTurn(2, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var ours, var alike, var empty])
            throw new UnreachableException();
        return
        [
            new($"pages: {what}, time by a bare page of its length", "", Rounds.Ratio(ours, alike), new(5, AtMost: true), $"{Rounds.Median(ours):0.00} ms by {Rounds.Median(alike):0.00} ms"),
            new($"pages: {what}, time by an empty page", "", Rounds.Ratio(ours, empty), null, $"{Rounds.Median(empty):0.00} ms"),
            new($"pages: {what}, length", " kB", [length / 1000.0], new(MostBytes / 1000.0, AtMost: true), "")
        ];

        Task<double> Time(string address) => Rounds.Milliseconds(Times, async () => await http.GetByteArrayAsync(address, bound), bound);
    }

    // Written by the officer: each yearly obligation and each that hangs on it, five times over.
    static async Task<Guid> Draft(IKeptRecords kept, CancellationToken bound)
    {
        var terms = JsonSerializer.SerializeToNode(Trial.Terms2014(0), Json.Options)!.AsObject();
        var obligations = terms["obligations"]!.AsArray();
        var stated = obligations.Select(it => it!.DeepClone()).ToList();
        for (var i = 0; obligations.Count < Obligations; i++)
        {
            var more = stated[i % stated.Count].DeepClone();
            more["key"] = string.Create(CultureInfo.InvariantCulture, $"more-x{i}");
            obligations.Add(more);
        }
        var draft = DraftTerms.Begin(Guid.CreateVersion7(), terms, new(Trial.Actor(Role.Officer), Trial.Signed));
        await new KeptDrafts(kept, SystemClock.Instance).Add(draft, bound);
        return draft.Id;
    }

    static async Task<HttpClient> SignIn(string host, string person, CancellationToken bound)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = new(host), Timeout = Timeout.InfiniteTimeSpan };
        var token = Token().Match(await http.GetStringAsync("/sign-in", bound)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", WebUtility.HtmlDecode(token)), new("person", person)]);
        (await http.PostAsync("/sign-in", form, bound)).EnsureSuccessStatusCode();
        return http;
    }

    // Yearly obligations of five years; what happens is that work which goes on all the time is recorded and that dates are set. Decided in memory and appended in pieces, since one by one it would take minutes.
    static async Task FiveYears(IEventStore store, CancellationToken bound)
    {
        var terms = Trial.Terms2014(0) with { Period = new(new(2014, 6, 13), new(2019, 12, 31)) };
        terms = terms with { Obligations = [.. terms.Obligations.Select(o => o.Due.EveryYear is { } every ? o with { Due = o.Due with { EveryYear = every with { To = 2019 } } } : o)] };
        var (it, log) = (new Dossier(old), new List<StoredEvent>());
        Do(Role.Officer, new CreateAgreement(terms), Trial.Signed);
        Do(Role.Officer, new SignAgreement(new(2014, 6, 13), [new("Erik Ek", "RK"), new("Lena Lind", "SKR")]), Trial.Signed);
        for (var i = 1; log.Count < Events; i++)
        {
            var now = Trial.Signed + Duration.FromMinutes(i * 90L);
            if (i % 2 == 0)
                Do(Role.Officer, new ScheduleObligation("annual-consultation-2017", new LocalDate(2018, 5, 2).PlusDays(i % 200)), now);
            else
                Do(Role.ProjectLead, new CompleteObligation("documentation", StockholmTime.DateOf(now), string.Create(CultureInfo.InvariantCulture, $"Vägledning {i} spreds."), null), now);
        }
        foreach (var rows in log.Chunk(Append.MaxEvents))
            await store.Append(new(Guid.CreateVersion7(), old, rows[0].Sequence - 1, rows, null), bound);

        void Do(Role role, Command command, Instant now)
        {
            var by = Trial.Actor(role);
            foreach (var happened in ((EventSourcing.Accepted)it.Decide(command, new(by, now))).Events)
            {
                var row = HashChain.Next(it.Hash, it.Sequence + 1, now, by.Id, EventJson.NameOf(happened), EventJson.Write(happened));
                it = it.With(row);
                log.Add(row);
            }
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
