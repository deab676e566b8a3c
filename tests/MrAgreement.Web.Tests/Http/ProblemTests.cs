using System.Net.Http.Headers;
using System.Text;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>Every error is a problem with a type of its own, in the caller's language.</summary>
public class ProblemTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Theory]
    [InlineData("agreements/1")]
    [InlineData("nowhere")]
    [InlineData("agreements/0198c0de-0000-4000-8000-000000000000/nowhere")]
    public async Task What_is_no_resource_is_not_found(string path) => (await host.Lead.Get(path)).IsProblem(404, "not-found");

    [Fact]
    public async Task Capitals_in_the_address_make_no_difference()
    {
        (await host.Lead.Get("/API/v1/nowhere")).IsProblem(404, "not-found");
        Assert.Equal("no-store", (await host.Lead.Get("/API/V1/agreements"))["Cache-Control"]);
    }

    [Fact]
    public async Task What_does_not_exist_is_said_by_kind()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Get($"agreements/{Posted.Nowhere}")).IsProblem(404, "no-such-agreement");
        (await host.Lead.Get($"{path}/documents/{Posted.Nowhere}")).IsProblem(404, "unknown-document");
        (await host.Lead.Get($"{path}/grant/requisitions/1")).IsProblem(404, "no-such-requisition");
        (await host.Lead.Get($"{path}/grant/adjustments/1")).IsProblem(404, "no-such-adjustment");
        (await host.Lead.Get($"{path}/grant/repayments/1")).IsProblem(404, "no-such-repayment");
        (await host.Officer.Post($"{path}/grant/instalments/nothing/lapse", new { reason = "Nej" })).IsProblem(404, "no-such-instalment");
        (await host.Lead.Get($"{path}/grant/requisitions/0")).IsProblem(404, "no-such-requisition");
    }

    [Theory]
    [InlineData("DELETE", "agreements")]
    [InlineData("PUT", "deadlines")]
    [InlineData("GET", "agreements/0198c0de-0000-4000-8000-000000000000/signature")]
    [InlineData("PATCH", "agreements/0198c0de-0000-4000-8000-000000000000")]
    public async Task A_method_that_a_resource_has_not_is_not_allowed(string method, string path)
    {
        var answer = await host.Lead.Send(new(method), path, null);
        answer.IsProblem(405, "method-not-allowed");
        Assert.NotNull(answer["Allow"]);
    }

    [Fact]
    public async Task Another_media_type_than_JSON_is_unsupported()
    {
        var path = await Posted.Agreement(host);
        (await host.Officer.Post($"{path}/signature", new StringContent("signedOn=2014-06-13", Encoding.UTF8, "application/x-www-form-urlencoded"))).IsProblem(415, "unsupported-media-type");
        (await host.Officer.Post($"{path}/signature")).IsProblem(415, "unsupported-media-type");
        (await host.Officer.Post("agreements?sure=true", new StringContent("<terms/>", Encoding.UTF8, new MediaTypeHeaderValue("text/xml")))).IsProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_above_a_megabyte_is_too_large()
    {
        var body = new string(' ', 1024 * 1024) + "{}";
        (await host.Officer.Post("agreements?sure=true", body)).IsProblem(413, "too-large");
        // Also when it does not say beforehand how long it is.
        (await host.Officer.Post("agreements?sure=true", new Unmeasured(Encoding.UTF8.GetBytes(body)))).IsProblem(413, "too-large");
    }

    [Fact]
    public async Task A_problem_is_flat_and_says_where_and_what_to_do_in_the_callers_language()
    {
        var path = await Posted.Agreement(host);
        var swedish = await host.Lead.Get($"{path}?asOf=2014-07-01");
        var english = await host.Lead.Get($"{path}?asOf=2014-07-01", ("Accept-Language", "de, en;q=0.8, sv;q=0.5"));
        Assert.Equal("Dagen har inte kommit än", swedish.IsProblem(422, "as-of-in-future").Text("title"));
        Assert.Equal("The day has not yet come", english.IsProblem(422, "as-of-in-future").Text("title"));
        Assert.Equal(("sv", "en"), (swedish["Content-Language"], english["Content-Language"]));
        Assert.Equal($"/api/v1/{path}", swedish.Json.Text("instance"));
        Assert.Equal("no-store", swedish["Cache-Control"]);
        Assert.Contains("2014", swedish.Json.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("nosniff", swedish["X-Content-Type-Options"]);
    }

    [Fact]
    public async Task The_callers_trace_goes_on()
    {
        var answer = await host.Lead.Get("agreements", ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", answer["traceparent"], StringComparison.Ordinal);
    }

    sealed class Unmeasured : HttpContent
    {
        readonly byte[] bytes;

        public Unmeasured(byte[] bytes) => (this.bytes, Headers.ContentType) = (bytes, new("application/json"));

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length) => (length = -1) > 0;
    }
}
