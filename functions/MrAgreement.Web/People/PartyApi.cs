using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.People;

/// <summary>The parties that people can belong to.</summary>
static class PartyApi
{
    public static void MapParties(this RouteGroupBuilder api)
    {
        var parties = api.MapGroup("/parties").WithTags("People");
        parties.MapGet("", List).Answers<Listing<PartyView>>().Describe("List parties", "By key.");
        parties.MapPost("", Add).KeepsAnswers().Answers<PartyView>(StatusCodes.Status201Created)
            .Describe("Add a party", "An administrator may. Its key is the same in every agreement, and stays.");
        parties.MapGet("/{key}", Show).Answers<PartyView>().Describe("Show a party", "As the register has it.");
        parties.MapPut("/{key}", Change).Answers<PartyView>()
            .Describe("Change a party", "Its names, number and address, and whether its officers may make agreements. An administrator may.");
    }

    static async Task<IResult> List(Paging paging, KeptRegister register, HttpRequest request) => Results.Json(
        paging.Of(request, (await register.Read(request.HttpContext.RequestAborted)).Parties.Select(PartyView.Of).ToList()),
        ViewJson.Options);

    static async Task<IResult> Show(string key, Desk desk, KeptRegister register, HttpContext http) =>
        (await register.ReadAfresh(http.RequestAborted))[key] is { } it ? desk.Found(PartyView.Of(it), register.Tag(it)!) : Unknown(key);

    static async Task<IResult> Add(Body<PartyView> body, Desk desk, KeptRegister register, Registrar registrar, HttpContext http)
    {
        var party = body.Value.ToParty();
        if (await Put(party, KeptRecord.New, desk, registrar, http) is { } refused)
            return refused;
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/api/v1/parties/{Uri.EscapeDataString(party.Key)}";
        return desk.Found(PartyView.Of(party), register.Tag(party)!, StatusCodes.Status201Created);
    }

    static async Task<IResult> Change(string key, Body<PartyRequest> body, Desk desk, KeptRegister register, Registrar registrar,
        HttpContext http)
    {
        if ((await register.ReadAfresh(http.RequestAborted))[key] is null || register.Tag(key) is not { } tag)
            return Unknown(key);
        if (desk.Against(RegisterTags.Of(tag)) is { } stale)
            return stale;
        var it = body.Value;
        var party = new RegisteredParty(key, it.Names, it.OrganisationNumber, it.MayGrant ?? false, it.Address, it.Organisation);
        return await Put(party, tag, desk, registrar, http) ?? desk.Found(PartyView.Of(party), register.Tag(party)!);
    }

    static async Task<IResult?> Put(RegisteredParty party, string tag, Desk desk, Registrar registrar, HttpContext http) =>
        await registrar.Put(desk.Person.Actor, party, tag, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted) is { } refused
            ? Problem.Result(refused)
            : null;

    static IResult Unknown(string key) => Problem.Result(new Refused("no-such-party", RefusalKind.NotFound, ("key", key)));
}
