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
/// <param name="Goals">What it is to bring about; absent when nobody has put it here.</param>
/// <param name="Reading">How we read what it says of its time (tolkning); absent when its clauses give both days.</param>
public sealed record Terms(
    DiaryNumber DiaryNumber,
    string Title,
    IReadOnlyList<Party> Parties,
    DateSpan Period,
    IReadOnlyList<ObligationTerms> Obligations,
    WorkingDayRule? WorkingDayRule = null,
    ReminderPlan? Reminders = null,
    GrantTerms? Grant = null,
    IReadOnlyList<Goal>? Goals = null,
    string? Reading = null);

/// <summary>Something that the agreement is to bring about.</summary>
public sealed record Goal(string Key, string Title);
