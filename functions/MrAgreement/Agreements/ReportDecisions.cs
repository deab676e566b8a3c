using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Who writes which report, as things are.</summary>
public static class ReportDecisions
{
    const int MostReports = 200;

    /// <summary>What stands against freezing any report; null for nothing.</summary>
    internal static Refused? Against(Dossier it) =>
        it.Grounds.Reports.Count < MostReports ? null : new("reports-full", ("max", MostReports));

    /// <summary>What stands against the person's party writing a report for an obligation; null for nothing.</summary>
    /// <param name="obligation">Its key; null for none.</param>
    public static Refused? AgainstWriting(Dossier it, string? obligation, Occasion on) => obligation is null ? null
        : it.Agreement.Obligations.GetValueOrDefault(obligation) switch
        {
            null => new("no-such-obligation", RefusalKind.NotFound, ("key", obligation)),
            { Kind: not ObligationKind.Deliverable, Title: var title } => new Refused("not-a-deliverable", ("obligation", title)).NotSo(),
            { Responsible: var whose, Title: var title } when !whose.Contains(on.By.Party) =>
                new("not-responsible", RefusalKind.Forbidden, ("obligation", title)),
            _ => null
        };
}
