using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Documents;
using MrAgreement.Formats.Tables;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Accessibility;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Published;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Published;

/// <summary>What is published: pages and files for everybody. What is not open, and what is not there, is answered alike.</summary>
static class PublishedPages
{
    public const int PageSize = 20;

    static readonly string[] reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(RouteGroupBuilder pages)
    {
        var all = pages.MapGroup(PublishedAddress.All).AllowAnonymous();
        Read(all, "", (http, published) => List(null, http, published));
        Read(all, "/{id:guid}", (http, published) => List(Agreement(http), http, published));
        Read(all, "/{id:guid}/{number:int}", Show);
        Read(all, "/{id:guid}/{number:int}/document", Document);
        Read(all, "/feed.atom", async (http, published) => OpenFile.Of(http, PublishedFeed.Write(
            await published.All(PublishedKind.Material, PublishedFeed.Most, http.RequestAborted), Asked(http), Root(http)),
            PublishedFeed.MediaType, byLanguage: true));
        Read(all, "/grants.json", async (http, published) =>
            await published.All(PublishedKind.Grant, PublishedReading.MostInFiles, http.RequestAborted) is { Count: > 0 } grants
                ? OpenFile.Of(http, OpenGrants.Write(grants, Root(http)), OpenGrants.MediaType) : NotFound);
        Read(all, "/list.csv", async (http, published) => OpenFile.Of(http, Csv.Write(PublishedCatalogue.Sheet(
            await published.All(PublishedKind.Material, PublishedReading.MostInFiles, http.RequestAborted), Asked(http), Root(http))),
            Csv.MediaType, byLanguage: true));
        Read(all, "/dcat.rdf", async (http, published) => OpenFile.Of(http, PublishedCatalogue.Write(
            http.RequestServices.GetRequiredService<Publisher>(), http.RequestServices.GetRequiredService<Contact>(),
            (await published.All(PublishedKind.Grant, 1, http.RequestAborted)).Count > 0, new(Root(http))), PublishedCatalogue.MediaType));
    }

    static void Read(RouteGroupBuilder all, string route, Func<HttpContext, PublishedReading, Task<IResult>> answer) =>
        all.MapMethods(route, reading, (HttpContext http, PublishedReading published) => answer(http, published));

    static IResult NotFound => Failures.Page(StatusCodes.Status404NotFound);

    static async Task<IResult> List(AgreementId? agreement, HttpContext http, PublishedReading published)
    {
        var page = PageNumber.Of(http.Request.Query["page"]);
        var found = await published.Page(agreement, page, PageSize, http.RequestAborted);
        return agreement is not null && found.Rows.Count == 0 ? NotFound
            : Rendered.Page<PublishedListPage>(new
            {
                Found = found, Number = page, Agreement = agreement,
                HasGrants = agreement is null && (await published.All(PublishedKind.Grant, 1, http.RequestAborted)).Count > 0
            });
    }

    static async Task<IResult> Show(HttpContext http, PublishedReading published) => await Asked(http, published) switch
    {
        null => NotFound,
        { Kind: PublishedKind.Gone } gone => Gone(http, gone),
        var open => Rendered.Page<PublishedPage>(new { Of = open })
    };

    // The bytes that were approved, and no other version; what is gone is gone whatever the reader has kept.
    static async Task<IResult> Document(HttpContext http, PublishedReading published)
    {
        var found = await Asked(http, published);
        if (found is { Kind: PublishedKind.Gone })
            return Gone(http, found);
        if (found?.Material?.File is not { } file)
            return NotFound;
        OpenFile.Keep(http.Response.Headers);
        return Attachment.Of(http.RequestServices.GetRequiredService<IDocumentStore>(),
            new(PublishedAddress.FileName(found), file.MediaType, file.Sha256, file.Size));
    }

    static RazorComponentResult<PublishedGonePage> Gone(HttpContext http, PublishedRow gone)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return new(new { Of = gone }) { StatusCode = StatusCodes.Status410Gone, PreventStreamingRendering = true };
    }

    static Task<PublishedRow?> Asked(HttpContext http, PublishedReading published) =>
        int.TryParse((string?)http.GetRouteValue("number"), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? published.One(Agreement(http), number, http.RequestAborted) : Task.FromResult<PublishedRow?>(null);

    static AgreementId Agreement(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    static Language Asked(HttpContext http) => Language.For(http.Request.Headers.AcceptLanguage.ToString());

    static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
