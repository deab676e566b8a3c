using System.Collections.Concurrent;
using System.Text;
using Microsoft.Net.Http.Headers;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Formats.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Calendars;

/// <summary>As what its owner sees an agreement, in which language it is told, and where its links lead.</summary>
/// <param name="Address">Of the host, without a path.</param>
sealed record CalendarFeed(Actor Of, Language Language, Uri Address)
{
    // Another build may have other words for the same state.
    static readonly Guid build = typeof(CalendarFeed).Assembly.ManifestModule.ModuleVersionId;

    /// <summary>What of the person and the request the days depend on.</summary>
    public string Sight => $"{Of.SeesEveryAgreement} {Of.Party} {Of.Role} {Language.Code} {Address}";

    /// <summary>The same for the same days, whenever they are told; weak, since the feed says when it was made.</summary>
    public static EntityTagHeaderValue Tag(Language language, IEnumerable<(PortfolioRow Row, CalendarFeed Feed)> agreements) =>
        new($"\"{Sha256.Of(Encoding.UTF8.GetBytes(string.Join('\n', agreements
            .Select(it => $"{it.Row.Agreement} {Version(it.Row)} {it.Feed.Sight}").Prepend($"{build} {language.Code}"))))}\"",
            isWeak: true);

    /// <summary>The last event that changed anything about an agreement but its reminders.</summary>
    public static (long, Instant) Version(PortfolioRow row) => (Projection.Summary(row).Version, row.ChangedAt);
}

/// <summary>The days of agreements in people's feeds: worked out anew when the read models show a change, and kept.</summary>
sealed class CalendarDays(Dossiers dossiers)
{
    const int MaxKept = 2000;

    readonly ConcurrentDictionary<(AgreementId, string), ((long, Instant) Version, IReadOnlyList<CalendarDay> Days)> kept = new();

    public async Task<IReadOnlyList<CalendarDay>> Of(PortfolioRow row, CalendarFeed feed, CancellationToken cancellation)
    {
        var version = CalendarFeed.Version(row);
        if (kept.TryGetValue((row.Agreement, feed.Sight), out var known) && known.Version == version)
            return known.Days;
        if (await dossiers.ReadIfWhole(row.Agreement, cancellation) is not { } dossier)
            return [];
        var seen = Sight.Seen(dossier, feed.Of);
        IReadOnlyList<CalendarDay> days = [.. dossier.Agreement.InOrder
            .SelectMany(o => new[] { Day(seen, o, feed), CalledOff(seen, o, feed) }).OfType<CalendarDay>()];
        if (kept.Count >= MaxKept)
            kept.Clear();
        kept[(row.Agreement, feed.Sight)] = (version, days);
        return days;
    }

    // Nothing in it names a person: the address may be passed on. Null for what never had a day.
    static CalendarDay? Day(Dossier dossier, Obligation it, CalendarFeed feed)
    {
        var (agreement, number, language) = (dossier.Agreement, dossier.Agreement.Terms.DiaryNumber, feed.Language);
        if (On(agreement, it) is not { } on)
            return null;
        return new(
            $"{it.Key}.{dossier.Id}@mragreement", (int)dossier.Touched, dossier.TouchedAt, on,
            Happened(agreement, it) is { } happened
                ? language.Say(happened, ("obligation", it.Title), ("date", it.DeliveredOn ?? on))
                : it.Title,
            it is { Waived: not null, DueOn: null } ? $"{number}" : $"{number}: {DueText.Of(language, dossier, it)}",
            new(feed.Address, $"/agreements/{dossier.Id}/obligations/{it.Key}"),
            it.Waived is not null || HasLostItsDay(it), Hours(it, on, language));
    }

    // The meeting that was agreed and is called off, or whose obligation is let go, by the invitation's name and sequence, so that whoever
    // took that in, and whoever subscribes, has it struck out; the obligation stays on its last day. Null where a time is agreed and
    // stands, or none ever was.
    static CalendarDay? CalledOff(Dossier dossier, Obligation it, CalendarFeed feed) =>
        (it.Waived is not null || it is { AgreedTime: null, IsSettled: false })
        && (it.AgreedTime ?? it.Times.FindLast(each => each is { State: TimeState.CalledOff, AgreedAt: not null }))
            is { Time: var time } off
            ? new($"meeting-{it.Key}.{dossier.Id}@mragreement", Invitation.SequenceOf(it), Invitation.ChangedAt(it, off), time.On,
                feed.Language.Say("calendar.called-off", ("obligation", it.Title)),
                $"{dossier.Agreement.Terms.DiaryNumber}: {feed.Language.Say("calendar.meeting-called-off")}",
                new(feed.Address, $"/agreements/{dossier.Id}/obligations/{it.Key}"), IsCancelled: true,
                new(time.StartsAt, time.EndsAt, time.Place ?? feed.Language.Word(time.Form)))
            : null;

    // The link by which one comes in stays out of an address that may be passed on.
    static CalendarHours? Hours(Obligation it, LocalDate on, Language language) =>
        it is { IsSettled: false, AgreedTime.Time: var time } && time.On == on
            ? new(time.StartsAt, time.EndsAt, time.Place ?? language.Word(time.Form))
            : null;

    // On the day set for it, else the last for it. What has no day any more
    // stays on the one it had: those who subscribe see what became of it.
    static LocalDate? On(Agreement agreement, Obligation it) =>
        it.TakesPlaceOn ?? it.EffectiveDueOn ?? (it.Moves is [.., { From: var last }] ? agreement.WorkingDayRule.Effective(last) : null);

    static bool HasLostItsDay(Obligation it) => it is { EffectiveDueOn: null, ScheduledOn: null, IsDelivered: false };

    // What has become of it, as a text of the calendar; null while it is still owed.
    static string? Happened(Agreement agreement, Obligation it) => it switch
    {
        { Waived: not null } when agreement.IsDroppedByEnd(it) => "calendar.terminated",
        { Waived: not null } => "calendar.waived",
        { FulfilledOn: not null, Kind: ObligationKind.Requisition } => "calendar.requisitioned",
        { FulfilledOn: not null, Kind: ObligationKind.Repayment } => "calendar.repaid",
        { FulfilledOn: not null } => "calendar.paid",
        { Completions.Count: > 0, Agenda.Count: > 0 } => "calendar.held",
        { Completions.Count: > 0 } => "calendar.completed",
        { LastSubmission.State: SubmissionState.Accepted, IsReviewedByPractice: true } => "calendar.reviewed",
        { LastSubmission.State: SubmissionState.Accepted, Acceptance: true } => "calendar.accepted",
        { LastSubmission.Stands: true } => "calendar.delivered",
        { LastSubmission.State: SubmissionState.Returned } => "calendar.returned",
        _ when HasLostItsDay(it) => "calendar.undated",
        _ => null
    };
}
