using System.Globalization;
using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages;

/// <summary>Whoever looks at a page: the person, the language, and the moment by the domain's clock.</summary>
public sealed class PageVisitor(IHttpContextAccessor accessor, Caller caller, IPeople people, IEventStore store)
{
    HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("A page is shown to a request.");

    /// <summary>The person signed in, or null.</summary>
    public Person? Known => caller.Known;

    public Person Person => caller.Person;

    /// <summary>What the person may act as.</summary>
    public IReadOnlyList<Person> Roles => caller.Roles;

    public Actor Actor => Person.Actor;

    public Language Language { get; private set; } =
        Language.For(accessor.HttpContext?.Request.Cookies[LanguageChoice.Cookie]
            ?? accessor.HttpContext?.Request.Headers.AcceptLanguage.ToString());

    /// <summary>Has the rest of this answer in another language.</summary>
    public void Speak(Language language) => Language = language;

    public Instant Now => caller.Now;

    /// <summary>The day that the page is shown as of: today's, or one that the visitor looks back to.</summary>
    public LocalDate Today => Past ?? Present;

    public LocalDate Present => caller.Today;

    /// <summary>The day that the visitor looks back to; null for how things stand.</summary>
    public LocalDate? Past => LookingBack.Day(Http, Present);

    public bool CanLookBack => LookingBack.IsPossible(Http);

    /// <summary>What keeps a link to another page in the same day.</summary>
    public string Then => Past is { } day ? $"?{LookingBack.Parameter}={LocalDatePattern.Iso.Format(day)}" : "";

    /// <summary>The same behind what an address asks for already.</summary>
    public string AndThen => Then.Replace('?', '&');

    /// <summary>An agreement as it stands, or stood on the day looked back to; null when there is none that the person may see.</summary>
    public async Task<Dossier?> Find(Dossiers dossiers, Guid id)
    {
        var dossier = Past is { } day
            ? await dossiers.ReadAt(new(id), StockholmTime.EndOfDay(day).Minus(Duration.Epsilon), Http.RequestAborted)
            : await dossiers.Read(new(id), Http.RequestAborted);
        if (dossier is null || !Sight.Sees(dossier.Agreement, Actor))
            return null;
        Found = Past is null ? dossier : null;
        if (long.TryParse(Asked(Forms.FormPost.Saved), NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            Done = await Forms.FormPost.Told(store, dossier, this, first, Http.RequestAborted);
        return Sight.Seen(dossier, Actor).NamedOn(Today);
    }

    /// <summary>The agreement that was found, as it stands and whole; null before, and where the visitor looks back.</summary>
    public Dossier? Found { get; private set; }

    /// <summary>What the form that led to this page has done; empty when none did, or nothing was to be done.</summary>
    public IReadOnlyList<Sentence> Done { get; private set; } = [];

    public Occasion Occasion => caller.Occasion;

    /// <summary>Path and query of the page, to come back to.</summary>
    public string Address => $"{Http.Request.Path}{Http.Request.QueryString}";

    /// <summary>Path of the page.</summary>
    public string Path => Http.Request.Path;

    /// <summary>What stands in the address by that name; empty when nothing does.</summary>
    public string Asked(string name) => Http.Request.Query[name].ToString();

    /// <summary>Whether the address has something by that name.</summary>
    public bool Has(string name) => Http.Request.Query.ContainsKey(name);

    /// <summary>A dossier as this person sees it today.</summary>
    public Viewpoint At(Dossier dossier) => new(dossier, Today, Actor, Language, people);

    /// <summary>Whether this is the page that a form led back to.</summary>
    public bool HasJustSaved => Http.Request.Query.ContainsKey(Forms.FormPost.Saved);

    /// <summary>Whoever has the role in the party; the party where that is nobody in the register.</summary>
    public string NameOf(string party, Role role) => people.All.FirstOrDefault(person => (person.Party, person.Role) == (party, role))?.Name
        ?? party;

    public string NameOf(PersonId id) => id == PersonId.System ? Language.Say("layout.system") : people.NameOf(id);
}
