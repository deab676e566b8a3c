using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Messages;

/// <summary>Mail, for a host that has somewhere to hand it over.</summary>
public static class MessageServices
{
    static readonly IClock machine = SystemClock.Instance;

    /// <summary>To be added beside an <see cref="IPostbox"/>.</summary>
    /// <param name="address">Where people reach the pages.</param>
    /// <param name="recording">By which the outcomes are recorded; null for the host's own.</param>
    public static IServiceCollection AddMrAgreementMail(this IServiceCollection services, Uri address, Dossiers? recording = null)
    {
        services.AddSingleton(new PagesAddress(address));
        services.AddSingleton<MailTexts>();
        services.AddSingleton<IRecipients>(provider => provider.GetService<DemoPeople>() is { } demo ? new DemoRecipients(demo)
            : new RegisteredRecipients(provider.GetRequiredService<KeptRegister>(), provider.GetRequiredService<IClock>()));
        services.AddSingleton(provider => new Postman(provider.GetRequiredService<IEventStore>(),
            recording ?? provider.GetRequiredService<Dossiers>(), provider.GetRequiredService<IKeptRecords>(),
            new CheckpointedPostbox(provider.GetService<Bounces>() is { } bounces
                ? new RememberingPostbox(provider.GetRequiredService<IPostbox>(), bounces) : provider.GetRequiredService<IPostbox>(),
                provider.GetRequiredService<Checkpoints>()),
            provider.GetRequiredService<IRecipients>(),
            provider.GetRequiredService<MailTexts>().Write, provider.GetRequiredService<MailTexts>().Together, machine));
        services.AddSingleton<MailWatch>();
        return services;
    }

    /// <summary>Reads what did not arrive, for a host that has a mailbox for it. To be added beside its mail.</summary>
    public static IServiceCollection AddMrAgreementBounces(this IServiceCollection services, IBounceMailbox mailbox) =>
        services.AddSingleton(mailbox).AddSingleton(provider => new Bounces(provider.GetRequiredService<Dossiers>(),
            provider.GetRequiredService<IKeptRecords>(), machine));
}
