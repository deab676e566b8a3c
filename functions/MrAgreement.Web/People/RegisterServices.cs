using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Running;

namespace MrAgreement.Web.People;

/// <summary>The register of people, and who changes it. Its moments are the machine's; memberships hold by the domain's day.</summary>
static class RegisterServices
{
    public static void AddRegister(this IServiceCollection services)
    {
        var machine = SystemClock.Instance;
        services.AddSingleton(provider => new KeptRegister(Kept(provider), machine));
        services.AddSingleton(provider => new KeptInvitations(Kept(provider), machine));
        services.AddSingleton(provider => new SecurityLog(Kept(provider), machine));
        services.AddSingleton(provider =>
            new Arrivals(provider.GetRequiredService<KeptRegister>(), provider.GetRequiredService<KeptInvitations>(), machine));
        services.AddSingleton(provider => new Registrar(provider.GetRequiredService<KeptRegister>(),
            provider.GetRequiredService<KeptInvitations>(), provider.GetRequiredService<SecurityLog>(), machine,
            provider.GetRequiredService<IClock>()));
    }

    static IKeptRecords Kept(IServiceProvider provider) => provider.GetRequiredService<IKeptRecords>();
}
