using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Parties;
using NodaTime;

namespace MrAgreement.Reconciliations;

/// <summary>Accepts an exception of the reconciliation as it stands.</summary>
public sealed record WaiveException(string Rule, string Reason) : GrantCommand;

/// <param name="Expected">As it stood; a waiver holds only as long as nothing changes.</param>
/// <param name="Found">Hash of what was listed; null when nothing was.</param>
public sealed record ExceptionWaived(string Rule, string Reason, string? Expected, string? Actual, [property: Digest] Sha256? Found = null) : GrantEvent;

/// <summary>An exception that somebody has accepted, with the reason.</summary>
public sealed record WaivedException(ExceptionWaived What, PersonId By, Instant At)
{
    public bool Covers(Check check) => (What.Rule, What.Expected, What.Actual, What.Found) == (check.Rule, check.Expected?.ToString(), check.Actual?.ToString(), check.Found);

    /// <summary>The last acceptance of an exception as it stands; null for none, and for what is no exception.</summary>
    internal static WaivedException? Of(Grant it, Check check) => check.IsException ? it.WaivedExceptions.FindLast(w => w.Covers(check)) : null;

    internal static Decision Decide(Dossier it, WaiveException command, Occasion on)
    {
        if (Reconciliation.Of(it, on.Today).FirstOrDefault(c => c.Rule == command.Rule) is not { } check)
            return new Refused("no-such-check", RefusalKind.NotFound, ("rule", command.Rule));
        if (command.Reason.Trim().Length is 0 or > 2000)
            return Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)));
        if (!check.IsException)
            return new Refused("no-exception", ("rule", command.Rule));
        return check.Waived is { } waived && (waived.By, waived.What.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : new ExceptionWaived(command.Rule, command.Reason.Trim(), check.Expected?.ToString(), check.Actual?.ToString(), check.Found);
    }
}
