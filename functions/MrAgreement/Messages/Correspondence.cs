using System.Collections.Immutable;

namespace MrAgreement.Messages;

/// <summary>What has become of an agreement's messages, as its log tells it.</summary>
public sealed record Correspondence
{
    public static readonly Correspondence None = new();

    /// <summary>In order.</summary>
    public ImmutableList<MessageOutcome> InOrder { get; init; } = [];

    ImmutableHashSet<(MessageKey, Type)> Settled { get; init; } = [];

    /// <summary>Whether there is nothing left to do for it.</summary>
    public bool IsSettled(MessageKey message) =>
        Settled.Contains((message, typeof(MessageHandedOver))) || Settled.Contains((message, typeof(MessageGivenUp)));

    /// <summary>Whether that is recorded already.</summary>
    public bool Has(MessageEvent outcome) => Settled.Contains((outcome.ToKey(), outcome.GetType()))
        && (outcome is not MessageBounced || InOrder.Exists(it => it.Happened is MessageBounced known && known.ToKey() == outcome.ToKey()
            && known.To.SequenceEqual(outcome.To)));

    /// <summary>Of the messages about one obligation; of all with null.</summary>
    public IEnumerable<MessageOutcome> About(string? obligation) =>
        InOrder.Where(it => obligation is null || it.Happened.Obligation == obligation);

    public static Correspondence Evolve(Correspondence it, MessageEvent happened, Recorded recorded) => it with
    {
        InOrder = it.InOrder.Add(new(happened, recorded.At)), Settled = it.Settled.Add((happened.ToKey(), happened.GetType()))
    };
}

/// <param name="At">When it was recorded.</param>
public sealed record MessageOutcome(MessageEvent Happened, Instant At);
