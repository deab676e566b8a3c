using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Web.People;

/// <summary>The people of the register, by the day of the domain's clock.</summary>
public sealed class RegisteredPeople(KeptRegister register, IClock clock) : IPeople
{
    public IReadOnlyList<Person> All => [.. register.Now.All(Today)];

    public IReadOnlyList<Person> Former => [.. register.Now.Former(Today)];

    public IReadOnlyList<Person> Find(PersonId id) => register.Now.RolesOf(id, Today);

    public string NameOf(PersonId id) => register.Now[id]?.Name ?? id.Value;

    public string? MailOf(PersonId id) => register.Now[id]?.Mail is { Length: > 0 } mail ? mail : null;

    public bool MayGrant(string party) => register.Now[party]?.MayGrant == true;

    public Task Refresh(CancellationToken cancellation) => register.Read(cancellation);

    LocalDate Today => StockholmTime.DateOf(clock.GetCurrentInstant());
}
