namespace MrAgreement.Calendars;

/// <summary>From the first day to the last, both included.</summary>
public sealed record DateSpan(LocalDate From, LocalDate To);
