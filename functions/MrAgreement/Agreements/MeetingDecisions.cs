using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on when and where the parties meet: proposed by one, agreed by another, moved in the same way.</summary>
static class MeetingDecisions
{
    const int MaxDays = 7;

    /// <summary>What stands against an act on a meeting's time as things are; null for nothing.</summary>
    public static Refused? Against(Obligation it, Act act, Subject of, Occasion on) =>
        !it.IsMeeting ? new("not-a-meeting", ("obligation", it.Title))
        : ActDecisions.AgainstEither(it, on) ?? ActDecisions.Settled(it) ?? (act == Act.ProposeTime ? null : AgainstOne(it, act, of, on));

    static Refused? AgainstOne(Obligation it, Act act, Subject of, Occasion on) => (it.Times.Find(of.Number), act) switch
    {
        (null, _) => new("no-such-time", RefusalKind.NotFound, ("number", of.Number)),
        ({ State: TimeState.Replaced or TimeState.CalledOff }, _) => new("time-replaced", ("number", of.Number)),
        ({ State: TimeState.Agreed }, Act.CallOffTime) => null,
        ({ State: TimeState.Agreed }, _) => new("time-agreed-already", ("number", of.Number)),
        ({ } time, Act.CallOffTime) => time.Party == on.By.Party ? null : new("time-of-other-party", RefusalKind.Forbidden),
        ({ Party: var party }, _) when party == on.By.Party => new("own-time", RefusalKind.Forbidden),
        ({ By: var by }, _) when by == on.By.Id => FourEyes.Refusal,
        ({ Time.StartsAt: var starts }, _) when starts <= on.Now => new("time-passed", ("number", of.Number)),
        (_, Act.AgreeToTime) => null,
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    public static Decision Decide(Obligation it, ProposeTime command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var time = command.Time with { Place = Trimmed(command.Time.Place), Link = Trimmed(command.Time.Link) };
        if (it.OpenTime is { } open ? open.Time == time && open.By == on.By.Id : it.AgreedTime?.Time == time)
            return new Nothing();
        var faults = Faults(time, on).ToList();
        if (faults.Count == 0 && !command.IsSure && it is { Due: not OnceScheduled, EffectiveDueOn: { } last } && time.On > last)
            faults.Add(new("/sure", "scheduled-late", ("date", last)));
        return faults.Count > 0 ? Refused.Invalid(faults)
            : new TimeProposed(it.Key, it.Times.Count + 1, time.On, time.Start, time.End, time.Form, on.By.Party, time.Place, time.Link,
                time.LastDay);
    }

    public static Decision Decide(Obligation it, AgreeToTime command, Occasion on)
    {
        if (it.Times.Find(command.Number) is { State: TimeState.Agreed } done && done.AgreedBy == on.By.Id)
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var day = it.Times[command.Number - 1].Time.On;
        var agreed = new TimeAgreed(it.Key, command.Number, on.By.Party);
        return it.ScheduledOn == day ? agreed : new Accepted([agreed, new ObligationScheduled(it.Key, day)]);
    }

    public static Decision Decide(Obligation it, CallOffTime command, Occasion on)
    {
        if (it.Times.Find(command.Number)?.CalledOff is { } done && (done.By, done.Reason) == (on.By.Id, command.Reason.Trim()))
            return new Nothing();
        return Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 4000)
            ?? (Decision)new TimeCalledOff(it.Key, command.Number, on.By.Party, command.Reason.Trim());
    }

    static IEnumerable<Fault> Faults(MeetingTime it, Occasion on)
    {
        var far = DateRange.Faults(("/on", it.On), ("/lastDay", it.LastDay)).ToList();
        foreach (var fault in far)
            yield return fault;
        if (far.Count == 0)
        {
            if (it.StartsAt <= on.Now)
                yield return new(it.On < on.Today ? "/on" : "/start", "time-in-past");
            if (it.LastDay <= it.On)
                yield return new("/lastDay", "last-day-not-later", ("date", it.On));
            else if (it.LastDay > it.On.PlusDays(MaxDays - 1))
                yield return new("/lastDay", "meeting-too-long", ("max", MaxDays));
            else if (it.EndsAt <= it.StartsAt)
                yield return new("/end", "end-before-start");
        }
        var (onSite, byVideo) = (it.Form != MeetingForm.Video, it.Form != MeetingForm.OnSite);
        if (onSite == it.Place is null)
            yield return new("/place", onSite ? "place-missing" : "place-of-video");
        else if (Fault.OptionalText("/place", it.Place, 300) is { } place)
            yield return place;
        if (byVideo == it.Link is null)
            yield return new("/link", byVideo ? "link-missing" : "link-on-site");
        else if (it.Link is { } link && !IsLink(link))
            yield return new("/link", "link-unreadable");
    }

    // What calendar programs and browsers can follow, and nothing that hides where it leads.
    static bool IsLink(string text) => text.Length <= 1000 && !HiddenLetters.AreIn(text) && !text.Any(char.IsWhiteSpace)
        && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps && link.UserInfo.Length == 0;

    static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
