using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MrAgreement.Web.Limits;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.People;

namespace MrAgreement.Web.SignIn;

/// <summary>Who is let in, and how: the demo's people or those whom providers vouch for, never both.</summary>
static class SignInServices
{
    // Where there are providers, tokens that are none of theirs.
    const string NoProvider = "MrAgreement.NoProvider";

    /// <param name="settings">Null for the demo.</param>
    public static void AddSignIn(this IServiceCollection services, SignInSettings? settings)
    {
        // By the machine's clock, as cookies and tokens are.
        var machine = NodaTime.SystemClock.Instance;
        services.AddSingleton(provider => new Sessions(provider.GetRequiredService<IKeptRecords>(), machine, settings));
        services.AddScoped(provider =>
            new StepUp(provider.GetRequiredService<IHttpContextAccessor>(), provider.GetRequiredService<Sessions>(), machine,
            provider.GetRequiredService<Alerts>(), settings));
        services.AddSingleton(provider => new ProviderTrouble(provider.GetRequiredService<ILogger<ProviderTrouble>>(), machine));
        // A line for each request that can't be meant would be anybody's to write; what is wrong with a provider we tell ourselves.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.None));
        var authentication = services.AddAuthentication();
        SessionCookie.Add(authentication, PageSignIn.Challenge);
        if (settings is null)
        {
            // A host that names more parties that may make agreements has added them before.
            services.TryAddSingleton<DemoPeople>();
            services.AddSingleton<IPeople>(provider => provider.GetRequiredService<DemoPeople>());
            AddTokens(authentication, BearerTokens.Scheme);
            return;
        }
        services.AddSingleton(settings);
        services.AddSingleton<IPeople, RegisteredPeople>();
        AddTokens(authentication, NoProvider);
        ApiTokens.AddChoice(authentication, settings, NoProvider);
        foreach (var provider in settings.Providers)
            Provider.Add(authentication, provider);
    }

    static void AddTokens(AuthenticationBuilder authentication, string scheme) =>
        authentication.AddScheme<AuthenticationSchemeOptions, BearerTokens>(scheme, null);
}
