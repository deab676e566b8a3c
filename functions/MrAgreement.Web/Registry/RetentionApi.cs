using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Registry;

/// <summary>How long a party keeps documents of a kind, and what it may dispose of.</summary>
static class RetentionApi
{
    public static void MapRetention(this RouteGroupBuilder api)
    {
        var retention = api.MapGroup("/retention").WithTags("Registry");
        retention.MapGet("", Show).Answers<RetentionView>()
            .Describe("Show periods by kind of document", "Of the caller's own party. What stands in none of them is kept for ever.");
        retention.MapPut("", Set).Answers<RetentionView>()
            .Describe("Set periods by kind of document",
            "All of them, by whom the party trusts with its people (party-admin). Nothing is disposed of by itself. Source: arkivlagen (1990:782) 10 §.");
        retention.MapGet("/due", Due).Answers<Listing<DisposableView>>()
            .Describe("List what may be disposed of",
            "Documents that the caller's party has, its own and those handed over to it, whose period has ended on that day, today when absent. Each is erased on the ground disposal, or kept.");
    }

    /// <summary>Whether somebody may see the list: those who ask for erasures.</summary>
    public static bool MayList(Actor by) => by.Party.Length > 0 && Rights.MaySomewhere(by, Right.Erase);

    /// <summary>Whether somebody may see the periods.</summary>
    public static bool MaySee(Actor by) => MayList(by) || KeptRetention.MaySet(by);

    static async Task<IResult> Show(Desk desk, KeptRetention retention, HttpContext http)
    {
        if (!MaySee(desk.Person.Actor))
            return Forbidden(desk);
        var (plan, tag) = await retention.Read(desk.Person.Party, http.RequestAborted);
        return desk.Found(RetentionView.Of(plan, desk), RegisterTags.Of(tag)!);
    }

    static async Task<IResult> Set(Body<RetentionRequest> body, Desk desk, KeptRetention retention, HttpContext http)
    {
        var by = desk.Person.Actor;
        if (!KeptRetention.MaySet(by))
            return Forbidden(desk);
        var (_, tag) = await retention.Read(by.Party, http.RequestAborted);
        if (desk.Against(RegisterTags.Of(tag)) is { } stale)
            return stale;
        if (await retention.Set(by, body.Value.Periods, tag, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted)
            is { } refused)
            return Problem.Result(refused);
        var (plan, now) = await retention.Read(by.Party, http.RequestAborted);
        return desk.Found(RetentionView.Of(plan, desk), RegisterTags.Of(now)!);
    }

    static async Task<IResult> Due(Paging paging, Desk desk, KeptRetention retention, DailyRegistry registry, HttpRequest request,
        DateParameter? date = null)
    {
        var by = desk.Person.Actor;
        if (!MayList(by))
            return Forbidden(desk);
        var (plan, _) = await retention.Read(by.Party, request.HttpContext.RequestAborted);
        var found = await registry.Due(plan, date?.Date ?? desk.Today, by, request.HttpContext.RequestAborted);
        return Results.Json(paging.Of(request, found.Rows.Select(DisposableView.Of).ToList()) with { Unread = found.Unread },
            ViewJson.Options);
    }

    static IResult Forbidden(Desk desk) => Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
}

/// <param name="Periods">All of them: what is left out is kept for ever.</param>
public sealed record RetentionRequest(IReadOnlyList<RetentionPeriod> Periods);

/// <summary>A party's periods by kind of document.</summary>
/// <param name="Party">Key of the party.</param>
/// <param name="Periods">By kind; what stands in none of them is kept for ever.</param>
/// <param name="SetBy">Who set them last; null when nobody has.</param>
/// <param name="SetAt">When.</param>
public sealed record RetentionView(string Party, IReadOnlyList<RetentionPeriod> Periods, PersonView? SetBy, Instant? SetAt)
{
    internal static RetentionView Of(RetentionPlan it, Desk desk) =>
        new(it.Party, it.Periods, it.SetBy is { } by ? desk.Name(by) : null, it.SetAt);
}

/// <summary>A document that may be disposed of.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">By which the party registers the matter.</param>
/// <param name="Document">UUID of the document.</param>
/// <param name="Number">Its number in the agreement's register.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">Its title.</param>
/// <param name="On">The day it came in or was drawn up.</param>
/// <param name="Years">How long it was to be kept.</param>
/// <param name="Reference">Number of the decision on that.</param>
/// <param name="Since">From which day it may be disposed of.</param>
/// <param name="Party">Key of the party whose it is: another's was handed over.</param>
public sealed record DisposableView(AgreementId Agreement, DiaryNumber DiaryNumber, Guid Document, int Number, string Kind, string Title,
    LocalDate On, int Years, string Reference, LocalDate Since, string Party)
{
    internal static DisposableView Of(Disposable it) => new(it.Agreement, it.Diary, it.Document.Id, it.Document.Number, it.Document.Kind,
        it.Document.Title, it.On, it.Period.Years!.Value, it.Period.Reference, it.Since, it.Document.Party);
}
