using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.People;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Pages.Messages;

/// <summary>What one was told, whether it came by mail or not.</summary>
static class ToldPages
{
    const int PageSize = 20;

    public const string Address = "/me/messages/told";

    public static string At(int page) => $"{Address}?page={page}";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, PageVisitor visitor,
        Caller caller, ToldMessages told) =>
    {
        var page = PageNumber.Of(http.Request.Query["page"]);
        var (items, more) = await told.Of(caller, visitor.Language, page, PageSize, http.RequestAborted);
        return PeoplePages.Page<ToldPage>(new { Items = items, Page = page, More = more,
            SendsMail = http.RequestServices.GetService<Postman>() is not null });
    });
}
