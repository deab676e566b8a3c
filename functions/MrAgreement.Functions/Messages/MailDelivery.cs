using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace MrAgreement.Functions.Messages;

/// <summary>
/// The mail of an agreement as an orchestration whose instance id is the agreement's with <c>:mail</c>: delivers what is to be told,
/// sleeps until a server is to be asked again or the log has moved, and begins anew. It ends when nothing is left.
/// </summary>
/// <remarks>Frozen, as <see cref="Agreements.AgreementLife"/> is. What may change lies in <see cref="DeliverMail"/>.</remarks>
public static class MailDelivery
{
    public const string Name = "agreement-mail";

    public static string Instance(AgreementId agreement) => $"{agreement}:mail";

    [Function(Name)]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Rounds.Run(context, DeliverMail.Name);
}
