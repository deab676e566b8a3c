using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.People;

/// <summary>The contract's table of who may do what, over HTTP: every change with every role, denied unless the table grants it.</summary>
public class RoleTableTests(SharedHost shared)
{
    static readonly string[] roles = ["project-lead", "finance", "approver", "officer", "payer", "auditor", "reader", "admin"];

    readonly RunningHost host = shared.Host;

    // Path below the agreement, body, and the roles that may. The state of things then allows or refuses it; only the table answers forbidden.
    public static TheoryData<string, string, string> Table => new()
    {
        { "signature", """{"signedOn":"2014-06-13","signatories":[{"name":"Erik Ullenhag","party":"RK"}]}""", "officer" },
        { "grant/instalments/second/release", """{"decidedOn":"2014-06-13","reference":"Fi2014/2","requisitionDueOn":"2014-09-01"}""", "officer" },
        { "grant/instalments/first/lapse", """{"reason":"Nej"}""", "officer" },
        { "grant/instalments/first/lapse/withdrawal", """{"reason":"Nej"}""", "officer" },
        { "grant/disallowances/9/withdrawal", """{"reason":"Nej"}""", "officer" },
        { "obligations/report/extension", """{"dueOn":"2015-02-10","reference":"Fi2014/3"}""", "officer" },
        { "obligations/report/waiver", """{"reason":"Nej","reference":"Fi2014/4"}""", "officer" },
        { "termination", """{"on":"2014-06-12","reference":"Fi2014/5","finalDueOn":"2014-09-01"}""", "officer" },
        { "closure", "{}", "officer" },
        { "amendments", """{"decidedOn":"2014-06-13","reference":"Fi2014/6","effectiveFrom":"2014-06-13","changes":[]}""", "project-lead officer" },
        { "amendments/difference", """{"decidedOn":"2014-06-13","reference":"Fi2014/6","effectiveFrom":"2014-06-13","changes":[]}""", "project-lead officer" },
        { "amendments/1/confirmation", "", "project-lead officer" },
        // An officer delivers what the Government Offices owe, finance staff what is financial.
        { "obligations/report/submissions", """{"summary":"","documents":[]}""", "project-lead finance approver officer" },
        { "obligations/report/submissions/1/withdrawal", """{"reason":"Nej"}""", "project-lead finance approver officer" },
        { "obligations/report/submissions/1/acceptance", "{}", "officer" },
        { "obligations/report/submissions/1/return", """{"reason":"Nej","completeBy":"2014-07-01"}""", "officer" },
        { "obligations/report/draft/sign-off", """{"revision":1}""", "project-lead finance approver officer" },
        { "obligations/report/draft/return", """{"revision":1,"reason":"Nej"}""", "project-lead finance approver officer" },
        { "obligations/report/notes", """{"text":""}""", "project-lead finance approver officer payer" },
        { "obligations/report/submissions/1/comments", """{"ministry":"","text":"","receivedOn":"2014-06-13"}""", "officer" },
        { "obligations/meeting-2016/agenda/plan/views", """{"text":"Nej"}""", "project-lead officer" },
        { "obligations/meeting-2016/schedule", """{"on":"2016-05-05"}""", "project-lead officer" },
        { "obligations/meeting-2016/completion", """{"doneOn":"2014-06-14","note":"Ännu inte"}""", "project-lead officer" },
        { "obligations/meeting-2016/confirmation", "", "project-lead officer" },
        { "grant/requisitions", """{"instalment":"first","amount":0,"reference":"x","bankgiro":"5050-1055"}""", "finance" },
        { "grant/requisitions/9/dispatch", "", "finance" },
        { "grant/adjustments", """{"kind":"accrual","amount":0,"period":{"from":"2014-01-01","to":"2014-12-31"},"reason":"x"}""", "finance" },
        { "grant/repayments", """{"amount":0,"reference":"x"}""", "finance" },
        { "grant/repayments/9/withdrawal", """{"reason":"Nej"}""", "finance" },
        { "grant/requisitions/9/withdrawal", """{"reason":"Nej"}""", "finance" },
        { "grant/statements/9/withdrawal", """{"reason":"Nej"}""", "finance" },
        { "grant/requisitions/9/send-back", """{"reason":"Nej"}""", "approver" },
        { "grant/repayments/9/send-back", """{"reason":"Nej"}""", "approver" },
        { "grant/allocation-reports/9/withdrawal", """{"reason":"Nej"}""", "project-lead finance" },
        { "grant/allocation-reports/9/send-back", """{"reason":"Nej"}""", "approver" },
        { "grant/requisitions/9/attestation", "", "approver" },
        { "grant/adjustments/9/attestation", "", "approver" },
        { "grant/repayments/9/attestation", "", "approver" },
        { "grant/requisitions/9/receipt", "", "payer" },
        { "grant/requisitions/9/refusal", """{"reason":"Nej"}""", "payer" },
        { "grant/requisitions/9/ending", """{"reason":"Nej"}""", "officer payer" },
        { "grant/payments", """{"direction":"in","paidOn":"2014-06-14","amount":1,"reference":"x"}""", "finance payer" },
        { "grant/allocations", """{"amount":0,"year":2014,"reference":"x"}""", "finance" },
        { "grant/allocation-reports", """{"year":2014,"lines":[]}""", "project-lead finance" },
        { "grant/allocation-reports/9/attestation", "", "approver" },
        { "grant/allocation-reports/9/acceptance", "{}", "project-lead" },
        { "grant/allocation-reports/9/return", """{"reason":"Nej"}""", "project-lead" }
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_change_is_for_those_roles_only_that_the_table_grants_it(string change, string body, string allowed)
    {
        var path = await Posted.Agreement(host);
        foreach (var role in roles)
        {
            var before = await Posted.LogLength(host, path);
            var answer = await host.As(role).Post($"{path}/{change}", body.Length == 0 ? null : body);
            if (allowed.Split(' ').Contains(role))
                Assert.False(answer.Status is 401 or 500 || answer.Text.Contains("/problems/forbidden\"", StringComparison.Ordinal), $"{role}: {answer.Text}");
            else
            {
                answer.IsProblem(403, "forbidden");
                Assert.Equal(before, await Posted.LogLength(host, path));
            }
        }
    }

    [Fact]
    public async Task Only_the_officer_of_a_granting_party_drafts_an_agreement()
    {
        foreach (var role in roles.Where(r => r != "officer"))
            (await host.As(role).Post("agreements?sure=true", Posted.Terms())).IsProblem(403, "forbidden");
        var elsewhere = Posted.Terms();
        elsewhere["parties"]![1]!["role"] = "recipient";
        elsewhere["parties"]![2]!["role"] = "grantor";
        (await host.Officer.Post("agreements?sure=true", elsewhere)).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Rights_follow_the_partys_role_in_the_agreement_at_hand()
    {
        // Here SKR grants, and the Government Offices receive.
        var terms = Posted.Terms();
        terms["parties"]![0]!["role"] = "grantor";
        terms["parties"]![1]!["role"] = "recipient";
        (await host.Officer.Post("agreements?sure=true", terms)).IsProblem(403, "forbidden");
        (await host.Lead.Post("agreements?sure=true", terms)).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("", "project-lead finance approver officer payer auditor reader admin")]
    [InlineData("/obligations", "project-lead finance approver officer payer auditor reader admin")]
    [InlineData("/grant", "project-lead finance approver officer payer auditor reader admin")]
    [InlineData("/events", "project-lead finance approver officer payer auditor admin")]
    [InlineData("/events/verification", "auditor admin")]
    [InlineData("/events/inclusion", "auditor admin")]
    [InlineData("/lifecycle", "officer admin")]
    public async Task Reading_is_for_those_roles_only_that_the_table_grants_it(string resource, string allowed)
    {
        var path = await Posted.Agreement(host);
        (await host.Admin.Post("checkpoints")).Is(201);
        foreach (var role in roles)
        {
            var answer = await host.As(role).Get(path + resource);
            if (allowed.Split(' ').Contains(role))
                answer.Is(200);
            else
                answer.IsProblem(403, "forbidden");
        }
    }

    [Fact]
    public async Task Documents_are_uploaded_by_the_parties_own_people_only()
    {
        var path = await Posted.Agreement(host);
        foreach (var role in roles)
        {
            var answer = await host.As(role).Post($"{path}/documents", Posted.Form("Prov"u8.ToArray(), "prov.txt", ("title", "Prov"), ("kind", "report")));
            if (role is "auditor" or "reader" or "admin")
                answer.IsProblem(403, "forbidden");
            else
                Assert.True(answer.Status is 200 or 201, answer.Text);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("demo-king")]
    [InlineData("lena.lind")]
    [InlineData("demo-Project-Lead")]
    [InlineData("")]
    public async Task Without_a_known_token_everything_but_the_open_resources_is_401(string? token)
    {
        var path = await Posted.Agreement(host);
        var nobody = token is null ? host.Nobody : new Caller(host.Address, token);
        foreach (var resource in new[] { "agreements", path, $"{path}/grant", $"{path}/events", "deadlines", "nowhere", "simulation/clock" })
            Assert.StartsWith("Bearer", (await nobody.Get(resource)).Says401()["WWW-Authenticate"], StringComparison.Ordinal);
        (await nobody.Post("agreements?sure=true", Posted.Terms())).Says401();
        (await nobody.Post("simulation/clock", new { now = "2014-06-13" })).Says401();
        (await nobody.Get("api-info")).Is(200);
        (await nobody.Get("openapi.json")).Is(200);
        (await nobody.Get("/health/live")).Is(200);
    }
}
