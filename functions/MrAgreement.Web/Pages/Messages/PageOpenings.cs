using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Agreements;
using MrAgreement.Running;
using MrAgreement.Web.Messages;

namespace MrAgreement.Web.Pages.Messages;

/// <summary>Notes who opens the page that a message of theirs leads to, whichever page of an agreement it is.</summary>
static class PageOpenings
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, result) = (context.HttpContext, await next(context));
        if (HttpMethods.IsGet(http.Request.Method) && result is not IStatusCodeHttpResult { StatusCode: >= 400 }
            && http.RequestServices.GetRequiredService<PageVisitor>() is { Found: { } dossier, Known: { } known } visitor)
            await Note(dossier, http.Request.Path.Value ?? "", known.Id, visitor.Now, http);
        return result;
    }

    // Whoever reads waits for nothing that is only to be remembered.
    static async Task Note(Dossier dossier, string path, PersonId person, Instant at, HttpContext http)
    {
        var told = dossier.Messages.InOrder.Where(it => it.Happened.To.Contains(person)).Select(it => it.Happened.ToKey()).ToHashSet();
        if (told.Count == 0)
            return;
        try
        {
            var obligation = Openings.ObligationOf(dossier.Id, path);
            var own = http.RequestServices.GetRequiredService<OwnMessages>();
            var here = (await own.Of(dossier, http.RequestAborted))
                .Where(it => told.Contains(it.Key)
                    && (obligation is not null && it.Obligation == obligation || MailTexts.PageOf(it) == path))
                .Select(it => it.Key).ToHashSet();
            await http.RequestServices.GetRequiredService<Openings>().Note(dossier.Id, path, here, person, at, http.RequestAborted);
        }
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            // The next look notes it.
        }
    }
}
