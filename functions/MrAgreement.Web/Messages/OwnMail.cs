using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Web.Messages;

/// <summary>What a person was written, and what is under way to them.</summary>
public sealed class OwnMail(Postman? postman = null, Bounces? bounces = null)
{
    static readonly HashSet<string> outcomes =
        [.. EventJson.Types.Where(it => it.Value.IsAssignableTo(typeof(MessageEvent))).Select(it => it.Key)];

    /// <summary>What a row of a log tells of a message to somebody; null for all else.</summary>
    public static OwnMailView? In(StoredEvent row, AgreementId agreement, PersonId person) =>
        outcomes.Contains(row.Type) && row.Data is { } data && EventJson.Read(row.Type, data) is MessageEvent it && it.To.Contains(person)
            ? new(agreement, it.Of, MessageView.StateOf(it), row.At, (it as MessageHandedOver)?.Server,
                (it as MessageBounced)?.Status ?? "", null)
            : null;

    /// <summary>What is remembered beside the logs: of each what a server said last.</summary>
    public async Task<IReadOnlyList<OwnMailView>> Of(PersonId person, CancellationToken cancellation) =>
    [
        .. postman is null ? [] : (await postman.Troubles(cancellation)).Where(it => it.Attempts.Person == person)
            .Select(it => Of(it.Agreement, it.Attempts)),
        .. bounces is null ? [] : (await bounces.Known(cancellation)).Where(it => it.Attempts.Person == person)
            .Select(it => Of(it.Agreement, it.Attempts)),
        .. postman is null ? [] : (await postman.WaitingFor(person, cancellation)).Select(it => new OwnMailView(it.Agreement,
            it.It.Message.Of, it.It.Tries is null ? MessageState.Waiting : MessageState.Trying, null, it.It.Tries?.Server,
            it.It.Tries?.Reply ?? "", it.It.Tries?.Next ?? it.It.Until))
    ];

    static OwnMailView Of(AgreementId agreement, Attempts it) => new(agreement, it.Message.Of, it.End switch
    {
        null => MessageState.Trying,
        AttemptEnd.Taken => MessageState.HandedOver,
        AttemptEnd.Bounced => MessageState.Bounced,
        _ => MessageState.GivenUp
    }, it.First, it.Server, it.Reply, it.End is null ? it.Next : null);
}

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Of">Sequence of the event that the message is about.</param>
/// <param name="State">waiting, trying, handed-over, given-up or bounced.</param>
/// <param name="At">When that was recorded, or when it was first tried; null while it waits.</param>
/// <param name="Server">Which took it, or was asked last.</param>
/// <param name="Reply">What the server said, as long as that is remembered; or why it came back.</param>
/// <param name="NextAt">When it is tried again, or goes.</param>
public sealed record OwnMailView(AgreementId Agreement, long Of, MessageState State, Instant? At, string? Server, string Reply,
    Instant? NextAt);
