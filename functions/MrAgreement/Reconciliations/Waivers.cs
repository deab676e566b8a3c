using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Reconciliations;

/// <summary>Exceptions that somebody accepts as they stand.</summary>
static class Waivers
{
    public static bool Covers(this WaivedException it, Check check) =>
        (it.What.Rule, it.What.Expected, it.What.Actual, it.What.Found) == (check.Rule, check.Expected?.ToString(),
        check.Actual?.ToString(), check.Found);

    /// <summary>The last acceptance of an exception as it stands; null for none, and for what is no exception.</summary>
    internal static WaivedException? Of(Grant it, Check check) =>
        check.IsException ? it.WaivedExceptions.FindLast(w => w.Covers(check)) : null;

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
