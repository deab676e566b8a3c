using Microsoft.AspNetCore.Http;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>
/// The page that a refused form comes back on. It is written twice: only then is it
/// known what the form calls its fields, and whether there is such a form any more.
/// Where there is none, the page has what was typed.
/// </summary>
sealed class ShownAgain(Attempt attempt, Func<Attempt, IResult> show) : IResult, IRefusal
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = httpContext.Response.Body;
        using var page = new MemoryStream();
        httpContext.Response.Body = page;
        try
        {
            await show(attempt).ExecuteAsync(httpContext);
            page.SetLength(0);
            PageGuard.BeginAnew(httpContext.Response);
            await show(attempt with { IsGone = !attempt.IsShown }).ExecuteAsync(httpContext);
        }
        finally
        {
            httpContext.Response.Body = body;
        }
        page.Position = 0;
        await page.CopyToAsync(body, httpContext.RequestAborted);
    }
}
