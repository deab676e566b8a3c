using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Accepts an exception of the reconciliation as it stands.</summary>
public sealed record WaiveException(string Rule, string Reason) : GrantCommand(Act.WaiveException)
{
    public override Subject Subject => Rule;
}

/// <param name="Expected">As it stood; a waiver holds only as long as nothing changes.</param>
/// <param name="Found">Hash of what was listed; null when nothing was.</param>
public sealed record ExceptionWaived(string Rule, string Reason, string? Expected, string? Actual, [property: Digest] Sha256? Found = null)
    : GrantEvent;

/// <summary>An exception that somebody has accepted, with the reason.</summary>
public sealed record WaivedException(ExceptionWaived What, PersonId By, Instant At);
