using System.Text.Json;
using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Money;

namespace MrAgreement.Work;

/// <summary>Whether something is done for good, or tried first.</summary>
public enum MeasureKind
{
    Measure,
    Pilot
}

/// <summary>The principles of a rights-based way of working.</summary>
public enum Principle
{
    AntiDiscrimination,
    Transparency,
    Accountability,
    Participation,
    Inclusion
}

/// <summary>What of the work something is about.</summary>
public enum WorkDimension
{
    Structure,
    Process,
    Result
}

/// <summary>Something that the plan names by a key: a goal, or whom it is for.</summary>
public sealed record PlanTopic(string Key, string Title);

/// <summary>A part of the plan that measures belong to.</summary>
/// <param name="Text">What it is about; null where nothing is said.</param>
public sealed record FocusArea(string Key, string Title, string? Text = null);

/// <param name="Party">Key of a party.</param>
/// <param name="Function">A function, never a name.</param>
public sealed record MeasureResponsible(string Party, string Function);

/// <param name="Amount">Zero or more.</param>
public sealed record MeasureBudget(int Year, Kronor Amount);

/// <summary>By what the costs of a measure are told from others in the ledger: an object of a dimension, or a cost category.</summary>
public sealed record LedgerTie(int? Dimension = null, string? Object = null, string? Category = null);

/// <summary>A measure (åtgärd) of the plan.</summary>
/// <param name="Key">Its own for ever: none is used twice.</param>
/// <param name="FocusArea">Key of the focus area that it belongs to.</param>
/// <param name="Findings">Numbers of the findings that it answers.</param>
/// <param name="Recommendations">Numbers of the recommendations that it answers.</param>
/// <param name="With">Whom it is done with.</param>
/// <param name="TargetGroups">Keys of the plan's.</param>
/// <param name="Reach">Codes of organisations, the key of a group, or <c>all</c>.</param>
/// <param name="Ledger">By what its costs are known; null when by nothing.</param>
/// <param name="LivesOn">How it is to live on when the money ends.</param>
public sealed record Measure(
    string Key, string Title, MeasureKind Kind, string FocusArea, IReadOnlyList<string> Goals, IReadOnlyList<int> Findings,
    IReadOnlyList<int> Recommendations, IReadOnlyList<string> With, IReadOnlyList<string> TargetGroups, IReadOnlyList<string> Reach,
    IReadOnlyList<MeasureBudget> Budget, IReadOnlyList<Principle> Principles, IReadOnlyList<WorkDimension> Dimensions,
    MeasureResponsible? Responsible = null, DateSpan? Period = null, LedgerTie? Ledger = null, string? LivesOn = null, string? Text = null)
{
    /// <summary>What stands in place of codes when it reaches everybody.</summary>
    public const string All = "all";

    public Kronor BudgetInAll() => Budget.Sum(line => line.Amount);
}

/// <summary>A measure that the plan has no longer.</summary>
public sealed record DroppedMeasure(string Key, string Reason);

/// <summary>What a plan says: a draft of it, or a version.</summary>
/// <param name="Period">Null while a draft has none.</param>
/// <param name="Dropped">Measures of earlier versions that are not there any more, each with the reason; they stay so.</param>
public sealed partial record PlanContent(
    IReadOnlyList<PlanTopic> Goals, IReadOnlyList<PlanTopic> TargetGroups, IReadOnlyList<FocusArea> FocusAreas,
    IReadOnlyList<Measure> Measures, IReadOnlyList<DroppedMeasure> Dropped, DateSpan? Period = null, string? Analysis = null)
{
    /// <summary>That a plan can hold.</summary>
    public const int MostMeasures = 500;

    /// <summary>Bytes of a plan, as it is written.</summary>
    public const int MostBytes = 1024 * 1024;

    const int Many = 100;
    const int LongText = 8000;

    public static readonly PlanContent Empty = new([], [], [], [], []);

    /// <summary>As the bytes that its SHA-256 is of: the same content is always the same bytes.</summary>
    public byte[] Written() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);

    public bool SaysSame(PlanContent other) => Written().AsSpan().SequenceEqual(other.Written());

    public Measure? Measure(string key) => Measures.FirstOrDefault(measure => measure.Key == key);

    /// <summary>The same without blanks around words, and with nothing said twice in a list of keys.</summary>
    public PlanContent Trimmed() => this with
    {
        Goals = [.. Goals.Select(Trim)], TargetGroups = [.. TargetGroups.Select(Trim)],
        FocusAreas = [.. FocusAreas.Select(area => new FocusArea(area.Key.Trim(), area.Title.Trim(), Filled(area.Text)))],
        Measures = [.. Measures.Select(Trim)],
        Dropped = [.. Dropped.Select(dropped => new DroppedMeasure(dropped.Key.Trim(), dropped.Reason.Trim()))],
        Analysis = Filled(Analysis)
    };

    /// <summary>What stands against it as a version of the plan.</summary>
    /// <param name="earlier">The versions before, oldest first.</param>
    public IReadOnlyList<Fault> Faults(Grounds grounds, IReadOnlyList<PlanVersion> earlier)
    {
        var faults = new List<Fault>();
        if (Period is null)
            faults.Add(new("/period", "required", ("field", "period")));
        else
            faults.AddRange(Spans("/period", Period));
        faults.AddRange(Topics("/goals", Goals));
        faults.AddRange(Topics("/targetGroups", TargetGroups));
        faults.AddRange(Topics("/focusAreas", [.. FocusAreas.Select(area => new PlanTopic(area.Key, area.Title))]));
        for (var i = 0; i < FocusAreas.Count; i++)
            faults.AddOptionalText($"/focusAreas/{i}/text", FocusAreas[i].Text, LongText);
        faults.AddOptionalText("/analysis", Analysis, LongText * 2);
        if (Measures.Count > MostMeasures)
            faults.Add(new("/measures", "too-many", ("max", MostMeasures)));
        else
            faults.AddRange(OfMeasures(grounds));
        faults.AddRange(OfKeys(earlier));
        return faults;
    }

    List<Fault> OfMeasures(Grounds grounds)
    {
        var (faults, taken, ties) = (new List<Fault>(), new HashSet<string>(), new HashSet<LedgerTie>());
        for (var i = 0; i < Measures.Count; i++)
        {
            var (it, at) = (Measures[i], $"/measures/{i}");
            if (!IsKey(it.Key))
                faults.Add(new($"{at}/key", "plan-key", ("key", it.Key)));
            else if (!taken.Add(it.Key))
                faults.Add(new($"{at}/key", "key-taken", ("key", it.Key)));
            faults.AddText($"{at}/title", it.Title, 300);
            faults.AddOptionalText($"{at}/text", it.Text, LongText);
            faults.AddOptionalText($"{at}/livesOn", it.LivesOn, LongText);
            if (FocusAreas.All(area => area.Key != it.FocusArea))
                faults.Add(new($"{at}/focusArea", "unknown-focus-area", ("key", it.FocusArea)));
            faults.AddRange(Unknown($"{at}/goals", it.Goals, Goals, "unknown-goal"));
            faults.AddRange(Unknown($"{at}/targetGroups", it.TargetGroups, TargetGroups, "unknown-target-group"));
            faults.AddRange(it.Findings.Select((number, j) => grounds.Findings.Find(number) is { Retracted: null } ? null
                : new Fault($"{at}/findings/{j}", "unknown-finding", ("number", number))).OfType<Fault>());
            faults.AddRange(it.Recommendations.Select((number, j) => grounds.Recommendations.Find(number) is not null ? null
                : new Fault($"{at}/recommendations/{j}", "unknown-recommendation", ("number", number))).OfType<Fault>());
            faults.AddRange(Names($"{at}/with", it.With, Many));
            faults.AddRange(Names($"{at}/reach", it.Reach, 400));
            if (it.Responsible is { } responsible)
                faults.AddText($"{at}/responsible/function", responsible.Function, 200);
            if (it.Period is { } period)
                faults.AddRange(Spans($"{at}/period", period) is { Count: > 0 } wrong ? wrong
                    : Period is { } whole && (period.From < whole.From || period.To > whole.To)
                        ? [new($"{at}/period", "period-outside-plan", ("from", whole.From), ("to", whole.To))] : []);
            faults.AddRange(OfBudget($"{at}/budget", it.Budget));
            if (it.Ledger is { } tie)
                faults.AddRange(OfTie($"{at}/ledger", tie, ties));
        }
        return faults;
    }

    static IEnumerable<Fault> OfBudget(string at, IReadOnlyList<MeasureBudget> budget)
    {
        if (budget.Count > Many)
            yield return new(at, "too-many", ("max", Many));
        for (var i = 0; i < Math.Min(budget.Count, Many); i++)
        {
            if (!DateRange.Holds(budget[i].Year))
                yield return new($"{at}/{i}/year", "year-range", ("from", DateRange.FirstYear), ("to", DateRange.LastYear));
            if (budget[i].Amount.IsNegative)
                yield return new($"{at}/{i}/amount", "amount-negative");
            if (budget[i].Amount > Kronor.Max)
                yield return new($"{at}/{i}/amount", "amount-too-large", ("amount", Kronor.Max));
            if (budget.Take(i).Any(other => other.Year == budget[i].Year))
                yield return new($"{at}/{i}/year", "key-taken", ("key", budget[i].Year));
        }
    }

    // What two measures were known by would be counted as one of theirs.
    static IEnumerable<Fault> OfTie(string at, LedgerTie tie, HashSet<LedgerTie> ties)
    {
        if (tie is not ({ Category: null, Dimension: not null, Object: not null } or { Category: not null, Dimension: null, Object: null }))
            yield return new(at, "ledger-tie-of-one");
        else if (Fault.Text(at, tie.Category ?? tie.Object!, 60) is { } text)
            yield return text;
        else if (!ties.Add(tie))
            yield return new(at, "ledger-tie-taken", ("key", tie.Category ?? tie.Object!));
    }

    // A key is somebody's for ever: what went stays gone, and is not left out either.
    IEnumerable<Fault> OfKeys(IReadOnlyList<PlanVersion> earlier)
    {
        var gone = earlier.SelectMany(version => version.Content.Dropped).Select(dropped => dropped.Key).ToHashSet();
        var ever = earlier.SelectMany(version => version.Content.Measures).Select(measure => measure.Key).ToHashSet();
        var (now, dropped) = (Measures.Select(measure => measure.Key).ToHashSet(), Dropped.Select(it => it.Key).ToHashSet());
        for (var i = 0; i < Measures.Count; i++)
            if (gone.Contains(Measures[i].Key))
                yield return new($"/measures/{i}/key", "measure-key-reused", ("key", Measures[i].Key));
        for (var i = 0; i < Dropped.Count; i++)
        {
            if (!ever.Contains(Dropped[i].Key))
                yield return new($"/dropped/{i}/key", "unknown-measure", ("key", Dropped[i].Key));
            else if (now.Contains(Dropped[i].Key) || Dropped.Take(i).Any(other => other.Key == Dropped[i].Key))
                yield return new($"/dropped/{i}/key", "key-taken", ("key", Dropped[i].Key));
            if (Fault.Text($"/dropped/{i}/reason", Dropped[i].Reason, 2000) is { } text)
                yield return text;
        }
        foreach (var left in ever.Where(key => !now.Contains(key) && !dropped.Contains(key)).Order(StringComparer.Ordinal))
            yield return new("/dropped", "measure-left-out", ("key", left));
    }

    static List<Fault> Spans(string at, DateSpan span)
    {
        var faults = DateRange.Faults(($"{at}/from", span.From), ($"{at}/to", span.To)).ToList();
        if (span.From > span.To)
            faults.Add(new(at, "period-reversed", ("earliest", span.From)));
        return faults;
    }

    static List<Fault> Topics(string at, IReadOnlyList<PlanTopic> topics)
    {
        var faults = new List<Fault>();
        if (topics.Count > Many)
            return [new(at, "too-many", ("max", Many))];
        for (var i = 0; i < topics.Count; i++)
        {
            if (!IsKey(topics[i].Key))
                faults.Add(new($"{at}/{i}/key", "plan-key", ("key", topics[i].Key)));
            else if (topics.Take(i).Any(other => other.Key == topics[i].Key))
                faults.Add(new($"{at}/{i}/key", "key-taken", ("key", topics[i].Key)));
            faults.AddText($"{at}/{i}/title", topics[i].Title, 300);
        }
        return faults;
    }

    static IEnumerable<Fault> Unknown(string at, IReadOnlyList<string> keys, IReadOnlyList<PlanTopic> known, string rule) =>
        keys.Select((key, i) => known.Any(topic => topic.Key == key) ? null : new Fault($"{at}/{i}", rule, ("key", key))).OfType<Fault>();

    static List<Fault> Names(string at, IReadOnlyList<string> names, int most)
    {
        var faults = new List<Fault>();
        if (names.Count > most)
            return [new(at, "too-many", ("max", most))];
        for (var i = 0; i < names.Count; i++)
            faults.AddName($"{at}/{i}", names[i]);
        return faults;
    }

    static PlanTopic Trim(PlanTopic it) => new(it.Key.Trim(), it.Title.Trim());

    static Measure Trim(Measure it) => it with
    {
        Key = it.Key.Trim(), Title = it.Title.Trim(), FocusArea = it.FocusArea.Trim(), Goals = [.. it.Goals.Select(Trim).Distinct()],
        Findings = [.. it.Findings.Distinct().Order()], Recommendations = [.. it.Recommendations.Distinct().Order()],
        With = [.. it.With.Select(Trim).Distinct()], TargetGroups = [.. it.TargetGroups.Select(Trim).Distinct()],
        Reach = [.. it.Reach.Select(Trim).Distinct()], Budget = [.. it.Budget.OrderBy(line => line.Year)],
        Principles = [.. it.Principles.Distinct().Order()], Dimensions = [.. it.Dimensions.Distinct().Order()],
        Responsible = it.Responsible is { } whose ? new(whose.Party.Trim(), whose.Function.Trim()) : null,
        Ledger = it.Ledger is { } tie ? new(tie.Dimension, Filled(tie.Object), Filled(tie.Category)) : null,
        LivesOn = Filled(it.LivesOn), Text = Filled(it.Text)
    };

    static string Trim(string text) => text.Trim();

    static string? Filled(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>Lower-case letters, digits and hyphens, at most 60.</summary>
    public static bool IsKey(string key) => key.Length <= 60 && Key().IsMatch(key);

    /// <summary>A key for a title: <c>natverk-i-nord</c> for <c>Nätverk i nord</c>. Empty when nothing of it can be in a key.</summary>
    public static string KeyFor(string title)
    {
        var plain = title.Trim().ToLowerInvariant().Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o').Replace('é', 'e');
        var key = NotInKeys().Replace(plain, "-").Trim('-');
        return key.Length <= 60 ? key : key[..60].TrimEnd('-');
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInKeys();
}
