namespace MrAgreement.Storage.Sqlite;

/// <summary>The tables of the database file, and the marks by which we know it as ours.</summary>
/// <remarks>
/// Agreement ids are 16 bytes (big endian, so that their order is that of
/// their text), instants are milliseconds since 1970, dates are ISO text,
/// party lists are <c>|SKR|RK|</c>.
/// </remarks>
static class SqliteSchema
{
    /// <summary>"MrAg" in the file's header.</summary>
    public const int ApplicationId = 0x4D724167;
    public const int Version = 13;

    /// <summary>In bytes. A command changes a few hundred bytes of a handful of pages, each of which is written whole. A file from before
    /// keeps its own (4096).</summary>
    public const int PageSize = 1024;

    /// <summary>What is still owed. Written the same in the partial indices and in the queries, or SQLite does not use the index.</summary>
    public const string Outstanding = "status NOT IN ('submitted', 'done', 'waived')";

    /// <summary>The log has events that the read models do not show. Written the same in the partial index and in the query.</summary>
    public const string Behind = "sequence > shown";

    const string IndexOfBehind = $"CREATE INDEX heads_behind ON heads (agreement) WHERE {Behind};";

    const string CountIn = """
        INSERT INTO due_counts VALUES (new.effective_due_on, new.status, new.parties, new.responsible, ifnull(new.recipient, ''), 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
        """;

    const string Old = "(effective_due_on, status, parties, responsible, recipient) = (old.effective_due_on, old.status, old.parties, old.responsible, ifnull(old.recipient, ''))";
    const string CountOut = $"UPDATE due_counts SET number = number - 1 WHERE {Old}; DELETE FROM due_counts WHERE {Old} AND number = 0;";

    // The summary stands last, so that a search does not read it, and a count reads the narrow index.
    // A turn without a date has the calendar's last, so that it comes last.
    const string ReadModels = $"""
        CREATE TABLE portfolio (
            agreement BLOB NOT NULL PRIMARY KEY,
            diary_number TEXT NOT NULL,
            title TEXT NOT NULL,
            status TEXT NOT NULL,
            parties TEXT NOT NULL,
            search TEXT NOT NULL,
            title_order TEXT NOT NULL,
            remaining INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            summary BLOB NOT NULL
        ) STRICT;
        CREATE INDEX portfolio_by_parties ON portfolio (parties, status, agreement);
        CREATE INDEX portfolio_by_change ON portfolio (changed_at, diary_number, agreement);

        CREATE TABLE due (
            agreement BLOB NOT NULL,
            key TEXT NOT NULL,
            title TEXT NOT NULL,
            due_on TEXT NOT NULL,
            effective_due_on TEXT NOT NULL,
            status TEXT NOT NULL,
            responsible TEXT NOT NULL,
            recipient TEXT,
            parties TEXT NOT NULL,
            diary_number TEXT NOT NULL,
            takes_place_on TEXT
        ) STRICT;
        CREATE UNIQUE INDEX due_by_key ON due (agreement, key);
        CREATE INDEX due_by_date ON due (effective_due_on, diary_number, agreement, key, parties);
        CREATE INDEX due_outstanding ON due (effective_due_on, diary_number, agreement, key, parties) WHERE {Outstanding};
        CREATE INDEX due_outstanding_by_agreement ON due (agreement, effective_due_on, key) WHERE {Outstanding};

        -- How many rows of due are alike in all that lists are filtered by, so that a list of 160,000 need not be counted row by row. Kept by the triggers alone.
        CREATE TABLE due_counts (
            effective_due_on TEXT NOT NULL,
            status TEXT NOT NULL,
            parties TEXT NOT NULL,
            responsible TEXT NOT NULL,
            recipient TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (effective_due_on, status, parties, responsible, recipient)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER due_inserted AFTER INSERT ON due BEGIN {CountIn} END;
        CREATE TRIGGER due_deleted AFTER DELETE ON due BEGIN {CountOut} END;
        CREATE TRIGGER due_updated AFTER UPDATE ON due
        WHEN (old.effective_due_on, old.status, old.parties, old.responsible, old.recipient) IS NOT (new.effective_due_on, new.status, new.parties, new.responsible, new.recipient)
        BEGIN {CountOut} {CountIn} END;

        CREATE TABLE turns (
            agreement BLOB NOT NULL,
            diary_number TEXT NOT NULL,
            party TEXT NOT NULL,
            role TEXT NOT NULL,
            act TEXT NOT NULL,
            subject TEXT NOT NULL,
            title TEXT NOT NULL,
            note TEXT,
            from_on TEXT NOT NULL,
            due_on TEXT NOT NULL,
            not_by TEXT,
            amount TEXT
        ) STRICT;
        CREATE INDEX turns_by_agreement ON turns (agreement);
        CREATE INDEX turns_waiting ON turns (party, role, due_on, diary_number, agreement, from_on, not_by);

        -- What is to be paid, or is to come back. Amounts are öre, as text.
        CREATE TABLE money (
            agreement BLOB NOT NULL,
            kind TEXT NOT NULL,
            number TEXT NOT NULL,
            diary_number TEXT NOT NULL,
            seen_by TEXT NOT NULL,
            day TEXT NOT NULL,
            left TEXT NOT NULL,
            party TEXT NOT NULL,
            reference TEXT,
            data TEXT NOT NULL
        ) STRICT;
        CREATE INDEX money_by_agreement ON money (agreement);
        CREATE INDEX money_by_day ON money (kind, day, diary_number, agreement, number);

        -- Money by appropriation and year, as those see it who are named. Amounts are öre, as text.
        CREATE TABLE appropriations (
            agreement BLOB NOT NULL,
            place TEXT NOT NULL,
            year TEXT NOT NULL,
            seen_by TEXT NOT NULL,
            diary_number TEXT NOT NULL,
            title TEXT NOT NULL,
            appropriation TEXT NOT NULL,
            decided TEXT NOT NULL,
            conditional TEXT NOT NULL,
            requisitioned TEXT NOT NULL,
            paid TEXT NOT NULL,
            used TEXT NOT NULL,
            returned TEXT NOT NULL,
            whole TEXT NOT NULL
        ) STRICT;
        CREATE INDEX appropriations_by_agreement ON appropriations (agreement);
        CREATE INDEX appropriations_by_place ON appropriations (place, year, diary_number, agreement);

        -- What everybody may read, and signs of what is gone.
        CREATE TABLE published (
            agreement BLOB NOT NULL,
            kind TEXT NOT NULL,
            number TEXT NOT NULL,
            at TEXT NOT NULL,
            data TEXT NOT NULL
        ) STRICT;
        CREATE INDEX published_by_agreement ON published (agreement, number);
        CREATE INDEX published_by_time ON published (kind, at, agreement, number);
        """;

    // In the order of their bytes, as keys are compared here.
    const string Kept = """
        CREATE TABLE kept (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            data BLOB NOT NULL,
            etag TEXT NOT NULL,
            expires INTEGER,
            PRIMARY KEY (kind, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX kept_by_expiry ON kept (kind, expires) WHERE expires IS NOT NULL;
        """;

    const string SettingsAreKept = $"""
        {Kept}
        INSERT INTO kept (kind, key, data, etag) SELECT 'settings', name, CAST(value AS BLOB), lower(hex(randomblob(16))) FROM settings;
        DROP TABLE settings;
        """;

    /// <summary>What is made of the logs, and can be made anew.</summary>
    public static readonly IReadOnlyList<string> Lists = ["portfolio", "due", "due_counts", "turns", "money", "appropriations", "published"];

    /// <summary>What nothing can make anew.</summary>
    public static IReadOnlyList<string> Kernel(int version) => ["events", "heads", "answers", version < 7 ? "settings" : "kept"];

    /// <summary>From an older version, or from one whose lists can't be read. The read models are made anew in this version's shape, and
    /// every agreement is behind.</summary>
    /// <param name="version">1 had no note of what the read models show, 2 no turns, 6 no
    /// kept records but settings, 7 no salts, 8 no balances of what was submitted, 9 no rows of
    /// the payer's desk, 10 no money by appropriation and nothing to search in, 11 no index of two letters, 12 nothing of what
    /// everybody may read.</param>
    public static string Upgrade(int version) => $"""
        BEGIN;
        {(version == 1 ? $"ALTER TABLE heads ADD COLUMN shown INTEGER NOT NULL DEFAULT 0; {IndexOfBehind}" : "")}
        DROP TABLE IF EXISTS portfolio;
        DROP TABLE IF EXISTS due;
        DROP TABLE IF EXISTS turns;
        DROP TABLE IF EXISTS due_counts;
        DROP TABLE IF EXISTS money;
        DROP TABLE IF EXISTS appropriations;
        DROP TABLE IF EXISTS published;
        {SearchTable.Drop}
        {ReadModels}
        {SearchTable.Create}
        {(version < 7 ? SettingsAreKept : "")}
        {(version < 8 ? "ALTER TABLE events ADD COLUMN salt BLOB;" : "")}
        UPDATE heads SET shown = 0;
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    public static readonly string Create = $"""
        BEGIN;

        -- Rows in the order of arrival and a narrow index besides: appends write half as much as with rows clustered by agreement.
        CREATE TABLE events (
            agreement BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            type TEXT NOT NULL,
            data BLOB,
            digest BLOB NOT NULL,
            hash BLOB NOT NULL,
            salt BLOB
        ) STRICT;
        CREATE UNIQUE INDEX events_by_agreement ON events (agreement, sequence);

        -- hash and last_at are those of the last event; null for a log that only has a wake-up yet.
        -- shown is the sequence up to which the portfolio and the due index show the log.
        CREATE TABLE heads (
            agreement BLOB NOT NULL PRIMARY KEY,
            sequence INTEGER NOT NULL,
            hash BLOB,
            last_at INTEGER,
            append_id BLOB NOT NULL,
            wake_at INTEGER,
            shown INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX heads_by_wake_up ON heads (wake_at, agreement) WHERE wake_at IS NOT NULL;
        {IndexOfBehind}

        CREATE TABLE answers (
            agreement BLOB NOT NULL,
            person TEXT NOT NULL,
            key TEXT NOT NULL,
            request_hash BLOB NOT NULL,
            status INTEGER NOT NULL,
            location TEXT,
            etag TEXT,
            body BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX answers_by_key ON answers (agreement, person, key);

        {ReadModels}
        {SearchTable.Create}

        {Kept}

        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;
}
