using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Registry;

/// <summary>A party's own register: its numbers of matters, and what it registers of a day.</summary>
static class RegistryApi
{
    public static void MapRegistry(this RouteGroupBuilder api)
    {
        api.MapGet("/registry", List).WithTags("Registry").Answers<Listing<RegistryRowView>>()
            .Describe("List what a party registers of a day",
            "What came in, went out or was drawn up on that day in Stockholm, or was registered on it, today when absent. party is the caller's own. Worked out of the logs. Source: OSL (2009:400) 5 kap. 2 §.");
        var own = api.MapGroup("/agreements/{agreementId:guid}/diary-numbers").WithTags("Registry");
        own.MapGet("", Numbers).Answers<Listing<OwnDiaryNumberView>>()
            .Describe("List diary numbers", "By which each party registers the matter; that of the terms where it has none of its own.");
        own.MapPut("/own", Record).Answers<OwnDiaryNumberView>()
            .Describe("Record one's own party's diary number", "By which the caller's party registers the matter from then on.");
    }

    static async Task<IResult> List(Paging paging, Desk desk, DailyRegistry registry, HttpRequest request, DateParameter? date = null,
        string? party = null)
    {
        var by = desk.Person.Actor;
        if (!DailyRegistry.IsKeptBy(by) || party is not null && party != by.Party)
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", by.Role)));
        var found = await registry.On(date?.Date ?? desk.Today, by, request.HttpContext.RequestAborted);
        return Results.Json(paging.Of(request, found.Rows.Select(RegistryRowView.Of).ToList()) with { Unread = found.Unread },
            ViewJson.Options);
    }

    static Task<IResult> Numbers(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, at.Agreement.Terms.Parties
            .Select(party => OwnDiaryNumberView.Of(at.Agreement, party.Key)).ToList()), ViewJson.Options));

    static Task<IResult> Record(AgreementId agreementId, Body<DiaryNumberRequest> body, Desk desk) => desk.Do(agreementId, body.Bytes,
        new RecordDiaryNumber(body.Value.Number), _ => null,
        at => Reply.Ok(OwnDiaryNumberView.Of(at.Agreement, desk.Person.Party)));
}

/// <param name="Number">As the party writes it.</param>
public sealed record DiaryNumberRequest(DiaryNumber Number);

/// <summary>By which a party registers a matter.</summary>
/// <param name="Party">Key of the party.</param>
/// <param name="Number">Its number, or that of the terms.</param>
/// <param name="Own">Whether the party has recorded it itself.</param>
public sealed record OwnDiaryNumberView(string Party, DiaryNumber Number, bool Own)
{
    internal static OwnDiaryNumberView Of(Agreement it, string party) => new(party, it.NumberOf(party), it.DiaryNumbers.ContainsKey(party));
}

/// <summary>A row of a party's register.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Number">By which the party registers the matter.</param>
/// <param name="Matter">Title of the agreement.</param>
/// <param name="On">The day it came in, went out or was drawn up.</param>
/// <param name="Direction">incoming, outgoing or own.</param>
/// <param name="Counterpart">Key of the party that it came from or went to, or the words for somebody else that it came from.</param>
/// <param name="RegisteredOn">The day on which it was registered.</param>
/// <param name="Kind">document, submission, requisition, signature, amendment, decision or note.</param>
/// <param name="Act">Type of the event, of a signature, an amendment, a decision or a note; null for all else.</param>
/// <param name="Title">What it is.</param>
/// <param name="Version">Number of the submission, requisition or amendment.</param>
/// <param name="Documents">Numbers of the documents.</param>
/// <param name="LegalGrounds">Sections of law by which any of it is confidential.</param>
/// <param name="SecrecyMarkings">The party's own markings of secrecy on the documents.</param>
/// <param name="State">withdrawn or erased; null while it stands.</param>
/// <param name="Receipts">From each that received what the party sent or drew up.</param>
public sealed record RegistryRowView(AgreementId Agreement, DiaryNumber Number, string Matter, LocalDate On, LocalDate RegisteredOn,
    RegistryDirection Direction, string? Counterpart, RegistryKind Kind, string Title, int? Version, IReadOnlyList<int> Documents,
    IReadOnlyList<string> LegalGrounds, IReadOnlyList<RegistryMarking> SecrecyMarkings, string? Act, RegistryState? State,
    IReadOnlyList<ReceiptView> Receipts)
{
    internal static RegistryRowView Of(RegisteredRow of)
    {
        var it = of.Row;
        return new(it.Agreement, it.Diary, it.Matter, it.On, it.RegisteredOn, it.Direction, it.Counterpart, it.Kind, it.Title, it.Version,
            it.Documents, it.LegalGrounds, it.Markings, it.Act, it.State, of.Receipts);
    }
}
