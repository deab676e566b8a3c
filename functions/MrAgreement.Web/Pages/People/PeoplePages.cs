using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.People;

/// <summary>People and invitations, for those who see to them.</summary>
static class PeoplePages
{
    /// <summary>The hidden field with the version of the record that the form was shown at.</summary>
    public const string Tag = "tag";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/people", async (HttpContext http, KeptRegister register, Registrar registrar, PageVisitor visitor) =>
            Rights.MaySomewhere(visitor.Actor, Right.ManagePeople) ? await List(http, register, registrar, visitor) : Denied);
        pages.MapPost("/people/invitations", Invite);
        pages.MapPost("/people/invitations/{invitation:guid}/withdrawal", Withdraw);
        pages.MapGet("/people/{person:guid}", async (Guid person, HttpContext http, KeptRegister register, PageVisitor visitor) =>
            await Found(person, register, visitor, http) is { } it
                ? Page<PersonPage>(new { Person = it, Register = register.Now })
                : Unknown);
        pages.MapPost("/people/{person:guid}", Change);
        PartyPages.Map(pages);
        ProfilePages.Map(pages);
        pages.MapGet("/security-log", SecurityLog);
    }

    static async Task<IResult> List(HttpContext http, KeptRegister register, Registrar registrar, PageVisitor visitor,
        Attempt? attempt = null,
        string? link = null)
    {
        var all = await register.ReadAfresh(http.RequestAborted);
        return Page<PeoplePage>(new
        {
            People = all.People.Where(p => RegisterRules.Sees(visitor.Actor, p, visitor.Present)).ToList(), Register = all,
            Invitations = await registrar.Invitations(visitor.Actor, http.RequestAborted), Attempt = attempt, Link = link
        }, attempt?.Status ?? StatusCodes.Status200OK);
    }

    // The link is shown on the page that answers the form, and nowhere else: so nobody else reads it in an address.
    static async Task<IResult> Invite(HttpContext http, KeptRegister register, Registrar registrar, PageVisitor visitor)
    {
        if (!Rights.MaySomewhere(visitor.Actor, Right.ManagePeople))
            return Denied;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var (mail, role, party) = (filled.Text("mail"), filled.Choice<Role>("role"), filled.Optional("party"));
        var to = new Membership(party ?? "", role, filled.OptionalDate("from") ?? visitor.Present, filled.OptionalDate("to"));
        if (filled.Faults.Count > 0)
            return await Again(Refused.Invalid(filled.Faults));
        var (_, secret, refused) = await registrar.Invite(visitor.Actor, mail, to, Address(http), http.RequestAborted);
        return refused is null ? await List(http, register, registrar, visitor, link: InvitationLink.Of(http.Request, secret!))
            : await Again(refused);

        async Task<IResult> Again(Refused why)
        {
            var attempt = Attempt.Of(http.Request.Path, filled, why, visitor.Language);
            await register.ReadAfresh(http.RequestAborted);
            var invitations = await registrar.Invitations(visitor.Actor, http.RequestAborted);
            return new ShownAgain(attempt, it => Page<PeoplePage>(new
            {
                People = register.Now.People.Where(p => RegisterRules.Sees(visitor.Actor, p, visitor.Present)).ToList(),
                Register = register.Now,
                Invitations = invitations, Attempt = it, Link = (string?)null
            }, it.Status));
        }
    }

    static async Task<IResult> Withdraw(HttpContext http, Guid invitation, KeptRegister register, Registrar registrar,
        PageVisitor visitor) =>
        await registrar.Withdraw(visitor.Actor, invitation, Address(http), http.RequestAborted) is { } refused
            ? await List(http, register, registrar, visitor,
                Attempt.Of(http.Request.Path, new(http.Request.Form, http.Request.RouteValues), refused, visitor.Language))
            : FormPost.Go(http, "/people#invitations");

    static async Task<IResult> Change(HttpContext http, Guid person, KeptRegister register, Registrar registrar, Sessions sessions,
        PageVisitor visitor)
    {
        if (await Found(person, register, visitor, http) is not { } before)
            return Unknown;
        var form = FormRows.Compacted(http.Request.Form, "memberships", field => field("role").Length > 0 || field("from").Length > 0);
        form = FormRows.Compacted(form, "deputies", field => field("for").Length > 0 || field("from").Length > 0);
        var filled = new Filled(form, http.Request.RouteValues);
        var after = before with
        {
            Name = filled.Text("name"), Mail = filled.Text("mail"), Language = filled.Text("language"), Left = filled.OptionalDate("left"),
            Memberships = [.. Enumerable.Range(0, FormRows.Count(form, "memberships")).Select(i => $"memberships/{i}")
                .Select(at => new Membership(
                filled.Optional($"{at}/party") ?? "", filled.Choice<Role>($"{at}/role"), filled.Date($"{at}/from"),
                filled.OptionalDate($"{at}/to")))],
            Deputies = [.. Enumerable.Range(0, FormRows.Count(form, "deputies")).Select(i => $"deputies/{i}").Select(at => new Deputy(
                new(filled.Text($"{at}/for")), filled.Date($"{at}/from"), filled.Date($"{at}/to"), filled.Optional($"{at}/of")))]
        };
        var refused = filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : RegisterTags.Of(register.Tag(before.Id)) != filled.Text(Tag) ? Attempt.ChangedMeanwhile
            : await registrar.Change(visitor.Actor, after, register.Tag(before.Id)!, Address(http), http.RequestAborted);
        if (refused is null && after.HasLeft(visitor.Present))
            await sessions.EndAll(after.Id, http.RequestAborted);
        return refused is null
            ? FormPost.Go(http, RegisterRules.Sees(visitor.Actor, after, visitor.Present)
            ? $"/people/{person}?{FormPost.Saved}"
            : "/people")
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language),
                it => Page<PersonPage>(new { Person = before, Register = register.Now, Attempt = it }, it.Status));
    }

    static async Task<IResult> SecurityLog(HttpContext http, SecurityLog log, PageVisitor visitor)
    {
        if (visitor.Actor.Role != Role.Admin)
            return Denied;
        var day = LocalDatePattern.Iso.Parse(http.Request.Query["on"].ToString()) is { Success: true } asked ? asked.Value
            : StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant());
        return Page<SecurityLogPage>(new
        {
            Day = day, Entries = await log.On(day, http.RequestAborted), Number = PageNumber.Of(http.Request.Query["page"])
        });
    }

    static async Task<RegisteredPerson?> Found(Guid id, KeptRegister register, PageVisitor visitor, HttpContext http) =>
        (await register.ReadAfresh(http.RequestAborted))[new PersonId(id.ToString())] is { } it
            && RegisterRules.Sees(visitor.Actor, it, visitor.Present)
            ? it
            : null;

    internal static IResult Denied => Failures.Page(StatusCodes.Status403Forbidden);

    internal static IResult Unknown => Failures.Page(StatusCodes.Status404NotFound);

    internal static string? Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    internal static IResult Page<T>(object parameters, int status = StatusCodes.Status200OK) where T : IComponent =>
        new RazorComponentResult<T>(parameters) { StatusCode = status, PreventStreamingRendering = true };
}
