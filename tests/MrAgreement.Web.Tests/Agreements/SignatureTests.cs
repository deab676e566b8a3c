using System.Security.Cryptography;
using System.Text;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>A recorded signature: of which terms, and what the other party says of it.</summary>
public class SignatureTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static object Of(string terms) => new { signedOn = "2014-06-13", signatories = new[] { new { name = "Erik Ullenhag", party = "RK" } }, terms };

    [Fact]
    public async Task It_is_of_the_terms_as_they_are_shown_and_the_other_party_confirms_it()
    {
        var path = await Posted.Draft(host);
        var terms = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((await host.Officer.Get($"{path}/terms")).Text)));
        (await host.Reader.Get($"{path}/terms")).Is(404);

        (await host.Officer.Post($"{path}/signature", Of(new string('0', 64)))).IsProblem(409, "terms-changed");
        (await host.Officer.Post($"{path}/signature", Of("none"))).Is(422);
        var signed = (await host.Officer.Post($"{path}/signature", Of(terms))).Is(200);
        Assert.Equal(("active", "unconfirmed", terms, "erik.ek", "RK"), (signed.Text("status"), signed.Text("signature.state"), signed.Text("signature.termsSha256"), signed.Text("signature.recordedBy.id"), signed.Text("signature.recordedFor")));
        Assert.Equal("2014-06-13", signed.Text("signature.signedOn"));

        (await host.Officer.Post($"{path}/signature/confirmation")).IsProblem(403, "own-signature");
        (await host.Finance.Post($"{path}/signature/confirmation")).IsProblem(403, "forbidden");
        var confirmed = (await host.Lead.Post($"{path}/signature/confirmation")).Is(200);
        Assert.Equal(("confirmed", "lena.lind", "SKR"), (confirmed.Text("signature.state"), confirmed.Text("signature.confirmed.by.id"), confirmed.Text("signature.confirmed.party")));
        (await host.Lead.Post($"{path}/signature/contest", new { reason = "Nej" })).IsProblem(409, "signature-confirmed");
        (await host.Officer.Post($"{path}/signature", Of(terms))).IsProblem(409, "already-signed");
    }

    [Fact]
    public async Task Contested_it_is_shown_to_both_with_the_reason_holds_nothing_up_and_can_be_recorded_anew()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/signature/contest", new { reason = "" })).Is(422);
        (await host.Lead.Post($"{path}/signature/contest", new { reason = "Fel undertecknare" })).Is(200);
        foreach (var caller in new[] { host.Lead, host.Officer })
        {
            var shown = (await caller.Get(path)).Is(200);
            Assert.Equal(("contested", "Fel undertecknare"), (shown.Text("signature.state"), shown.Text("signature.contested.reason")));
        }
        (await host.Reader.Get(path)).Is(200).Has("signature.contested.reason:null");
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);

        (await host.Officer.Post($"{path}/signature", Posted.Signature())).Is(200);
        Assert.Equal("unconfirmed", (await host.Lead.Get(path)).Is(200).Text("signature.state"));
    }

    [Fact]
    public async Task A_diary_number_that_another_agreement_has_is_asked_about_and_only_who_sees_it_hears_which()
    {
        await using var own = await RunningHost.Start(grantors: "RK,LST-C");
        var first = (await own.Officer.Post("agreements", Posted.Terms(), ("Idempotency-Key", "first"))).Is(201);
        var again = Posted.Terms();
        again["diaryNumber"] = "Fi2014/00001";

        // The same request again is no second agreement.
        (await own.Officer.Post("agreements", Posted.Terms(), ("Idempotency-Key", "first"))).Is(201);
        var asked = await own.Officer.Post("agreements", again);
        asked.IsProblem(409, "diary-number-in-use");
        Assert.Contains(first.Text("id")!, asked.Text, StringComparison.Ordinal);
        var faulty = Posted.Terms();
        faulty["title"] = "";
        (await own.Officer.Post("agreements", faulty)).Is(422);
        (await own.Lead.Post("agreements", Posted.Terms())).IsProblem(403, "forbidden");
        Assert.Single(await own.Officer.All("agreements"));
        var elsewhere = System.Text.Json.Nodes.JsonNode.Parse(Posted.Terms().ToJsonString().Replace("\"SKR\"", "\"LST-D\"", StringComparison.Ordinal).Replace("\"RK\"", "\"LST-C\"", StringComparison.Ordinal));
        var unseen = await own.As("officer@LST-C").Post("agreements", elsewhere);
        unseen.IsProblem(409, "diary-number-in-use");
        Assert.DoesNotContain(first.Text("id")!, unseen.Text, StringComparison.Ordinal);

        (await own.Officer.Post("agreements?sure=true", again)).Is(201);
        Assert.Equal(2, (await own.Officer.All("agreements")).Count);
    }
}
