using System.Globalization;
using System.Text;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Where things rest in the table. A log's rows stand together, its head
/// after its events, so that one range holds what is new and the head.</summary>
/// <remarks>
/// A shard holds whole logs, and besides what is looked for across them: <c>l…</c>
/// every log, <c>m…</c> those that have moved past their rows in the read models,
/// <c>n…</c> those with rows that have no place in the feed of changes yet,
/// <c>w…</c> wake-ups. None of these letters begins an id.
/// </remarks>
static class LogKeys
{
    public const string Meta = "meta";
    public const string Layout = "layout";

    /// <summary>After every key that begins with the same prefix and a digit, a letter or a hyphen.</summary>
    public const string End = "~";

    // Before the first instant that a wake-up can name.
    static readonly long earliest = Instant.FromUtc(1, 1, 1, 0, 0).ToUnixTimeMilliseconds();
    static readonly long latest = Instant.FromUtc(9999, 12, 31, 23, 59).ToUnixTimeMilliseconds();

    /// <summary>The same for ever, whatever the program's version: logs are found by it.</summary>
    public static string Shard(AgreementId agreement, int shards) =>
        (Sha256.Of(agreement.Value.ToByteArray(bigEndian: true)).ToArray()[0] % shards).ToString(CultureInfo.InvariantCulture);

    public static string Event(AgreementId agreement, long sequence) => $"{Id(agreement)}-e{sequence:D10}";

    /// <summary>What of an event did not fit into its row.</summary>
    public static string EventPart(AgreementId agreement, long sequence, int part) => $"{Event(agreement, sequence)}-{part}";

    /// <summary>After every row of an event.</summary>
    public static string LastPart(AgreementId agreement, long sequence) => $"{Event(agreement, sequence)}-{End}";

    public static string Head(AgreementId agreement) => $"{Id(agreement)}-h";

    /// <summary>Hashed, since keys and persons may hold what the key of a row can't.</summary>
    public static string Answer(AgreementId agreement, PersonId person, string key) =>
        $"{Answers(agreement)}{Sha256.Of(Encoding.UTF8.GetBytes($"{person.Value.Length} {person}{key}"))}";

    /// <summary>What the keys of its answers begin with.</summary>
    public static string Answers(AgreementId agreement) => $"{Id(agreement)}-a";

    public static string Listed(AgreementId agreement) => $"l{Id(agreement)}";

    public static string Moved(AgreementId agreement) => $"m{Id(agreement)}";

    /// <summary>What the keys of the logs begin with that went on since their rows got places in the feed.</summary>
    public const string Changes = "n";

    public static string Changed(AgreementId agreement) => $"{Changes}{Id(agreement)}";

    public static string WakeUp(long at, AgreementId agreement) => $"{WakeUps(at)}-{Id(agreement)}";

    /// <summary>What the keys of the wake-ups at that time begin with.</summary>
    /// <param name="at">In milliseconds since 1970.</param>
    public static string WakeUps(long at) => $"w{Math.Clamp(at, earliest, latest) - earliest:D15}";

    /// <summary>The agreement at the end of a key.</summary>
    public static AgreementId AgreementOf(string key) =>
        AgreementIn(key) ?? StrangeKey.Of(key);

    /// <summary>The same; null where there is none.</summary>
    public static AgreementId? AgreementIn(string key) =>
        key.Length >= 32 && Guid.TryParseExact(key[^32..], "N", out var id) ? new(id) : null;

    /// <summary>The agreement to whose log a row belongs, or whose log it lists; null for any other row.</summary>
    public static AgreementId? LogOf(string key) =>
        Guid.TryParseExact(key is ['l', ..] ? key[1..] : key.Split('-')[0], "N", out var id)
            && (key is ['l', ..] || key[32..] is ['-', 'e' or 'h', ..]) ? new(id) : null;

    /// <summary>Whether a row is an event's, and its first.</summary>
    public static bool IsEvent(string key, AgreementId agreement) =>
        key.Length == Event(agreement, 0).Length && key.StartsWith($"{Id(agreement)}-e", StringComparison.Ordinal);

    /// <summary>Of an event's row, or of what did not fit into it; null for any other key.</summary>
    public static long? SequenceOf(string key, AgreementId agreement) =>
        key.StartsWith($"{Id(agreement)}-e", StringComparison.Ordinal)
            && long.TryParse(key[34..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    /// <summary>Null for a key that no program has written.</summary>
    public static WakeUp? WakeUpOf(string key) =>
        key is ['w', ..] && key.Length == 49 && key[16] == '-' && Guid.TryParseExact(key[17..], "N", out var id)
            && long.TryParse(key.AsSpan(1, 15), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= latest - earliest
            ? new(new(id), Instant.FromUnixTimeMilliseconds(at + earliest))
            : null;

    /// <summary>The agreement of a row beside its log, and of a kind of which each agreement has one; null for a key that no program has
    /// written.</summary>
    public static AgreementId? BesideOf(string key) => Guid.TryParseExact(key[1..], "N", out var id) ? new(id) : null;

    static string Id(AgreementId agreement) => agreement.Value.ToString("N");
}
