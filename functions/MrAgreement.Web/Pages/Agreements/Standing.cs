using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>How an obligation is shown: its status, and overdue above it while nothing has come in.</summary>
public enum Standing
{
    Done,
    DoneLate,
    Submitted,
    Returned,
    Open,
    Waiting,
    Overdue,
    Waived
}

static class Standings
{
    /// <summary><c>done-late</c>: its text and its sign are known by it.</summary>
    public static string Name(this Standing standing) => Json.NameOf(standing);

    public static Standing StandingOf(this Agreement agreement, Obligation obligation, LocalDate today) =>
        obligation.IsOverdue(today) ? Standing.Overdue : agreement.StatusOf(obligation) switch
        {
            ObligationStatus.Done => obligation.IsDeliveredLate ? Standing.DoneLate : Standing.Done,
            ObligationStatus.Submitted => Standing.Submitted,
            ObligationStatus.Returned => Standing.Returned,
            ObligationStatus.Open => Standing.Open,
            ObligationStatus.Waiting => Standing.Waiting,
            ObligationStatus.Waived => Standing.Waived
        };
}
