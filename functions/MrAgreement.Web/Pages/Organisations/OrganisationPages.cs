using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Organisations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Organisations;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.People;

namespace MrAgreement.Web.Pages.Organisations;

/// <summary>The register of organisations and their groups: everybody reads it, an administrator changes it.</summary>
static class OrganisationPages
{
    public const string Address = "/organisations";
    public const string GroupsAddress = "/organisation-groups";
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, KeptOrganisations register) =>
            List(http, await register.ReadAfresh(http.RequestAborted)));
        pages.MapPost($"{Address}/imports", Import);
        pages.MapPost(Address, Add);
        pages.MapGet($"{Address}/{{id}}", async (string id, HttpContext http, KeptOrganisations register) =>
            await register.ReadAfresh(http.RequestAborted) is var all && all[id] is { } it ? Show(it, all, register) : PeoplePages.Unknown);
        pages.MapPost($"{Address}/{{id}}", Change);
        pages.MapGet(GroupsAddress, async (HttpContext http, KeptOrganisations register) =>
            Groups(await register.ReadAfresh(http.RequestAborted)));
        pages.MapPost(GroupsAddress, AddGroup);
        pages.MapGet($"{GroupsAddress}/{{key}}", async (string key, HttpContext http, KeptOrganisations register) =>
            await register.ReadAfresh(http.RequestAborted) is var all && all.Group(key) is { } it ? ShowGroup(it, all, register)
                : PeoplePages.Unknown);
        pages.MapPost($"{GroupsAddress}/{{key}}/members", Join);
    }

    static IResult List(HttpContext http, OrganisationRegister all, Attempt? attempt = null, ImportedOrganisations? done = null)
    {
        var query = http.Request.Query;
        _ = Http.Choice.Read<OrganisationKind>(query["kind"], out var kind);
        return PeoplePages.Page<OrganisationsPage>(new
        {
            Register = all, Attempt = attempt, Done = done, Number = PageNumber.Of(query["page"]),
            Filter = new OrganisationFilter(kind, County.NumberOf($"{query["county"]}") is null ? null : $"{query["county"]}",
                all.Group($"{query["group"]}")?.Key, $"{query["q"]}".Trim() is { Length: > 0 } text ? text : null)
        }, attempt?.Status ?? StatusCodes.Status200OK);
    }

    static IResult Show(Organisation it, OrganisationRegister all, KeptOrganisations register, Attempt? attempt = null) =>
        PeoplePages.Page<OrganisationPage>(new { It = it, Register = all, Tag = register.TagOf(it), Attempt = attempt },
            attempt?.Status ?? StatusCodes.Status200OK);

    static IResult Groups(OrganisationRegister all, Attempt? attempt = null) =>
        PeoplePages.Page<OrganisationGroupsPage>(new { Register = all, Attempt = attempt }, attempt?.Status ?? StatusCodes.Status200OK);

    static IResult ShowGroup(OrganisationGroup it, OrganisationRegister all, KeptOrganisations register, Attempt? attempt = null) =>
        PeoplePages.Page<OrganisationGroupPage>(new { It = it, Register = all, Tag = register.TagOf(it), Attempt = attempt },
            attempt?.Status ?? StatusCodes.Status200OK);

    // What came of it is told on the page that answers, since it is in no address.
    static async Task<IResult> Import(HttpContext http, KeptOrganisations register, PageVisitor visitor)
    {
        if (!OrganisationRules.MayChange(visitor.Actor))
            return PeoplePages.Denied;
        var (filled, upload) = (new Filled(http.Request.Form, http.Request.RouteValues), Upload.Of(http.Request.Form));
        var (done, refused) = upload is { HasFile: true, File.Length: > 0 }
            ? await OrganisationImport.Of(upload.File, visitor.Actor, register, http.RequestAborted)
            : (null, Refused.Invalid([new("/file", "required", ("field", "file"))]));
        return refused is null ? List(http, register.Now, done: done)
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language), it => List(http, register.Now, it));
    }

    static async Task<IResult> Add(HttpContext http, KeptOrganisations register, PageVisitor visitor)
    {
        if (!OrganisationRules.MayChange(visitor.Actor))
            return PeoplePages.Denied;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var id = filled.Text("id");
        return await Put(http, register, visitor, filled, Read(filled, id, [new(filled.Text("names/0/name"), filled.OptionalDate("names/0/from"))]),
            KeptRecord.New, it => List(http, register.Now, it));
    }

    static async Task<IResult> Change(string id, HttpContext http, KeptOrganisations register, PageVisitor visitor)
    {
        if (!OrganisationRules.MayChange(visitor.Actor))
            return PeoplePages.Denied;
        var all = await register.ReadAfresh(http.RequestAborted);
        if (all[id] is not { } before)
            return PeoplePages.Unknown;
        var tag = register.TagOf(before);
        var form = FormRows.Compacted(http.Request.Form, "names", field => field("name").Length > 0);
        var filled = new Filled(form, http.Request.RouteValues);
        var to = Read(filled, before.Id, [.. Enumerable.Range(0, FormRows.Count(form, "names")).Select(i => new OrganisationName(
            filled.Text($"names/{i}/name"), filled.OptionalDate($"names/{i}/from"), filled.OptionalDate($"names/{i}/to")))]);
        return tag == filled.Text(PeoplePages.Tag)
            ? await Put(http, register, visitor, filled, to, register.Tag(before), Again)
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, Attempt.ChangedMeanwhile, visitor.Language), Again);

        IResult Again(Attempt it) => Show(before, all, register, it);
    }

    static Organisation Read(Filled filled, string id, IReadOnlyList<OrganisationName> names) => new(id,
        [.. Enum.GetValues<OrganisationKind>().Where(kind => filled.Ticked($"kinds/{Json.NameOf(kind)}"))],
        filled.Optional("county"), names, filled.OptionalValue<OrganisationNumber>("organisationNumber"),
        filled.Optional("population") is null ? null : filled.Value<int>("population"));

    static async Task<IResult> Put(HttpContext http, KeptOrganisations register, PageVisitor visitor, Filled filled, Organisation to,
        string tag, Func<Attempt, IResult> again)
    {
        var refused = filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : tag == KeptRecord.New && register.Now[to.Id] is not null && http.Request.Path == Address
                ? new Refused("organisation-id-taken", ("id", to.Id)).NotSo()
                : await register.Put(visitor.Actor, to, tag, http.RequestAborted);
        return refused is null ? FormPost.Go(http, $"{Address}/{Uri.EscapeDataString(to.Id)}?{FormPost.Saved}")
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language), again);
    }

    static async Task<IResult> AddGroup(HttpContext http, KeptOrganisations register, PageVisitor visitor)
    {
        if (!OrganisationRules.MayChange(visitor.Actor))
            return PeoplePages.Denied;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var group = new OrganisationGroup(filled.Text("key"), filled.Text("title"), filled.Choice<GroupKind>("kind"),
            filled.Optional("coordinator"), filled.Optional("county"),
            filled.Text("topics").Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var refused = filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : await register.Put(visitor.Actor, group, KeptRecord.New, http.RequestAborted);
        return refused is null ? FormPost.Go(http, $"{GroupsAddress}/{group.Key}?{FormPost.Saved}")
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language), it => Groups(register.Now, it));
    }

    static async Task<IResult> Join(string key, HttpContext http, KeptOrganisations register, PageVisitor visitor)
    {
        if (!OrganisationRules.MayChange(visitor.Actor))
            return PeoplePages.Denied;
        var all = await register.ReadAfresh(http.RequestAborted);
        if (all.Group(key) is not { } group)
            return PeoplePages.Unknown;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var ids = filled.Text("organisations").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var (from, to) = (filled.Date("from"), filled.OptionalDate("to"));
        var refused = register.TagOf(group) != filled.Text(PeoplePages.Tag) ? Attempt.ChangedMeanwhile
            : filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : await register.Join(visitor.Actor, group, [.. ids.Select(id => (id, "/organisations"))], from, to, register.Tag(group),
                http.RequestAborted);
        return refused is null ? FormPost.Go(http, $"{GroupsAddress}/{key}?{FormPost.Saved}")
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language), it => ShowGroup(group, all, register, it));
    }
}
