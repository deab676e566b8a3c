using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>An agreement as data: parties, obligations with their due rules, and the grant, each with the clause it comes from.</summary>
/// <param name="WorkingDayRule">What happens to a date that is no working day; absent means that nothing does.</param>
/// <param name="Reminders">When to remind; absent means <see cref="ReminderPlan.Usual"/>.</param>
/// <param name="Grant">The money; absent when the agreement moves none.</param>
public sealed record Terms(
    DiaryNumber DiaryNumber,
    string Title,
    IReadOnlyList<Party> Parties,
    DateSpan Period,
    IReadOnlyList<ObligationTerms> Obligations,
    WorkingDayRule? WorkingDayRule = null,
    ReminderPlan? Reminders = null,
    GrantTerms? Grant = null);
