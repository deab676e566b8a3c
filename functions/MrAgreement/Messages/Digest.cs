namespace MrAgreement.Messages;

/// <summary>A message that waits for a morning of somebody, in the plain types that records are written in.</summary>
/// <param name="At">When it came, by the domain's clock.</param>
/// <param name="In">Name of the digest that it goes in; empty when it goes by itself after all, null while that is open. Whoever sets
/// it has it: a message goes in one mail only.</param>
public sealed record Waiting(AgreementId Agreement, MessageKey Message, PersonId Person, Instant At, string? In)
{
    public const string Alone = "";
}

/// <summary>One mail with what has come for somebody until a morning.</summary>
/// <param name="Holds">Names of what waited and goes in it.</param>
/// <param name="IsClosed">Whether it is settled what it holds: from then on it is the same mail however often it is tried.</param>
/// <param name="IsUnderWay">Whether somebody is about it, or died at it.</param>
public sealed record Digest(IReadOnlyList<string> Holds, bool IsClosed, Attempts Tries, bool IsUnderWay = true);
