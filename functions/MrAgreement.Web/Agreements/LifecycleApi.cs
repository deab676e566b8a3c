using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Agreements;

/// <summary>What an agreement does of itself next, and when it was last looked at.</summary>
static class LifecycleApi
{
    public static void MapLifecycle(this RouteGroupBuilder api) =>
        api.MapGet("/agreements/{agreementId:guid}/lifecycle", Show).WithTags("Agreements").Answers<LifecycleView>()
            .Describe("Show an agreement's lifecycle",
            "What it waits for: its next wake-up, what that is for, and when it was last looked at. "
            + "For the grantor's officer and administrators.");

    static async Task<IResult> Show(AgreementId agreementId, Desk desk, ILooks looks, CancellationToken cancellation)
    {
        var (at, failure) = await desk.See(agreementId, null);
        return at is null ? failure!
            : !Rights.May(at.By, Right.FollowLifecycle, at.Agreement.Terms.Parties)
                ? Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role)))
            : Results.Json(LifecycleView.Of(at.Dossier, await looks.Last(at.Dossier, cancellation)), ViewJson.Options);
    }
}

/// <summary>What an agreement does of itself.</summary>
/// <param name="NextWakeUp">When it does something next; null for never, as things stand.</param>
/// <param name="LastLook">When it was last looked at whether something is due; null when that is not known.</param>
/// <param name="PokeWaits">Whether something has happened since then that is looked at
/// in a moment; null where agreements are not looked at one by one.</param>
public sealed record LifecycleView(AgreementStatus Status, WakeUpView? NextWakeUp, Instant? LastLook, bool? PokeWaits)
{
    internal static LifecycleView Of(Dossier it, Look? look) => new(it.Agreement.Status,
        Lifecycle.NextWakeUp(it, settled: true) is { } at
            ? new(at, [.. WaitedFor.At(it.Agreement, at).Select(w => WaitedForView.Of(w, it.Agreement))])
            : null, look?.At, look?.PokeWaits);
}

/// <param name="For">What it is for; empty where it only goes on with what was begun.</param>
public sealed record WakeUpView(Instant At, IReadOnlyList<WaitedForView> For);

/// <param name="Kind">What is done.</param>
/// <param name="On">The due date that it is about, or the day on which something takes effect.</param>
/// <param name="Obligation">Key of what is due; null where nothing is.</param>
/// <param name="Title">Its title.</param>
/// <param name="Rung">Days from the due date: -14 is fourteen days before.</param>
/// <param name="Amendment">Number of the amendment that takes effect.</param>
public sealed record WaitedForView(WaitedForKind Kind, LocalDate On, string? Obligation, string? Title, int? Rung, int? Amendment)
{
    internal static WaitedForView Of(WaitedFor it, Agreement agreement) => new(it.Kind, it.On, it.Obligation,
        it.Obligation is { } key ? agreement.Obligations[key].Title : null, it.Rung, it.Amendment);
}
