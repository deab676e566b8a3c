using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>Opening and reopening: what is refused is left as it is, and what was acknowledged is there.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    const int UserVersionAt = 60, ApplicationIdAt = 68;

    // Of what hosts keep, earlier versions had nothing but settings.
    const string Former = "ALTER TABLE events DROP COLUMN salt; DROP TABLE kept; CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID; INSERT INTO settings VALUES ('clock', '2016-02-15 åäö');";

    readonly TemporaryFolder folder = new();

    string Database => folder[SqliteDatabase.FileName];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_that_killed_processes_have_left_go_and_those_that_are_held_or_new_stay()
    {
        var prefix = $"mragreement-left-{Path.GetRandomFileName()}-";
        string Made(bool old)
        {
            var made = Directory.CreateTempSubdirectory(prefix).FullName;
            File.WriteAllText(Path.Combine(made, SqliteDatabase.LockFileName), "");
            File.SetLastWriteTimeUtc(Path.Combine(made, SqliteDatabase.LockFileName), DateTime.UtcNow.AddHours(old ? -2 : 0));
            return made;
        }
        var (left, held, young) = (Made(old: true), Made(old: true), Made(old: false));
        using var holding = new FileStream(Path.Combine(held, SqliteDatabase.LockFileName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var own = StoreFolder.Temporary(prefix, SqliteDatabase.LockFileName);

        Assert.Equal([false, true, true, true], new[] { left, held, young, own }.Select(Directory.Exists));
        foreach (var mine in new[] { held, young, own })
            Directory.Delete(mine, recursive: true);
    }

    [Fact]
    public async Task What_was_written_is_there_after_closing_and_opening()
    {
        await Fill(3);
        Assert.Equal(3, await Count(folder.Path));
        Assert.Equal([Database, folder[SqliteDatabase.LockFileName]], Directory.GetFiles(folder.Path).Order());
    }

    [Fact]
    public async Task An_acknowledged_append_is_there_in_the_files_as_they_lie()
    {
        using var database = SqliteDatabase.Open(folder.Path);
        var last = (StoredEvent?)null;
        foreach (var copied in new[] { 1, 2, 3 })
        {
            var append = Stored.Append(Stored.Agreement(), last);
            await new SqliteEventStore(database).Append(append, Cancellation);
            last = append.Events[0];

            using var copy = new TemporaryFolder();
            File.Copy(Database, copy[SqliteDatabase.FileName]);
            File.Copy(Database + "-wal", copy[SqliteDatabase.FileName + "-wal"]);
            Assert.Equal(copied, await Count(copy.Path));
        }
    }

    [Fact]
    public async Task Whatever_a_killed_process_was_told_is_there_and_its_folder_is_free()
    {
        using var other = await AnotherProcess.Holding(folder.Path);
        Assert.Contains("in use", Refused().Message, StringComparison.Ordinal);

        var told = await other.Kill(after: 500);

        Assert.InRange(told, 1, int.MaxValue);
        Assert.InRange(await Count(folder.Path), told, told + 1);
    }

    [Fact]
    public async Task A_folder_that_is_open_already_is_refused_and_works_on()
    {
        using var database = SqliteDatabase.Open(folder.Path);

        Assert.Contains("in use", Refused().Message, StringComparison.Ordinal);

        Assert.Equal(AppendOutcome.Appended, await new SqliteEventStore(database).Append(Stored.Append(Stored.Agreement(), null), Cancellation));
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_refused()
    {
        File.WriteAllBytes(folder["file"], [1]);

        var refused = Assert.Throws<StoreRefusedException>(() => SqliteDatabase.Open(folder["file/below"]));

        Assert.Contains("can't be written", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(folder["file"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(50_000)]
    public void A_file_that_is_no_database_is_refused_and_left_alone(int size)
    {
        File.WriteAllBytes(Database, [.. Enumerable.Range(0, size).Select(i => (byte)(i % 251))]);

        LeftAlone(() => Assert.Contains("not a SQLite database", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        using (var foreign = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            foreign.Open();
            using var command = foreign.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE bookmarks (title TEXT)";
            command.ExecuteNonQuery();
        }

        LeftAlone(() => Assert.Contains("another program", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_of_another_programs_mark_is_refused_and_left_alone()
    {
        await Fill(1);
        Patch(ApplicationIdAt, 0x47504B47);

        LeftAlone(() => Assert.Contains("another program", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        await Fill(1);
        Patch(UserVersionAt, SqliteSchema.Version + 1);

        LeftAlone(() => Assert.Contains("newer MrAgreement", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_of_the_first_version_is_brought_up_to_date_and_its_agreements_are_behind()
    {
        await Fill(3);
        using (var database = SqliteDatabase.Open(folder.Path))
            await database.Write(session => session.Execute($"DROP INDEX heads_behind; ALTER TABLE heads DROP COLUMN shown; DROP TABLE turns; DROP TRIGGER due_inserted; DROP TRIGGER due_updated; DROP TRIGGER due_deleted; DROP TABLE due_counts; {Former} PRAGMA user_version = 1"), Cancellation);

        for (var opened = 0; opened < 2; opened++)
        {
            using var database = SqliteDatabase.Open(folder.Path);
            Assert.Equal([Stored.Agreement()], await new SqliteReadModels(database).Behind(Cancellation));
            Assert.Equal("2016-02-15 åäö", await new SqliteKeptRecords(database).Setting("clock", Cancellation));
        }
        Assert.Equal(3, await Count(folder.Path));
    }

    [Fact]
    public async Task Read_models_of_an_older_shape_are_made_anew_and_every_agreement_is_behind()
    {
        await Fill(3);
        using (var database = SqliteDatabase.Open(folder.Path))
        {
            await new SqliteReadModels(database).Write([new(3, Stored.Portfolio(), [Stored.Due(1, "a", Stored.Today)], [])], Cancellation);
            await database.Write(session => session.Execute($"DROP TABLE turns; DROP TRIGGER due_inserted; DROP TRIGGER due_updated; DROP TRIGGER due_deleted; DROP TABLE due_counts; ALTER TABLE portfolio DROP COLUMN title_order; {Former} PRAGMA user_version = 2"), Cancellation);
        }

        using var upgraded = SqliteDatabase.Open(folder.Path);
        var models = new SqliteReadModels(upgraded);
        Assert.Equal([Stored.Agreement()], await models.Behind(Cancellation));
        await models.Write([new(3, Stored.Portfolio(), [], [Stored.WorkItem(1, "a", null)])], Cancellation);
        Assert.Empty(await models.Behind(Cancellation));
    }

    [Theory]
    [InlineData("UPDATE found_document_config SET v = 99 WHERE k = 'version'")]
    [InlineData("UPDATE found_document_config SET v = 0 WHERE k = 'secure-delete'")]
    [InlineData("UPDATE found_document_data SET block = x'00' WHERE id = (SELECT max(id) FROM found_document_data)")]
    [InlineData("DELETE FROM found_document_data")]
    [InlineData("DROP TABLE found")]
    [InlineData("DROP TABLE due_counts")]
    [InlineData("DROP TABLE portfolio")]
    public async Task Lists_and_an_index_that_can_t_be_read_are_made_anew_and_stop_nothing(string damage)
    {
        await Fill(3);
        using (var database = SqliteDatabase.Open(folder.Path))
        {
            await new SqliteReadModels(database).Write([new(3, Stored.Portfolio(), [], [], [], [], [new SearchRow(SearchKind.Document, "1", ["rapport"], ["SKR"])])], Cancellation);
            await database.Write(session => session.Execute(damage), Cancellation);
        }
        using var opened = SqliteDatabase.Open(folder.Path);
        Assert.True(opened.HasListsAnew);
        var models = new SqliteReadModels(opened);
        Assert.Equal([Stored.Agreement()], await models.Behind(Cancellation));
        Assert.Empty(Assert.Single(await models.Search(new([SearchKind.Document], ["ra"], null, 0, 10), Cancellation)).Hits);
        await models.Write([new(3, Stored.Portfolio(), [], [], [], [], [new SearchRow(SearchKind.Document, "1", ["rapport"], ["SKR"])])], Cancellation);
        Assert.Single(Assert.Single(await models.Search(new([SearchKind.Document], ["ra"], null, 0, 10), Cancellation)).Hits);
        Assert.Equal(3, (await new SqliteEventStore(opened).ReadSince(Stored.Agreement(), 0, Cancellation)).Count);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("heads")]
    [InlineData("answers")]
    [InlineData("kept")]
    public async Task A_database_without_a_table_that_nothing_can_make_anew_is_not_opened(string table)
    {
        await Fill(1);
        using (var database = SqliteDatabase.Open(folder.Path))
            await database.Write(session => session.Execute($"DROP TABLE {table}"), Cancellation);
        Assert.Contains($"the table {table} is missing", Assert.Throws<StoreRefusedException>(() => SqliteDatabase.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task A_database_from_before_one_could_search_in_it_or_for_two_letters_is_brought_up_to_date_and_what_is_no_longer_found_is_out_of_its_file(int version)
    {
        await Fill(3);
        var (hidden, document) = ("räksmörgåsen", new SearchRow(SearchKind.Document, "1", ["räksmörgåsen"], ["SKR"]));
        using (var database = SqliteDatabase.Open(folder.Path))
        {
            await new SqliteReadModels(database).Write([new(3, Stored.Portfolio(), [], [])], Cancellation);
            await database.Write(session => session.Execute($"{SearchTable.Drop} {(version == 10 ? "" : SearchTable.Create.Replace("prefix = '2',", "", StringComparison.Ordinal))} PRAGMA user_version = {version}"), Cancellation);
        }
        using (var upgraded = SqliteDatabase.Open(folder.Path))
        {
            var models = new SqliteReadModels(upgraded);
            Assert.Equal([Stored.Agreement()], await models.Behind(Cancellation));
            AgreementRows Rows(params IReadOnlyList<SearchRow> found) => new(3, Stored.Portfolio(), [], [], [], [], found);
            await models.Write([Rows([.. Enumerable.Range(2, 500).Select(i => document with { Subject = $"{i}", Words = [$"ord{i}"] }), document])], Cancellation);
            Assert.Equal("1", Assert.Single(Assert.Single(await models.Search(new([SearchKind.Document], ["rä"], null, 0, 10), Cancellation)).Hits).Subject);
            await upgraded.WriteBack(Cancellation);
            Assert.True(IsInFile());
            await models.Write([Rows([.. Enumerable.Range(2, 500).Select(i => document with { Subject = $"{i}", Words = [$"ord{i}"] })])], Cancellation);
            await upgraded.WriteBack(Cancellation);
            Assert.False(IsInFile());
        }

        bool IsInFile() => Directory.EnumerateFiles(folder.Path).Any(file => !file.EndsWith("lock", StringComparison.Ordinal) && System.Text.Encoding.UTF8.GetString(ReadShared(file)).Contains(hidden[1..], StringComparison.Ordinal));

        static byte[] ReadShared(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    [Fact]
    public async Task Rows_of_a_database_from_before_there_were_salts_are_read_on_and_salted_ones_follow()
    {
        await Fill(3);
        IReadOnlyList<StoredEvent> before;
        using (var database = SqliteDatabase.Open(folder.Path))
        {
            before = await new SqliteEventStore(database).ReadSince(Stored.Agreement(), 0, Cancellation);
            await database.Write(session => session.Execute("ALTER TABLE events DROP COLUMN salt; PRAGMA user_version = 7"), Cancellation);
        }

        using var upgraded = SqliteDatabase.Open(folder.Path);
        var events = new SqliteEventStore(upgraded);
        Assert.Equivalent(before, await events.ReadSince(Stored.Agreement(), 0, Cancellation), strict: true);
        var salted = HashChain.Next(before[^1].Hash, 4, before[^1].At, Stored.Person, "report-submitted", "{}"u8.ToArray(), new Salt(new byte[16]));
        Assert.Equal(AppendOutcome.Appended, await events.Append(new(Stored.AppendId(9), Stored.Agreement(), 3, [salted], null), Cancellation));
        Assert.Null(HashChain.FirstBreak(Stored.Agreement(), await events.ReadSince(Stored.Agreement(), 0, Cancellation)));
    }

    [Fact]
    public async Task A_newer_version_that_only_the_write_ahead_log_knows_is_refused()
    {
        using var copy = new TemporaryFolder();
        using (var database = SqliteDatabase.Open(folder.Path))
        {
            await database.Write(session => session.Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}"), Cancellation);
            File.Copy(Database, copy[SqliteDatabase.FileName]);
            File.Copy(Database + "-wal", copy[SqliteDatabase.FileName + "-wal"]);
        }
        var before = await File.ReadAllBytesAsync(copy[SqliteDatabase.FileName + "-wal"], Cancellation);

        Assert.Contains("newer MrAgreement", Assert.Throws<StoreRefusedException>(() => SqliteDatabase.Open(copy.Path)).Message, StringComparison.Ordinal);

        Assert.Equal(before, await File.ReadAllBytesAsync(copy[SqliteDatabase.FileName + "-wal"], Cancellation));
    }

    [Fact]
    public async Task A_damaged_database_is_refused_and_left_alone()
    {
        await Fill(200);
        var bytes = await File.ReadAllBytesAsync(Database, Cancellation);
        RandomNumberGenerator.Fill(bytes.AsSpan(bytes.Length / 2, 8192));
        await File.WriteAllBytesAsync(Database, bytes, Cancellation);

        LeftAlone(() => Assert.Contains("damaged", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_was_cut_off_is_refused_and_left_alone()
    {
        await Fill(200);
        using (var file = File.OpenWrite(Database))
            file.SetLength(file.Length / 2);

        LeftAlone(() => Assert.Contains("damaged", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_ahead_log_without_its_database_is_not_given_to_a_new_one()
    {
        await File.WriteAllBytesAsync(Database + "-wal", [1, 2, 3], Cancellation);

        LeftAlone(() => Assert.Contains("is missing", Refused().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_crash_left_of_a_first_opening_is_made_anew()
    {
        await File.WriteAllBytesAsync(Database + ".new", [1, 2, 3], Cancellation);
        await File.WriteAllBytesAsync(Database + ".new-journal", [1, 2, 3], Cancellation);

        Assert.Equal(0, await Count(folder.Path));
    }

    [Fact]
    public async Task A_folder_may_have_any_name()
    {
        var odd = folder["å 100% #1 ?a=b&c;d"];
        SqliteDatabase.Open(odd).Dispose();

        Assert.Equal(0, await Count(odd));
        Assert.True(File.Exists(Path.Combine(odd, SqliteDatabase.FileName)));
    }

    [Fact]
    public async Task The_disk_is_waited_for_at_every_commit()
    {
        using var database = SqliteDatabase.Open(folder.Path);

        Assert.Equal(2L, await database.Write(session => session.Scalar("PRAGMA synchronous"), Cancellation));
        Assert.Equal("wal", await database.Write(session => session.Scalar("PRAGMA journal_mode"), Cancellation));
    }

    StoreRefusedException Refused()
    {
        var refused = Assert.Throws<StoreRefusedException>(() => SqliteDatabase.Open(folder.Path));
        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
        return refused;
    }

    // Every file byte for byte, and no file besides but the lock.
    void LeftAlone(Action opening)
    {
        var before = Contents();
        opening();
        Assert.Equal(before, Contents());

        Dictionary<string, string> Contents() => Directory.GetFiles(folder.Path)
            .Where(f => Path.GetFileName(f) != SqliteDatabase.LockFileName)
            .ToDictionary(f => f, f => Sha256.Of(File.ReadAllBytes(f)).ToString());
    }

    void Patch(int offset, int value)
    {
        using var file = File.OpenWrite(Database);
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        file.Seek(offset, SeekOrigin.Begin);
        file.Write(bytes);
    }

    async Task Fill(int events)
    {
        using var database = SqliteDatabase.Open(folder.Path);
        var last = (StoredEvent?)null;
        for (var i = 0; i < events; i += 1)
        {
            var append = new Append(Stored.AppendId(), Stored.Agreement(), i, Stored.Events(Stored.Agreement(), last, 1, size: 300), null);
            Assert.Equal(AppendOutcome.Appended, await new SqliteEventStore(database).Append(append, Cancellation));
            last = append.Events[0];
        }
    }

    static async Task<int> Count(string folder)
    {
        using var database = SqliteDatabase.Open(folder);
        var log = await new SqliteEventStore(database).ReadSince(Stored.Agreement(), 0, Cancellation);
        Assert.Null(HashChain.FirstBreak(Stored.Agreement(), log));
        return log.Count;
    }
}
