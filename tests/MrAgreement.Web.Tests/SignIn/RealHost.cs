using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>A host that real people sign in to, with SKR and RK in its register.</summary>
sealed class RealHost : IAsyncDisposable
{
    readonly TemporaryFolder folder;

    RealHost(TemporaryFolder folder, OpenIdProvider provider, RunningHost host) => (this.folder, Provider, Host) = (folder, provider, host);

    public OpenIdProvider Provider { get; }

    public RunningHost Host { get; }

    public KeptRegister Register => Host.Services.GetRequiredService<KeptRegister>();

    public static async Task<RealHost> Start(OpenIdProvider provider, string? stepUp = null, string? storage = null, ILoggerProvider? log = null, bool appService = false)
    {
        var folder = new TemporaryFolder();
        var host = new RealHost(folder, provider,
            await RunningHost.Start(folder: folder["data"], storage: storage, signIn: provider.Settings(folder, stepUp, appService: appService), log: log,
                environment: name => appService && name == "WEBSITE_AUTH_ENABLED" ? "True" : null));
        foreach (var (key, mayGrant) in new[] { ("SKR", false), ("RK", true) })
            if ((await host.Register.ReadAfresh())[key] is null)
                await host.Register.Put(new RegisteredParty(key, [new($"Parten {key}", new(2010, 1, 1))], MayGrant: mayGrant), KeptRecord.New);
        return host;
    }

    /// <summary>The secret of a link.</summary>
    public Task<string> Invite(string mail, string party, Role role, Duration? lasts = null)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        return Host.Services.GetRequiredService<KeptInvitations>().Make(
            new(Guid.NewGuid(), mail, party, role, new(2014, 1, 1), null, PersonId.System, now, now + (lasts ?? Invitation.Lasts)));
    }

    /// <summary>Somebody who has followed an invitation and signed in.</summary>
    public async Task<PageCaller> Enter(string who, string party = "SKR", Role role = Role.Finance)
    {
        var person = PageCaller.Of(Host, who);
        await person.Get($"/invitations/{await Invite($"{who}@example.se", party, role)}");
        var entered = await person.Get(person.Accepting);
        Assert.Equal((200, "/"), (entered.Status, entered.Path));
        return person;
    }

    /// <summary>The person whom the provider knows by that name.</summary>
    public async Task<RegisteredPerson> Person(string who) => (await Register.ReadAfresh())[new Identity(Provider.Issuer, who)]!;

    /// <summary>The API by a token of the provider's.</summary>
    public async Task<Caller> Calls(object claims) => new(Host.Address, await Provider.Token(claims));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
