using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.People;

/// <summary>The register of people, for those who see to it.</summary>
static class PeopleApi
{
    public static void MapPeople(this RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        people.MapGet("", List).Answers<Listing<RegisteredPersonView>>()
            .Describe("List people", "By name: an administrator sees all, whoever sees to a party's people those of that party.");
        people.MapPost("", Add).KeepsAnswers().Answers<RegisteredPersonView>(StatusCodes.Status201Created)
            .Describe("Add a person", "For programs that call the API, with the identity that their provider gives them. People are invited instead.");
        people.MapGet("/{personId:guid}", Show).Answers<RegisteredPersonView>().Describe("Show a person", "As the register has them.");
        people.MapPut("/{personId:guid}", Change).Answers<RegisteredPersonView>()
            .Describe("Change a person", "Name, mail, language, memberships, deputies, and the day from which they are gone. Access ends at once; what they have done stays theirs.");
    }

    static async Task<IResult> List(Paging paging, Desk desk, KeptRegister register, HttpRequest request, string? party = null)
    {
        if (!Rights.MaySomewhere(desk.Person.Actor, Right.ManagePeople))
            return Forbidden;
        var all = (await register.Read(request.HttpContext.RequestAborted)).People.Where(p =>
            RegisterRules.Sees(desk.Person.Actor, p, desk.Today)
            && (party is null || p.Memberships.Any(m => m.Party == party)));
        return Results.Json(paging.Of(request, all.Select(RegisteredPersonView.Of).ToList()), ViewJson.Options);
    }

    static async Task<IResult> Show(Guid personId, Desk desk, KeptRegister register, HttpContext http) =>
        (await register.ReadAfresh(http.RequestAborted))[new PersonId(personId.ToString())] is { } it
            && RegisterRules.Sees(desk.Person.Actor, it, desk.Today)
            ? desk.Found(RegisteredPersonView.Of(it), register.Tag(it)!)
            : Unknown;

    static async Task<IResult> Add(Body<NewPersonRequest> body, Desk desk, KeptRegister register, Registrar registrar, HttpContext http)
    {
        var it = body.Value;
        var person = new PersonRequest(it.Name, it.Mail, it.Language, it.Memberships)
            .Person(new(Guid.NewGuid().ToString()), it.Identities ?? []);
        if (await registrar.Add(desk.Person.Actor, person, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted) is { } refused)
            return Problem.Result(refused);
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/api/v1/people/{person.Id}";
        return desk.Found(RegisteredPersonView.Of(person), register.Tag(person)!, StatusCodes.Status201Created);
    }

    static async Task<IResult> Change(Guid personId, Body<PersonRequest> body, Desk desk, KeptRegister register, Registrar registrar,
        Sessions sessions, HttpContext http)
    {
        if ((await register.ReadAfresh(http.RequestAborted))[new PersonId(personId.ToString())] is not { } before
            || !RegisterRules.Sees(desk.Person.Actor, before, desk.Today))
            return Unknown;
        var tag = register.Tag(before.Id)!;
        if (desk.Against(RegisterTags.Of(tag)) is { } stale)
            return stale;
        var after = body.Value.Person(before.Id, before.Identities);
        if (await registrar.Change(desk.Person.Actor, after, tag, http.Connection.RemoteIpAddress?.ToString(),
            http.RequestAborted) is { } refused)
            return Problem.Result(refused);
        if (after.HasLeft(desk.Today))
            await sessions.EndAll(after.Id, http.RequestAborted);
        return desk.Found(RegisteredPersonView.Of(register.Now[after.Id]!), register.Tag(after)!);
    }

    static IResult Unknown => Problem.Result(new Refused("no-such-person", RefusalKind.NotFound));

    internal static IResult Forbidden => Problem.Result(Registrar.NotYours);
}
