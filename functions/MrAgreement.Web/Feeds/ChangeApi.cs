using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Pages.Log;

namespace MrAgreement.Web.Feeds;

/// <summary>What has happened in all agreements since one last asked.</summary>
static class ChangeApi
{
    const int MostItems = 100;

    public static void MapChanges(this RouteGroupBuilder api) => api.MapGet("/changes", List).Answers<ChangeListing>().WithTags("Log")
        .Describe("Follow changes",
            "Every event of every agreement whose log the caller may read, as they are shown it there, in the order in which it was taken in. "
            + "Ask again with next in the place of since, at once where more says so: nothing is left out, events of one agreement come in order, and one may come twice, with the same agreement and sequence. "
            + "Without since from the very beginning; now for from now on. An agreement that the caller comes to see later is given from its beginning then. What became of mail, and reminders, are among them: go by type. In another role, or for another party, a cursor begins anew.");

    static async Task<IResult> List(Desk desk, ChangeReading changes, ChangeCursor cursor, HttpContext http, string? since = null,
        string? limit = null)
    {
        if (!Rights.MaySomewhere(desk.Person.Actor, Right.ReadLog))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        if (!int.TryParse(limit ?? "20", NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > MostItems)
            return Problem.Malformed("limit");
        var place = since switch
        {
            null => ChangePlace.Start,
            ChangeCursor.Now => await changes.End(http.RequestAborted),
            _ => cursor.Read(since, desk.Person.Actor)
        };
        if (place is null)
            return Problem.Result(StatusCodes.Status400BadRequest, new("malformed-cursor"));
        var page = await changes.Since(place, desk.Person.Actor, most, http.RequestAborted);
        return Results.Json(new ChangeListing([.. page.Changes.Select(it => ChangeView.Of(it, desk, http.Request))],
            cursor.Write(page.Next, desk.Person.Actor), page.More), ViewJson.Options);
    }
}

/// <summary>Some of what has happened, oldest first.</summary>
/// <param name="Items">The events; none when nothing has happened that the caller sees.</param>
/// <param name="Next">From where to go on: what to give for since. It holds for as long as it is kept, at any host of the same data.</param>
/// <param name="More">Whether there may be more already.</param>
public sealed record ChangeListing(IReadOnlyList<ChangeView> Items, string Next, bool More);

/// <summary>An event of an agreement.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Sequence">Place in the agreement's log; what is left out for the caller leaves a gap.</param>
/// <param name="At">Recorded time.</param>
/// <param name="Type">Stored name of the event.</param>
/// <param name="Actor">Who did it; system for a timer.</param>
/// <param name="Link">Where a person reads it.</param>
public sealed record ChangeView(AgreementId Agreement, long Sequence, Instant At, string Type, PersonView Actor, string Link)
{
    internal static ChangeView Of(Change it, Desk desk, HttpRequest request) => new(it.Dossier.Id, it.Row.Sequence, it.Row.At,
        it.Row.Type, desk.Name(it.Row.Actor),
        $"{request.Scheme}://{request.Host}{LogAddress.Of(it.Dossier.Id, it.Row.Sequence)}");
}
