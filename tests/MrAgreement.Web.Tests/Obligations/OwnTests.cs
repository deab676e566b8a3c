using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Obligations;

/// <summary>What a party keeps to itself, over HTTP: nobody else sees it, nor that it exists.</summary>
public class OwnTests(SharedHost shared)
{
    const string Secret = "Stäm av med enheten innan vi svarar";

    static readonly string[] roles = ["project-lead", "finance", "approver", "officer", "payer", "auditor", "reader", "admin"];

    readonly RunningHost host = shared.Host;

    static JsonObject SigningOff()
    {
        var terms = Posted.Terms();
        terms["parties"]![0]!["signOff"] = true;
        return terms;
    }

    // Who finds the words anywhere: in the obligation, its list, the log or the pages' sources.
    async Task<IEnumerable<string>> Reads(string path, string words)
    {
        var found = new List<string>();
        foreach (var role in roles)
            foreach (var resource in new[] { $"{path}/obligations/report", $"{path}/obligations", $"{path}/events?limit=100", $"{path}/obligations/report?asOf=2014-06-13" })
                if ((await host.As(role).Get(resource)).Text.Contains(words, StringComparison.Ordinal))
                    found.Add(role);
        return found.Distinct();
    }

    [Fact]
    public async Task A_note_is_read_by_its_own_party_and_leaves_no_trace_for_others()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var before = (await host.Lead.Get($"{path}/obligations/report")).ETag;
        var length = (await host.Lead.Get($"{path}/events?limit=1")).Is(200).Number("_meta.totalRecords");

        var written = (await host.Officer.Post($"{path}/obligations/report/notes", new { text = Secret, submission = 1 })).Is(201);
        written.Has("submission:number text:string by.name:string at:string");
        (await host.Officer.Post($"{path}/obligations/report/notes", new { text = Secret, submission = 1 })).Is(200);

        Assert.Equal(["officer"], await Reads(path, Secret));
        Assert.Equal(["officer"], await Reads(path, "internal-note-written"));
        Assert.Equal(before, (await host.Lead.Get($"{path}/obligations/report")).ETag);
        Assert.Equal(length, (await host.Lead.Get($"{path}/events?limit=1")).Is(200).Number("_meta.totalRecords"));
        Assert.Equal(length + 1, (await host.Officer.Get($"{path}/events?limit=1")).Is(200).Number("_meta.totalRecords"));
        // The proof covers what is left out, too.
        Assert.Equal((true, length + 1), ((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"), (await host.Admin.Get($"{path}/events/verification")).Is(200).Number("count")));
    }

    [Fact]
    public async Task What_other_ministries_say_of_a_submission_is_the_recipients_own()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var comment = new { ministry = "Socialdepartementet", text = Secret, receivedOn = "2014-06-13" };

        (await host.Officer.Post($"{path}/obligations/report/submissions/1/comments", comment)).Is(201).Has("ministry:string text:string receivedOn:string by.name:string at:string");

        Assert.Equal("Socialdepartementet", (await host.Officer.Get($"{path}/obligations/report")).Is(200).Text("submissions.0.comments.0.ministry"));
        Assert.Equal(["officer"], await Reads(path, Secret));
        (await host.Officer.Post($"{path}/obligations/report/submissions/2/comments", comment)).IsProblem(404, "no-such-submission");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/comments", new { ministry = "", text = "x", receivedOn = "2014-06-14" })).IsProblem(422, "invalid-content");
    }

    [Fact]
    public async Task A_draft_is_its_own_party_s_and_an_auditor_s_until_it_is_submitted()
    {
        var path = await Posted.Agreement(host);
        var document = await Posted.Document(host.Lead, path, "Rapporten");
        var drafted = await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", new { summary = Secret, coverLetter = "Härmed", documents = new[] { document } });
        drafted.Is(200).Has("revision:number summary:string coverLetter:string documents.0.id:string party:string by.name:string at:string signedOffBy:null");

        Assert.Equal(["project-lead", "finance", "approver", "auditor", "admin"], await Reads(path, Secret));
        Assert.Equal("open", (await host.Officer.Get($"{path}/obligations/report")).Is(200).Text("status"));

        // Somebody else has changed it since: the draft has a version of its own.
        (await host.Approver.Send(HttpMethod.Put, $"{path}/obligations/report/draft", new { summary = "Annat", documents = new[] { document } }, ("If-Match", drafted.ETag!))).Is(200);
        (await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", new { summary = "Igen", documents = new[] { document } }, ("If-Match", drafted.ETag!))).IsProblem(412, "stale-if-match");

        var submitted = (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapport", coverLetter = "Till departementet", documents = new[] { document } })).Is(201);
        Assert.Equal("Till departementet", submitted.Text("coverLetter"));
        Assert.Empty((await host.Lead.Get($"{path}/obligations/report")).Is(200).At("drafts").EnumerateArray());
        Assert.Equal("Till departementet", (await host.Officer.Get($"{path}/obligations/report")).Is(200).Text("submissions.0.coverLetter"));
    }

    [Fact]
    public async Task A_draft_is_discarded_by_its_own_party_at_the_version_that_was_read()
    {
        var path = await Posted.Agreement(host);
        Task<WireAnswer> Discard(Caller by, params (string, string)[] headers) => by.Send(HttpMethod.Delete, $"{path}/obligations/report/draft", null, headers);
        var drafted = await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", new { summary = Secret, documents = Array.Empty<string>() });
        var changed = await host.Approver.Send(HttpMethod.Put, $"{path}/obligations/report/draft", new { summary = "Annat", documents = Array.Empty<string>() });

        (await Discard(host.Officer)).IsProblem(403, "not-responsible");
        (await Discard(host.Payer)).IsProblem(403, "forbidden");
        (await Discard(host.Lead, ("If-Match", drafted.ETag!))).IsProblem(412, "stale-if-match");

        Assert.Empty((await Discard(host.Lead, ("If-Match", changed.ETag!))).Is(200).At("drafts").EnumerateArray());
        Assert.Equal(["project-lead", "finance", "approver", "auditor", "admin"], await Reads(path, "draft-discarded"));
        var length = await Posted.LogLength(host, path);
        (await Discard(host.Lead)).Is(200);
        Assert.Equal(length, await Posted.LogLength(host, path));
    }

    [Fact]
    public async Task Where_the_terms_ask_for_it_a_colleague_signs_off_before_anything_is_submitted()
    {
        var path = await Posted.Agreement(host, SigningOff());
        var report = new { summary = "Rapport", documents = new[] { await Posted.Document(host.Lead, path, "Rapporten") } };
        (await host.Lead.Post($"{path}/obligations/report/submissions", report)).IsProblem(409, "not-signed-off");
        (await host.Approver.Post($"{path}/obligations/report/draft/sign-off", new { revision = 1 })).IsProblem(409, "no-draft");
        (await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", report)).Is(200);
        (await host.Lead.Post($"{path}/obligations/report/draft/sign-off", new { revision = 1 })).IsProblem(403, "own-draft");
        (await host.Approver.Post($"{path}/obligations/report/draft/sign-off", new { revision = 2 })).IsProblem(409, "draft-changed");

        var back = (await host.Approver.Post($"{path}/obligations/report/draft/return", new { revision = 1, reason = "Bilagan saknas" })).Is(200);
        Assert.Equal(("Bilagan saknas", "Astrid Alm"), (back.Text("sentBack.reason"), back.Text("sentBack.by.name")));
        (await host.Approver.Post($"{path}/obligations/report/draft/sign-off", new { revision = 1 })).IsProblem(409, "draft-sent-back");
        using (var lead = await PageCaller.SignIn(host, "lena.lind"))
        {
            Assert.Contains("Astrid Alm har skickat tillbaka utkastet: Bilagan saknas", (await lead.Get($"/{path}/obligations/report")).Text, StringComparison.Ordinal);
            Assert.Contains("Ändra utkastet som en kollega skickade tillbaka", (await lead.Get($"/{path}")).Text, StringComparison.Ordinal);
        }
        Assert.Equal(["project-lead", "finance", "approver", "auditor", "admin"], await Reads(path, "draft-sent-back"));
        (await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", report with { summary = "Rapport med bilaga" })).Is(200);
        using (var approver = await PageCaller.SignIn(host, "astrid.alm"))
        {
            var page = await approver.Get($"/{path}/obligations/report");
            Assert.Contains("Skicka tillbaka utkastet", page.Text, StringComparison.Ordinal);
            Assert.Equal(422, (await approver.Send($"/{path}/obligations/report", $"/{path}/obligations/report/draft/return", ("version", page.Version), ("revision", "2"), ("reason", ""))).Status);
            Assert.Equal(200, (await approver.Send($"/{path}/obligations/report", $"/{path}/obligations/report/draft/return", ("version", page.Version), ("revision", "2"), ("reason", "Fel rubrik"))).Status);
        }
        (await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", report)).Is(200);
        Assert.Equal("Astrid Alm", (await host.Approver.Post($"{path}/obligations/report/draft/sign-off", new { revision = 3 })).Is(200).Text("signedOffBy.name"));
        (await host.Lead.Post($"{path}/obligations/report/submissions", report with { summary = "Ändrad efteråt" })).IsProblem(409, "not-signed-off");
        (await host.Lead.Post($"{path}/obligations/report/submissions", report)).Is(201);
        Assert.Equal(["project-lead", "finance", "approver", "auditor", "admin"], await Reads(path, "draft-signed-off"));
    }
}
