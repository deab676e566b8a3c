namespace MrAgreement.Web.Tests.Hosts;

/// <summary>Three hosts as processes on one account, under load, and killed one after the other.</summary>
public class ThreeHostsTests(Azurite azurite)
{
    const int Hosts = 3;
    const int Clients = 24;
    const int Agreements = 20;
    const int Each = 20;

    // After so many answers one more is killed: four in all.
    const int Between = Clients * Each / 5;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Twenty_four_at_twenty_agreements_lose_and_double_nothing_while_hosts_are_killed_and_lists_are_alike_afterwards()
    {
        using var folder = new TemporaryFolder();
        var storage = azurite.FreshAccount();
        Task<HostProcess> Serving(int n) => HostProcess.Serving(folder[$"host-{n}"], environment: ("MRAGREEMENT_STORAGE", storage));
        var running = await Task.WhenAll(Enumerable.Range(0, Hosts).Select(Serving));
        try
        {
            var paths = await Task.WhenAll(Enumerable.Range(0, Agreements).Select(n => Signed(running[n % Hosts], $"S2014/{n}")));
            // Ordered of the one that is killed first.
            var ordered = (await running[0].As("officer").Post("archive-orders", new { agreements = paths.Select(path => path.Split('/')[1]) }, ("Idempotency-Key", "order"))).Is(202);

            var (answered, killed, turn) = (0, 0, new SemaphoreSlim(1));
            var sent = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
            {
                var notes = new List<(string Path, string Note)>();
                for (var i = 0; i < Each; i++)
                {
                    var (path, note) = (paths[(client + i) % Agreements], $"note-{client}-{i}");
                    await Noted(() => running, client % Hosts, path, note);
                    notes.Add((path, note));
                    if (Interlocked.Increment(ref answered) is var count && count % Between == 0 && count < Clients * Each)
                        await Kill();
                }
                return notes;
            })));
            async Task Kill()
            {
                await turn.WaitAsync();
                try
                {
                    var n = killed++ % Hosts;
                    await running[n].Kill();
                    running[n].Dispose();
                    running[n] = await Serving(n);
                }
                finally
                {
                    turn.Release();
                }
            }

            Assert.Equal(4, killed);
            foreach (var path in paths)
            {
                var log = string.Join('\n', (await running[0].As("admin").All($"{path}/events?limit=100")).Select(e => e.GetRawText()));
                foreach (var (_, note) in sent.SelectMany(notes => notes).Where(s => s.Path == path))
                    Assert.True(log.Split($"\"{note}\"").Length - 1 == 1, $"{note} stands {log.Split($"\"{note}\"").Length - 1} times.");
                Assert.True((await running[1].As("admin").Get($"{path}/events/verification")).Is(200).Flag("valid"));
            }
            // What was ordered of a host that is gone is known to every other, and done by one of them.
            await Until(running, $"archive-orders/{ordered.Text("id")}");
            foreach (var list in (string[])["agreements?limit=100", "deadlines?limit=100"])
            {
                var shown = await Task.WhenAll(running.Select(async host => string.Join('\n', (await host.As("officer").All(list)).Select(item => item.GetRawText()))));
                Assert.NotEmpty(shown[0]);
                Assert.All(shown, it => Assert.Equal(shown[0], it));
            }
        }
        finally
        {
            foreach (var host in running)
                host.Dispose();
        }
    }

    // Asked of one after the other; each answers.
    static async Task Until(HostProcess[] hosts, string order)
    {
        using var limit = new CancellationTokenSource(patience);
        for (var n = 0; ; n++)
        {
            var it = (await hosts[n % hosts.Length].As("officer").Get(order)).Is(200);
            if (it.Flag("done"))
            {
                Assert.Equal((Agreements, 0), ((int)it.Number("made"), (int)it.Number("failed")));
                return;
            }
            await Task.Delay(100, limit.Token);
        }
    }

    static async Task<string> Signed(HostProcess host, string number)
    {
        var terms = Posted.Terms();
        terms["diaryNumber"] = number;
        var path = $"agreements/{(await Answered(() => host.As("officer").Post("agreements?sure=true", terms, ("Idempotency-Key", $"create-{number}")))).Is(201).Text("id")}";
        (await Answered(() => host.As("officer").Post($"{path}/signature", Posted.Signature(), ("Idempotency-Key", $"sign-{number}")))).Is(200);
        return path;
    }

    // All begin at once: whoever is told to come again does.
    static async Task<WireAnswer> Answered(Func<Task<WireAnswer>> ask)
    {
        using var limit = new CancellationTokenSource(patience);
        while (await ask() is var answer)
            if (answer.Status != 503)
                return answer;
            else
                await Task.Delay(20, limit.Token);
        throw new System.Diagnostics.UnreachableException();
    }

    // Until somebody has answered: of another host, with the same key.
    static async Task Noted(Func<HostProcess[]> hosts, int first, string path, string note)
    {
        using var limit = new CancellationTokenSource(patience);
        for (var n = first; ; n++)
        {
            try
            {
                var answer = await hosts()[n % Hosts].As("officer").Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note }, ("Idempotency-Key", note));
                Assert.True(answer.Status is 200 or 201 or 503, answer.Text);
                if (answer.Status != 503)
                    return;
            }
            catch (HttpRequestException)
            {
                // It is being killed, or is not there again yet.
            }
            await Task.Delay(20, limit.Token);
        }
    }
}
