using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Pages.People;

/// <summary>The parties of the register, for an administrator.</summary>
static class PartyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/parties", async (HttpContext http, KeptRegister register, PageVisitor visitor) => visitor.Actor.Role == Role.Admin
            ? PeoplePages.Page<PartiesPage>(new { Register = await register.ReadAfresh(http.RequestAborted) })
            : PeoplePages.Denied);
        pages.MapPost("/parties", Add);
        pages.MapGet("/parties/{key}", async (string key, HttpContext http, KeptRegister register, PageVisitor visitor) =>
            visitor.Actor.Role != Role.Admin ? PeoplePages.Denied
            : (await register.ReadAfresh(http.RequestAborted))[key] is { } party
                ? PeoplePages.Page<PartyPage>(new { Party = party, Tag = register.Tag(party) }) : PeoplePages.Unknown);
        pages.MapPost("/parties/{key}", Change);
    }

    static async Task<IResult> Add(HttpContext http, KeptRegister register, Registrar registrar, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var party = Read(filled, filled.Text("key"),
            [new(filled.Text("names/0/name"), filled.OptionalDate("names/0/from") ?? visitor.Present)]);
        return await Put(http, filled, party, KeptRecord.New, registrar, visitor) is { } refused
            ? new ShownAgain(refused, it => PeoplePages.Page<PartiesPage>(new { Register = register.Now, Attempt = it }, it.Status))
            : FormPost.Go(http, $"/parties?{FormPost.Saved}");
    }

    static async Task<IResult> Change(HttpContext http, string key, KeptRegister register, Registrar registrar, PageVisitor visitor)
    {
        if ((await register.ReadAfresh(http.RequestAborted))[key] is not { } before || register.Tag(key) is not { } tag)
            return PeoplePages.Unknown;
        var form = FormRows.Compacted(http.Request.Form, "names", field => field("name").Length > 0);
        var filled = new Filled(form, http.Request.RouteValues);
        var party = Read(filled, key, [.. Enumerable.Range(0, FormRows.Count(form, "names")).Select(i => new PartyName(
            filled.Text($"names/{i}/name"), filled.Date($"names/{i}/from"), filled.OptionalDate($"names/{i}/to")))]);
        var refused = RegisterTags.Of(tag) != filled.Text(PeoplePages.Tag)
            ? Attempt.Of(http.Request.Path, filled, Attempt.ChangedMeanwhile, visitor.Language)
            : await Put(http, filled, party, tag, registrar, visitor);
        return refused is null ? FormPost.Go(http, $"/parties/{key}?{FormPost.Saved}")
            : new ShownAgain(refused, it => PeoplePages.Page<PartyPage>(new { Party = before, Tag = RegisterTags.Of(tag), Attempt = it },
            it.Status));
    }

    static RegisteredParty Read(Filled filled, string key, IReadOnlyList<PartyName> names) => new(key, names,
        filled.OptionalValue<OrganisationNumber>("organisationNumber"), filled.Ticked("mayGrant"), filled.Optional("address"),
        filled.Optional("organisation"));

    static async Task<Attempt?> Put(HttpContext http, Filled filled, RegisteredParty party, string tag, Registrar registrar,
        PageVisitor visitor) =>
        (filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : await registrar.Put(visitor.Actor, party, tag, PeoplePages.Address(http), http.RequestAborted)) is { } refused
            ? Attempt.Of(http.Request.Path, filled, refused, visitor.Language)
            : null;
}
