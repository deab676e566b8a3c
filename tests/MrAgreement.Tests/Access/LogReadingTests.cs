using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Tests.EventSourcing;

namespace MrAgreement.Tests.Access;

/// <summary>A page of a log, read alone, shows what it would show of the whole.</summary>
public sealed class LogReadingTests
{
    static readonly AgreementId id = AgreementId();

    // One who shares sees their own alone; a stranger would see nothing.
    static readonly IReadOnlyList<Actor> all = [ProjectLead, Finance, Officer, Payer, Auditor, Reader, Admin, Stranger];

    readonly MemoryEventStore store = new();
    readonly LogReading reading;

    public LogReadingTests() => reading = new(store);

    async Task<Dossier> Kept(int rows)
    {
        foreach (var chunk in GoldenLife.Log.Take(rows).Chunk(Append.MaxEvents))
            await store.Append(new(Id(1), id, chunk[0].Sequence - 1, chunk, null));
        return new Dossier(id).With(GoldenLife.Log.Take(rows));
    }

    static bool IsWhole(Dossier it, Actor by, StoredEvent row) =>
        row.Data is { } data && EventJson.Read(row.Type, data) is var happened && Sight.Sees(it, by, happened)
            && (happened is not ArchivePackageMade made || it.Packages[made.Package] is { } package && PackageRules.Opens(it, by, package));

    [Fact]
    public async Task Every_page_shows_everybody_what_the_whole_log_would()
    {
        var dossier = await Kept(GoldenLife.Log.Count);
        foreach (var by in all)
        {
            var expected = GoldenLife.Log.Where(row => !Sight.Hides(dossier, by, row)).Select(row => row.Sequence).ToList();
            foreach (var take in new[] { 1, 3, 7, 100 })
            {
                var read = new List<long>();
                for (var skip = 0; skip < expected.Count + take; skip += take)
                {
                    var (rows, total) = await reading.Page(dossier, by, skip, take);
                    Assert.Equal(expected.Count, total);
                    read.AddRange(rows.Select(row => row.Sequence));
                }
                Assert.Equal(expected, read);
            }
        }
        Assert.NotEqual(GoldenLife.Log.Count, (await reading.Page(dossier, Finance, 0, 1)).Total);
    }

    [Fact]
    public async Task Hashes_are_shown_as_far_as_every_row_before_is_seen_whole_on_every_day()
    {
        await Kept(GoldenLife.Log.Count);
        for (var until = 1; until <= GoldenLife.Log.Count; until++)
        {
            var (log, dossier) = (GoldenLife.Log.Take(until).ToList(), new Dossier(id).With(GoldenLife.Log.Take(until)));
            foreach (var by in all)
            {
                var seen = log.TakeWhile(row => IsWhole(dossier, by, row)).Count();
                var sight = await reading.For(dossier, by);
                Assert.Equal(Enumerable.Range(0, until).Select(i => i < seen ? log[i].Hash : (Sha256?)null), log.Select(sight.HashOf));
                Assert.Equal(log.Select(row => row.Sequence <= seen || IsWhole(dossier, by, row) && row.Type != "archive-package-made"), log.Select(sight.SeesWhole));
            }
        }
    }

    [Fact]
    public async Task Of_salted_rows_every_hash_is_shown_and_no_salt_without_all_of_its_payload()
    {
        var (hash, rows) = (HashChain.Start(id), new List<StoredEvent>());
        foreach (var row in GoldenLife.Log)
        {
            rows.Add(HashChain.Next(hash, row.Sequence, row.At, row.Actor, row.Type, row.Data!, new([.. new byte[14], (byte)(row.Sequence >> 8), (byte)row.Sequence])));
            hash = rows[^1].Hash;
        }
        foreach (var chunk in rows.Chunk(Append.MaxEvents))
            await store.Append(new(Id(1), id, chunk[0].Sequence - 1, chunk, null));
        var dossier = new Dossier(id).With(rows);
        foreach (var by in all)
        {
            var sight = await reading.For(dossier, by);
            Assert.All(rows, row => Assert.Equal((row.Hash, row.Digest), (sight.HashOf(row), sight.DigestOf(row))));
            Assert.Equal(rows.Select(row => IsWhole(dossier, by, row)), rows.Select(row => sight.SaltOf(row) is not null));
            Assert.All(rows.Where(row => sight.SaltOf(row) is not null), row => Assert.Equal(row.Data, sight.DataOf(row)));
        }
    }

    [Fact]
    public async Task Of_a_log_that_was_looked_into_before_a_page_reads_its_own_rows_and_no_other()
    {
        var dossier = await Kept(40);
        await reading.For(dossier, Officer);
        store.RowsRead.Clear();

        var (rows, total) = await reading.Page(dossier, Officer, 16, 4);

        Assert.Equal((4, 40), (rows.Count, total));
        Assert.Equal(rows.Select(row => row.Sequence), store.RowsRead);
    }

    [Fact]
    public async Task A_log_that_was_set_back_and_went_on_is_looked_into_anew()
    {
        var dossier = await Kept(40);
        await reading.For(dossier, Officer);
        var rows = new List<StoredEvent>();
        store.SetBack(id, 3);
        var last = GoldenLife.Log[2];
        rows.Add(HashChain.Next(last.Hash, 4, last.At, Officer.Id, "internal-note-written", EventJson.Write(new InternalNoteWritten("mapping-report", null, "Stäm av", "RK"))));
        await store.Append(new(Id(2), id, 3, rows, null));
        var other = new Dossier(id).With([.. GoldenLife.Log.Take(3), .. rows]);

        Assert.Equal(3, (await reading.Page(other, Finance, 0, 100)).Total);
        Assert.Equal(4, (await reading.Page(other, Officer, 0, 100)).Total);
        Assert.Null((await reading.For(other, Finance)).HashOf(rows[0]));
    }
}
