using MrAgreement.Agreements;
using MrAgreement.Access;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>The plan: versions are handed over and never changed, keys live for ever, and what is told of measures stays.</summary>
public class PlanTests
{
    internal static readonly PlanContent First = new([new("kunskap", "Ökad kunskap"), new("styrning", "Tydligare styrning")], [new("ledning", "Politisk ledning")],
        [new("dialog", "Dialog", "Kunskap och samtal"), new("utbildning", "Utbildning")],
        [Measure("natverk", "dialog") with { Findings = [1], Recommendations = [1], Goals = ["kunskap"] }, Measure("kurs", "utbildning", "200")],
        [], new(Day("2015-06-01"), Day("2017-06-30")), "Bristerna");

    internal static Measure Measure(string key, string area, string budget = "100") => new(key, $"Åtgärden {key}", MeasureKind.Measure, area, [], [], [], [], [], [], [new(2015, Kr(budget))], [], [],
        new("SKR", "Projektledare"), new(Day("2015-06-01"), Day("2016-05-31")));

    internal static Story Spring() => Story.Of2014().On("2015-03-05")
        .Given(Officer, new RecordRecommendation(new(RecommendationKind.ReviewBody, "CERD", "Granskning", 2013, "CERD/C/SWE/CO/19-21", "12", new("Strengthen it"), [Concern.Municipalities], [])))
        .Given(ProjectLead, new RecordFinding(new("Kunskap saknas", "Få känner till den.", FindingKind.Need, [], [])), new RecordFinding(new("Stöd saknas", "Få får det.", FindingKind.Need, [], [])));

    internal static MakePlanVersion Make(PlanContent content, PlanReason reason = PlanReason.First, string? consultation = null) => new(reason, consultation, "Så blev det", content);

    [Fact]
    public void A_version_says_what_it_was_made_of_and_its_digest_is_of_those_bytes()
    {
        var story = Spring();
        story.When(Officer, Make(First)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead, Make(First with { Analysis = " Bristerna " })).Then(new PlanVersionMade(1, PlanReason.First, "Så blev det", First, Sha256.Of(First.Written()), "SKR"));
        story.When(ProjectLead, Make(First)).ThenNothing();
        story.When(ProjectLead, Make(First) with { Summary = "En gång till" }).ThenRefused("plan-unchanged", RefusalKind.NotSo);
        var read = (PlanVersionMade)EventJson.Read("plan-version-made", story.Log[^1].Data!);
        Assert.Equal(read.Sha256, Sha256.Of(read.Content.Written()));
    }

    [Fact]
    public void What_it_names_must_be_there_and_all_that_is_wrong_is_told_at_once()
    {
        var story = Spring().Given(ProjectLead, new RetractFinding(2, "Fel"));
        var wrong = First.Measures[0] with
        {
            Key = "Nät verk", FocusArea = "annat", Goals = ["mål"], TargetGroups = ["alla"], Findings = [2, 9], Recommendations = [7], Period = new(Day("2015-05-31"), Day("2016-05-31")),
            Responsible = new("ABC", ""), Budget = [new(2015, Kr("-1")), new(2015, Kr("1"))], Ledger = new(6, "A", "lokaler")
        };
        story.When(ProjectLead, Make(First with { Measures = [wrong, Measure("kurs", "dialog"), Measure("kurs", "dialog") with { Period = new(Day("2016-01-02"), Day("2016-01-01")) }], Dropped = [new("nix", " ")] }))
            .ThenFaults(("/measures/0/key", "plan-key"), ("/measures/0/focusArea", "unknown-focus-area"), ("/measures/0/goals/0", "unknown-goal"), ("/measures/0/targetGroups/0", "unknown-target-group"),
                ("/measures/0/findings/0", "unknown-finding"), ("/measures/0/findings/1", "unknown-finding"), ("/measures/0/recommendations/0", "unknown-recommendation"), ("/measures/0/responsible/function", "text-length"),
                ("/measures/0/period", "period-outside-plan"), ("/measures/0/budget/0/amount", "amount-negative"), ("/measures/0/budget/1/year", "key-taken"), ("/measures/0/ledger", "ledger-tie-of-one"),
                ("/measures/2/key", "key-taken"), ("/measures/2/period", "period-reversed"), ("/dropped/0/key", "unknown-measure"), ("/dropped/0/reason", "text-length"), ("/measures/0/responsible/party", "unknown-party"), ("/measures/0/ledger/category", "category-unknown"));
        story.When(ProjectLead, Make(PlanContent.Empty) with { Summary = " " }).ThenFaults(("/period", "required"), ("/summary", "text-length"));
        var tied = Measure("a", "dialog") with { Ledger = new(Category: "nix") };
        story.When(ProjectLead, Make(First with { Measures = [tied, tied with { Key = "b" }] })).ThenFaults(("/measures/1/ledger", "ledger-tie-taken"), ("/measures/0/ledger/category", "category-unknown"), ("/measures/1/ledger/category", "category-unknown"));
    }

    [Fact]
    public void A_key_is_one_measure_s_for_ever()
    {
        var story = Spring().Given(ProjectLead, Make(First));
        var without = First with { Measures = [First.Measures[0]] };
        story.When(ProjectLead, Make(without, PlanReason.Other)).ThenFaults(("/dropped", "measure-left-out"));
        var dropped = without with { Dropped = [new("kurs", "Andra håller den")] };
        story.When(ProjectLead, Make(dropped with { Dropped = [new("kurs", "Nej"), new("natverk", "Nej")] }, PlanReason.Other)).ThenFaults(("/dropped/1/key", "key-taken"));
        story.Given(ProjectLead, Make(dropped, PlanReason.Other));
        story.When(ProjectLead, Make(First, PlanReason.Other)).ThenFaults(("/measures/1/key", "measure-key-reused"));
        // What is gone is told of once more, and stays gone.
        story.When(ProjectLead, Make(dropped with { Dropped = [], Analysis = "Ny" }, PlanReason.Other)).ThenFaults(("/dropped", "measure-left-out"));
        Assert.Equal("Åtgärden kurs", new Plans(story.Dossier).Measure("kurs")!.Title);
    }

    [Fact]
    public void Only_a_consultation_is_one()
    {
        var story = Spring();
        story.When(ProjectLead, Make(First, PlanReason.Consultation)).ThenFaults(("/consultation", "required"));
        story.When(ProjectLead, Make(First, PlanReason.Consultation, "mapping-report")).ThenFaults(("/consultation", "not-a-consultation"));
        story.When(ProjectLead, Make(First, PlanReason.Consultation, "nix")).ThenFaults(("/consultation", "not-a-consultation"));
        story.When(ProjectLead, Make(First, PlanReason.First, "annual-consultation-2015")).ThenFaults(("/consultation", "consultation-without-reason"));
        story.When(ProjectLead, Make(First, PlanReason.Consultation, "annual-consultation-2015")).Then<PlanVersionMade>();
    }

    [Fact]
    public void A_version_stands_as_its_submission_does_and_the_one_accepted_last_counts()
    {
        var story = Spring().Given(ProjectLead, Make(First));
        Assert.Equal((PlanStatus.Made, null), (Status(1), new Plans(story.Dossier).Current));
        story.When(ProjectLead, new Submit("mapping-report", "Planen", [], Plan: 1)).ThenFaults(("/plan", "not-the-plan"));
        story.When(ProjectLead, new Submit("action-plan", "Planen", [], Plan: 2)).ThenFaults(("/plan", "no-such-plan-version"));
        // The version is the document that the terms ask for.
        story.Given(ProjectLead, new Submit("action-plan", "Planen", [], Plan: 1));
        Assert.Equal(PlanStatus.Submitted, Status(1));
        story.Given(Officer, new ReturnSubmission("action-plan", 1, "Tidplanen saknas", Day("2015-04-01")));
        Assert.Equal(PlanStatus.Returned, Status(1));
        story.Given(ProjectLead, Make(First with { Analysis = "Med tidplan" }, PlanReason.Other), new Submit("action-plan", "Planen, kompletterad", [], Plan: 2)).Accepted("action-plan");
        Assert.Equal((PlanStatus.Returned, PlanStatus.Current), (Status(1), Status(2)));

        // Decided on at the consultation, its revision is a duty of its own.
        story.Until("2016-05-20").Given(Officer, new CompleteObligation("annual-consultation-2016", Day("2016-05-19"), "Hölls", null, new([.. story["annual-consultation-2016"].Agenda.Where(item => item.WhenNeeded is not true)
            .Select(item => new TreatedItem(item.Key, "Vägdes in"))], [], [new(ConsultationDecisionKind.RevisePlan, "Ett halvår till")])));
        story.When(ProjectLead, new Submit("action-plan-revision-1", "Planen", [], Plan: 2)).ThenRefused("version-submitted");
        story.Given(ProjectLead, Make(First with { Analysis = "Reviderad" }, PlanReason.Consultation, "annual-consultation-2016"));
        story.Given(ProjectLead, new Submit("action-plan-revision-1", "Reviderad", [], Plan: 3)).Accepted("action-plan-revision-1");
        Assert.Equal((PlanStatus.Replaced, PlanStatus.Current), (Status(2), Status(3)));
        story.When(ProjectLead, new DraftSubmission("action-plan-revision-1", "Planen", null, [], null, 2)).ThenRefused("obligation-settled");

        PlanStatus Status(int number) => new Plans(story.Dossier) is var plans ? plans.StatusOf(story.Dossier.Grounds.Plan(number)!) : default;
    }

    [Fact]
    public void A_file_alone_is_asked_about_while_a_version_is_made_and_not_chosen()
    {
        Story Made() => Spring().Given(ProjectLead, Document(7, "plan"), Make(First));
        var alone = new Submit("action-plan", "Planen", [Id(7)]) { IsSure = false };
        Spring().Given(ProjectLead, Document(7, "plan")).When(ProjectLead, alone).Then<SubmissionMade>();
        var story = Made().When(ProjectLead, alone).ThenFaults(("/sure", "plan-version-not-chosen"));
        Assert.Equal(1, SubmissionDecisions.LeftOut(story.Dossier, story["action-plan"], "SKR")!.Number);
        Made().When(ProjectLead, alone with { IsSure = true }).Then<SubmissionMade>();
        story.When(ProjectLead, alone with { Plan = 1 }).Then<SubmissionMade>();
        // Of another duty, and of a version that has been handed over, nothing is asked.
        Assert.Null(SubmissionDecisions.LeftOut(story.Dossier, story["action-plan"], "SKR"));
        Assert.Null(SubmissionDecisions.LeftOut(story.Dossier, story["mapping-report"], "SKR"));
    }

    [Fact]
    public void A_version_is_its_party_s_own_until_it_is_handed_over()
    {
        var story = Spring().Given(ProjectLead, Make(First));
        var made = (PlanVersionMade)EventJson.Read("plan-version-made", story.Log[^1].Data!);
        Assert.Equal((1, 0), (Sight.Seen(story.Dossier, ProjectLead).Grounds.Plans.Count, Sight.Seen(story.Dossier, Officer).Grounds.Plans.Count));
        Assert.Equal((true, false), (Sight.Sees(story.Dossier, ProjectLead, made), Sight.Sees(story.Dossier, Officer, made)));
        story.Given(ProjectLead, new Submit("action-plan", "Planen", [], Plan: 1));
        Assert.Equal((1, true), (Sight.Seen(story.Dossier, Officer).Grounds.Plans.Count, Sight.Sees(story.Dossier, Officer, made)));
        Assert.False(Sight.Sees(story.Dossier, Payer, made));
    }

    [Fact]
    public void A_finding_that_the_plan_rests_on_is_neither_retracted_nor_put_right_and_coverage_tells_of_measures()
    {
        var story = Spring().Given(ProjectLead, Make(First));
        story.When(ProjectLead, new RetractFinding(1, "Fel")).ThenRefused("not-retracted-in-use");
        story.When(ProjectLead, new ReviseFinding(1, new("Kunskap saknas ofta", "Få.", FindingKind.Need, [], []), false)).ThenRefused("finding-in-use");
        story.When(ProjectLead, new ReviseFinding(1, new("Kunskap saknas ofta", "Få.", FindingKind.Need, [], []), true)).Then<FindingRevised>();
        story.When(ProjectLead, new RetractFinding(2, "Fel")).Then<FindingRetracted>();
        Assert.Equal("natverk", Assert.Single(Assert.Single(Coverage.Of(story.Dossier, CoverageOf.Recommendations, CoverageBy.Measures)).TouchedBy).Key);
        Assert.Equal("natverk", Assert.Single(Coverage.Of(story.Dossier, CoverageOf.Findings, CoverageBy.Measures)[0].TouchedBy).Key);
        Assert.Equal(["kunskap 1", "styrning 0"], Coverage.Of(story.Dossier, CoverageOf.Goals, CoverageBy.Measures).Select(row => $"{row.Key} {row.TouchedBy.Count}"));
        Assert.Equal(["MeasureOfGoal styrning", "Grounds kurs"], PlanLacks.Of(story.Dossier, First).Where(lack => lack.What is not PlanLackKind.BudgetAboveGrant).Select(lack => $"{lack.What} {lack.Of}"));
    }

    [Fact]
    public void A_project_plan_that_is_another_needs_a_new_check_and_nothing_waits_for_it()
    {
        var story = Spring().Given(ProjectLead, Make(First));
        story.When(ProjectLead, new WriteProjectPlan("nix", "Kurser", [])).ThenRefused("unknown-focus-area", RefusalKind.NotFound);
        story.When(ProjectLead, new WriteProjectPlan("dialog", " ", [])).ThenFaults(("/text", "text-length"));
        story.When(Officer, new CheckProjectPlan("dialog", CheckOutcome.Agreed, null)).ThenRefused("no-project-plan");
        story.When(ProjectLead, new WriteProjectPlan("dialog", "Samtal i nord ", [])).Then(new ProjectPlanWritten("dialog", 1, "Samtal i nord", [], "SKR"));
        story.When(ProjectLead, new WriteProjectPlan("dialog", "Samtal i nord", [])).ThenNothing();
        Assert.Contains(WorkList.Of(story.Dossier), turn => (turn.Work, turn.Subject, turn.Role) == (WorkKind.CheckProjectPlan, "dialog", Role.Officer));
        story.When(ProjectLead, new CheckProjectPlan("dialog", CheckOutcome.Agreed, null)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, new CheckProjectPlan("dialog", CheckOutcome.Comments, null)).ThenFaults(("/comment", "text-length"));
        story.When(Officer, new CheckProjectPlan("dialog", CheckOutcome.Agreed, null)).Then(new ProjectPlanChecked("dialog", 1, CheckOutcome.Agreed, "RK"));
        story.When(Officer, new CheckProjectPlan("dialog", CheckOutcome.Agreed, null)).ThenNothing();
        story.When(Officer, new CheckProjectPlan("dialog", CheckOutcome.Comments, "Nej")).ThenRefused("project-plan-checked");
        story.Given(ProjectLead, new WriteProjectPlan("dialog", "Samtal i syd", []));
        Assert.Equal(ProjectPlanStatus.Changed, story.Dossier.Grounds.ProjectPlans["dialog"].Status);
        story.Given(Officer, new CheckProjectPlan("dialog", CheckOutcome.Comments, "Tidplanen saknas"));
        Assert.Equal(ProjectPlanStatus.Comments, story.Dossier.Grounds.ProjectPlans["dialog"].Status);
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.CheckProjectPlan);
    }

    [Fact]
    public void What_is_told_of_a_measure_is_never_changed_only_corrected_once()
    {
        var story = Spring().Given(ProjectLead, Make(First), Document(1)).Given(Officer, Document(2));
        ReportMeasure report = new("kurs", Day("2015-03-05"), MeasureStatus.Ongoing, "Två kurser", [Id(1)], ["0180", "0114", "0114"]);
        story.When(ProjectLead, report with { Measure = "nix" }).ThenRefused("no-such-measure", RefusalKind.NotFound);
        story.When(Officer, report).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(ProjectLead, report with { On = Day("2015-03-06"), Text = "", Reached = [" "], Corrects = 1 }).ThenFaults(("/on", "date-in-future"), ("/text", "text-length"), ("/reached/0", "text-length"), ("/corrects", "no-such-report"));
        story.When(ProjectLead, report with { Documents = [Id(2)] }).ThenRefused("unknown-document", RefusalKind.Invalid);
        var told = new MeasureReportContent(Day("2015-03-05"), MeasureStatus.Ongoing, "Två kurser", [new(Id(1), 1)], ["0114", "0180"]);
        story.When(ProjectLead, report).Then(new MeasureReported("kurs", 1, told, "SKR"));
        story.When(ProjectLead, report).ThenNothing();
        Assert.True(Sight.Sees(story.Dossier, Officer, story.Dossier.Documents[Id(1)]!));
        story.When(ProjectLead, report with { Text = "En kurs", Corrects = 1 }).Then(new MeasureReportCorrected("kurs", 2, 1, told with { Text = "En kurs" }, "SKR"));
        story.When(ProjectLead, report with { Text = "Tre kurser", Corrects = 1 }).ThenRefused("report-corrected", RefusalKind.NotSo);
        var followed = story.Dossier.Grounds.Measures["kurs"];
        Assert.Equal((2, "Två kurser", "En kurs"), (followed.Reports[0].CorrectedBy, followed.Reports[0].Content.Text, followed.Latest!.Content.Text));
    }

    [Fact]
    public void An_assessment_rests_on_something_unless_it_is_too_early()
    {
        var story = Spring().Given(ProjectLead, Make(First), Document(1), new ReportMeasure("kurs", Day("2015-03-05"), MeasureStatus.Done, "Klar", [], []), new ReportMeasure("kurs", Day("2015-03-05"), MeasureStatus.Done, "Klar nu", [], [], 1));
        story.When(ProjectLead, new AssessMeasure("kurs", MeasureResult.Reached, "Kunskapen ökade", null, [])).ThenFaults(("/evidence", "assessment-without-evidence"));
        story.When(ProjectLead, new AssessMeasure("kurs", MeasureResult.Reached, "", null, [new(), new(Report: 1), new(Report: 9), new(Finding: 9), new(Id(9)), new(Id(1), 2)]))
            .ThenFaults(("/text", "text-length"), ("/evidence/0", "evidence-of-one"), ("/evidence/1/report", "source-unknown"), ("/evidence/2/report", "source-unknown"), ("/evidence/3/finding", "unknown-finding"), ("/evidence/4/document", "source-unknown"), ("/evidence/5", "evidence-of-one"));
        story.When(ProjectLead, new AssessMeasure("kurs", MeasureResult.TooEarly, "För tidigt", null, [])).Then(new MeasureAssessed("kurs", 1, MeasureResult.TooEarly, "För tidigt", [], "SKR"));
        story.When(ProjectLead, new AssessMeasure("kurs", MeasureResult.Reached, "Kunskapen ökade", "I nätverken ", [new(Report: 2), new(Id(1)), new(Finding: 1)]))
            .Then(new MeasureAssessed("kurs", 2, MeasureResult.Reached, "Kunskapen ökade", [new(Report: 2), new(new(Id(1), 1)), new(Finding: 1)], "SKR", "I nätverken"));
        story.When(ProjectLead, new AssessMeasure("kurs", MeasureResult.Reached, "Kunskapen ökade", "I nätverken", [new(Report: 2), new(Id(1)), new(Finding: 1)])).ThenNothing();
    }

    [Fact]
    public void A_measure_whose_time_is_over_waits_for_its_report()
    {
        var story = Spring().Given(ProjectLead, Make(First), new Submit("action-plan", "Planen", [], Plan: 1)).Accepted("action-plan");
        Assert.Equal(["kurs 2016-06-01", "natverk 2016-06-01"], Waiting());
        story.Given(ProjectLead, new ReportMeasure("kurs", Day("2015-03-05"), MeasureStatus.Ongoing, "Pågår", [], []), new ReportMeasure("natverk", Day("2015-03-05"), MeasureStatus.Stopped, "Blev inte av", [], []));
        Assert.Equal(["kurs 2016-06-01"], Waiting());

        IEnumerable<string> Waiting() => WorkList.Of(story.Dossier).Where(turn => turn.Work == WorkKind.ReportMeasure && turn.Party == "SKR").Select(turn => $"{turn.Subject} {turn.From:uuuu-MM-dd}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_difference_is_told_field_by_field_with_what_was_dropped_and_the_money_that_moved()
    {
        var second = First with
        {
            Analysis = "Nytt", Goals = [First.Goals[0] with { Title = "Mer kunskap" }, First.Goals[1]], FocusAreas = [.. First.FocusAreas, new("spridning", "Spridning")],
            Measures = [First.Measures[0] with { FocusArea = "spridning", With = ["Länsstyrelsen"] }, Measure("handbok", "utbildning", "250")], Dropped = [new("kurs", "Andra håller den")]
        };
        var found = PlanDifference.Between(First, second);
        Assert.Equal([new(PlanPart.FocusArea, "spridning", "Spridning"), new(PlanPart.Measure, "handbok", "Åtgärden handbok")], found.Added);
        Assert.Equal([new(PlanPart.Measure, "kurs", "Åtgärden kurs", "Andra håller den")], found.Removed);
        Assert.Equal(["Plan  analysis \"Bristerna\" \"Nytt\"", "Goal kunskap title \"Ökad kunskap\" \"Mer kunskap\"", "Measure natverk focusArea \"dialog\" \"spridning\"", "Measure natverk with  [\"Länsstyrelsen\"]"],
            found.Changed.Select(it => $"{it.Part} {it.Key} {it.Field} {it.From?.ToJsonString(Json.Options)} {it.To?.ToJsonString(Json.Options)}"));
        Assert.Equal([new("dialog", "Dialog", Kr("100"), Kr("0")), new("utbildning", "Utbildning", Kr("200"), Kr("250")), new("spridning", "Spridning", Kr("0"), Kr("100"))], found.Moved);
        Assert.True(PlanDifference.Between(second, second).IsEmpty);
    }

    [Fact]
    public void A_draft_takes_two_sections_at_once_and_one_section_once()
    {
        var draft = new PlanDraft("SKR", First, ProjectLead.Id, Some.Utc("2015-03-05T10:00:00Z"));
        var (about, kurs) = (draft.TagOfSection(PlanDraft.About), draft.TagOfSection("measures/kurs"));
        var (after, none) = draft.With(PlanDraft.About, about, plan => plan with { Analysis = "Nytt" }, ProjectLead.Id, Some.Utc("2015-03-05T11:00:00Z"));
        var (both, neither) = after.With("measures/kurs", kurs, plan => plan with { Measures = [plan.Measures[0], plan.Measures[1] with { Title = "Kursen" }] }, Finance.Id, Some.Utc("2015-03-05T12:00:00Z"));
        Assert.Equal((null, null, "Nytt", "Kursen"), (none, neither, both.Content.Analysis, both.Content.Measures[1].Title));
        Assert.Equal("plan-section-changed", both.With(PlanDraft.About, about, plan => plan with { Analysis = "Annat" }, ProjectLead.Id, default).Refused?.Slug);
        Assert.NotEqual(draft.Tag, both.Tag);
    }
}
