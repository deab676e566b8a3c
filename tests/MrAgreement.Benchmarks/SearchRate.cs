using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Local;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Benchmarks;

/// <summary>A search over HTTP in ten thousand agreements with five documents each: what there is one of, two words, what every agreement has, and two letters.</summary>
sealed record SearchRate() : Benchmark("search", TimeSpan.FromMinutes(8))
{
    const int Agreements = 10_000;
    const int Documents = 5;
    const int AtOnce = 32;
    const int Times = 5;
    const int Turns = 9;
    const int MostMilliseconds = 50;

    static readonly string[] subjects = ["romer", "funktionsnedsättning", "barnets rättigheter", "likabehandling", "hatbrott", "samer", "äldre", "utbildning", "bostad", "hälsa"];
    static readonly LocalDate today = new(2014, 6, 20);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        var models = new KeptOverviews(stores.ReadModels, dossiers, (_, e) => throw e);
        await Parallel.ForEachAsync(Enumerable.Range(1, Agreements), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bound }, async (number, _) =>
        {
            var id = new AgreementId(Guid.NewGuid());
            await dossiers.Do(id, Role.Officer, new CreateAgreement(Trial.Terms2014(number)), Trial.Signed, bound);
            await dossiers.Sign(id, bound);
            await dossiers.Do(id, Role.Officer, new RegisterDocuments([.. Enumerable.Range(1, Documents).Select(i => Document(number, i))]), Trial.Signed, bound);
        });
        var begun = Stopwatch.GetTimestamp();
        await models.CatchUp(bound);
        var indexed = Stopwatch.GetElapsedTime(begun);
        var bytes = new FileInfo(Path.Combine(folder.Path, SqliteDatabase.FileName)).Length;
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, folder.Path, Storage: null, Demo: true, StockholmTime.Noon(today), Rebuild: false, Story: false), stores);
        await app.StartAsync(bound);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-officer");
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        connection.Open();

        var measured = new List<Measure>();
        foreach (var (what, words) in new[] { ("a diary number", "A2014/14185"), ("two words of some", "minnesanteckning hatbrott"), ("what every agreement has", "rapport"), ("two letters", "ra") })
        {
            Func<Task<double>>[] variants =
            [
                () => Rounds.Milliseconds(Times, async () => await http.GetByteArrayAsync($"/api/v1/search?q={Uri.EscapeDataString(words)}&limit=10", bound), bound),
                () => Rounds.Milliseconds(Times, () => Task.FromResult(Bare(connection, words)), bound)
            ];
            await Rounds.InTurn(2, variants);
            if (await Rounds.InTurn(Turns, variants) is not [var ours, var bare])
                throw new UnreachableException();
            measured.Add(new($"search: {what}, over HTTP", " ms", ours, new(MostMilliseconds, AtMost: true), $"{Bare(connection, words):N0} found"));
            measured.Add(new($"search: {what}, time by a bare query's", "", Rounds.Ratio(ours, bare), null, $"{Rounds.Median(bare):0.00} ms"));
        }
        measured.Add(new("search: lists of 10,000 agreements projected and written", " s", [indexed.TotalSeconds], null, $"{bytes / 1_000_000} MB of database"));
        return measured;
    }

    static RegisterDocument Document(int number, int i)
    {
        var bytes = BitConverter.GetBytes(number * Documents + i);
        return new(Guid.NewGuid(), $"{(i % 2 == 0 ? "Minnesanteckning" : "Rapport")} om {subjects[(number + i) % subjects.Length]} i kommun {number % 290}", "report",
            new($"{number}-{i}.pdf", "application/pdf", Sha256.Of(bytes), 1000), null, false, null);
    }

    // The same words in the same indices, nobody's sight asked, nothing put in order.
    static int Bare(SqliteConnection connection, string words)
    {
        var found = 0;
        foreach (var kind in Enum.GetValues<SearchKind>())
        {
            using var query = connection.CreateCommand();
            query.CommandText = $"SELECT rowid FROM found_{Json.NameOf(kind)} WHERE found_{Json.NameOf(kind)} MATCH ?1 LIMIT 1001";
            query.Parameters.Add(new SqliteParameter("?1", string.Join(" AND ", SearchWords.Of(words).Select(word => $"\"{word}\"*"))));
            using var row = query.ExecuteReader();
            while (row.Read())
                found++;
        }
        return found;
    }
}
