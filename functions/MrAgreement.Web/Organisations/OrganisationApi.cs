using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Formats.Organisations;
using MrAgreement.Organisations;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Organisations;

/// <summary>The register of organisations and their groups: read by everybody who is signed in, changed by administrators.</summary>
static class OrganisationApi
{
    public static void MapOrganisations(this RouteGroupBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Organisations");
        organisations.MapGet("", List).Answers<Listing<OrganisationView>>().Describe("List organisations",
            "Municipalities, regions, county boards and other bodies, by id. on is the day by which names and groups are meant, today when absent.");
        organisations.MapPost("/imports", Import).TakesUpload<OrganisationForm>().Answers<ImportedOrganisations>()
            .Describe("Import organisations",
                "CSV with headings. All rows or none: what is at fault is told by row and column. The same file again changes nothing. An administrator may.");
        organisations.MapGet("/{code}", Show).Answers<OrganisationView>().Describe("Show an organisation", "As the register has it.");
        organisations.MapPut("/{code}", Put).Answers<OrganisationView>().Describe("Change or add an organisation",
            "By its id, which tells its kind: 0114, region-01, lst-AB. An administrator may.");

        var groups = api.MapGroup("/organisation-groups").WithTags("Organisations");
        groups.MapGet("", Groups).Answers<Listing<OrganisationGroupView>>()
            .Describe("List groups of organisations", "Nodes, networks, forums and size classes, by key, with their members on a day.");
        groups.MapPost("", AddGroup).KeepsAnswers().Answers<OrganisationGroupView>(StatusCodes.Status201Created)
            .Describe("Add a group", "An administrator may. Its key stays.");
        groups.MapGet("/coverage", Coverage).Answers<GroupCoverageView>().Describe("Show who takes part in groups of a kind",
            "How many municipalities and regions are members of such a group on a day, and in which counties there is one.");
        groups.MapGet("/{key}", ShowGroup).Answers<OrganisationGroupView>().Describe("Show a group", "With its members on a day.");
        groups.MapPost("/{key}/members", Join).KeepsAnswers().Answers<OrganisationGroupView>().Describe("Add members, or end their time",
            "From a day on; told again with the same first day and a last one, their time ends. All of them or none. An administrator may.");
    }

    static async Task<IResult> List(Paging paging, Desk desk, KeptOrganisations register, HttpRequest request, string? kind = null,
        string? county = null, string? group = null, string? q = null, DateParameter? on = null)
    {
        if (!Choice.Read<OrganisationKind>(kind, out var wanted))
            return Problem.Malformed("kind");
        var (all, day) = (await register.Read(request.HttpContext.RequestAborted), on?.Date ?? desk.Today);
        return Results.Json(paging.Of(request, all.Found(new(wanted, county, group, q?.Trim()), day)
            .Select(it => OrganisationView.Of(it, all, day)).ToList()), ViewJson.Options);
    }

    static async Task<IResult> Show(string code, Desk desk, KeptOrganisations register, HttpContext http, DateParameter? on = null)
    {
        var all = await register.ReadAfresh(http.RequestAborted);
        return all[code] is { } it
            ? desk.Found(OrganisationView.Of(it, all, on?.Date ?? desk.Today), register.TagOf(it))
            : Unknown(code);
    }

    static async Task<IResult> Put(string code, Body<OrganisationRequest> body, Desk desk, KeptOrganisations register, HttpContext http)
    {
        var before = (await register.ReadAfresh(http.RequestAborted))[code];
        if (before is not null && desk.Against(register.TagOf(before)) is { } stale)
            return stale;
        var to = body.Value.ToOrganisation(before?.Id ?? code);
        if (before?.IsSameAs(to) != true
            && await register.Put(desk.Person.Actor, to, before is null ? KeptRecord.New : register.Tag(before), http.RequestAborted)
                is { } refused)
            return Problem.Result(refused);
        return desk.Found(OrganisationView.Of(register.Now[to.Id]!, register.Now, desk.Today), register.TagOf(to),
            before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    static async Task<IResult> Import(Desk desk, KeptOrganisations register, HttpRequest request)
    {
        if (!OrganisationRules.MayChange(desk.Person.Actor))
            return Problem.Result(OrganisationRules.NotYours);
        var (upload, failure) = await Upload.Read(request, OrganisationTable.MaxBytes, [], _ => []);
        if (upload is null)
            return failure!;
        var (done, refused) = await OrganisationImport.Of(upload.File, desk.Person.Actor, register, request.HttpContext.RequestAborted);
        return done is null ? Problem.Result(refused!) : Results.Json(done, ViewJson.Options);
    }

    static async Task<IResult> Groups(Paging paging, Desk desk, KeptOrganisations register, HttpRequest request, string? kind = null,
        DateParameter? on = null)
    {
        if (!Choice.Read<GroupKind>(kind, out var wanted))
            return Problem.Malformed("kind");
        var all = await register.Read(request.HttpContext.RequestAborted);
        return Results.Json(paging.Of(request, all.Groups.Where(it => wanted is null || it.Kind == wanted)
            .Select(it => OrganisationGroupView.Of(it, on?.Date ?? desk.Today)).ToList()), ViewJson.Options);
    }

    static async Task<IResult> ShowGroup(string key, Desk desk, KeptOrganisations register, HttpContext http, DateParameter? on = null) =>
        (await register.ReadAfresh(http.RequestAborted)).Group(key) is { } it
            ? desk.Found(OrganisationGroupView.Of(it, on?.Date ?? desk.Today), register.TagOf(it))
            : UnknownGroup(key);

    static async Task<IResult> AddGroup(Body<OrganisationGroupRequest> body, Desk desk, KeptOrganisations register, HttpContext http)
    {
        var group = body.Value.ToGroup();
        if (await register.Put(desk.Person.Actor, group, KeptRecord.New, http.RequestAborted) is { } refused)
            return Problem.Result(refused);
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/api/v1/organisation-groups/{group.Key}";
        return desk.Found(OrganisationGroupView.Of(group, desk.Today), register.TagOf(group), StatusCodes.Status201Created);
    }

    static async Task<IResult> Join(string key, Body<GroupMemberRequest> body, Desk desk, KeptOrganisations register, HttpContext http)
    {
        if (!OrganisationRules.MayChange(desk.Person.Actor))
            return Problem.Result(OrganisationRules.NotYours);
        if ((await register.ReadAfresh(http.RequestAborted)).Group(key) is not { } group)
            return UnknownGroup(key);
        if (desk.Against(register.TagOf(group)) is { } stale)
            return stale;
        var it = body.Value;
        return await register.Join(desk.Person.Actor, group, it.All, it.From, it.To, register.Tag(group), http.RequestAborted)
            is { } refused
            ? Problem.Result(refused)
            : desk.Found(OrganisationGroupView.Of(register.Now.Group(key)!, desk.Today), register.TagOf(group));
    }

    static async Task<IResult> Coverage(Desk desk, KeptOrganisations register, HttpContext http, string kind, DateParameter? on = null) =>
        Choice.Read<GroupKind>(kind, out var wanted) && wanted is { } it
            ? Results.Json(GroupCoverageView.Of(it, on?.Date ?? desk.Today,
                (await register.Read(http.RequestAborted)).Coverage(it, on?.Date ?? desk.Today)), ViewJson.Options)
            : Problem.Malformed("kind");


    static IResult Unknown(string id) => Problem.Result(new Refused("no-such-organisation", RefusalKind.NotFound, ("id", id)));

    static IResult UnknownGroup(string key) => Problem.Result(new Refused("no-such-group", RefusalKind.NotFound, ("key", key)));
}
