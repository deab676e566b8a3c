using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>From an empty start to the first person, on a folder and on an account; and what the host refuses to start as.</summary>
public class FirstAdministratorTests(OpenIdProvider provider, Azurite azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_is_shown_once_and_leads_the_first_administrator_in(bool isAccount)
    {
        using var folder = new TemporaryFolder();
        var storage = isAccount ? azurite.FreshAccount() : null;
        var lost = await Link(folder, storage, "adam@example.se");
        var link = await Link(folder, storage, "adam@example.se");

        await using (var host = await RunningHost.Start(null, folder["data"], storage: storage, signIn: provider.Settings(folder)))
        {
            using var adam = PageCaller.Of(host, "adam");
            // Another has taken its place.
            Assert.Equal(404, (await adam.Get(lost.PathAndQuery)).Status);
            var shown = await adam.Get(link.PathAndQuery);
            Assert.Equal((200, "/invitation"), (shown.Status, shown.Path));
            Assert.Equal("/", (await adam.Get(adam.Accepting)).Path);
            Assert.Equal(["admin"], (await new Caller(host.Address, await provider.Token(new { sub = "adam", scope = "agreements" })).Get("me")).Is(200).Texts("roles"));
            // Beside it the demo is nowhere.
            (await host.Admin.Get("me")).IsProblem(401, "not-signed-in");
            Assert.NotEqual(200, (await adam.Post("/sign-in", [("person", "adam.berg")])).Status);

            if (isAccount)
            {
                await using var other = await RunningHost.Start(null, folder["other"], storage: storage, signIn: provider.Settings(folder));
                using var there = adam.At(other);
                Assert.Equal("/", (await there.Get("/")).Path);
                Assert.Equal("/", (await there.Get("/sign-in/alfa")).Path);
            }
        }
        // What real people have begun, the demo's are not let in to.
        using var demo = HostProcess.Start(folder.Path, ["--demo", "--data", folder["data"], "--urls", "http://127.0.0.1:0", .. storage is null ? [] : (string[])["--storage", storage]]);
        Assert.Contains("belongs to real people", Assert.Single((await demo.End()).Errors), StringComparison.Ordinal);
        using var second = HostProcess.Start(folder.Path, Options(folder, storage, "eva@example.se"));
        var (code, errors) = await second.End();
        Assert.Equal((1, "There is an administrator already"), (code, Assert.Single(errors)[..33]));
        using var sure = HostProcess.Start(folder.Path, [.. Options(folder, storage, "eva@example.se"), "--yes"]);
        Assert.Equal(0, (await sure.End()).Code);
        Assert.StartsWith("https://avtal.example.se/invitations/", Assert.Single(sure.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_demo_has_begun_is_no_real_people_s()
    {
        using var folder = new TemporaryFolder();
        using (await HostProcess.Serving(folder["data"]))
        {
        }
        using var real = HostProcess.Start(folder.Path, Options(folder, null, "adam@example.se"));
        var (code, errors) = await real.End();
        Assert.Equal(1, code);
        Assert.Contains("begun as a demo", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task What_is_kept_is_for_its_user_alone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"], (UnixFileMode)0b111_101_101);
        await Link(folder, null, "adam@example.se");
        foreach (var place in new DirectoryInfo(folder["data"]).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(folder["data"])))
            Assert.Equal(UnixFileMode.None, place.UnixFileMode & (UnixFileMode)0b000_111_111);
    }

    [Fact]
    public async Task A_link_that_leads_to_this_machine_itself_says_so_and_where_it_is_good()
    {
        using var folder = new TemporaryFolder();
        using var host = HostProcess.Start(folder.Path, "--data", folder["data"], "--admin", "adam@example.se");
        var (code, errors) = await host.End();
        Assert.Equal((0, 2), (code, errors.Count));
        Assert.Contains($"started with --data {folder["data"]}", errors[0], StringComparison.Ordinal);
        Assert.Contains("It leads to http://localhost:5080, this machine itself", errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("never mixed", "--demo", "--sign-in", "x.json")]
    [InlineData("never mixed", "--demo", "--admin", "adam@example.se")]
    [InlineData("x.json", "--sign-in", "x.json")]
    [InlineData("--admin takes a mail address", "--admin", "adam")]
    public async Task What_can_not_be_meant_is_said_in_one_line(string says, params string[] args)
    {
        using var folder = new TemporaryFolder();
        using var host = HostProcess.Start(folder.Path, (string[])["--data", folder["data"], "--urls", "http://127.0.0.1:0", .. args]);
        var (code, errors) = await host.End();
        Assert.Equal(1, code);
        Assert.Contains(says, Assert.Single(errors), StringComparison.Ordinal);
    }

    static string[] Options(TemporaryFolder folder, string? storage, string mail) =>
        ["--data", folder["data"], "--admin", mail, "--public-address", "https://avtal.example.se", .. storage is null ? [] : (string[])["--storage", storage]];

    static async Task<Uri> Link(TemporaryFolder folder, string? storage, string mail)
    {
        using var host = HostProcess.Start(folder.Path, Options(folder, storage, mail));
        var (code, errors) = await host.End();
        Assert.Equal(0, code);
        Assert.Contains(mail, Assert.Single(errors), StringComparison.Ordinal);
        return new(Assert.Single(host.Output));
    }
}
