using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on indicators: what they are of is in the plan, and what was read never changes.</summary>
static class IndicatorDecisions
{
    const int Most = 500, MostReadings = 2000, MostVersions = 500, MostParts = 500;

    // What has an address of its own beside the indicators.
    const string Taken = "heat-map";

    /// <summary>What stands against an act on an indicator as things are; null for nothing.</summary>
    public static Refused? Against(Dossier it, Act act, Subject of)
    {
        if (act == Act.DefineIndicator)
            return it.Grounds.Indicators.Count >= Most ? new("indicators-full", ("max", Most))
                : HasWhatToFollow(it) ? null : new("nothing-to-follow");
        if (it.Grounds.Indicators.GetValueOrDefault(of.Key!) is not { } indicator)
            return new("no-such-indicator", RefusalKind.NotFound, ("key", of.Key!));
        return act switch
        {
            // What was read wrongly is put right afterwards too.
            Act.RecordReading => indicator.Readings.Count >= MostReadings ? new("readings-full", ("max", MostReadings))
                : indicator.Readings.IsEmpty ? AgainstEnded(indicator) : null,
            Act.ReviseIndicator or Act.SetTarget or Act.EndIndicator => AgainstEnded(indicator)
                ?? (indicator.Versions.Count >= MostVersions ? new("indicator-versions-full", ("max", MostVersions)) : null),
            _ => throw new UnreachableException($"No rule for {act}.")
        };
    }

    static bool HasWhatToFollow(Dossier it) => it.Agreement.Terms.Goals is { Count: > 0 }
        || new Plans(it).Has(plan => plan.Goals.Count + plan.FocusAreas.Count + plan.Measures.Count > 0);

    static Refused? AgainstEnded(Indicator it) => it.Ended is null ? null : new("indicator-ended", ("key", it.Key));

    public static Decision Decide(Dossier it, DefineIndicator command, Occasion on)
    {
        var (key, content) = (command.Key.Trim(), command.Content.Trimmed());
        var known = it.Grounds.Indicators.GetValueOrDefault(key);
        if (known is not null && known.Versions[^1].By == on.By.Id && known.Content.SaysSame(content))
            return new Nothing();
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var faults = Faults(it, content, on.Today);
        if (!PlanContent.IsKey(key))
            faults.Add(new("/key", "plan-key", ("key", key)));
        else if (known is not null || key == Taken)
            faults.Add(new("/key", "key-taken", ("key", key)));
        return faults.Count > 0 ? Refused.Invalid(faults) : new IndicatorDefined(key, content, on.By.Party);
    }

    public static Decision Decide(Dossier it, ReviseIndicator command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var (before, content) = (it.Grounds.Indicators[command.Indicator], command.Content.Trimmed());
        if (command.KeepsTargets)
            content = content with { Targets = before.Content.Targets };
        if (before.Content.SaysSame(content))
            return new Nothing();
        var faults = Faults(it, content, on.Today, before.Content.BelongsTo);
        return faults.Count > 0 ? Refused.Invalid(faults)
            : IsInUse(before, content) ? new Refused("indicator-in-use", RefusalKind.NotSo, ("key", before.Key))
            : new IndicatorRevised(before.Key, content, on.By.Party);
    }

    // What was read would no longer be what it says.
    static bool IsInUse(Indicator it, IndicatorContent to) => it.Readings.Count > 0
        && ((it.Content.Dimension, it.Content.Unit, it.Content.Cumulative) != (to.Dimension, to.Unit, to.Cumulative)
            || it.Content.Breakdowns.Any(by => by.Values.Any(value => it.Uses(by.Key, value)
                && !to.Breakdowns.Any(other => other.Key == by.Key && other.Values.Contains(value)))));

    public static Decision Decide(Dossier it, SetTarget command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var (before, target) = (it.Grounds.Indicators[command.Indicator],
            command.Target with { Value = Figure.Plain(command.Target.Value) });
        if (before.Content.Targets.Contains(target))
            return new Nothing();
        var faults = DateRange.Faults(("/by", target.By)).Concat(Figure.OfValue(before.Content, target.Value, "/value")).ToList();
        if (before.Content.Targets.Count >= 50 && before.Content.Targets.All(other => other.By != target.By))
            faults.Add(new("/by", "too-many", ("max", 50)));
        return faults.Count > 0 ? Refused.Invalid(faults) : new TargetSet(before.Key, target, on.By.Party);
    }

    public static Decision Decide(Dossier it, EndIndicator command, Occasion on)
    {
        var reason = command.Reason.Trim();
        return it.Grounds.Indicators.GetValueOrDefault(command.Indicator)?.Ended is { } done && (done.By, done.Reason) == (on.By.Id, reason)
            ? new Nothing()
            : Against(it, command.Act, command.Subject) ?? Refused.Text("/reason", reason, 2000)
                ?? (Decision)new IndicatorEnded(command.Indicator, reason, on.By.Party);
    }

    public static Decision Decide(Dossier it, RecordReading command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var (indicator, told) = (it.Grounds.Indicators[command.Indicator], command.Reading);
        var faults = DateRange.Faults(("/on", told.On)).ToList();
        if (told.On > on.Today && faults.Count == 0)
            faults.Add(new("/on", "reading-in-future", ("date", told.On)));
        faults.AddOptionalText("/source", told.Source, 300);
        faults.AddRange(told.Figure.Faults(indicator.Content, ""));
        faults.AddRange(OfParts(indicator.Content, told.Parts));
        var corrected = command.Corrects is { } number ? indicator.Readings.Find(reading => reading.Number == number) : null;
        if (command.Corrects is { } other && corrected is null)
            faults.Add(new("/corrects", it.Grounds.Indicators.Values.Any(one => one.Readings.Exists(reading => reading.Number == other))
                ? "correction-of-other-indicator" : "no-such-reading", ("number", other)));
        var (documents, unknown) = it.Documents.Own(told.Documents, on.By.Party);
        if (faults.Count > 0 || unknown is not null)
            return faults.Count > 0 ? Refused.Invalid(faults) : unknown!;
        var content = new ReadingContent(told.On, told.Figure.Plain(),
            [.. told.Parts.Select(part => new ReadingPart(part.Breakdown.Trim(), part.Value.Trim(), part.Figure.Plain()))], documents,
            told.Source?.Trim() is { Length: > 0 } filled ? filled : null);
        if (indicator.Readings.Exists(same => same.CorrectedBy is null && (same.By, same.Corrects) == (on.By.Id, command.Corrects)
            && same.Content.SaysSame(content)))
            return new Nothing();
        if (corrected?.CorrectedBy is { } newer)
            return new Refused("reading-corrected", RefusalKind.NotSo, ("number", newer));
        if (corrected is null && AgainstEnded(indicator) is { } ended)
            return ended.NotSo();
        if (!command.IsSure && RecordedReading.Doubts(indicator.Content, content,
            [.. indicator.Standing.Where(reading => reading.Number != corrected?.Number)]).ToList() is { Count: > 0 } doubts)
            return Refused.Invalid(doubts);
        var next = it.Grounds.Indicators.Values.Sum(one => one.Readings.Count) + 1;
        return corrected is not null ? new ReadingCorrected(indicator.Key, next, corrected.Number, content, on.By.Party)
            : new ReadingRecorded(indicator.Key, next, content, on.By.Party);
    }

    static IEnumerable<Fault> OfParts(IndicatorContent of, IReadOnlyList<ReadingPart> parts)
    {
        if (parts.Count > MostParts)
            yield return new("/parts", "too-many", ("max", MostParts));
        for (var i = 0; i < Math.Min(parts.Count, MostParts); i++)
        {
            var (part, at) = (parts[i], $"/parts/{i}");
            if (of.Breakdowns.FirstOrDefault(by => by.Key == part.Breakdown.Trim()) is not { } by)
                yield return new($"{at}/breakdown", "unknown-breakdown", ("key", part.Breakdown));
            else if (!by.Values.Contains(part.Value.Trim()))
                yield return new($"{at}/value", "unknown-breakdown", ("key", part.Value));
            else if (parts.Take(i).Any(other => (other.Breakdown.Trim(), other.Value.Trim()) == (part.Breakdown.Trim(), part.Value.Trim())))
                yield return new($"{at}/value", "part-twice", ("key", part.Value));
            foreach (var fault in part.Figure.Faults(of, at, "reading"))
                yield return fault;
        }
    }

    // What it is of is in the plan that counts or the last one made, or is what it was of before.
    static List<Fault> Faults(Dossier it, IndicatorContent content, LocalDate today, BelongsTo? before = null)
    {
        var (faults, plans, to) = (content.Faults(today).ToList(), new Plans(it), content.BelongsTo);
        if (new[] { to.Measure, to.FocusArea, to.Goal }.Count(key => key is not null) != 1)
            faults.Add(new("/belongsTo", "belongs-to-one"));
        else if (to != before)
        {
            if (to.Measure is { } measure && !plans.Has(plan => plan.Measure(measure) is not null))
                faults.Add(new("/belongsTo/measure", "measure-not-in-plan", ("key", measure)));
            if (to.FocusArea is { } area && !plans.Has(plan => plan.FocusAreas.Any(known => known.Key == area)))
                faults.Add(new("/belongsTo/focusArea", "unknown-focus-area", ("key", area)));
            if (to.Goal is { } goal && !plans.Has(plan => plan.Goals.Any(known => known.Key == goal))
                && it.Agreement.Terms.Goals?.Any(known => known.Key == goal) != true)
                faults.Add(new("/belongsTo/goal", "unknown-goal", ("key", goal)));
        }
        return faults;
    }
}
