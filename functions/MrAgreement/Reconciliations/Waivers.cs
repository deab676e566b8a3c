using MrAgreement.Agreements;
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

    /// <summary>What stands against accepting what a check found as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier it, string rule, Occasion on) => Against(Found(it, rule, on), rule);

    static Check? Found(Dossier it, string rule, Occasion on) => Reconciliation.Of(it, on.Today).FirstOrDefault(c => c.Rule == rule);

    static Refused? Against(Check? found, string rule) => found switch
    {
        null => new("no-such-check", RefusalKind.NotFound, ("rule", rule)),
        { IsException: false } => new("no-exception", ("rule", rule)),
        _ => null
    };

    internal static Decision Decide(Dossier it, WaiveException command, Occasion on)
    {
        var found = Found(it, command.Rule, on);
        if (Against(found, command.Rule) is { } refused)
            return refused;
        if (Refused.Text("/reason", command.Reason, 2000) is { } wrong)
            return wrong;
        return found!.Waived is { } waived && (waived.By, waived.What.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : new ExceptionWaived(command.Rule, command.Reason.Trim(), found.Expected?.ToString(), found.Actual?.ToString(), found.Found);
    }
}
