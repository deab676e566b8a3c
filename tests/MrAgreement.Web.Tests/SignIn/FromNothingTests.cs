using MrAgreement.Local;
using MrAgreement.Web.Tests.Agreements;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>The whole story: from an empty start by one link to three parties' people, who sign in by a real provider, make the agreement of
/// 2014, work it, hand it over and are signed out.</summary>
public sealed class FromNothingTests(OpenIdProvider provider, Azurite azurite)
{
    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task Three_parties_people_come_in_make_the_agreement_work_it_and_hand_it_over(Store store)
    {
        using var folder = new TemporaryFolder();
        string[] data = ["--data", folder["data"], "--clock", "2014-06-13", .. azurite.For(store) is { } account ? (string[])["--storage", account] : []];
        var link = await FirstLink([.. data, "--admin", "adam@example.se", "--public-address", "https://avtal.example.se"]);
        await using var host = await RunningHost.Start("2014-06-13", folder["data"], storage: data is [.., "--storage", var storage] ? storage : null, signIn: provider.Settings(folder));
        (await host.Nobody.Get("agreements")).Says401();

        using var adam = await ComeIn(host, "adam", link);
        var admin = await Token(host, "adam");
        foreach (var (key, mayGrant) in new[] { ("SKR", false), ("RK", true), ("KAMK", false) })
            (await admin.Post("parties", new { key, names = new[] { new { name = $"Parten {key}", from = "2010-01-01" } }, mayGrant })).Is(201);
        var (by, pages) = (new Dictionary<string, Caller>(), new Dictionary<string, PageCaller>());
        foreach (var (role, who, party) in new[] { ("officer", "erik", "RK"), ("project-lead", "lena", "SKR"), ("finance", "farid", "SKR"), ("approver", "astrid", "SKR"), ("payer", "petra", "KAMK") })
        {
            pages[role] = await ComeIn(host, who, await Invited(admin, who, party, role));
            by[role] = await Token(host, who);
        }

        // Made, signed, and confirmed by the other side on its page.
        var path = $"agreements/{(await by["officer"].Post("agreements", Posted.Terms2014())).Is(201).Text("id")}";
        var signed = await by["officer"].Post($"{path}/signature", Posted.Signature());
        Assert.Equal("unconfirmed", signed.Is(200).Text("signature.state"));
        (await by["officer"].Post($"{path}/signature/confirmation")).IsProblem(403, "own-signature");
        var confirmed = await pages["project-lead"].Send($"/{path}", $"/{path}/signature/confirmation", ("version", signed.ETag!.Trim('"')));
        Assert.Contains("Bekräftat av Lena Provsson", confirmed.Text, StringComparison.Ordinal);

        // Worked.
        var walk = new Walk2014(role => by[role], path);
        await walk.Until("2014-08-20");
        await walk.Requisition(1, "2014");
        (await walk.Post(walk.Payer, "grant/requisitions/1/receipt")).Is(200);
        await walk.Until("2014-09-09");
        await walk.Paid("2014-09-08", "2014-09-09", requisition: 1);
        await walk.Balances(decided: 4_000_000, conditional: 8_000_000, received: 4_000_000, used: 0, repaid: 0, remaining: 4_000_000);
        await walk.Until("2015-01-20");
        Assert.Equal("submitted", (await walk.Submit(walk.Lead, "mapping-report", "Rapport om kartläggningen", "report")).Text("status"));
        await walk.Return("mapping-report", 1, "2015-02-10");
        await walk.Adjust(1, "accrual", 1_250_000.50m, 2014);
        var statement = (await walk.Post(walk.Finance, "grant/statements", new { kind = "annual", period = new { from = "2014-06-13", to = "2014-12-31" } })).Is(201);
        Assert.Equal((4_000_000m, 1_250_000.50m), (statement.Number("received"), statement.Number("used")));
        (await walk.Post(walk.Finance, "grant/statements/1/attestation")).IsProblem(403, "forbidden");
        (await walk.Post(walk.Approver, "grant/statements/1/attestation")).Is(200);

        // Lena leaves and Bo goes on where she was.
        var lena = (await admin.All("people")).Single(person => person.Text("mail") == "lena@example.se");
        (await admin.Send(HttpMethod.Put, $"people/{lena.Text("id")}", new { name = "Lena", mail = "lena@example.se", memberships = new[] { new { party = "SKR", role = "project-lead", from = "2014-06-13" } }, left = "2015-01-20" })).Is(200);
        Assert.StartsWith("/sign-in", (await pages["project-lead"].Get("/")).Path, StringComparison.Ordinal);
        Assert.Equal((403, "/sign-in?why=has-left"), await pages["project-lead"].Ends("/sign-in/alfa"));
        (await by["project-lead"].Get(path)).IsProblem(403, "no-membership");
        using var bo = await ComeIn(host, "bo", await Invited(admin, "bo", "SKR", "project-lead"));
        by["project-lead"] = await Token(host, "bo");
        Assert.Contains($"/{path}/obligations/mapping-report", (await bo.Get("/")).Text, StringComparison.Ordinal);
        await walk.Submit(walk.Lead, "mapping-report", "Kompletterad rapport", "report");
        await walk.Accept("mapping-report", 2);
        var submissions = (await walk.Obligation("mapping-report")).At("submissions").EnumerateArray().Select(it => it.Text("by.name"));
        Assert.Equal(["Lena", "Bo Provsson"], submissions);

        // Sessions end where they are told to, and a program reads by its own token.
        Assert.Equal((200, "/"), await bo.Ends("/"));
        (await walk.Lead.Send(HttpMethod.Delete, "me/sessions", null)).Is(204);
        Assert.Equal((200, "/sign-in?returnUrl=%2F"), await bo.Ends("/"));
        var program = new { name = "Ekonomisystemet", mail = "it@example.se", memberships = new[] { new { party = "SKR", role = "finance", from = "2014-06-13" } }, identities = new[] { new { issuer = provider.Issuer, subject = "machine" } } };
        (await admin.Post("people", program)).Is(201);
        Assert.Equal(2m, (await new Caller(host.Address, await provider.MachineToken()).Get($"{path}/obligations/mapping-report")).Is(200).At("submissions").GetArrayLength());
        Assert.True((await admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        foreach (var page in pages.Values)
            page.Dispose();
    }

    // As the command shows it.
    static async Task<string> FirstLink(string[] options)
    {
        var settings = HostSettings.Read(options, _ => null);
        using var stores = await Stores.Open(settings);
        using var shown = new StringWriter();
        Assert.Equal(0, await FirstAdministrator.Invite(stores, settings, settings.Admin!, SystemClock.Instance, shown, TextWriter.Null));
        return shown.ToString().Trim();
    }

    static async Task<string> Invited(Caller admin, string who, string party, string role) =>
        (await admin.Post("invitations", new { mail = $"{who}@example.se", party, role })).Is(201).Text("link")!;

    static async Task<PageCaller> ComeIn(RunningHost host, string who, string link)
    {
        var person = PageCaller.Of(host, who);
        await person.Get(new Uri(link).PathAndQuery);
        Assert.Equal((200, "/"), await person.Ends(person.Accepting));
        return person;
    }

    async Task<Caller> Token(RunningHost host, string who) => new(host.Address, await provider.Token(new { sub = who, scope = "agreements" }));
}
