namespace MrAgreement.Messages;

/// <summary>A message that waits for a morning of somebody, in the plain types that records are written in.</summary>
/// <param name="At">When it came, by the domain's clock.</param>
/// <param name="In">Name of the digest that it goes in; empty when it goes by itself after all, null while that is open. Whoever sets
/// it has it: a message goes in one mail only.</param>
/// <param name="Obligation">Key of the obligation that it is about; null for none, and in records from before it was kept.</param>
public sealed record Waiting(AgreementId Agreement, MessageKey Message, PersonId Person, Instant At, string? In,
    string? Obligation = null)
{
    public const string Alone = "";
}

/// <summary>One mail with what has come for somebody until a morning.</summary>
/// <param name="Holds">Names of what waited and goes in it.</param>
/// <param name="IsClosed">Whether it is settled what it holds: from then on nothing more comes into it.</param>
/// <param name="IsUnderWay">Whether somebody is about it, or died at it.</param>
/// <param name="Overtaken">Names of what was no longer so when it was last tried, and was left out; null for nothing.</param>
public sealed record Digest(IReadOnlyList<string> Holds, bool IsClosed, Attempts Tries, bool IsUnderWay = true,
    IReadOnlyList<string>? Overtaken = null)
{
    /// <summary>What became of something in it; null while that is open.</summary>
    /// <param name="name">Under which it waited.</param>
    public AttemptEnd? EndOf(string name) =>
        Tries.End is { } end ? Overtaken?.Contains(name) == true ? AttemptEnd.Overtaken : end : null;
}

/// <summary>A message that has not gone yet, whatever it waits for.</summary>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
public sealed record UnsentMessage(MessageKey Message, PersonId Person, string? Obligation);

/// <summary>A message that waits for somebody's morning.</summary>
/// <param name="Until">When it goes, by the domain's clock, as the person has chosen.</param>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
/// <param name="Tries">How it goes with the mail that it is in; null before its morning.</param>
public sealed record WaitingMessage(MessageKey Message, PersonId Person, Instant Until, string? Obligation, Attempts? Tries);
