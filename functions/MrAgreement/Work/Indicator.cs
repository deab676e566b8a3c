using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>Says by what something is to be followed.</summary>
public sealed record DefineIndicator(string Key, IndicatorContent Content) : Command(Act.DefineIndicator);

/// <summary>Tells an indicator anew, the whole of it.</summary>
/// <param name="KeepsTargets">Whether its targets stay as they are, whatever the content says of them.</param>
public sealed record ReviseIndicator(string Indicator, IndicatorContent Content, bool KeepsTargets = false) : Command(Act.ReviseIndicator)
{
    public override Subject Subject => Indicator;
}

/// <summary>Sets what is to be reached by a day; set anew, it is that.</summary>
public sealed record SetTarget(string Indicator, IndicatorTarget Target) : Command(Act.SetTarget)
{
    public override Subject Subject => Indicator;
}

/// <summary>Stops reading an indicator; what was read stays.</summary>
public sealed record EndIndicator(string Indicator, string Reason) : Command(Act.EndIndicator)
{
    public override Subject Subject => Indicator;
}

/// <summary>Something that happens to an indicator.</summary>
/// <param name="Indicator">Its key.</param>
public abstract record IndicatorEvent(string Indicator, string Party) : WorkEvent(Party);

public sealed record IndicatorDefined(string Indicator, IndicatorContent Content, string Party) : IndicatorEvent(Indicator, Party);

public sealed record IndicatorRevised(string Indicator, IndicatorContent Content, string Party) : IndicatorEvent(Indicator, Party);

public sealed record TargetSet(string Indicator, IndicatorTarget Target, string Party) : IndicatorEvent(Indicator, Party);

public sealed record IndicatorEnded(string Indicator, string Reason, string Party) : IndicatorEvent(Indicator, Party);

/// <summary>An indicator as it was told at a time.</summary>
public sealed record IndicatorVersion(IndicatorContent Content, PersonId By, Instant At);

/// <summary>How an indicator stands to what is to be reached.</summary>
public enum IndicatorStanding
{
    /// <summary>Nobody has read it.</summary>
    Unread,

    /// <summary>Nobody has said what is to be reached.</summary>
    Untargeted,

    /// <summary>It is no better than it was at first.</summary>
    Behind,

    /// <summary>It is better than it was at first, and not there.</summary>
    Approaching,
    Reached
}

/// <summary>Those who do not get what they have a right to.</summary>
/// <param name="Count">Null where the figure is of no fraction.</param>
/// <param name="ByPart">Those who are worst off first.</param>
public sealed record LeftOut(long? Count, Figure? Share, IReadOnlyList<LeftOutPart> ByPart);

/// <param name="Breakdown">Key of what it is a part by.</param>
public sealed record LeftOutPart(string Breakdown, string Value, long Count, Figure Share);

/// <summary>By what something is followed (indikator), and what it was read as.</summary>
/// <param name="Key">Its own for ever.</param>
/// <param name="Party">Key of the party that defined it.</param>
/// <param name="Versions">How it was told, oldest first.</param>
public sealed record Indicator(string Key, string Party, ImmutableList<IndicatorVersion> Versions)
{
    // What is to be held may differ by a tenth of what it is to be.
    const decimal Hold = 0.1m;

    public ImmutableList<RecordedReading> Readings { get; init; } = [];

    /// <summary>Null while it is read.</summary>
    public Retraction? Ended { get; init; }

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }

    public IndicatorContent Content => Versions[^1].Content;

    /// <summary>The readings that stand, by their days.</summary>
    public IReadOnlyList<RecordedReading> Standing =>
        [.. Readings.Where(it => it.CorrectedBy is null).OrderBy(it => it.Content.On).ThenBy(it => it.Number)];

    public RecordedReading? Latest => Standing is [.., var last] ? last : null;

    /// <summary>What is to be reached next after a day, or else was last; null for nothing.</summary>
    public IndicatorTarget? TargetOn(LocalDate day) =>
        Content.Targets.FirstOrDefault(target => target.By >= day) ?? (Content.Targets is [.., var last] ? last : null);

    public IndicatorStanding Stands
    {
        get
        {
            if (Latest is not { } last)
                return IndicatorStanding.Unread;
            var (now, first) = (last.Content.Figure.Exact, (Content.Baseline?.Figure ?? Standing[0].Content.Figure).Exact);
            if ((TargetOn(last.Content.On)?.Value ?? (Content.Direction == IndicatorDirection.Hold ? first : null)) is not { } target)
                return IndicatorStanding.Untargeted;
            return Content.Direction switch
            {
                IndicatorDirection.Up => now >= target ? IndicatorStanding.Reached
                    : now > first ? IndicatorStanding.Approaching : IndicatorStanding.Behind,
                IndicatorDirection.Down => now <= target ? IndicatorStanding.Reached
                    : now < first ? IndicatorStanding.Approaching : IndicatorStanding.Behind,
                _ => Math.Abs(now - target) <= Hold * Math.Abs(target) ? IndicatorStanding.Reached
                    : Math.Abs(now - target) < Math.Abs(first - target) ? IndicatorStanding.Approaching : IndicatorStanding.Behind
            };
        }
    }

    /// <summary>The day by which it is to be read next: that of the next target, or a year after the last reading, whichever is first.
    /// Null when it has ended.</summary>
    public LocalDate? ReadBy
    {
        get
        {
            if (Ended is not null)
                return null;
            var last = Latest?.Content.On ?? Content.Baseline?.On ?? StockholmTime.DateOf(Versions[0].At);
            return Content.Targets.Where(target => target.By > last).Select(target => target.By).Append(last.PlusYears(1)).Min();
        }
    }

    /// <summary>Whom a reading leaves out, for an indicator of results; null for the others.</summary>
    public LeftOut? LeftOutOf(ReadingContent reading) => Content.Dimension != WorkDimension.Result ? null : new(
        LeftOutOf(reading.Figure), ShareOf(reading.Figure),
        [.. reading.Parts.Where(part => part.Figure.IsFraction)
            .Select(part => new LeftOutPart(part.Breakdown, part.Value, LeftOutOf(part.Figure)!.Value, ShareOf(part.Figure)!))
            .OrderByDescending(part => part.Share.Exact)]);

    // Those who are counted are those who get it, but where fewer is better.
    long? LeftOutOf(Figure it) => !it.IsFraction ? null
        : Content.Direction == IndicatorDirection.Down ? it.Numerator : it.Denominator - it.Numerator;

    Figure? ShareOf(Figure it) => LeftOutOf(it) is { } count ? new(null, count, it.Denominator) : null;

    /// <summary>Whether a reading that stands says something of a part.</summary>
    internal bool Uses(string breakdown, string value) =>
        Standing.Any(reading => reading.Content.Parts.Any(part => (part.Breakdown, part.Value) == (breakdown, value)));

    public static ImmutableSortedDictionary<string, Indicator> Evolve(
        ImmutableSortedDictionary<string, Indicator> all, IndicatorEvent happened, Recorded recorded)
    {
        var it = all.GetValueOrDefault(happened.Indicator);
        return all.SetItem(happened.Indicator, (happened switch
        {
            IndicatorDefined e => new(e.Indicator, e.Party, [new(e.Content, recorded.By, recorded.At)]),
            IndicatorRevised e => it!.Told(e.Content, recorded),
            TargetSet e => it!.Told(it.Content with
            {
                Targets = [.. it.Content.Targets.Where(target => target.By != e.Target.By).Append(e.Target).OrderBy(target => target.By)]
            }, recorded),
            IndicatorEnded e => it! with { Ended = new(e.Reason, recorded.By, recorded.At) },
            ReadingRecorded e => it! with
            {
                Readings = it.Readings.Add(new(e.Number, null, e.Reading, e.Party, recorded.By, recorded.At))
            },
            ReadingCorrected e => it! with
            {
                Readings = [.. it.Readings.Select(before => before.Number == e.Corrects ? before with { CorrectedBy = e.Number } : before),
                    new(e.Number, e.Corrects, e.Reading, e.Party, recorded.By, recorded.At)]
            },
            _ => throw new UnreachableException($"No next state for {happened}.")
        }) with { Touched = recorded.Sequence });
    }

    Indicator Told(IndicatorContent content, Recorded recorded) => this with
    {
        Versions = Versions.Add(new(content, recorded.By, recorded.At))
    };
}
