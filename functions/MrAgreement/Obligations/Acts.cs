using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>Records that a joint or continuous obligation was performed.</summary>
/// <param name="DoneOn">Today or earlier.</param>
/// <param name="Consultation">What was treated and decided, of a consultation; null when it is not told.</param>
public sealed record CompleteObligation(
    string Obligation, LocalDate DoneOn, string Note, IReadOnlyList<Guid>? Documents, ConsultationRecord? Consultation = null)
        : ActWithDocuments(Act.CompleteObligation, Obligation, Documents ?? []);

/// <summary>The other party confirms the record.</summary>
public sealed record ConfirmCompletion(string Obligation) : ObligationCommand(Act.ConfirmCompletion, Obligation);

/// <summary>The other party says that it was not so.</summary>
public sealed record ContestCompletion(string Obligation, string Reason) : ObligationCommand(Act.ContestCompletion, Obligation);

/// <summary>Sets or moves the day on which it takes place.</summary>
/// <param name="IsSure">If not, whoever sets it is asked first about a day after the last one allowed.</param>
public sealed record ScheduleObligation(string Obligation, LocalDate On, bool IsSure = true)
    : ObligationCommand(Act.ScheduleObligation, Obligation);

/// <summary>Gives a later date (anstånd), or a date to what has lost its own.</summary>
/// <param name="IsSure">If not, whoever gives it is asked first about
/// what is delivered already, and about a date beyond all others.</param>
public sealed record ExtendObligation(string Obligation, LocalDate DueOn, string Reference, bool IsSure = true)
    : ObligationCommand(Act.ExtendObligation, Obligation);

/// <summary>Lets the obligation go.</summary>
public sealed record WaiveObligation(string Obligation, string Reason, string Reference)
    : ObligationCommand(Act.WaiveObligation, Obligation);
