using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.People;

/// <summary>Whoever asks: for those who belong nowhere yet, too.</summary>
static class MeApi
{
    public static void MapMe(this RouteGroupBuilder api)
    {
        api.MapGet("/me", Show).Answers<MeView>().WithTags("People")
            .Describe("Show oneself", "Who one is, and what one may act as today. Whoever may act as several says which in Acting-As.");
        api.MapPut("/me", Change).Answers<MeView>().WithTags("People")
            .Describe("Change one's profile", "How one is called, reached and spoken to.");
        api.MapGet("/me/export", Export).Answers<OwnExportView>().WithTags("People")
            .Describe("Export what is held of oneself",
            "The register, sessions, security events, and what one did in agreements, by its place in their logs. Source: GDPR articles 15 and 20.");
    }

    static Task<IResult> Export(Caller caller, OwnExport export, HttpContext http) => export.Answer(caller.Id!.Value, http);

    static async Task<IResult> Show(Caller caller, KeptRegister register, IPeople people, HttpContext http)
    {
        await register.Read(http.RequestAborted);
        return View(caller, register, people, http);
    }

    static async Task<IResult> Change(Body<ProfileRequest> body, Caller caller, KeptRegister register, Registrar registrar, IPeople people,
        HttpContext http)
    {
        var id = caller.Id!.Value;
        await register.ReadAfresh(http.RequestAborted);
        if (caller.Roles.Count == 0)
            return Problem.Result(new Refused("no-membership", RefusalKind.Forbidden));
        if (register.Tag(id) is not { } tag)
            return Problem.Result(new Refused("not-in-register").NotSo());
        var it = body.Value;
        return await registrar.ChangeOwn(id, it.Name.Trim(), it.Mail.Trim(), it.Language, tag, http.Connection.RemoteIpAddress?.ToString(),
            http.RequestAborted) is { } refused ? Problem.Result(refused) : View(caller, register, people, http);
    }

    static IResult View(Caller caller, KeptRegister register, IPeople people, HttpContext http)
    {
        var id = caller.Id!.Value;
        if (RegisterTags.Of(register.Tag(id)) is { } tag)
            http.Response.Headers.ETag = tag;
        return Results.Json(new MeView(id, people.NameOf(id), caller.Known is { } known ? Caller.Name(known) : null,
            [.. caller.Roles.Select(Caller.Name)], register.Now[id] is { } it ? RegisteredPersonView.Of(it) : null), ViewJson.Options);
    }
}
