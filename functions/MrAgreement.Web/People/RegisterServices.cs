using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Formats.Organisations;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Portfolio;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.People;

/// <summary>The register of people, and who changes it. Its moments are the machine's; memberships hold by the domain's day.</summary>
public static class RegisterServices
{
    const int SecretBytes = 24;

    static readonly IClock machine = SystemClock.Instance;

    public static KeptInvitations InvitationsIn(IKeptRecords kept) =>
        new(kept, machine, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    public static SecurityLog SecurityLogIn(IKeptRecords kept) => new(kept, machine, Guid.NewGuid);

    internal static void AddRegister(this IServiceCollection services)
    {
        services.AddSingleton(provider => new KeptRegister(Kept(provider), machine));
        services.AddSingleton(provider => new OwnExport(provider.GetRequiredService<KeptRegister>(),
            provider.GetRequiredService<Sessions>(), provider.GetRequiredService<SecurityLog>(), provider.GetRequiredService<IEventStore>(),
            Kept(provider), machine, new Visits(Kept(provider)), provider.GetRequiredService<Openings>(),
            new SavedViews(Kept(provider)), provider.GetService<Postman>(), provider.GetService<Bounces>()));
        services.AddSingleton(provider => new KeptOrganisations(OrganisationTable.Shipped, Kept(provider), machine));
        services.AddSingleton(provider => InvitationsIn(Kept(provider)));
        services.AddSingleton(provider => SecurityLogIn(Kept(provider)));
        services.AddSingleton(provider =>
            new KeptRetention(Kept(provider), provider.GetRequiredService<SecurityLog>(), machine));
        // Ids that tell nothing, not even when somebody came.
        services.AddSingleton(provider => new Arrivals(provider.GetRequiredService<KeptRegister>(),
            provider.GetRequiredService<KeptInvitations>(), machine, Guid.NewGuid));
        services.AddSingleton(provider => new Registrar(provider.GetRequiredService<KeptRegister>(),
            provider.GetRequiredService<KeptInvitations>(), provider.GetRequiredService<KeptOrganisations>(),
            provider.GetRequiredService<SecurityLog>(), machine, provider.GetRequiredService<IClock>(), Guid.NewGuid,
            identity => provider.GetService<SignInSettings>() is not { } settings || settings.Of(identity.Issuer) is not null));
    }

    static IKeptRecords Kept(IServiceProvider provider) => provider.GetRequiredService<IKeptRecords>();
}
