using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MrAgreement.Calendars;
using MrAgreement.Parties;

namespace MrAgreement.Web.People;

/// <summary>Whose request it is: the person, what they act as, and the moment by the domain's clock.</summary>
public sealed class Caller(IHttpContextAccessor accessor, IPeople people, IClock clock)
{
    /// <summary>In which a program says what the person acts as: <c>finance@SKR</c>, or <c>admin</c>.</summary>
    public const string Header = "Acting-As";

    /// <summary>In a form: as what the person acted where it was shown, which is what is done then.</summary>
    public const string Field = "acting";

    /// <summary>In which the pages remember it.</summary>
    public const string Cookie = "mragreement-acting";

    HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Nobody asks but in a request.");

    /// <summary>The same all through the request, possibly simulated.</summary>
    public Instant Now { get; } = clock.GetCurrentInstant();

    public LocalDate Today => StockholmTime.DateOf(Now);

    /// <summary>Who is signed in; null for nobody.</summary>
    public PersonId? Id => Http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new(id) : null;

    /// <summary>What the person may act as.</summary>
    public IReadOnlyList<Person> Roles => Id is { } id ? people.Find(id) : [];

    // Few programs write other than ASCII in a header: å stands as %C3%A5 there, as in an address.
    string Said => Uri.UnescapeDataString(Http.Request.Headers[Header].ToString());

    /// <summary>Whether a program has said what the person acts as, rightly or not.</summary>
    public bool HasSaid => Http.Request.Headers.ContainsKey(Header);

    /// <summary>The person as they act; null for nobody, and for whoever has not said as what they act, or said wrongly.</summary>
    public Person? Known => Roles is not { Count: > 0 } roles ? null
        : IsPage && Http.Features.Get<IFormFeature>()?.Form?[Field] is [{ } shown, ..] ? roles.FirstOrDefault(role => Name(role) == shown)
        : IsPage ? roles.FirstOrDefault(role => Name(role) == Http.Request.Cookies[Cookie]) ?? roles[0]
        : HasSaid ? roles.FirstOrDefault(role => Name(role) == Said)
        : roles is [var only] ? only : null;

    /// <exception cref="InvalidOperationException">Nobody is; what needs somebody is never reached then.</exception>
    public Person Person => Known ?? throw new InvalidOperationException("Nobody is signed in.");

    public Actor Actor => Person.Actor;

    public Occasion Occasion => new(Actor, Now);

    /// <summary>What somebody acts as, in a word: <c>finance@SKR</c>.</summary>
    public static string Name(Person person) =>
        person.Party.Length > 0 ? $"{DemoPeople.RoleName(person.Role)}@{person.Party}" : DemoPeople.RoleName(person.Role);

    bool IsPage => !Http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
