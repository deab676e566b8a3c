using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MrAgreement.Local;
using MrAgreement.Running;
using NodaTime.Text;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>Killed at random moments under load: what was acknowledged is kept, a retry has one effect, no reminder goes out twice.</summary>
public class KillTests(Azurite azurite)
{
    const int Clients = 4;

    /// <summary>One command: an address, a body, and what of it must stand exactly once in the log.</summary>
    sealed record Sent(string Role, string Path, Func<object> Body, string Key, string Effect)
    {
        public WireAnswer? Answer { get; set; }
    }

    static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable($"MRAGREEMENT_{name}"), CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    [Theory]
    [InlineData(Store.Folder, 6)]
    [InlineData(Store.Account, 2)]
    public async Task Killed_under_load_it_loses_nothing_acknowledged_and_repeats_no_reminder(Store store, int few)
    {
        var (rounds, seed, storage) = (Setting("KILL_ROUNDS", few), Setting("KILL_SEED", 2014), azurite.For(store));
        using var folder = new TemporaryFolder();
        var (data, today, reminders) = (folder["data"], new LocalDate(2014, 6, 13), 0);
        var (answered, unanswered) = (0, 0);
        var host = await Serving(data, storage);
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var random = new Random(seed + round);
                var agreements = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Agreement(host, today, $"{round}-{n}")));
                var load = new Load(host, agreements, today, round, random.Next());
                await load.Until(TimeSpan.FromMilliseconds(random.Next(20, 700)));
                await host.Kill();
                var sent = await load.Stopped();

                var context = $"seed {seed}, round {round}";
                Assert.True(sent.Count > 0, context);
                answered += sent.Count(it => it.Answer is not null);
                unanswered += sent.Count(it => it.Answer is null);
                reminders += await Whole(data, storage, agreements, sent, context);
                host.Dispose();
                host = await Serving(data, storage);
                today = await OneEffectEach(host, agreements, sent, load.Acknowledged, context);
            }
            TestContext.Current.TestOutputHelper?.WriteLine($"{store}, seed {seed}, {rounds} rounds: {answered} commands answered, {unanswered} not, {reminders} reminders");
            Assert.True(reminders >= 10 * rounds, $"Only {reminders} reminders were due: the test tests less than it says.");
        }
        finally
        {
            host.Dispose();
        }
    }

    static Task<HostProcess> Serving(string data, string? storage) => HostProcess.Serving(data, environment: storage is null ? [] : [("MRAGREEMENT_STORAGE", storage)]);

    // Dated obligations with so close a ladder that every day has its reminders, and one that the load moves about.
    static async Task<string> Agreement(HostProcess host, LocalDate today, string name)
    {
        var terms = Posted.Terms();
        terms["diaryNumber"] = $"Fi2014/{name}";
        terms["reminders"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "before": [1, 2, 3, 5, 8], "overdue": [1, 2, 3, 5, 8] }""");
        foreach (var days in Enumerable.Range(1, 8))
            terms["obligations"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
            {
                ["key"] = $"due-{days}", ["title"] = $"Efter {days} dagar", ["responsible"] = new System.Text.Json.Nodes.JsonArray("SKR"), ["recipient"] = "RK", ["kind"] = "deliverable",
                ["due"] = new System.Text.Json.Nodes.JsonObject { ["on"] = LocalDatePattern.Iso.Format(today.PlusDays(days)) }
            });
        terms["obligations"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
        {
            ["key"] = "visit", ["title"] = "Besök", ["responsible"] = new System.Text.Json.Nodes.JsonArray("SKR", "RK"), ["kind"] = "joint", ["due"] = new System.Text.Json.Nodes.JsonObject { ["scheduled"] = true }
        });
        var path = $"agreements/{(await host.As("officer").Post("agreements?sure=true", terms, ("Idempotency-Key", $"create-{name}"))).Is(201).Text("id")}";
        (await host.As("officer").Post($"{path}/signature", Posted.Signature(), ("Idempotency-Key", $"sign-{name}"))).Is(200);
        return path;
    }

    /// <summary>Several clients that send commands as fast as they are answered, and one that moves the clock.</summary>
    sealed class Load
    {
        readonly ConcurrentBag<Sent> sent = [];
        readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly Task all;
        volatile bool over;

        public Load(HostProcess host, string[] agreements, LocalDate today, int round, int seed) =>
            all = Task.WhenAll(Enumerable.Range(0, Clients).Select(n => Task.Run(() => Client(host, agreements, today, $"{round}-{n}", new Random(seed + n)))).Append(Task.Run(() => Clock(host, today))));

        /// <summary>Where the clock stood at the last move that was acknowledged.</summary>
        public LocalDate? Acknowledged { get; private set; }

        /// <summary>Goes on for a while after the first answer has come and the clock has moved.</summary>
        public async Task Until(TimeSpan after)
        {
            await Task.WhenAll(answered.Task, moved.Task).WaitAsync(TimeSpan.FromSeconds(30));
            await Task.Delay(after);
        }

        public async Task<IReadOnlyCollection<Sent>> Stopped()
        {
            over = true;
            await all.WaitAsync(TimeSpan.FromSeconds(90));
            return sent;
        }

        async Task Client(HostProcess host, string[] agreements, LocalDate today, string name, Random random)
        {
            for (var n = 0; !over; n++)
            {
                var (path, key) = (agreements[random.Next(agreements.Length)], $"load-{name}-{n}");
                var on = LocalDatePattern.Iso.Format(today.PlusDays(random.Next(100, 400)));
                var next = random.Next(4) switch
                {
                    0 => new Sent("finance", $"{path}/grant/adjustments", () => new { kind = "accrual", amount = 1.5m, period = new { from = "2014-01-01", to = "2014-12-31" }, reason = key }, key, key),
                    1 => new Sent("project-lead", $"{path}/documents", () => Posted.Form(Encoding.UTF8.GetBytes(key), "x.txt", ("title", key), ("kind", "report")), key, key),
                    2 => new Sent("project-lead", $"{path}/obligations/visit/schedule", () => new { on }, key, ""),
                    _ => new Sent("officer", $"{path}/obligations/information/completion", () => new { doneOn = "2014-06-13", note = key }, key, key)
                };
                sent.Add(next);
                if (await Answered(host, next) is not { } answer)
                    return;
                next.Answer = answer;
                answered.TrySetResult();
            }
        }

        async Task Clock(HostProcess host, LocalDate today)
        {
            for (var day = today.PlusDays(1); !over; day = day.PlusDays(1))
                try
                {
                    (await host.As("reader").Post("simulation/clock", new { now = LocalDatePattern.Iso.Format(day) })).Is(200);
                    Acknowledged = day;
                    moved.TrySetResult();
                }
                catch (HttpRequestException)
                {
                    return;
                }
        }
    }

    static async Task<WireAnswer?> Answered(HostProcess host, Sent it)
    {
        try
        {
            var answer = await host.As(it.Role).Post(it.Path, it.Body(), ("Idempotency-Key", it.Key));
            Assert.True(answer.Status is 200 or 201, $"{it.Path}: {answer.Text}");
            return answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // The folder or the account as the killed process left it. Answers how many reminders this round's agreements hold.
    static async Task<int> Whole(string data, string? storage, string[] agreements, IReadOnlyCollection<Sent> sent, string context)
    {
        using var stores = await Stores.Open(HostSettings.Read(["--data", data, .. storage is null ? (string[])[] : ["--storage", storage]], _ => null));
        await foreach (var id in stores.Events.ListAgreements())
        {
            var log = await stores.Events.ReadSince(id, 0);
            Assert.True(HashChain.FirstBreak(id, log) is null, $"{context}: the chain of {id} is broken");
            Once(log.Where(row => row.Type == "reminder-sent").Select(row => JsonElement.Parse(row.Data!)), $"{context}, {id}");
        }
        var texts = new Dictionary<string, string>();
        foreach (var path in agreements)
            texts[path] = string.Join('\n', (await stores.Events.ReadSince(AgreementId.Parse(path["agreements/".Length..]), 0)).Select(row => Encoding.UTF8.GetString(row.Data!)));
        foreach (var it in sent)
        {
            var found = it.Effect.Length == 0 ? 0 : Occurrences(texts[Agreement(it)], $"\"{it.Effect}\"");
            Assert.True(it.Effect.Length == 0 || found == 1 || found == 0 && it.Answer is null, $"{context}: {it.Key} stands {found} times in the log, acknowledged {it.Answer is not null}");
        }

        // What was committed and not yet shown when the process died is shown to the first who asks, and nothing else is amiss.
        // An account may still be doing what it was asked last: then it is looked at once more.
        int events;
        (IReadOnlyList<AgreementId> Behind, string Before, string After) shown;
        do
        {
            events = await Events(stores);
            await new KeptOverviews(stores.ReadModels, new(stores.Events, Guid.CreateVersion7), (id, e) => throw new InvalidOperationException($"{context}: {id}", e)).CatchUp();
            shown = (await stores.ReadModels.Behind(), await ReadModels(stores), "");
            await KeptOverviews.Rebuild(stores.ReadModels, stores.Events);
            shown.After = await ReadModels(stores);
        } while (await Events(stores) != events);
        Assert.Empty(shown.Behind);
        Assert.Equal(shown.Before, shown.After);
        return texts.Values.Sum(text => Occurrences(text, "\"plannedFor\""));
    }

    static async Task<int> Events(Stores stores)
    {
        var all = 0;
        await foreach (var id in stores.Events.ListAgreements())
            all += (await stores.Events.ReadSince(id, 0)).Count;
        return all;
    }

    // After the restart: every key again, acknowledged or not.
    static async Task<LocalDate> OneEffectEach(HostProcess host, string[] agreements, IReadOnlyCollection<Sent> sent, LocalDate? acknowledged, string context)
    {
        var now = InstantPattern.ExtendedIso.Parse((await host.As("reader").Get("simulation/clock")).Is(200).Text("now")!).Value.InUtc().Date;
        Assert.True(acknowledged is null || now >= acknowledged, $"{context}: the clock stands at {now}, though {acknowledged} was acknowledged");
        foreach (var it in sent)
        {
            var again = await Answered(host, it) ?? throw new Xunit.Sdk.XunitException($"{context}: no answer to {it.Key}");
            if (it is { Answer: { } first, Effect.Length: > 0 })
                Assert.Equal((first.Status, Path(first.Location), first.ETag, first.Text), (again.Status, Path(again.Location), again.ETag, again.Text));
        }
        now = now.PlusDays(1);
        (await host.As("reader").Post("simulation/clock", new { now = LocalDatePattern.Iso.Format(now) })).Is(200);
        foreach (var path in agreements)
        {
            var log = await host.As("admin").All($"{path}/events?limit=100");
            var text = string.Join('\n', log.Select(e => e.GetRawText()));
            foreach (var it in sent.Where(s => s.Effect.Length > 0 && Agreement(s) == path))
                Assert.True(Occurrences(text, $"\"{it.Effect}\"") == 1, $"{context}: {it.Key} does not stand once in the log");
            Once(log.Where(e => e.Text("type") == "reminder-sent").Select(e => e.At("data")), context);
            Assert.True((await host.As("admin").Get($"{path}/events/verification")).Is(200).Flag("valid"), context);
            // Nothing was left out either: whatever was never delivered has had every rung that has come.
            foreach (var obligation in (await host.As("admin").All($"{path}/obligations?limit=100")).Where(o => o.Text("key")!.StartsWith("due-", StringComparison.Ordinal)))
                foreach (var rung in obligation.At("reminders").EnumerateArray().Where(r => !r.Flag("skipped") && InstantPattern.ExtendedIso.Parse(r.Text("plannedFor")!).Value <= now.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()))
                    Assert.False(rung.IsNull("at"), $"{context}: {obligation.Text("key")} {rung}");
        }
        return now;
    }

    static void Once(IEnumerable<JsonElement> reminders, string context)
    {
        var keys = reminders.Select(r => $"{r.Text("obligation")} {r.Text("dueOn")} {r.Number("rung")}").ToList();
        Assert.True(keys.Distinct().Count() == keys.Count, $"{context}: a reminder went out twice");
    }

    static async Task<string> ReadModels(Stores stores)
    {
        var today = new LocalDate(2015, 1, 1);
        var all = new StringBuilder();
        for (var page = 1; ; page++)
        {
            var portfolio = await stores.ReadModels.Portfolio(new(today, null, true, null, null, null, page, 100));
            var deadlines = await stores.ReadModels.Deadlines(new(today, null, null, null, null, null, null, page, 100));
            if (portfolio.Rows.Count + deadlines.Rows.Count == 0)
                return all.ToString();
            foreach (var item in portfolio.Rows)
                all.AppendLine(JsonSerializer.Serialize(item, Json.Options));
            foreach (var row in deadlines.Rows)
                all.AppendLine(JsonSerializer.Serialize(row, Json.Options));
        }
    }

    static string Agreement(Sent it) => string.Join('/', it.Path.Split('/')[..2]);

    static string? Path(string? location) => location is null ? null : new Uri(location).AbsolutePath;

    static int Occurrences(string text, string sought) => text.Split(sought).Length - 1;
}
