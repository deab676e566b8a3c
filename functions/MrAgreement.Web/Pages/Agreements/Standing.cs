using MrAgreement.Agreements;
using MrAgreement.Obligations;
using NodaTime;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>How an obligation is shown: its status, and overdue above it while nothing has come in.</summary>
public enum Standing
{
    Done,
    Submitted,
    Returned,
    Open,
    Waiting,
    Overdue,
    Waived
}

static class Standings
{
    public static Standing StandingOf(this Agreement agreement, Obligation obligation, LocalDate today) =>
        obligation.IsOverdue(today) ? Standing.Overdue : agreement.StatusOf(obligation) switch
        {
            ObligationStatus.Done => Standing.Done,
            ObligationStatus.Submitted => Standing.Submitted,
            ObligationStatus.Returned => Standing.Returned,
            ObligationStatus.Open => Standing.Open,
            ObligationStatus.Waiting => Standing.Waiting,
            ObligationStatus.Waived => Standing.Waived
        };
}
