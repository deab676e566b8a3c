using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Calendars;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Simulation;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Clock;

/// <summary>The simulated clock for whoever tries the program out; it exists only where the host has such a clock.</summary>
static class ClockPages
{
    public const string Address = "/clock";

    /// <summary>In the address afterwards: what the move led to.</summary>
    public const string Reminders = "reminders";

    public const string Late = "late";

    /// <summary>The field with the day to move to, by typing and by the buttons.</summary>
    public const string To = "now";

    public static void Map(IEndpointRouteBuilder pages)
    {
        if (pages.ServiceProvider.GetService<SimulatedClock>() is null)
            return;
        pages.MapGet(Address, (HttpContext http, ClockMoving moving, PageVisitor visitor) => Show(http, moving, visitor, null));
        pages.MapPost(Address, Move);
    }

    static async Task<IResult> Move(HttpContext http, ClockMoving moving, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var to = filled.Date(To);
        var (moved, refused) = filled.Faults.Count > 0 ? (null, Refused.Invalid(filled.Faults))
            : await moving.MoveTo(LocalDatePattern.Iso.Format(to), http.RequestAborted);
        return moved is not null
            ? FormPost.Go(http, FormattableString.Invariant(
                $"{Address}?{FormPost.Saved}&{Reminders}={moved.RemindersSent}&{Late}={moved.BecameOverdue}"))
            : await Show(http, moving, visitor, Attempt.Of(http.Request.Path, filled, refused!, visitor.Language));
    }

    static async Task<IResult> Show(HttpContext http, ClockMoving moving, PageVisitor visitor, Attempt? attempt)
    {
        var next = await moving.Next(http.RequestAborted);
        return new RazorComponentResult<ClockPage>(new
        {
            // At noon of a day everything of its morning has been: where that is past, the day after is the next.
            Next = next is not { } at ? (LocalDate?)null
                : StockholmTime.DateOf(at) is var day && at > StockholmTime.Noon(day) ? day.PlusDays(1) : day,
            Attempt = attempt
        })
        {
            PreventStreamingRendering = true, StatusCode = attempt?.Status ?? StatusCodes.Status200OK
        };
    }
}
