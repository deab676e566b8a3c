using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on the plan: its versions, the project plans of its focus areas, and what is told of its measures.</summary>
public static class PlanDecisions
{
    const int MostVersions = 200;
    const int MostReports = 2000;
    const int MostEvidence = 50;

    /// <summary>What stands against an act on the plan as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier it, Act act, Subject of, Occasion on) => act switch
    {
        Act.MakePlanVersion => it.Grounds.Plans.Count < MostVersions ? null : new("plan-versions-full", ("max", MostVersions)),
        Act.WriteProjectPlan => new Plans(it).FocusArea(of.Key!) is null ? NoArea(of.Key!) : null,
        Act.CheckProjectPlan => new Plans(it).FocusArea(of.Key!) is null ? NoArea(of.Key!)
            : it.Grounds.ProjectPlans.GetValueOrDefault(of.Key!) switch
            {
                null => new("no-project-plan", ("key", of.Key!)),
                { Last.By: var by } when by == on.By.Id => FourEyes.Refusal,
                { Checked: not null } => new("project-plan-checked", ("key", of.Key!)),
                _ => null
            },
        Act.ReportMeasure or Act.AssessMeasure => new Plans(it).Measure(of.Key!) is null
            ? new("no-such-measure", RefusalKind.NotFound, ("key", of.Key!))
            : it.Grounds.Measures.GetValueOrDefault(of.Key!) is { } told
                && Math.Max(told.Reports.Count, told.Assessments.Count) >= MostReports
                ? new("measure-reports-full", ("max", MostReports)) : null,
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    static Refused NoArea(string key) => new("unknown-focus-area", RefusalKind.NotFound, ("key", key));

    internal static Decision Decide(Dossier it, MakePlanVersion command, Occasion on)
    {
        var (content, summary) = (command.Content.Trimmed(), command.Summary.Trim());
        var last = it.Grounds.Plans.LastOrDefault();
        if (last?.By == on.By.Id && last.Content.SaysSame(content)
            && (last.Reason, last.Consultation, last.Summary) == (command.Reason, command.Consultation, summary))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var faults = Faults(it, content).ToList();
        faults.AddText("/summary", summary, 2000);
        if (OfReason(it, command) is { } unfit)
            faults.Add(unfit);
        var written = content.Written();
        if (faults.Count > 0)
            return Refused.Invalid(faults);
        return written.Length > PlanContent.MostBytes
            ? new Refused("plan-too-large", RefusalKind.Invalid, ("max", PlanContent.MostBytes / 1024))
            : last?.Content.SaysSame(content) == true ? new Refused("plan-unchanged", RefusalKind.NotSo, ("number", last.Number))
            : new PlanVersionMade(it.Grounds.Plans.Count + 1, command.Reason, summary, content, Sha256.Of(written), on.By.Party,
                command.Consultation);
    }

    /// <summary>What stands against a draft's becoming a version of the plan, as things are.</summary>
    public static IEnumerable<Fault> Faults(Dossier it, PlanContent content)
    {
        foreach (var fault in content.Faults(it.Grounds, it.Grounds.Plans))
            yield return fault;
        for (var i = 0; i < content.Measures.Count; i++)
        {
            if (content.Measures[i].Responsible is { } responsible && it.Agreement.Party(responsible.Party) is null)
                yield return new($"/measures/{i}/responsible/party", "unknown-party", ("key", responsible.Party));
            if (content.Measures[i].Ledger?.Category is { } category && !it.Grant.KnowsCategory(category))
                yield return new($"/measures/{i}/ledger/category", "category-unknown", ("category", category));
        }
    }

    static Fault? OfReason(Dossier it, MakePlanVersion command) => (command.Reason, command.Consultation) switch
    {
        (PlanReason.Consultation, null) => new("/consultation", "required", ("field", "consultation")),
        (PlanReason.Consultation, { } key) =>
            it.Agreement.Obligations.GetValueOrDefault(key) is { Kind: ObligationKind.Joint, Agenda.Count: > 0 }
                ? null : new("/consultation", "not-a-consultation", ("key", key)),
        (_, { } key) => new("/consultation", "consultation-without-reason", ("key", key)),
        _ => null
    };

    internal static Decision Decide(Dossier it, WriteProjectPlan command, Occasion on)
    {
        var text = command.Text.Trim();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var (documents, unknown) = it.Documents.Own(command.Documents, on.By.Party);
        var before = it.Grounds.ProjectPlans.GetValueOrDefault(command.FocusArea);
        if (unknown is null && before is not null && before.Last.Text == text && before.Last.Documents.SequenceEqual(documents))
            return new Nothing();
        return Refused.Text("/text", text, 8000) ?? unknown
            ?? (Decision)new ProjectPlanWritten(command.FocusArea, (before?.Versions.Count ?? 0) + 1, text, documents, on.By.Party);
    }

    internal static Decision Decide(Dossier it, CheckProjectPlan command, Occasion on)
    {
        var comment = command.Comment?.Trim() is { Length: > 0 } filled ? filled : null;
        if (it.Grounds.ProjectPlans.GetValueOrDefault(command.FocusArea)?.Checked is { } done
            && (done.By, done.Outcome, done.Comment) == (on.By.Id, command.Outcome, comment))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var plan = it.Grounds.ProjectPlans[command.FocusArea];
        return (command.Outcome == CheckOutcome.Comments ? Refused.Text("/comment", comment ?? "", 4000)
            : Refused.OptionalText("/comment", comment, 4000))
            ?? (Decision)new ProjectPlanChecked(command.FocusArea, plan.Last.Number, command.Outcome, on.By.Party, comment);
    }

    internal static Decision Decide(Dossier it, ReportMeasure command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var told = it.Grounds.Measures.GetValueOrDefault(command.Measure) ?? new(command.Measure);
        var faults = DateRange.FaultsOfPast("/on", command.On, on.Today).ToList();
        faults.AddText("/text", command.Text, 8000);
        if (command.Reached.Count > 400)
            faults.Add(new("/reached", "too-many", ("max", 400)));
        for (var i = 0; i < Math.Min(command.Reached.Count, 400); i++)
            faults.AddName($"/reached/{i}", command.Reached[i]);
        var corrected = command.Corrects is { } number ? told.Reports.Find(report => report.Number == number) : null;
        if (command.Corrects is { } missing && corrected is null)
            faults.Add(new("/corrects", "no-such-report", ("number", missing)));
        var (documents, unknown) = it.Documents.Own(command.Documents, on.By.Party);
        if (faults.Count > 0 || unknown is not null)
            return faults.Count > 0 ? Refused.Invalid(faults) : unknown!;
        var content = new MeasureReportContent(command.On, command.Status, command.Text.Trim(), documents,
            [.. command.Reached.Select(code => code.Trim()).Distinct().Order(StringComparer.Ordinal)]);
        if (told.Reports is [.., var last] && (last.By, last.Corrects) == (on.By.Id, command.Corrects) && Same(last.Content, content))
            return new Nothing();
        if (corrected?.CorrectedBy is { } newer)
            return new Refused("report-corrected", RefusalKind.NotSo, ("number", newer));
        return corrected is not null
            ? new MeasureReportCorrected(command.Measure, told.Reports.Count + 1, corrected.Number, content, on.By.Party)
            : new MeasureReported(command.Measure, told.Reports.Count + 1, content, on.By.Party);
    }

    internal static Decision Decide(Dossier it, AssessMeasure command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var (text, livesOn) = (command.Text.Trim(), command.LivesOn?.Trim() is { Length: > 0 } filled ? filled : null);
        var told = it.Grounds.Measures.GetValueOrDefault(command.Measure) ?? new(command.Measure);
        var faults = new List<Fault>();
        faults.AddText("/text", text, 8000);
        faults.AddOptionalText("/livesOn", livesOn, 4000);
        if (command.Evidence.Count > MostEvidence)
            faults.Add(new("/evidence", "too-many", ("max", MostEvidence)));
        // What it is too early to say of rests on nothing yet.
        if (command.Evidence.Count == 0 && command.Result != MeasureResult.TooEarly)
            faults.Add(new("/evidence", "assessment-without-evidence"));
        var evidence = command.Evidence.Take(MostEvidence)
            .Select((named, i) => Read(it, told, named, $"/evidence/{i}", faults, on)).ToList();
        if (faults.Count > 0)
            return Refused.Invalid(faults);
        return told.Assessment is { } last && (last.By, last.Result, last.Text, last.LivesOn) == (on.By.Id, command.Result, text, livesOn)
            && last.Evidence.SequenceEqual(evidence)
            ? new Nothing()
            : new MeasureAssessed(command.Measure, told.Assessments.Count + 1, command.Result, text, evidence, on.By.Party, livesOn);
    }

    static Evidence Read(Dossier it, FollowedMeasure told, NamedEvidence named, string at, List<Fault> faults, Occasion on)
    {
        DocumentVersion? document = null;
        if (new[] { named.Document is not null, named.Report is not null, named.Finding is not null }.Count(given => given) != 1)
            faults.Add(new(at, "evidence-of-one"));
        else if (named.Document is { } id)
        {
            var (found, unknown) = it.Documents.Own([id], on.By.Party);
            if (unknown is null)
                document = found[0];
            else
                faults.Add(new($"{at}/document", "source-unknown", ("source", id)));
        }
        else if (named.Report is { } report && told.Reports.Find(other => other.Number == report) is not { CorrectedBy: null })
            faults.Add(new($"{at}/report", "source-unknown", ("source", report)));
        else if (named.Finding is { } finding && it.Grounds.Findings.Find(finding) is not { Retracted: null })
            faults.Add(new($"{at}/finding", "unknown-finding", ("number", finding)));
        return new(document, named.Report, named.Finding);
    }

    static bool Same(MeasureReportContent one, MeasureReportContent other) =>
        (one.On, one.Status, one.Text) == (other.On, other.Status, other.Text) && one.Documents.SequenceEqual(other.Documents)
        && one.Reached.SequenceEqual(other.Reached);
}
