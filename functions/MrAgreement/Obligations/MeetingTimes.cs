using System.Globalization;
using MrAgreement.Calendars;
using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Obligations;

/// <summary>How people meet.</summary>
public enum MeetingForm
{
    OnSite,
    Video,

    /// <summary>Some on site, some by video.</summary>
    Both
}

/// <summary>When and where the parties meet. Times of day are those in Stockholm.</summary>
/// <param name="Start">On its first day.</param>
/// <param name="End">On its last day.</param>
/// <param name="Place">Where, when anybody meets on site; null otherwise.</param>
/// <param name="Link">Where to go by video; null when nobody does.</param>
/// <param name="LastDay">Null when it ends on the day on which it begins.</param>
public sealed record MeetingTime(LocalDate On, LocalTime Start, LocalTime End, MeetingForm Form, string? Place = null, string? Link = null,
    LocalDate? LastDay = null)
{
    static readonly LocalTimePattern time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public Instant StartsAt => StockholmTime.At(On, Start);

    public Instant EndsAt => StockholmTime.At(LastDay ?? On, End);

    /// <summary>Day and times of day as lists write them: <c>2016-05-19 09:00–12:00</c>.</summary>
    public string Written => string.Create(CultureInfo.InvariantCulture,
        $"{LocalDatePattern.Iso.Format(On)} {time.Format(Start)}–{(LastDay is { } last ? $"{LocalDatePattern.Iso.Format(last)} " : "")}{time.Format(End)}");

    /// <summary>A time of day as it is written and typed: <c>09:00</c>.</summary>
    public static string Of(LocalTime at) => time.Format(at);
}

/// <summary>Proposes when and where the parties meet, or another time than the one that stands.</summary>
/// <param name="IsSure">If not, whoever proposes it is asked first about a day after the last one allowed.</param>
public sealed record ProposeTime(string Obligation, MeetingTime Time, bool IsSure = true) : ObligationCommand(Act.ProposeTime, Obligation);

/// <summary>The other party agrees to the time that was proposed.</summary>
/// <param name="Number">Of the proposal, so that nobody agrees to another than they have seen.</param>
public sealed record AgreeToTime(string Obligation, int Number) : ObligationCommand(Act.AgreeToTime, Obligation)
{
    public override Subject Subject => new(Obligation, Number);
}

/// <summary>Takes a proposal back, or calls off what was agreed.</summary>
public sealed record CallOffTime(string Obligation, int Number, string Reason) : ObligationCommand(Act.CallOffTime, Obligation)
{
    public override Subject Subject => new(Obligation, Number);
}

/// <summary>A party proposed a time; an earlier proposal that nobody has agreed to is replaced, what was agreed stands until this is.
/// </summary>
public sealed record TimeProposed(string Obligation, int Number, LocalDate On, LocalTime Start, LocalTime End, MeetingForm Form,
    string Party, string? Place = null, string? Link = null, LocalDate? LastDay = null) : ObligationEvent(Obligation);

/// <summary>The other party agreed; what was agreed before is replaced.</summary>
public sealed record TimeAgreed(string Obligation, int Number, string Party) : ObligationEvent(Obligation);

/// <summary>It was taken back before anybody had agreed, or called off afterwards.</summary>
public sealed record TimeCalledOff(string Obligation, int Number, string Party, string Reason) : ObligationEvent(Obligation);

public enum TimeState
{
    Proposed,
    Agreed,

    /// <summary>Another was proposed, or agreed to, instead.</summary>
    Replaced,
    CalledOff
}

/// <summary>A time that a party has proposed for a meeting, and what became of it.</summary>
/// <param name="Number">From 1, within the obligation.</param>
public sealed record ProposedTime(int Number, MeetingTime Time, string Party, PersonId By, Instant At, TimeState State)
{
    /// <summary>The party that has agreed; null while none has.</summary>
    public string? AgreedParty { get; init; }

    public PersonId? AgreedBy { get; init; }

    public Instant? AgreedAt { get; init; }

    /// <summary>Why it was called off, and by whom; null while it was not.</summary>
    public Contest? CalledOff { get; init; }

    /// <summary>Whether it waits for an answer, or is agreed.</summary>
    public bool Stands => State is TimeState.Proposed or TimeState.Agreed;
}

/// <summary>What becomes of the times of an obligation.</summary>
static class ProposedTimes
{
    public static Obligation Evolve(Obligation it, TimeProposed e, Recorded recorded) => it with
    {
        Times = Replaced(it, TimeState.Proposed).Times.Add(new(e.Number,
            new(e.On, e.Start, e.End, e.Form, e.Place, e.Link, e.LastDay), e.Party, recorded.By, recorded.At, TimeState.Proposed)),
        TimeChanges = it.TimeChanges + 1
    };

    public static Obligation Evolve(Obligation it, TimeAgreed e, Recorded recorded) => With(Replaced(it, TimeState.Agreed), e.Number,
        time => time with
        {
            State = TimeState.Agreed, AgreedParty = e.Party, AgreedBy = recorded.By, AgreedAt = recorded.At
        });

    public static Obligation Evolve(Obligation it, TimeCalledOff e, Recorded recorded) => With(it with
    {
        ScheduledOn = it.AgreedTime?.Number == e.Number ? null : it.ScheduledOn
    }, e.Number, time => time with
    {
        State = TimeState.CalledOff, CalledOff = new(e.Party, e.Reason, recorded.By, recorded.At)
    });

    static Obligation Replaced(Obligation it, TimeState state) => it with
    {
        Times = [.. it.Times.Select(time => time.State == state ? time with { State = TimeState.Replaced } : time)]
    };

    static Obligation With(Obligation it, int number, Func<ProposedTime, ProposedTime> change) => it with
    {
        Times = it.Times.SetItem(number - 1, change(it.Times[number - 1])), TimeChanges = it.TimeChanges + 1
    };
}
