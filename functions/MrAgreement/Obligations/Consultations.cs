using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>Something that a consultation must treat, by the agreement.</summary>
/// <param name="Key">Short key, as in <c>action-plan</c>.</param>
/// <param name="WhenNeeded">Whether it is treated only when there is a need (vid behov); absent means always.</param>
public sealed record AgendaItem(string Key, string Title, bool? WhenNeeded = null);

/// <summary>A party's view on an item of the agenda, in its own words.</summary>
/// <param name="Item">Key of the item.</param>
public sealed record GiveView(string Obligation, string Item, string Text) : ObligationCommand(Act.GiveView, Obligation);

/// <summary>A party gave its view; a newer one on the same item takes its place.</summary>
public sealed record ViewGiven(string Obligation, string Item, string Text, string Party) : ObligationEvent(Obligation);

public sealed record GivenView(string Item, string Text, PersonId By, string Party, Instant At);

/// <summary>What a consultation treated and decided, as one party records it and the other confirms.</summary>
/// <param name="Amendment">Number of the amendment that its decisions came to; null when they came to none.</param>
public sealed record ConsultationRecord(
    IReadOnlyList<TreatedItem> Items, IReadOnlyList<Participant> Participants, IReadOnlyList<ConsultationDecision> Decisions,
    int? Amendment = null)
{
    /// <summary>Whether two records say the same; which amendment came of it is nothing that people write.</summary>
    internal static bool SaySame(ConsultationRecord? one, ConsultationRecord? other) =>
        one is null || other is null
            ? one == other
            : one.Items.SequenceEqual(other.Items) && one.Participants.SequenceEqual(other.Participants)
            && one.Decisions.SequenceEqual(other.Decisions);
}

/// <param name="Item">Key of an item of the agenda.</param>
/// <param name="Considered">How the parties' views were taken into account.</param>
public sealed record TreatedItem(string Item, string Considered);

/// <summary>Who took part. A body or a function: people are named in the minutes, which is a document and not the log.</summary>
/// <param name="Name">As in <c>Arbetsmarknadsdepartementet</c>.</param>
public sealed record Participant(string Party, string Name);

/// <param name="Obligation">Key of the obligation that gets a new date; null of any other decision.</param>
/// <param name="On">That date; of a plan that is revised, when it is due, null for no day.</param>
public sealed record ConsultationDecision(ConsultationDecisionKind Kind, string Text, string? Obligation = null, LocalDate? On = null);

public enum ConsultationDecisionKind
{
    /// <summary>The plan is updated or revised, which is a duty of its own.</summary>
    RevisePlan,

    /// <summary>An obligation gets a new date.</summary>
    NewDate,

    Other
}
