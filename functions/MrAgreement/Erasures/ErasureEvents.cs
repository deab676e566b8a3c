using MrAgreement.Parties;

namespace MrAgreement.Erasures;

/// <summary>On what ground content is erased.</summary>
public enum ErasureGround
{
    /// <summary>Somebody's right to erasure. Source: regulation (EU) 2016/679 article 17.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("gdpr-17")]
    Gdpr17,

    /// <summary>A decision on disposal (gallringsbeslut), which has a number.</summary>
    Disposal,

    /// <summary>It should never have been there.</summary>
    Correction
}

/// <summary>Something that happens to an erasure. It changes no version of anything: what is left says what it said.</summary>
/// <param name="Number">Of the erasure, from 1 within the agreement.</param>
/// <param name="Party">Key of the party that asks: one that has it.</param>
/// <param name="Own">Whether it is of what the party keeps to itself, and so is kept with it; null for not.</param>
public abstract record ErasureEvent(int Number, string Party, bool? Own) : Event;

/// <summary>One person of a party that has it asks; a second one decides: of another party that has it, where several have.</summary>
/// <param name="Row">Sequence of the row whose content is to go; null where a whole document is.</param>
/// <param name="Reference">Number of the decision; where there is none, null.</param>
public sealed record ErasureRequested(int Number, long? Row, Guid? Document, ErasureGround Ground, string? Reference, string Party,
    bool? Own = null) : ErasureEvent(Number, Party, Own);

/// <summary>It was not approved, or taken back: everything stays.</summary>
public sealed record ErasureDeclined(int Number, string Party, bool? Own = null) : ErasureEvent(Number, Party, Own);

/// <summary>The texts, names and file names of a row read as erased from here on.</summary>
/// <param name="Row">Sequence of the row.</param>
/// <param name="Now">Digest of what stands there now: the one in the row is that of what stood there first.</param>
/// <param name="Document">The document that was erased with it; null where only the row was.</param>
public sealed record ContentErased(int Number, long Row, ErasureGround Ground, string? Reference, PersonId AskedBy, PersonId ApprovedBy,
    [property: Digest] Sha256 Now, string Party, Guid? Document = null, bool? Own = null) : ErasureEvent(Number, Party, Own);

/// <summary>Asks for the erasure of a row's content, or of a document.</summary>
public sealed record RequestErasure(long? Row, Guid? Document, ErasureGround Ground, string? Reference) : Command(Act.RequestErasure);

public sealed record DeclineErasure(int Number) : Command(Act.DeclineErasure)
{
    public override Subject Subject => Number;
}

/// <summary>Approves what somebody else has asked for: it is done at once.</summary>
public sealed record ApproveErasure(int Number) : Command(Act.ApproveErasure)
{
    public override Subject Subject => Number;

    /// <summary>The rows as they will stand, with their content erased and another salt; whoever runs the command brings them.</summary>
    public IReadOnlyList<StoredEvent> Rows { get; init; } = [];
}
