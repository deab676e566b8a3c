using MrAgreement.Parties;

namespace MrAgreement.Access;

/// <summary>Something that may be done now, and whose it is to do.</summary>
/// <param name="Subject">What it is done to; of an act that makes something, what it is made of.</param>
/// <param name="Party">Key of the party whose people may do it; null for people of no party to the agreement.</param>
/// <param name="NotBy">People of that party and role who may not, as their own hand is in it.</param>
public sealed record OpenAct(Act Act, Subject Subject, string? Party, Role Role, IReadOnlyList<PersonId> NotBy)
{
    /// <summary>Whether it is this person's to do.</summary>
    public bool IsFor(Actor actor) =>
        (Party is null || Party == actor.Party) && Role == actor.Role && !NotBy.Contains(actor.Id);
}
