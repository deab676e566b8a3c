using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Local;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Benchmarks;

/// <summary>A statement over a very large imported ledger, opened with its checks: totals are kept at import, no row is read.</summary>
sealed record StatementOpening() : Benchmark("statement", TimeSpan.FromMinutes(9))
{
    const int Vouchers = 500_000;
    const int RowsEach = 3;
    const int Gets = 100;

    // So many that a round is long beside a slice of the processor's time.
    const int Times = 3000;
    const int Turns = 15;

    static readonly AgreementId agreement = new(new Guid("00000001-2014-4000-8000-000000000001"));

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        await dossiers.Do(agreement, Role.Officer, new CreateAgreement(Trial.Terms2014(0)), Trial.Signed, bound);
        await dossiers.Sign(agreement, bound);
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, folder.Path, Storage: null, Demo: true, StockholmTime.Noon(new(2016, 5, 10)), Rebuild: false, Story: false), stores);
        await app.StartAsync(bound);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "demo-finance") }, Timeout = Timeout.InfiniteTimeSpan };
        var grant = $"{app.Urls.First()}/api/v1/agreements/{agreement}/grant";
        var import = Stopwatch.StartNew();
        await Import(http, grant, Path.Combine(folder.Path, "ledger.se"), bound);
        var imported = import.Elapsed;
        (await http.PostAsJsonAsync($"{grant}/statements", new { kind = "annual" }, bound)).EnsureSuccessStatusCode();

        var read = (await dossiers.Read(agreement, bound))!;
        using var events = Open(folder.Path, SqliteDatabase.FileName);
        using var one = Query(events, "SELECT data FROM events WHERE agreement = ?1 AND sequence = ?2",
            new("?1", agreement.Value.ToByteArray(bigEndian: true)), new("?2", read.Grant.Statements[0].Sequence));
        await using var bareApp = await BareApp(() => (byte[])one.ExecuteScalar()!, bound);
        using var ledger = Open(folder.Path, SqliteLedgerRows.FileName);
        using var all = Query(ledger, "SELECT account, substr(date, 1, 4), sum(amount), count(*) FROM ledger_rows GROUP BY 1, 2");

        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(Times, async () => Opened((await dossiers.Read(agreement, bound))!), bound),
            () => Rounds.Milliseconds(Times, () => Task.FromResult(Bare(one)), bound),
            () => Rounds.Milliseconds(Times, () => Task.FromResult(Opened(read)), bound),
            () => Rounds.Milliseconds(Gets, async () => await http.GetByteArrayAsync($"{grant}/statements/1", bound), bound),
            () => Rounds.Milliseconds(Gets, async () => await http.GetByteArrayAsync(bareApp.Urls.Single(), bound), bound)
        ];
        await Rounds.InTurn(4, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var opened, var bare, var figures, var got, var bareGot])
            throw new UnreachableException();
        var cold = await Rounds.InTurn(5, () => Rounds.Milliseconds(1, async () => Opened((await new Dossiers(stores.Events, Guid.CreateVersion7).Read(agreement, bound))!), bound));
        var summed = await Rounds.InTurn(3, () => Rounds.Milliseconds(1, () => Task.FromResult(Summed(all)), bound));
        return
        [
            new($"statement: opened over {Vouchers * RowsEach / 1e6:0.0} million rows, time by one indexed read", "", Rounds.Ratio(opened, bare), new(2, AtMost: true),
                $"{Rounds.Median(opened):0.000} ms by {Rounds.Median(bare):0.000} ms; its checks {Rounds.Median(figures):0.000} ms; imported in {imported.TotalSeconds:0} s"),
            new("statement: the same over HTTP, by a bare host that reads the one event", "", Rounds.Ratio(got, bareGot), null, $"{Rounds.Median(got):0.000} ms by {Rounds.Median(bareGot):0.000} ms"),
            new("statement: opened with its log folded from nothing", " ms", cold[0], null, "as after a restart"),
            new("statement: what summing the rows would take", " ms", summed[0], null, "bare SQL; no request does it")
        ];
    }

    static async Task Import(HttpClient http, string grant, string file, CancellationToken bound)
    {
        Fill(file);
        await using var stream = File.OpenRead(file);
        using var form = new MultipartFormDataContent { { new StreamContent(stream), "file", "ledger.se" }, { new StringContent("P 1"), "project" } };
        using var answer = await http.PostAsync($"{grant}/ledger-imports", form, bound);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(bound));
    }

    // Every row is the project's: 40 accounts of costs, the bank and the value added tax, on every day of the year.
    static void Fill(string file)
    {
        using var to = new StreamWriter(file, append: false, Encoding.ASCII, 1 << 16);
        to.WriteLine("#FLAGGA 0\n#PROGRAM \"Exempel\" 1.0\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 222000-0315\n#RAR 0 20150101 20151231\n#DIM 6 \"Projekt\"\n#OBJEKT 6 \"P 1\" \"Projekt\"");
        for (var i = 0; i < Vouchers; i++)
        {
            var day = new DateOnly(2015, 1, 1).AddDays(i % 365).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            var whole = 1 + (i % 997);
            to.Write(string.Create(CultureInfo.InvariantCulture,
                $"#VER A {i + 1} {day}\n{{\n#TRANS {5000 + (i % 40)} {{6 \"P 1\"}} {whole}.50\n#TRANS 2640 {{6 \"P 1\"}} 100.00\n#TRANS 1930 {{6 \"P 1\"}} -{whole + 100}.50\n}}\n"));
        }
    }

    static int Opened(Dossier it)
    {
        var statement = it.Grant.Statements[0];
        var checks = StatementChecks.Of(statement, it).Count(check => check.Outcome == Outcome.Ok);
        if (statement.Content.Costs.IsZero || checks < 3)
            throw new InvalidOperationException($"The statement of {statement.Content.Costs} passes {checks} checks.");
        return checks;
    }

    static int Bare(SqliteCommand query)
    {
        using var data = JsonDocument.Parse((byte[])query.ExecuteScalar()!);
        return data.RootElement.GetProperty("number").GetInt32();
    }

    static async Task<WebApplication> BareApp(Func<byte[]> read, CancellationToken bound)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => Results.Bytes(read(), "application/json"));
        await app.StartAsync(bound);
        return app;
    }

    static long Summed(SqliteCommand query)
    {
        var rows = 0L;
        using var row = query.ExecuteReader();
        while (row.Read())
            rows += row.GetInt64(3);
        return rows == Vouchers * RowsEach ? rows : throw new InvalidOperationException($"{rows} rows were imported, not {Vouchers * RowsEach}.");
    }

    static SqliteConnection Open(string folder, string name)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, name)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    static SqliteCommand Query(SqliteConnection connection, string sql, params SqliteParameter[] values)
    {
        var query = connection.CreateCommand();
        query.CommandText = sql;
        query.Parameters.AddRange(values);
        return query;
    }
}
