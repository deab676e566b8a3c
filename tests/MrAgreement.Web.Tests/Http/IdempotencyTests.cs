using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>Idempotency-Key: a retry gets the first answer and adds nothing.</summary>
public class IdempotencyTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static (string, string) Key(string key) => ("Idempotency-Key", key);

    static void Same(WireAnswer first, WireAnswer again) =>
        Assert.Equal((first.Status, first.Location, first.ETag, first.Text), (again.Status, again.Location, again.ETag, again.Text));

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_adds_nothing()
    {
        var path = await Posted.Agreement(host);
        var first = await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(amount: 500), Key("rekvisition-1"));
        first.Is(201);
        // What happened meanwhile changes nothing in it.
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        var before = await Posted.LogLength(host, path);
        Same(first, await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(amount: 500), Key("rekvisition-1")));
        Assert.Equal(before, await Posted.LogLength(host, path));
        Assert.Single(await host.Finance.All($"{path}/grant/requisitions"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_address_is_refused()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(amount: 500), Key("rekvisition-2"))).Is(201);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(amount: 400), Key("rekvisition-2"))).IsProblem(422, "idempotency-key-reused");
        (await host.Finance.Post($"{path}/grant/repayments", new { amount = 1, reference = "x" }, Key("rekvisition-2"))).IsProblem(422, "idempotency-key-reused");
        Assert.Single(await host.Finance.All($"{path}/grant/requisitions"));
    }

    [Fact]
    public async Task The_same_key_with_other_bytes_is_refused()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/documents", Upload("Ett"), Key("dokument-2"))).Is(201);
        (await host.Lead.Post($"{path}/documents", Upload("Två"), Key("dokument-2"))).IsProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_key_is_one_persons_own()
    {
        var path = await Posted.Agreement(host);
        var (lead, officer) = ((await host.Lead.Post($"{path}/documents", Upload("Ett"), Key("dokument"))).Is(201), (await host.Officer.Post($"{path}/documents", Upload("Ett"), Key("dokument"))).Is(201));
        Assert.NotEqual(lead.Text("id"), officer.Text("id"));
    }

    [Fact]
    public async Task The_id_of_what_is_created_comes_from_the_key()
    {
        await using var another = await RunningHost.Start();
        var first = (await host.Officer.Post("agreements?sure=true", Posted.Terms(), Key("skapa-1"))).Is(201);
        Assert.Equal(first.Text("id"), (await another.Officer.Post("agreements?sure=true", Posted.Terms(), Key("skapa-1"))).Is(201).Text("id"));
        Assert.NotEqual(first.Text("id"), (await host.Officer.Post("agreements?sure=true", Posted.Terms(), Key("skapa-2"))).Is(201).Text("id"));
        Assert.NotEqual(first.Text("id"), (await host.Officer.Post("agreements?sure=true", Posted.Terms())).Is(201).Text("id"));
    }

    [Fact]
    public async Task An_agreement_and_a_document_are_created_once_for_a_key()
    {
        var created = await host.Officer.Post("agreements?sure=true", Posted.Terms(), Key("skapa-3"));
        var path = $"agreements/{created.Is(201).Text("id")}";
        (await host.Officer.Post($"{path}/signature", Posted.Signature(), Key("underteckna"))).Is(200);
        Same(created, await host.Officer.Post("agreements?sure=true", Posted.Terms(), Key("skapa-3")));
        var other = Posted.Terms();
        other["title"] = "En annan";
        (await host.Officer.Post("agreements?sure=true", other, Key("skapa-3"))).IsProblem(422, "idempotency-key-reused");
        var uploaded = await host.Lead.Post($"{path}/documents", Upload("Två"), Key("dokument-2"));
        uploaded.Is(201);
        Same(uploaded, await host.Lead.Post($"{path}/documents", Upload("Två"), Key("dokument-2")));
        (await host.Lead.Post($"{path}/documents", Upload("Tre"), Key("dokument-2"))).IsProblem(422, "idempotency-key-reused");
        Assert.Single(await host.Lead.All($"{path}/documents"));
    }

    [Fact]
    public async Task A_refusal_is_not_kept_so_that_the_same_key_may_succeed_later()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("second", 1000), Key("villkor"))).IsProblem(409, "instalment-conditional");
        (await host.Officer.Post($"{path}/grant/instalments/second/release", new { decidedOn = "2014-06-13", reference = "Fi2014/2", requisitionDueOn = "2014-09-01" })).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("second", 1000), Key("villkor"))).Is(201);
    }

    [Fact]
    public async Task Many_at_once_with_the_same_key_have_one_effect_and_one_answer()
    {
        var path = await Posted.Agreement(host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(amount: 100), Key("samtidigt"))));
        Assert.All(answers, answer => Same(answers[0], answer));
        answers[0].Is(201);
        Assert.Single(await host.Finance.All($"{path}/grant/requisitions"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(), Key(key))).IsProblem(400, "malformed-idempotency-key");
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(), Key(new string('x', 256)))).IsProblem(400, "malformed-idempotency-key");
        Assert.Empty(await host.Finance.All($"{path}/grant/requisitions"));
    }

    [Fact]
    public async Task People_parties_and_invitations_are_made_once_for_a_key()
    {
        await using var own = await RunningHost.Start();
        (string Path, string Body, string Other)[] posts =
        [
            ("parties", """{"key":"SKR","names":[{"name":"SKR","from":"2014-01-01"}]}""", """{"key":"MSB","names":[{"name":"MSB","from":"2014-01-01"}]}"""),
            ("people", """{"name":"Ett program","mail":"program@example.se","identities":[{"issuer":"https://issuer.example","subject":"one"}]}""", """{"name":"Ett annat","mail":"program@example.se"}"""),
            ("invitations", """{"mail":"anna@example.se","role":"admin"}""", """{"mail":"bo@example.se","role":"admin"}""")
        ];
        foreach (var (path, body, other) in posts)
        {
            (await own.Officer.Post(path, body, Key(path))).Is(403);
            var first = await own.Admin.Post(path, body, Key(path));
            first.Is(201);
            // An invitation's link too, which is kept nowhere in clear.
            Same(first, await own.Admin.Post(path, body, Key(path)));
            (await own.Admin.Post(path, other, Key(path))).IsProblem(422, "idempotency-key-reused");
            (await own.Admin.Post(path, other, Key(""))).IsProblem(400, "malformed-idempotency-key");
            Assert.Single(await own.Admin.All(path));
        }
    }

    [Fact]
    public async Task What_was_refused_may_be_mended_under_the_same_key_and_many_at_once_make_one()
    {
        await using var own = await RunningHost.Start();
        (await own.Admin.Post("invitations", """{"mail":"","role":"admin"}""", Key("inbjudan"))).Is(422);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => own.Admin.Post("invitations", """{"mail":"anna@example.se","role":"admin"}""", Key("inbjudan"))));
        Assert.All(answers, answer => Same(answers[0], answer));
        answers[0].Is(201);
        Assert.Single(await own.Admin.All("invitations"));
    }

    static MultipartFormDataContent Upload(string text) => Posted.Form(System.Text.Encoding.UTF8.GetBytes(text), "x.txt", ("title", text), ("kind", "report"));
}
