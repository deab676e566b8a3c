using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Agreements;
using MrAgreement.Local;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Benchmarks;

/// <summary>A backup of a host that is at work, against copying the same bytes to the disk.</summary>
sealed record BackupCost() : Benchmark("backup", TimeSpan.FromMinutes(25))
{
    const int Agreements = 10_000;
    const int Documents = 5_000;
    const int DocumentSize = 1_000_000;
    const int CommandsASecond = 200;
    const int Clients = 32;
    const int Turns = 3;
    const int AtOnce = 8;

    int number;

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        var data = folder["data"];
        using var stores = Stores.In(data);
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, data, Storage: null, Demo: true, Trial.Signed, Rebuild: false, Story: false), stores);
        await app.StartAsync(bound);
        var ids = await Fill(stores, app.Services.GetRequiredService<Dossiers>(), bound);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
        var (refused, sent) = (0, 0);

        if (await Rounds.InTurn(Turns, () => Beside(() => Backup(data, folder["backup"], bound)), () => Beside(() => Copy(data, folder["copy"], bound))) is not [var ours, var bare])
            throw new UnreachableException();
        return
        [
            new("backup: time by copying the bytes to the disk", "", Rounds.Ratio(ours, bare), new(2, AtMost: true), $"{Rounds.Median(ours):0.0} s by {Rounds.Median(bare):0.0} s"),
            new("backup: commands refused meanwhile", "", [refused], new(0, AtMost: true), $"of {sent}, {CommandsASecond} a second")
        ];

        // The commands come at their times, however long the ones before take.
        async Task<double> Beside(Func<Task> work)
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(bound);
            var commands = Task.Run(async () =>
            {
                var (under, started) = (new List<Task>(), Stopwatch.StartNew());
                for (var i = 0; !done.IsCancellationRequested; i++)
                {
                    if (TimeSpan.FromSeconds((double)i / CommandsASecond) - started.Elapsed is { Ticks: > 0 } early)
                        await Task.Delay(early, bound);
                    under.Add(Command(ids[i % ids.Length]));
                }
                await Task.WhenAll(under);
            }, bound);
            var begun = Stopwatch.StartNew();
            await work();
            var took = begun.Elapsed.TotalSeconds;
            await done.CancelAsync();
            await commands;
            return took;
        }

        async Task Command(AgreementId id)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, $"{app.Urls.First()}/api/v1/agreements/{id}/grant/adjustments")
            {
                Content = new StringContent($$"""{"kind":"accrual","amount":1,"period":{"from":"2014-07-01","to":"2014-12-31"},"reason":"Kostnad {{Interlocked.Increment(ref number)}}"}""", null, "application/json"),
                Headers = { Authorization = new("Bearer", "demo-finance") }
            };
            using var answered = await http.SendAsync(asked, bound);
            Interlocked.Increment(ref sent);
            if (!answered.IsSuccessStatusCode)
                Interlocked.Increment(ref refused);
        }
    }

    static async Task<AgreementId[]> Fill(Stores stores, Dossiers dossiers, CancellationToken bound)
    {
        var ids = Enumerable.Range(0, Agreements).Select(_ => new AgreementId(Guid.NewGuid())).ToArray();
        await Parallel.ForEachAsync(ids.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bound }, async (it, cancellation) =>
        {
            await dossiers.Do(it.Item, Role.Officer, new CreateAgreement(Trial.Terms2014(it.Index)), Trial.Signed, cancellation);
            await dossiers.Sign(it.Item, cancellation);
        });
        await Parallel.ForAsync(0, Documents, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bound }, async (_, cancellation) =>
        {
            using var content = new MemoryStream(RandomNumberGenerator.GetBytes(DocumentSize));
            await stores.Documents.Put(content, DocumentSize, cancellation);
        });
        return ids;
    }

    // As whoever runs the host does it.
    static Task Backup(string data, string target, CancellationToken bound) =>
        Apart("dotnet", [Path.ChangeExtension(typeof(LocalHost).Assembly.Location, ".dll"), "--backup", target, "--data", data], target, bound);

    // In a process of its own too: a database that its own process opens and closes once more loses SQLite's locks.
    static Task Copy(string data, string target, CancellationToken bound) =>
        Apart("sh", ["-c", "cp -r \"$1\" \"$2\" && sync", "sh", data, target], target, bound);

    static async Task Apart(string program, IReadOnlyList<string> arguments, string target, CancellationToken bound)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(bound);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed.");
        Directory.Delete(target, recursive: true);
    }
}
