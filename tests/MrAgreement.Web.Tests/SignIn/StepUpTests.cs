using MrAgreement.Parties;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>Where much hangs on an act, the person shows again who they are, and loses nothing of what they typed.</summary>
public sealed class StepUpTests(OpenIdProvider provider) : IAsyncLifetime
{
    RealHost real = null!;
    PageCaller anna = null!;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        real = await RealHost.Start(provider, $$"""{ "acr": ["{{OpenIdProvider.StrongAcr}}"], "maxAgeMinutes": 10 }""");
        anna = await real.Enter("anna", "RK", Role.Officer);
        var officer = await Anna(DateTimeOffset.UtcNow, OpenIdProvider.StrongAcr);
        path = $"agreements/{(await officer.Post("agreements?sure=true", Posted.Terms())).Is(201).Text("id")}";
        (await officer.Post($"{path}/signature", Posted.Signature())).Is(200);
    }

    public ValueTask DisposeAsync()
    {
        anna.Dispose();
        return real.DisposeAsync();
    }

    [Fact]
    public async Task A_page_sends_the_person_to_sign_in_again_and_brings_back_what_was_typed()
    {
        const string comment = "Rapporten är komplett, å andra sidan";
        var form = $"/{path}/obligations/report/submissions/1/return";
        var asked = await anna.Send($"/{path}", form, ("reason", comment), ("completeBy", "2014-07-01"));
        Assert.Equal(401, asked.Status);
        Assert.Contains("Bekräfta att det är du", asked.Text, StringComparison.Ordinal);
        Assert.Contains(comment, asked.Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in/alfa?again=1", asked.Text, StringComparison.Ordinal);
        // What hangs less on is done as it is.
        Assert.NotEqual(401, (await anna.Send($"/{path}", $"/{path}/obligations/report/waiver", ("reason", "Nej"), ("reference", "x"))).Status);

        Assert.Equal("/", (await anna.Get("/sign-in/alfa?again=1")).Path);

        // There is nothing to return, which is another matter.
        Assert.NotEqual(401, (await anna.Send($"/{path}", form, ("reason", comment), ("completeBy", "2014-07-01"))).Status);
    }

    [Fact]
    public async Task A_program_is_told_which_sign_in_it_takes()
    {
        foreach (var (at, acr) in new[] { (DateTimeOffset.UtcNow, "loa2"), (DateTimeOffset.UtcNow.AddMinutes(-11), OpenIdProvider.StrongAcr), (DateTimeOffset.UtcNow.AddHours(1), OpenIdProvider.StrongAcr) })
        {
            var refused = await (await Anna(at, acr)).Post($"{path}/closure", "{}");
            refused.IsProblem(401, "sign-in-again");
            Assert.Equal($"Bearer error=\"insufficient_user_authentication\", error_description=\"Sign in again\", acr_values=\"{OpenIdProvider.StrongAcr}\", max_age=\"600\"", refused["WWW-Authenticate"]);
        }
        (await (await real.Calls(new { sub = "anna", scope = "agreements" })).Post($"{path}/closure", "{}")).IsProblem(401, "sign-in-again");
        (await (await real.Calls(new { sub = "anna", scope = "agreements" })).Post($"{path}/erasures", """{"row":1,"ground":"correction"}""")).IsProblem(401, "sign-in-again");
        (await (await real.Calls(new { sub = "anna", scope = "agreements" })).Get(path)).Is(200);
        (await (await Anna(DateTimeOffset.UtcNow.AddMinutes(-9), OpenIdProvider.StrongAcr)).Post($"{path}/closure", "{}")).IsProblem(409, "agreement-not-settled");
    }

    [Fact]
    public async Task Changes_of_people_s_rights_take_it_too_and_looking_at_them_does_not()
    {
        (await real.Enter("adam", "", Role.Admin)).Dispose();
        var weak = await real.Calls(new { sub = "adam", scope = "agreements" });
        var invitation = new { mail = "bo@example.se", party = "SKR", role = "finance" };
        (await weak.Get("people")).Is(200);
        (await weak.Post("invitations", invitation)).IsProblem(401, "sign-in-again");
        var strong = await real.Calls(new { sub = "adam", scope = "agreements", acr = OpenIdProvider.StrongAcr, auth_time = DateTimeOffset.UtcNow.ToUnixTimeSeconds() });
        (await strong.Post("invitations", invitation)).Is(201);

        using var adam = PageCaller.Of(real.Host, "adam");
        Assert.Equal("/", (await adam.Get("/sign-in/alfa")).Path);
        var asked = await adam.Send("/people", "/people/invitations", ("mail", "cilla@example.se"), ("party", "SKR"), ("role", "finance"));
        Assert.Equal(401, asked.Status);
        Assert.Contains("cilla@example.se", asked.Text, StringComparison.Ordinal);
        Assert.Equal("/", (await adam.Get("/sign-in/alfa?again=1")).Path);
        Assert.NotEqual(401, (await adam.Send("/people", "/people/invitations", ("mail", "cilla@example.se"), ("party", "SKR"), ("role", "finance"))).Status);
    }

    [Fact]
    public async Task A_session_that_was_just_ended_elsewhere_does_nothing_that_much_hangs_on()
    {
        await anna.Get("/sign-in/alfa?again=1");
        await anna.Get("/");
        // As another instance would: this one has not heard of it.
        var kept = (IKeptRecords)real.Host.Services.GetService(typeof(IKeptRecords))!;
        foreach (var session in await kept.Range("sessions", "", SystemClock.Instance.GetCurrentInstant(), TestContext.Current.CancellationToken))
            await kept.Delete("sessions", session.Key, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal("/", (await anna.Get("/")).Path);

        var refused = await anna.Send($"/{path}", $"/{path}/closure");
        Assert.Equal(401, refused.Status);
        Assert.Contains("Du är inte längre inloggad", refused.Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await anna.Get("/")).Path, StringComparison.Ordinal);
    }

    Task<Caller> Anna(DateTimeOffset at, string acr) => real.Calls(new { sub = "anna", scope = "agreements", acr, auth_time = at.ToUnixTimeSeconds() });
}
