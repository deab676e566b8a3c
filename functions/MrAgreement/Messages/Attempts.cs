namespace MrAgreement.Messages;

/// <summary>How the sending of one message to one person goes, in the plain types that records are written in.</summary>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
/// <param name="Tries">How often the server was asked.</param>
/// <param name="FirstAt">When it was first tried, in milliseconds of Unix time, by the machine's clock.</param>
/// <param name="NextAt">When it is tried again; while it is tried, when another process may take it for abandoned.</param>
/// <param name="End">What became of it; null while it is under way.</param>
/// <param name="Server">Which server was asked last.</param>
/// <param name="Reply">What it said.</param>
public sealed record Attempts(MessageKey Message, PersonId Person, string? Obligation, int Tries, long FirstAt, long NextAt,
    AttemptEnd? End, string Server, string Reply)
{
    /// <summary>How long a message is tried.</summary>
    public static readonly Duration Longest = Duration.FromDays(3);

    // Minutes between two tries; the last one goes for all that follow.
    static readonly int[] pauses = [1, 5, 15, 60, 240];

    const int LongestReply = 200;

    // Nothing waits for longer than the last pause: what seems to was written under a clock that had jumped ahead.
    static readonly Duration longestPause = Duration.FromMinutes(pauses[^1]);

    // A clock that jumps makes days of minutes.
    const int Enough = 12;

    /// <summary>Whether it is not to be tried yet.</summary>
    public bool Waits(Instant now) => Next > now && Next - now <= longestPause;

    /// <summary>About to be tried: whoever finds it so waits until the lease is over.</summary>
    public static Attempts Begun(MessageKey message, PersonId person, string? obligation, Attempts? before, Instant now, Duration lease,
        string server) => new(message, person, obligation, (before?.Tries ?? 0) + 1, before?.FirstAt ?? now.ToUnixTimeMilliseconds(),
            (now + lease).ToUnixTimeMilliseconds(), null, server, before?.Reply ?? "");

    /// <summary>After a try.</summary>
    public Attempts After(Handover it, Instant now)
    {
        var reply = Short(it.Reply);
        return it.Outcome switch
        {
            HandoverOutcome.Taken => this with { End = AttemptEnd.Taken, Reply = reply },
            HandoverOutcome.Refused => this with { End = AttemptEnd.Refused, Reply = reply },
            // The server's trouble is nobody's attempt.
            HandoverOutcome.Down => this with { Tries = Tries - 1, NextAt = now.ToUnixTimeMilliseconds(), Reply = reply },
            _ when now - First >= Longest && Tries >= Enough => this with { End = AttemptEnd.TimedOut, Reply = reply },
            _ => this with { NextAt = (now + Duration.FromMinutes(pauses[Math.Min(Tries, pauses.Length) - 1])).ToUnixTimeMilliseconds(),
                Reply = reply }
        };
    }

    /// <summary>So much of what a server said as is remembered.</summary>
    public static string Short(string reply) => reply.Length > LongestReply ? reply[..LongestReply] : reply;

    /// <summary>It does not go any more.</summary>
    public Attempts NoLongerSo() => this with { Tries = Tries - 1, End = AttemptEnd.Overtaken };

    /// <summary>What is known when another process has had to do with the same meanwhile: what was taken is taken, whoever handed it over,
    /// and an end is one.</summary>
    public Attempts Beside(Attempts other) => End == AttemptEnd.Taken || End is not null && other.End is null ? this : other;

    [System.Text.Json.Serialization.JsonIgnore]
    public Instant First => Instant.FromUnixTimeMilliseconds(FirstAt);

    [System.Text.Json.Serialization.JsonIgnore]
    public Instant Next => Instant.FromUnixTimeMilliseconds(NextAt);
}

/// <summary>How the sending to one person ended; stored by name.</summary>
public enum AttemptEnd
{
    Taken,
    Refused,
    TimedOut,

    /// <summary>It was taken, and came back.</summary>
    Bounced,

    /// <summary>It was no longer so, and did not go.</summary>
    Overtaken
}
