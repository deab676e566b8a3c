using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Obligations;

/// <summary>Obligations over HTTP: their shape, and what people do with them.</summary>
public class ObligationTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task An_obligation_tells_its_date_state_and_every_rung_of_its_reminders()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/return", new { reason = "Komplettera.", completeBy = "2014-07-01" })).Is(200);
        var report = (await host.Lead.Get($"{path}/obligations/report")).Is(200);
        report.Has("""
            key:string title:string kind:string responsible:array recipient:string dueOn:string effectiveDueOn:string dueText:string status:string overdue:boolean overdueDays:number
            rests:array clause:string submissions:array reminders:array
            submissions.0.number:number submissions.0.status:string submissions.0.summary:string submissions.0.documents.0.id:string submissions.0.party:string
            submissions.0.by.id:string submissions.0.by.name:string submissions.0.at:string
            submissions.0.decision.by.name:string submissions.0.decision.at:string submissions.0.decision.text:string submissions.0.decision.completeBy:string
            reminders.0.rung:number reminders.0.plannedFor:string reminders.0.at:string|null reminders.0.to:array
            """);
        Assert.Equal(("returned", "2014-07-01"), (report.Text("status"), report.Text("dueOn")));
        Assert.Equal([-90, -30, -14, -7, -1, 1, 7, 14, 28], report.At("reminders").EnumerateArray().Select(r => (int)r.Number("rung")));
        Assert.Equal("2014-06-30T06:00:00Z", report.Text("reminders.4.plannedFor"));
        Assert.All(report.At("reminders").EnumerateArray(), r => Assert.True(r.IsNull("at")));
        (await host.Lead.Get($"{path}/obligations/information")).Is(200).Has("dueOn:null effectiveDueOn:null recipient:string clause:null reminders:array dueText:string");
    }

    [Fact]
    public async Task A_month_means_its_last_day_and_a_text_says_so_in_either_language()
    {
        var path = await Posted.Agreement(host);
        var swedish = (await host.Lead.Get($"{path}/obligations/meeting-2015")).Is(200);
        var english = (await host.Lead.Get($"{path}/obligations/meeting-2015", ("Accept-Language", "en-GB,en;q=0.9,sv;q=0.1"))).Is(200);
        Assert.Equal(("2015-05-31", "2015-05-31", "waiting"), (swedish.Text("dueOn"), swedish.Text("effectiveDueOn"), swedish.Text("status")));
        Assert.Equal(["report"], swedish.Texts("waitsFor"));
        Assert.Contains("maj", swedish.Text("dueText"), StringComparison.Ordinal);
        Assert.Contains("May", english.Text("dueText"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_working_day_rule_keeps_the_nominal_date_beside_the_effective_one()
    {
        var terms = Posted.Terms();
        terms["workingDayRule"] = "lag-1930-173";
        var path = await Posted.Agreement(host, terms);
        var report = (await host.Lead.Get($"{path}/obligations/report")).Is(200);
        Assert.Equal(("2015-02-01", "2015-02-02"), (report.Text("dueOn"), report.Text("effectiveDueOn")));
    }

    [Fact]
    public async Task A_submission_is_created_accepted_and_settled()
    {
        var path = await Posted.Agreement(host);
        var document = await Posted.Document(host.Lead, path, "Rapporten");
        var submitted = await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Härmed lämnas rapporten.", documents = new[] { document } });
        Assert.Equal((1, "submitted"), ((int)submitted.Is(201).Number("number"), submitted.Json.Text("status")));
        Assert.Equal("submitted", (await host.Lead.Get(submitted.Location!)).Is(200).Text("status"));
        Assert.Equal(submitted.ETag, (await host.Lead.Get(submitted.Location!)).ETag);
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Härmed lämnas rapporten.", documents = new[] { document } })).IsProblem(409, "submission-unchanged");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Igen.", documents = new[] { document } })).IsProblem(409, "submission-undecided");
        var accepted = (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { comment = "Tack." })).Is(200);
        Assert.Equal(("done", "accepted", "Tack."), (accepted.Text("status"), accepted.Text("submissions.0.status"), accepted.Text("submissions.0.decision.text")));
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { comment = "Tack." })).Is(200);
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/return", new { reason = "Ångrar mig", completeBy = "2014-07-01" })).IsProblem(409, "submission-decided");
        (await host.Lead.Post($"{path}/obligations/report/submissions/1/withdrawal", new { reason = "Fel" })).IsProblem(409, "submission-decided");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "En till.", documents = new[] { document } })).IsProblem(409, "obligation-settled");
    }

    [Fact]
    public async Task A_withdrawn_submission_stays_visible_and_is_not_sent_again_unchanged()
    {
        var path = await Posted.Agreement(host);
        var first = await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var withdrawn = (await host.Lead.Post($"{path}/obligations/report/submissions/1/withdrawal", new { reason = "Fel fil" })).Is(200);
        Assert.Equal(("open", "withdrawn"), (withdrawn.Text("status"), withdrawn.Text("submissions.0.status")));
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).IsProblem(409, "submission-decided");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { first.Text("documents.0.id") } })).IsProblem(409, "submission-unchanged");
        Assert.Equal(2, (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rätt rapport", documents = new[] { first.Text("documents.0.id") } })).Is(201).Number("number"));
    }

    [Fact]
    public async Task What_the_terms_want_no_acceptance_for_is_done_when_it_is_submitted()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Finance, path, "accounts", "Redovisningen", "accounts");
        Assert.Equal("done", (await host.Lead.Get($"{path}/obligations/accounts")).Is(200).Text("status"));
        (await host.Officer.Post($"{path}/obligations/accounts/submissions/1/return", new { reason = "Nej", completeBy = "2014-07-01" })).IsProblem(409, "acceptance-not-in-terms");
    }

    [Fact]
    public async Task What_waits_for_another_is_never_refused_for_that()
    {
        var path = await Posted.Agreement(host);
        var held = (await host.Lead.Post($"{path}/obligations/meeting-2015/completion", new { doneOn = "2014-06-13", note = "Mötet hölls tidigt." })).Is(200);
        Assert.Equal("done", held.Text("status"));
        held.Has("completions.0.doneOn:string completions.0.note:string completions.0.party:string completions.0.by.name:string completions.0.confirmed:boolean completions.0.confirmedBy:null completions.0.confirmedAt:null");
        (await host.Lead.Post($"{path}/obligations/meeting-2015/confirmation")).IsProblem(403, "own-record");
        Assert.True((await host.Officer.Post($"{path}/obligations/meeting-2015/confirmation")).Is(200).Flag("completions.0.confirmed"));
        (await host.Officer.Post($"{path}/obligations/meeting-2015/completion", new { doneOn = "2014-06-12", note = "En annan dag." })).IsProblem(409, "already-completed");
        (await host.Officer.Post($"{path}/obligations/meeting-2016/confirmation")).IsProblem(409, "nothing-to-confirm");
    }

    [Fact]
    public async Task What_goes_on_all_the_time_may_be_recorded_again()
    {
        var path = await Posted.Agreement(host);
        (await host.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-12", note = "Första gången." })).Is(200);
        var twice = (await host.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note = "Andra gången." })).Is(200);
        Assert.Equal(2, twice.At("completions").GetArrayLength());
        Assert.Equal("done", twice.Text("status"));
    }

    [Fact]
    public async Task Dates_are_scheduled_extended_and_let_go()
    {
        var path = await Posted.Agreement(host);
        Assert.Equal("2015-05-12", (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-12" })).Is(200).Text("scheduledOn"));
        (await host.Lead.Post($"{path}/obligations/report/schedule", new { on = "2015-05-12" })).IsProblem(409, "not-schedulable");
        Assert.Equal("2015-03-03", (await host.Lead.Get($"{path}/obligations/accounts")).Is(200).Text("dueOn"));
        Assert.Equal("2015-02-15", (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-15", reference = "Fi2014/4" })).Is(200).Text("dueOn"));
        Assert.Equal("2015-03-17", (await host.Lead.Get($"{path}/obligations/accounts")).Is(200).Text("dueOn"));
        (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-10", reference = "Fi2014/5" })).IsProblem(422, "extension-not-later");
        (await host.Officer.Post($"{path}/obligations/information/extension", new { dueOn = "2015-02-10", reference = "Fi2014/5" })).IsProblem(409, "obligation-undated");
        var waived = (await host.Officer.Post($"{path}/obligations/report/waiver", new { reason = "Behövs inte", reference = "Fi2014/6" })).Is(200);
        waived.Has("waiver.reason:string waiver.reference:string waiver.by.name:string waiver.at:string");
        Assert.Equal("waived", waived.Text("status"));
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Ändå", documents = new[] { await Posted.Document(host.Lead, path, "Ändå") } })).IsProblem(409, "obligation-settled");
    }

    [Fact]
    public async Task A_reader_sees_dates_and_states_but_nothing_that_was_submitted()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var seen = (await host.Reader.Get($"{path}/obligations/report")).Is(200);
        Assert.Equal(("submitted", 0), (seen.Text("status"), seen.At("submissions").GetArrayLength()));
        Assert.Empty(await host.Reader.All($"{path}/documents"));
        (await host.Reader.Get($"{path}/events")).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("open", "report information requisition-first accounts")]
    [InlineData("waiting", "meeting-2015 meeting-2016")]
    [InlineData("done", "")]
    [InlineData("overdue", "")]
    public async Task Obligations_are_listed_by_status(string status, string keys)
    {
        var path = await Posted.Agreement(host);
        Assert.Equal(keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), (await host.Lead.All($"{path}/obligations?status={status}")).Select(o => o.Text("key")).Order());
        (await host.Lead.Get($"{path}/obligations?status=1")).IsProblem(400, "malformed-parameter");
    }

    [Fact]
    public async Task What_is_not_there_is_said_by_name()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Get($"{path}/obligations/nothing")).IsProblem(404, "no-such-obligation");
        (await host.Lead.Post($"{path}/obligations/nothing/submissions", new { summary = "x", documents = Array.Empty<string>() })).IsProblem(404, "no-such-obligation");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).IsProblem(404, "no-such-submission");
        (await host.Lead.Post($"{path}/obligations/meeting-2015/submissions", new { summary = "x", documents = Array.Empty<string>() })).IsProblem(409, "not-a-deliverable");
        (await host.Lead.Post($"{path}/obligations/report/completion", new { doneOn = "2014-06-13", note = "x" })).IsProblem(409, "not-an-act");
    }
}
