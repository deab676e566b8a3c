using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Agreements;
using MrAgreement.Local;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Benchmarks;

/// <summary>Accepted commands through HTTP, durably stored, from clients who each have agreements of their own.</summary>
sealed record CommandRate() : Benchmark("commands", TimeSpan.FromMinutes(4))
{
    const int Clients = 32;
    // No multiple of the number of kinds of command, so that every agreement gets every kind.
    const int AgreementsEach = 14;
    const int Turns = 5;
    // Of a warm turn's processor time at most so much is compiling.
    const double Warm = 0.02;
    const int MostWarmUps = 8;
    static readonly TimeSpan turn = TimeSpan.FromSeconds(4);

    static readonly LocalDate scheduled = new(2016, 5, 2);
    static readonly LocalDate extended = new(2015, 2, 2);

    // What each variant has cost of processor time, clients included: steadier than a rate on a busy machine.
    readonly Work[] work = [new(), new(), new()];

    // Goes up for ever, so that every command is another than the one before.
    int number;

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, folder.Path, Storage: null, Demo: true, Trial.Signed, Rebuild: false, Story: false), stores);
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
        await WarmUp(variants);
        if (await Rounds.InTurn(Turns, variants) is not [var plain, var keyed, var least])
            throw new UnreachableException();
        var (bytes, cost) = (work.Select(it => it.Bytes / 1000.0 / it.Commands).ToArray(), work.Select(it => it.PerCommand).ToArray());
        var compiling = work[0].Compiling / work[0].Processor;
        var waits = new double[Turns];
        for (var i = 0; i < Turns; i++)
            waits[i] = await LongestWait();
        return
        [
            new("commands: rate by the bare host's", "", Rounds.Ratio(plain, least), new(0.5, AtMost: false), $"{Rounds.Median(plain):0}/s by {Rounds.Median(least):0}/s; processor {cost[0]:0.000} ms by {cost[2]:0.000} ms; compiling {compiling:P1} of it"),
            new("commands with Idempotency-Key: rate by the bare host's", "", Rounds.Ratio(keyed, least), new(0.45, AtMost: false), $"{Rounds.Median(keyed):0}/s by {Rounds.Median(least):0}/s; processor {cost[1]:0.000} ms by {cost[2]:0.000} ms"),
            new("commands: 99 of 100 answered within, while the lists catch up", " ms", waits, new(25, AtMost: true), $"median {Rounds.Median(work[0].Waits):0.0} ms"),
            // Only Linux tells.
            new("commands: written to the disk for each", " kB", bytes[0] > 0 ? [bytes[0]] : [], new(8, AtMost: true), $"with Idempotency-Key {bytes[1]:0.0} kB, the bare host {bytes[2]:0.0} kB")
        ];

        // Every turn has agreements of its own: a date that has moved hundreds of times, each of which the answer tells, is nobody's, and a faster host would come to have more of them.
        async Task<double> OurRate(int variant, bool withKey)
        {
            var agreements = await Agreements(dossiers, bound);
            await overviews.CatchUp(bound);
            return await Rate(variant, http, n => Ours(app.Urls.First(), agreements, n, withKey), () => overviews.CatchUp(bound), bound);
        }

        // The host catches up every ten seconds; here it does so once in every turn.
        async Task<double> LongestWait()
        {
            var agreements = await Agreements(dossiers, bound);
            await overviews.CatchUp(bound);
            work[0].Waits.Clear();
            var catchingUp = Task.Delay(turn / 2, bound).ContinueWith(_ => overviews.CatchUp(bound), bound, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
            await Rate(0, http, n => Ours(app.Urls.First(), agreements, n, withKey: false), () => catchingUp, bound);
            return work[0].Waits.Order().ElementAt(work[0].Waits.Count * 99 / 100);
        }
    }

    // Until next to nothing is compiled any more: what a host costs in its first minute is not what it costs.
    async Task WarmUp(Func<Task<double>>[] variants)
    {
        for (var i = 0; i < MostWarmUps; i++)
        {
            Array.ForEach(work, it => it.Clear());
            await Rounds.InTurn(1, variants);
            if (Array.TrueForAll(work, it => it.Compiling < Warm * it.Processor))
                break;
        }
        Array.ForEach(work, it => it.Clear());
    }

    static async Task<AgreementId[]> Agreements(Dossiers dossiers, CancellationToken bound)
    {
        var ids = Enumerable.Range(0, Clients * AgreementsEach).Select(_ => new AgreementId(Guid.NewGuid())).ToArray();
        await Task.WhenAll(ids.Select(async (id, i) =>
        {
            await dossiers.Do(id, Role.Officer, new CreateAgreement(Trial.Terms2014(i)), Trial.Signed, bound);
            await dossiers.Sign(id, bound);
        }));
        return ids;
    }

    async Task<double> Rate(int variant, HttpClient http, Func<(int Client, int Turn, int Number), HttpRequestMessage> request, Func<Task> finish, CancellationToken bound)
    {
        var (started, processor, compiling, bytes) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, JitInfo.GetCompilationTime(), Written());
        var waits = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetElapsedTime(started) < turn; i++)
            {
                using var asked = request((client, i, Interlocked.Increment(ref number)));
                var sent = Stopwatch.GetTimestamp();
                using var answered = await http.SendAsync(asked, bound);
                waits.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                answered.EnsureSuccessStatusCode();
            }
        }, bound)));
        await finish();
        var rate = waits.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        work[variant].Add(waits, Environment.CpuUsage.TotalTime - processor, JitInfo.GetCompilationTime() - compiling, Written() - bytes);
        return rate;
    }

    // What this process has given to the disk, its log's file and what is brought from there into the database alike.
    static long Written() => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture)
        : 0;

    sealed class Work
    {
        public List<double> Waits { get; } = [];
        public TimeSpan Processor { get; private set; }
        public TimeSpan Compiling { get; private set; }
        public long Bytes { get; private set; }

        public int Commands => Math.Max(1, Waits.Count);
        public double PerCommand => Processor.TotalMilliseconds / Commands;

        public void Add(IEnumerable<double> waits, TimeSpan processor, TimeSpan compiling, long bytes)
        {
            Waits.AddRange(waits);
            (Processor, Compiling, Bytes) = (Processor + processor, Compiling + compiling, Bytes + bytes);
        }

        public void Clear()
        {
            Waits.Clear();
            (Processor, Compiling, Bytes) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        }
    }

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
