using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Messages;

/// <summary>Mail, for a host that has somewhere to hand it over.</summary>
public static partial class MessageServices
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
            provider.GetRequiredService<MailTexts>().Write, provider.GetRequiredService<MailTexts>().Together, machine,
            (id, it) => GivenUp(provider.GetRequiredService<ILogger<Postman>>(), id, it.Of, Json.NameOf(it.Why), it.To.Count, it.Party,
                Json.NameOf(it.Role))));
        services.AddSingleton<MailWatch>();
        return services;
    }

    [LoggerMessage(EventName = "MessageGivenUp", Level = LogLevel.Error,
        Message = "The message of agreement {Agreement} about event {Sequence} was given up ({Failure}) for {People} people who are "
            + "{Role} of {Party}.")]
    static partial void GivenUp(ILogger logger, EventSourcing.AgreementId agreement, long sequence, string failure, int people,
        string party, string role);

    /// <summary>Reads what did not arrive, for a host that has a mailbox for it. To be added beside its mail.</summary>
    public static IServiceCollection AddMrAgreementBounces(this IServiceCollection services, IBounceMailbox mailbox) =>
        services.AddSingleton(mailbox).AddSingleton(provider => new Bounces(provider.GetRequiredService<Dossiers>(),
            provider.GetRequiredService<IKeptRecords>(), machine));
}
