using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Messages;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Web.Pages.Messages;

/// <summary>How mail goes, for the administrator: what waits, and what did not reach somebody.</summary>
static class MessagePages
{
    const int MostShown = 200;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/messages", async Task<IResult> (HttpContext http, PageVisitor visitor, Dossiers dossiers) =>
        {
            if (visitor.Actor.Role != Role.Admin)
                return Failures.Page(StatusCodes.Status403Forbidden);
            var lost = await http.RequestServices.GetRequiredService<WebhookDelivery>().Lost(http.RequestAborted);
            if (http.RequestServices.GetService<Postman>() is not { } postman)
                return Page([], [], 0, 0, null, lost);
            var troubles = await postman.Troubles(http.RequestAborted);
            if (http.RequestServices.GetService<Bounces>() is { } bounces)
                troubles = [.. troubles, .. await bounces.Known(http.RequestAborted)];
            var shown = new List<MailTrouble>();
            var (openings, opened) = (http.RequestServices.GetRequiredService<Openings>(),
                new Dictionary<AgreementId, ILookup<MessageKey, Opening>>());
            foreach (var (id, attempts) in troubles.Where(it => it.Attempts.End is not (AttemptEnd.Taken or AttemptEnd.Overtaken))
                .OrderByDescending(it => it.Attempts.FirstAt).Take(MostShown))
                if (await dossiers.ReadIfWhole(id, http.RequestAborted) is { } dossier)
                {
                    if (!opened.TryGetValue(id, out var of))
                        opened[id] = of = await openings.Of(id, http.RequestAborted);
                    shown.Add(new(id, $"{dossier.Agreement.Terms.DiaryNumber}", attempts,
                        of[attempts.Message].FirstOrDefault(it => it.By == attempts.Person)?.At));
                }
            var missing = new List<AgreementLacking>();
            foreach (var (id, what) in await http.RequestServices.GetRequiredService<MailWatch>().Known(http.RequestAborted))
                if (await dossiers.ReadIfWhole(id, http.RequestAborted) is { } dossier)
                    missing.Add(new(id, $"{dossier.Agreement.Terms.DiaryNumber}", what));
            return Page(shown, missing, await postman.CountUnsent(http.RequestAborted),
                await postman.WaitingForMornings(http.RequestAborted), postman, lost);
        });

    static RazorComponentResult<MessagesPage> Page(IReadOnlyList<MailTrouble> troubles, IReadOnlyList<AgreementLacking> missing,
        int waiting, int forMornings, Postman? postman, IReadOnlyList<LostReceiver> lost) => new(new
        {
            Troubles = troubles, Missing = missing, Waiting = waiting, ForMornings = forMornings, Server = postman?.Server,
            DownUntil = postman?.DownUntil, DownSaid = postman?.DownSaid, Lost = lost
        })
        {
            PreventStreamingRendering = true
        };
}

/// <summary>A mail that has not reached somebody, or not yet.</summary>
/// <param name="Opened">When they opened the page that it leads to all the same; null for not yet.</param>
public sealed record MailTrouble(AgreementId Agreement, string DiaryNumber, Attempts Attempts, Instant? Opened);

/// <summary>An agreement of which messages have not gone as they should.</summary>
public sealed record AgreementLacking(AgreementId Agreement, string DiaryNumber, IReadOnlyList<MissingMessage> Missing);
