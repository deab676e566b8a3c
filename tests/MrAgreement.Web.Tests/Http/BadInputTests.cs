using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>What can't be right is refused by a type of its own with a sentence that says what to do, and nothing is written.</summary>
public class BadInputTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    public static TheoryData<string, string, string> Terms => new()
    {
        { "/obligations/0/due/on", "\"2015-02-29\"", "invalid-date" },
        { "/obligations/0/due/on", "\"1815-02-01\"", "date-range" },
        { "/obligations/0/due/on", "\"1 februari 2015\"", "invalid-date" },
        { "/obligations/0/due", "{\"month\":\"2015-13\"}", "invalid-month" },
        { "/obligations/0/due", "{\"on\":\"2015-02-01\",\"none\":true}", "one-due-rule" },
        { "/obligations/0/due", "{\"after\":\"nothing\",\"days\":3}", "unknown-obligation" },
        { "/obligations/0/due", "{\"after\":\"report\",\"days\":3}", "circle" },
        { "/obligations/0/due", "{\"after\":\"accounts\",\"days\":3}", "circle" },
        { "/obligations/0/rests", "[\"meeting\"]", "circle" },
        { "/obligations/0/rests", "[\"nothing\"]", "unknown-obligation" },
        { "/obligations/0/responsible", "[\"MSB\"]", "unknown-party" },
        { "/obligations/0/kind", "\"promise\"", "invalid-choice" },
        { "/obligations/0/kind", "0", "invalid-choice" },
        { "/obligations/3/key", "\"Rapport\"", "obligation-key" },
        { "/obligations/3/key", "\"report\"", "key-taken" },
        { "/obligations/1/due/everyYear/month", "13", "every-year" },
        { "/obligations/1/due/everyYear/from", "\"2015\"", "invalid-number" },
        { "/obligations", "[]", "obligations-count" },
        { "/grant/instalments/0/amount", "1000.505", "invalid-amount" },
        { "/grant/instalments/0/amount", "-1", "amount-not-positive" },
        { "/grant/instalments/0/amount", "1e3", "invalid-amount" },
        { "/grant/instalments/0/amount", "\"1000\"", "invalid-amount" },
        { "/grant/instalments/0/amount", "1001", "instalments-exceed-total" },
        { "/grant/currency", "\"EUR\"", "currency" },
        { "/parties/0/organisationNumber", "\"222000-0316\"", "invalid-organisation-number" },
        { "/parties/0/role", "\"payer\"", "party-role-missing" },
        { "/parties/2/key", "\"SKR\"", "key-taken" },
        { "/period/to", "\"2014-06-12\"", "period-reversed" },
        { "/reminders", "{\"before\":[30,30],\"overdue\":[]}", "rungs" },
        { "/diaryNumber", "\"\"", "invalid-diary-number" },
        { "/diaryNumber", "null", "required" },
        { "/title", "\"\"", "text-length" },
        { "/title", "\"a\\u0000b\"", "invalid-text" },
        { "/obligations/0/documents", "[\"Rapport\"]", "document-kind" },
        { "/colour", "\"red\"", "unknown-field" },
        { "/obligations/0/colour", "\"red\"", "unknown-field" },
        { "/obligations/0/due/other", "\"accounts\"", "unknown-field" },
        { "/reminders", "{\"before\":[1],\"overdue\":[1],\"rungs\":[1]}", "unknown-field" },
        { "/workingDayRule", "\"sometimes\"", "invalid-choice" }
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public async Task Terms_that_cannot_be_right_are_refused_at_their_place(string pointer, string value, string rule)
    {
        var terms = With(pointer, value);
        var key = $"bad {pointer} {value.GetHashCode(StringComparison.Ordinal)}";
        var problem = (await host.Officer.Post("agreements?sure=true", terms, ("Idempotency-Key", key))).IsProblem(422, rule);
        var fault = problem.At("errors.0");
        Assert.Equal(rule, fault.Text("rule"));
        // At its place, or at the list or object that holds it.
        Assert.True(pointer.StartsWith(fault.Text("pointer")!, StringComparison.Ordinal) || fault.Text("pointer")!.StartsWith(pointer, StringComparison.Ordinal)
            || rule is "circle" or "instalments-exceed-total" or "party-role-missing" or "unknown-party", fault.GetRawText());
        // Nothing was written: the same key is free for terms that are right.
        (await host.Officer.Post("agreements?sure=true", Posted.Terms(), ("Idempotency-Key", key))).Is(201);
    }

    [Fact]
    public async Task A_body_of_nothing_but_faults_is_answered_with_a_hundred_at_most_and_no_name_at_length()
    {
        var path = await Posted.Agreement(host);
        var names = $"{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"f{i}\":1"))}}}";
        var array = $"{{\"summary\":\"Rapport\",\"documents\":[{string.Join(',', Enumerable.Repeat("1", 200_000))}]}}";
        var name = $"{{\"{new string('n', 500_000)}\":1}}";
        foreach (var body in new[] { names, array, name })
        {
            var answer = await host.Lead.Post($"{path}/obligations/report/submissions", body);
            Assert.InRange(answer.Is(422).At("errors").GetArrayLength(), 1, 110);
            Assert.True(answer.Bytes.Length < 100_000);
        }
    }

    [Fact]
    public async Task Several_faults_are_told_at_once_each_at_its_place()
    {
        var terms = With("/obligations/0/due/on", "\"2015-02-29\"");
        terms["colour"] = "red";
        ((JsonObject)terms["grant"]!["instalments"]![0]!)["amount"] = 0.001m;
        var errors = (await host.Officer.Post("agreements?sure=true", terms)).IsProblem(422, "invalid-content").At("errors").EnumerateArray().Select(e => $"{e.Text("pointer")} {e.Text("rule")}");
        Assert.Equal(["/colour unknown-field", "/grant/instalments/0/amount invalid-amount", "/obligations/0/due/on invalid-date"], errors.Order());
    }

    [Theory]
    [InlineData("{\"signedOn\":", "malformed-json", 400)]
    [InlineData("", "malformed-json", 400)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signatories\":[],}", "malformed-json", 400)]
    [InlineData("{\"signedOn\":\"2014-06-13\" /* idag */,\"signatories\":[]}", "malformed-json", 400)]
    [InlineData("[]", "invalid-type", 422)]
    [InlineData("null", "invalid-type", 422)]
    [InlineData("{}", "required", 422)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signatories\":null}", "required", 422)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signatories\":[null]}", "null-value", 422)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signatories\":[],\"\\ud800\":1}", "invalid-text", 422)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signedOn\":\"2014-06-12\",\"signatories\":[]}", "duplicate-field", 422)]
    [InlineData("{\"SignedOn\":\"2014-06-13\",\"signedOn\":\"2014-06-13\",\"signatories\":[{\"name\":\"E\",\"party\":\"RK\"}]}", "unknown-field", 422)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signatories\":[]}", "required", 422)]
    [InlineData("{\"signedOn\":\"2014-06-14\",\"signatories\":[{\"name\":\"E\",\"party\":\"RK\"}]}", "date-in-future", 422)]
    [InlineData("{\"signedOn\":\"2014-06-13\",\"signatories\":[{\"name\":\"E\",\"party\":\"MSB\"}]}", "unknown-party", 422)]
    public async Task A_body_that_cannot_be_right_is_refused(string body, string slug, int status)
    {
        var path = await Posted.Draft(host);
        var before = await Posted.LogLength(host, path);
        (await host.Officer.Post($"{path}/signature", body)).IsProblem(status, slug);
        Assert.Equal(before, await Posted.LogLength(host, path));
    }

    [Fact]
    public async Task Nesting_without_end_is_malformed_and_harms_nobody()
    {
        (await host.Officer.Post("agreements?sure=true", new string('[', 100_000))).IsProblem(400, "malformed-json");
        (await host.Officer.Post("agreements?sure=true", string.Concat(Enumerable.Repeat("{\"a\":", 5_000)))).IsProblem(400, "malformed-json");
    }

    public static TheoryData<string, string, string, int, string> Changes => new()
    {
        { "officer", "signature", """{"signedOn":"2014-06-13","signatories":[{"name":"Erik Ullenhag","party":"RK"}]}""", 409, "already-signed" },
        { "project-lead", "obligations/report/submissions", """{"summary":"Rapporten","documents":[]}""", 422, "documents-missing" },
        { "project-lead", "obligations/report/submissions", """{"summary":" ","documents":[]}""", 422, "invalid-content" },
        { "officer", "obligations/report/submissions", """{"summary":"Deras","documents":[]}""", 403, "not-responsible" },
        { "project-lead", "obligations/report/submissions/1/acceptance", "{}", 403, "forbidden" },
        { "payer", "obligations/report/submissions/1/acceptance", "{}", 403, "forbidden" },
        { "officer", "obligations/report/submissions/1/return", """{"reason":"Nej","completeBy":"2014-06-12"}""", 422, "date-in-past" },
        { "officer", "obligations/information/submissions/1/acceptance", "{}", 404, "no-such-submission" },
        { "project-lead", "obligations/meeting-2015/schedule", """{"on":"2014-06-12"}""", 422, "date-in-past" },
        { "project-lead", "obligations/meeting-2015/completion", """{"doneOn":"2014-06-14","note":"I morgon"}""", 422, "date-in-future" },
        { "finance", "grant/requisitions", """{"instalment":"first","amount":1000.505,"bankgiro":"5050-1055","reference":"x"}""", 422, "invalid-amount" },
        { "finance", "grant/requisitions", """{"instalment":"first","amount":-1,"bankgiro":"5050-1055","reference":"x"}""", 422, "amount-not-positive" },
        { "finance", "grant/requisitions", """{"instalment":"first","amount":0,"bankgiro":"5050-1055","reference":"x"}""", 422, "amount-not-positive" },
        { "finance", "grant/requisitions", """{"instalment":"first","amount":1,"bankgiro":"5050-1056","reference":"x"}""", 422, "invalid-bankgiro" },
        { "finance", "grant/requisitions", """{"instalment":"first","amount":1,"bankgiro":"5050-1055","plusgiro":"123456-6","reference":"x"}""", 422, "one-account" },
        { "finance", "grant/requisitions", """{"instalment":"third","amount":1,"bankgiro":"5050-1055","reference":"x"}""", 422, "no-such-instalment" },
        { "finance", "grant/requisitions", """{"instalment":"second","amount":1,"bankgiro":"5050-1055","reference":"x"}""", 409, "instalment-conditional" },
        { "payer", "grant/payments", """{"direction":"sideways","paidOn":"2014-06-13","amount":1,"reference":"x"}""", 422, "invalid-choice" },
        { "payer", "grant/payments", """{"direction":"in","paidOn":"2014-06-14","amount":1,"reference":"x"}""", 422, "date-in-future" },
        { "payer", "grant/payments", """{"direction":"in","paidOn":"2014-06-13","amount":1,"reference":"x","requisition":7}""", 422, "no-such-requisition" },
        { "finance", "grant/adjustments", """{"kind":"rounding","amount":0.51,"period":{"from":"2014-01-01","to":"2014-12-31"},"reason":"x"}""", 422, "rounding-too-large" },
        { "finance", "grant/adjustments", """{"kind":"accrual","amount":1,"period":{"from":"2014-12-31","to":"2014-01-01"},"reason":"x"}""", 422, "period-reversed" },
        { "finance", "grant/repayments", """{"amount":1,"reference":"x"}""", 409, "repayment-exceeds-unspent" },
        { "officer", "grant/instalments/first/release", """{"decidedOn":"2014-06-13","reference":"x","requisitionDueOn":"2014-09-01"}""", 409, "instalment-not-conditional" },
        { "officer", "grant/instalments/second/release", """{"decidedOn":"2014-06-13","reference":"x","requisitionDueOn":"2014-06-12"}""", 422, "period-reversed" },
        { "officer", "termination", """{"on":"2014-06-12","reference":"x","finalDueOn":"2014-07-01"}""", 422, "before-signature" },
        { "officer", "closure", "{}", 409, "agreement-not-settled" }
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_cannot_be_is_refused_and_nothing_is_written(string role, string change, string body, int status, string slug)
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var before = await Posted.LogLength(host, path);
        (await host.As(role).Post($"{path}/{change}", body)).IsProblem(status, slug);
        Assert.Equal(before, await Posted.LogLength(host, path));
    }

    static JsonObject With(string pointer, string value)
    {
        var terms = Posted.Terms();
        var steps = pointer.Split('/')[1..];
        JsonNode at = terms;
        foreach (var step in steps[..^1])
            at = at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        at[steps[^1]] = JsonNode.Parse(value);
        return terms;
    }
}
