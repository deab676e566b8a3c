using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Published;

/// <summary>What is published, for programs, without signing in.</summary>
static class PublishedApi
{
    public static void MapPublished(this RouteGroupBuilder api)
    {
        var all = api.MapGroup("/published").AllowAnonymous().WithTags("Publications");
        all.MapGet("", List).Answers<Listing<PublishedView>>().Describe("List what is published",
            "What both sides of an agreement have opened to everybody, the latest first. Without signing in.");
        all.MapGet("/{agreementId:guid}", OfAgreement).Answers<Listing<PublishedView>>().Describe("List what an agreement has published",
            "404 where it has published nothing, and where there is no such agreement: the two are not told apart.");
    }

    static Task<IResult> List(Paging paging, PublishedReading published, HttpContext http) => Shown(null, paging, published, http);

    static Task<IResult> OfAgreement(AgreementId agreementId, Paging paging, PublishedReading published, HttpContext http) =>
        Shown(agreementId, paging, published, http);

    static async Task<IResult> Shown(AgreementId? agreement, Paging paging, PublishedReading published, HttpContext http)
    {
        var found = await published.Page(agreement, paging.Page, paging.Limit, http.RequestAborted);
        if (agreement is not null && found.Total == 0)
            return Problem.Result(new Refused("nothing-published", RefusalKind.NotFound));
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        return OpenFile.Of(http, JsonSerializer.SerializeToUtf8Bytes(
            paging.Of<PublishedView>(http.Request, [.. found.Rows.Select(row => PublishedView.Of(row, root))], found.Total),
            ViewJson.Options), "application/json");
    }
}

/// <summary>Something that everybody may read.</summary>
/// <param name="Agreement">Id of the agreement that it comes of.</param>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="AgreementTitle">What the agreement is called.</param>
/// <param name="DiaryNumber">Of the agreement.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">guide, report, material, course or decision.</param>
/// <param name="On">The day it was published or finished.</param>
/// <param name="Language">Of the material.</param>
/// <param name="Audience">Whom it is for; none for everybody.</param>
/// <param name="Publisher">Name of the party that published it.</param>
/// <param name="ApprovedAt">When it was opened to everybody.</param>
/// <param name="Address">Its page, which stays.</param>
/// <param name="Content">The document, or the page of the web.</param>
/// <param name="MediaType">Of the document; null for a page of the web.</param>
/// <param name="Size">In bytes; null for a page of the web.</param>
/// <param name="Sha256">Of the document; null for a page of the web.</param>
public sealed record PublishedView(
    Guid Agreement, int Number, string AgreementTitle, string DiaryNumber, string Title, PublicationKind Kind, LocalDate On,
    string Language,
    IReadOnlyList<PublicationAudience> Audience, string Publisher, Instant ApprovedAt, string Address, string Content, string? MediaType,
    long? Size, Sha256? Sha256)
{
    internal static PublishedView Of(PublishedRow it, string root)
    {
        var (of, told) = (it.Of!, it.Material!);
        return new(it.Agreement.Value, it.Number, of.Title, of.DiaryNumber, told.Title, told.Kind, told.On, told.Language, told.Audience,
            told.Party, it.At, root + PublishedAddress.Of(it.Agreement, it.Number),
            told.Address ?? root + PublishedAddress.Document(it.Agreement, it.Number), told.File?.MediaType, told.File?.Size,
            told.File?.Sha256);
    }
}
