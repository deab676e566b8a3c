using MrAgreement.Obligations;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Where a version of the plan stands: as the submissions that hold it do.</summary>
public enum PlanStatus
{
    /// <summary>Made, and handed over to nobody.</summary>
    Made,
    Submitted,
    Returned,

    /// <summary>The plan as it is: accepted, or delivered where nobody accepts it.</summary>
    Current,

    /// <summary>Was current once.</summary>
    Replaced
}

/// <summary>The versions of an agreement's plan, and which of them counts.</summary>
public sealed class Plans
{
    readonly Dossier it;
    readonly ILookup<int, SubmissionState> submitted;

    public Plans(Dossier it)
    {
        this.it = it;
        submitted = it.Agreement.InOrder.SelectMany(o => o.Submissions).Where(submission => submission.Plan is not null)
            .ToLookup(submission => submission.Plan!.Value, submission => submission.State);
        Current = it.Grounds.Plans.FindLast(version => submitted[version.Number].Contains(SubmissionState.Accepted));
    }

    /// <summary>The version that counts; null while none does.</summary>
    public PlanVersion? Current { get; }

    /// <summary>The version to look at when none is named: the one that counts, else the last one made; null for none.</summary>
    public PlanVersion? Shown => Current ?? Last;

    public PlanVersion? Last => it.Grounds.Plans.LastOrDefault();

    /// <summary>Whether it has ever been handed over.</summary>
    public bool HasLeft(PlanVersion version) => submitted[version.Number].Any();

    public PlanStatus StatusOf(PlanVersion version) => version == Current ? PlanStatus.Current
        : submitted[version.Number] is var states && states.Contains(SubmissionState.Accepted) ? PlanStatus.Replaced
        : states.Contains(SubmissionState.Submitted) ? PlanStatus.Submitted
        : states.LastOrDefault() == SubmissionState.Returned ? PlanStatus.Returned
        : PlanStatus.Made;

    /// <summary>Those that count, or may yet: the current version and those that were made after it.</summary>
    public IEnumerable<PlanVersion> Standing => it.Grounds.Plans.Where(version => version.Number >= (Current?.Number ?? 1));

    /// <summary>Whether the plan that counts, or the last one made, has something.</summary>
    public bool Has(Func<PlanContent, bool> what) =>
        Current is { } current && what(current.Content) || Last is { } last && what(last.Content);

    /// <summary>Whether a measure of the plan points at a finding.</summary>
    public bool Uses(int finding) => Standing.Any(version => version.Content.Measures.Any(measure => measure.Findings.Contains(finding)));

    /// <summary>A measure as the newest version that has it tells it; null where none has.</summary>
    public Measure? Measure(string key) => Current?.Content.Measure(key)
        ?? it.Grounds.Plans.Reverse().Select(version => version.Content.Measure(key)).FirstOrDefault(measure => measure is not null);

    /// <summary>A focus area as the version that counts tells it, or else the newest that has it; null where none has.</summary>
    public FocusArea? FocusArea(string key) => (Current is { } current ? Enumerable.Repeat(current, 1) : [])
        .Concat(it.Grounds.Plans.Reverse()).Select(version => version.Content.FocusAreas.FirstOrDefault(area => area.Key == key))
        .FirstOrDefault(area => area is not null);
}
