using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Local;
using MrAgreement.Parties;
using MrAgreement.Running;
using NodaTime;

namespace MrAgreement.Benchmarks;

/// <summary>Accepted commands through HTTP, durably stored, from clients who each have agreements of their own.</summary>
sealed record CommandRate() : Benchmark("commands", TimeSpan.FromMinutes(4))
{
    const int Clients = 32;
    // No multiple of the number of kinds of command, so that every agreement gets every kind.
    const int AgreementsEach = 14;
    const int Turns = 5;
    static readonly TimeSpan turn = TimeSpan.FromSeconds(4);

    static readonly LocalDate scheduled = new(2016, 5, 2);
    static readonly LocalDate extended = new(2015, 2, 2);

    // What each variant has cost of processor time, clients included: steadier than a rate on a busy machine.
    readonly (TimeSpan Processor, int Commands)[] work = new (TimeSpan, int)[3];

    // Goes up for ever, so that every command is another than the one before.
    int number;

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, folder.Path, Storage: null, Demo: true, Some.Signed, Rebuild: false, Story: false), stores);
        await app.StartAsync(bound);
        await using var bare = await BareHost.Start(folder.Path);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
        // What the commands leave to be written later is written within the turn that caused it.
        var overviews = app.Services.GetRequiredService<KeptOverviews>();
        var dossiers = app.Services.GetRequiredService<Dossiers>();
        var any = Enumerable.Range(0, Clients * AgreementsEach).Select(_ => new AgreementId(Guid.NewGuid())).ToArray();

        Func<Task<double>>[] variants =
        [
            () => OurRate(0, withKey: false),
            () => OurRate(1, withKey: true),
            () => Rate(2, http, n => Bare(bare.Url, any, n), () => Task.CompletedTask, bound)
        ];
        await Rounds.InTurn(2, variants);
        Array.Clear(work);
        if (await Rounds.InTurn(Turns, variants) is not [var plain, var keyed, var least])
            throw new UnreachableException();
        var asked = new Limit(0.5, AtMost: false);
        return
        [
            new("commands: rate by the bare host's", "", Rounds.Ratio(plain, least), asked, $"{Rounds.Median(plain):0}/s by {Rounds.Median(least):0}/s; processor {Processor(0)} by {Processor(2)}"),
            new("commands with Idempotency-Key: rate by the bare host's", "", Rounds.Ratio(keyed, least), asked, $"{Rounds.Median(keyed):0}/s by {Rounds.Median(least):0}/s; processor {Processor(1)} by {Processor(2)}")
        ];

        // Every turn has agreements of its own: a date that has moved hundreds of times, each of which the answer tells, is nobody's, and a faster host would come to have more of them.
        async Task<double> OurRate(int variant, bool withKey)
        {
            var agreements = await Agreements(dossiers, bound);
            await overviews.CatchUp(bound);
            return await Rate(variant, http, n => Ours(app.Urls.First(), agreements, n, withKey), () => overviews.CatchUp(bound), bound);
        }
    }

    static async Task<AgreementId[]> Agreements(Dossiers dossiers, CancellationToken bound)
    {
        var ids = Enumerable.Range(0, Clients * AgreementsEach).Select(_ => new AgreementId(Guid.NewGuid())).ToArray();
        await Task.WhenAll(ids.Select(async (id, i) =>
        {
            await dossiers.Do(id, Role.Officer, new CreateAgreement(Some.Terms2014(i)), Some.Signed, bound);
            await dossiers.Sign(id, bound);
        }));
        return ids;
    }

    async Task<double> Rate(int variant, HttpClient http, Func<(int Client, int Turn, int Number), HttpRequestMessage> request, Func<Task> finish, CancellationToken bound)
    {
        var (started, before, done) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetElapsedTime(started) < turn; i++)
            {
                using var asked = request((client, i, Interlocked.Increment(ref number)));
                using var answered = await http.SendAsync(asked, bound);
                answered.EnsureSuccessStatusCode();
                Interlocked.Increment(ref done);
            }
        }, bound)));
        await finish();
        var rate = done / Stopwatch.GetElapsedTime(started).TotalSeconds;
        work[variant] = (work[variant].Processor + Environment.CpuUsage.TotalTime - before, work[variant].Commands + done);
        return rate;
    }

    string Processor(int variant) => $"{work[variant].Processor.TotalMilliseconds / Math.Max(1, work[variant].Commands):0.00} ms";

    static HttpRequestMessage Ours(string url, AgreementId[] agreements, (int Client, int Turn, int Number) n, bool withKey)
    {
        var (path, token, body) = Command(n.Turn, n.Number);
        var request = Post($"{url}/api/v1/agreements/{Agreement(agreements, n)}/{path}", body);
        request.Headers.Authorization = new("Bearer", token);
        if (withKey)
            request.Headers.Add("Idempotency-Key", $"benchmark-{n.Number}");
        return request;
    }

    static HttpRequestMessage Bare(string url, AgreementId[] agreements, (int Client, int Turn, int Number) n)
    {
        var (path, _, body) = Command(n.Turn, n.Number);
        return Post($"{url}/agreements/{Agreement(agreements, n)}/{path.Split('/')[^1]}", body);
    }

    static AgreementId Agreement(AgreementId[] agreements, (int Client, int Turn, int Number) n) => agreements[n.Client * AgreementsEach + n.Turn % AgreementsEach];

    // A date set that others hang on, a later date given, a cost adjusted.
    static (string Path, string Token, string Body) Command(int turn, int number) => (turn % 3) switch
    {
        0 => ("obligations/annual-consultation-2016/schedule", "demo-officer", $$"""{"on":"{{Iso(scheduled.PlusDays(number % 199))}}"}"""),
        1 => ("obligations/mapping-report/extension", "demo-officer", $$"""{"dueOn":"{{Iso(extended.PlusDays(number / 25))}}","reference":"Fö{{number}}"}"""),
        _ => ("grant/adjustments", "demo-finance", $$"""{"kind":"accrual","amount":{{number % 97 + 1}}.50,"period":{"from":"2014-07-01","to":"2014-12-31"},"reason":"Kostnad {{number}}"}""")
    };

    static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);

    static HttpRequestMessage Post(string url, string body) =>
        new(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
}
