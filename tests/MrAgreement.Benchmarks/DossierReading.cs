using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Local;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Benchmarks;

/// <summary>An agreement of a thousand events, read and folded from nothing.</summary>
sealed record DossierReading() : Benchmark("reading", TimeSpan.FromMinutes(2))
{
    const int Events = 1000;
    const int Times = 50;
    const int Turns = 15;

    static readonly AgreementId agreement = new(new Guid("00000001-2014-4000-8000-000000000001"));

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        var now = await Live(new(stores.Events, Guid.CreateVersion7), bound);
        await using var app = await LocalHost.Build(new("http://127.0.0.1:0", PublicAddress: null, folder.Path, Storage: null, Demo: true, now, Rebuild: false, Story: false), stores);
        await app.StartAsync(bound);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "demo-officer") } };
        var url = $"{app.Urls.First()}/api/v1/agreements/{agreement}";
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT sequence, at, actor, type, data, digest, hash FROM events WHERE agreement = ?1 AND sequence > 0 ORDER BY sequence";
        query.Parameters.Add(new SqliteParameter("?1", agreement.Value.ToByteArray(bigEndian: true)));

        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(Times, async () => Whole(new Dossier(agreement).With(await stores.Events.ReadSince(agreement, 0, bound)).Sequence), bound),
            () => Rounds.Milliseconds(Times, () => Task.FromResult(Whole(Bare(query))), bound),
            () => Rounds.Milliseconds(Times, async () => await http.GetByteArrayAsync(url, bound), bound)
        ];
        await Rounds.InTurn(4, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var folded, var bare, var got])
            throw new UnreachableException();
        return
        [
            new($"reading: {Events} events folded, time by a bare read and parse", "", Rounds.Ratio(folded, bare), new(3, AtMost: true), $"{Rounds.Median(folded):0.00} ms by {Rounds.Median(bare):0.00} ms"),
            new("reading: GET of the agreement over HTTP, kept folded", " ms", got, null, "")
        ];
    }

    // Years of an agreement that is much used: costs adjusted and attested, dates set and extended, drafts sent and sent back, reminders.
    static async Task<Instant> Live(Dossiers dossiers, CancellationToken bound)
    {
        var today = new LocalDate(2014, 6, 13);
        await dossiers.Do(agreement, Role.Officer, new CreateAgreement(Trial.Terms2014(0)), Trial.Signed, bound);
        var it = await dossiers.Sign(agreement, bound);
        for (var i = 1; it.Sequence < Events; i++)
        {
            today = today.PlusDays(4);
            await dossiers.Advance(agreement, Now(), bound);
            var (number, version) = (it.Grant.Adjustments.Count + 1, it.Agreement.Obligations["action-plan"].Submissions.Count + 1);
            it = await Do(Role.Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kronor.Of(i), new(new(2014, 6, 13), today), null, $"Kostnad {i} enligt verifikation"));
            it = await Do(Role.Approver, new AttestAdjustment(number));
            if (it.Sequence < Events && i % 3 == 0)
                it = await Do(Role.Officer, new ScheduleObligation("annual-consultation-2017", new LocalDate(2018, 5, 2).PlusDays(i % 200)));
            if (it.Sequence < Events && i % 5 == 0)
                it = await Do(Role.Officer, new ExtendObligation("final-report", new LocalDate(2019, 9, 1).PlusDays(i), $"A2014/{i}"));
            if (it.Sequence < Events && i % 4 == 0)
                it = await Do(Role.ProjectLead, new CompleteObligation("documentation", today, $"Vägledning {i} spreds.", null));
        }
        return Now();

        Instant Now() => StockholmTime.Noon(today);

        Task<Dossier> Do(Role role, Command command) => dossiers.Do(agreement, role, command, Now(), bound);
    }

    static long Bare(SqliteCommand query)
    {
        var rows = new List<(long Sequence, long At, string Actor, string Type, JsonDocument Data, byte[] Digest, byte[] Hash)>();
        using var row = query.ExecuteReader();
        while (row.Read())
        {
            rows.Add((row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3),
                JsonDocument.Parse(row.GetFieldValue<byte[]>(4)), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6)));
        }
        rows.ForEach(r => r.Data.Dispose());
        return rows.Count;
    }

    static long Whole(long read) => read >= Events ? read : throw new InvalidOperationException($"{read} events were read, not {Events}.");
}
