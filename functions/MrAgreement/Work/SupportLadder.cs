using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>A step of the support ladder (stödtrappa).</summary>
/// <param name="Order">From the bottom, where support is for everybody, to the top.</param>
/// <param name="Efforts">What kinds of efforts are made on it.</param>
/// <param name="Intent">Whether a municipality that it reaches has said that it wants more.</param>
public sealed record LadderStep(string Key, string Title, int Order, IReadOnlyList<EffortKind> Efforts, bool Intent);

/// <summary>Sets the support ladder, the whole of it; efforts keep the step that they were made on.</summary>
public sealed record SetSupportLadder(IReadOnlyList<LadderStep> Steps) : Command(Act.SetSupportLadder);

/// <summary>Records that a municipality has declared that it wants to do more in an area (avsiktsförklaring).</summary>
/// <param name="Organisation">Its id in the register of organisations.</param>
/// <param name="SignedOn">Today or earlier.</param>
/// <param name="Document">Id of a document of one's own party; null for none.</param>
public sealed record DeclareIntent(string Organisation, string Area, string Text, LocalDate SignedOn, Guid? Document)
    : Command(Act.DeclareIntent);

/// <param name="Version">From 1, within the agreement.</param>
/// <param name="Steps">From the bottom up.</param>
public sealed record SupportLadderSet(int Version, IReadOnlyList<LadderStep> Steps, string Party) : SupportEvent(Party);

/// <param name="Number">From 1, within the agreement.</param>
public sealed record IntentDeclared(
    int Number, string Organisation, string Area, string Text, LocalDate SignedOn, string Party, DocumentVersion? Document = null)
    : SupportEvent(Party);

/// <summary>The support ladder as it was set at a time.</summary>
/// <param name="Steps">From the bottom up.</param>
public sealed record SupportLadder(int Version, IReadOnlyList<LadderStep> Steps, string Party, PersonId By, Instant At, long Touched)
{
    public LadderStep? Step(string key) => Steps.FirstOrDefault(step => step.Key == key);
}

/// <summary>That a municipality has declared that it wants to do more in an area.</summary>
public sealed record Intent(
    int Number, string Organisation, string Area, string Text, LocalDate SignedOn, DocumentVersion? Document, string Party, PersonId By,
    Instant At, long Touched);

/// <summary>The support: its ladder, the efforts that are made, and what municipalities have declared.</summary>
public sealed record Support
{
    public static readonly Support None = new();

    /// <summary>Oldest first; the last counts.</summary>
    public ImmutableList<SupportLadder> Ladders { get; init; } = [];

    public ImmutableList<Effort> Efforts { get; init; } = [];

    public ImmutableList<Intent> Intents { get; init; } = [];

    /// <summary>Null while nobody has set one.</summary>
    public SupportLadder? Ladder => Ladders.LastOrDefault();

    /// <summary>The step that an effort was made on, as the ladder told it then.</summary>
    public LadderStep StepOf(EffortContent effort) => Ladders[effort.Ladder - 1].Step(effort.Step)!;

    public static Support Evolve(Support it, SupportEvent happened, Recorded recorded) => happened switch
    {
        SupportLadderSet e => it with
        {
            Ladders = it.Ladders.Add(new(e.Version, e.Steps, e.Party, recorded.By, recorded.At, recorded.Sequence))
        },
        IntentDeclared e => it with
        {
            Intents = it.Intents.Add(new(e.Number, e.Organisation, e.Area, e.Text, e.SignedOn, e.Document, e.Party, recorded.By,
                recorded.At, recorded.Sequence))
        },
        EffortRecorded e => it with
        {
            Efforts = it.Efforts.Add(new(e.Number, e.Party, [new(e.Effort, recorded.By, recorded.At)]) { Touched = recorded.Sequence })
        },
        EffortRevised e => it.Changed(e.Number, recorded, before => before with
        {
            Versions = before.Versions.Add(new(e.Effort, recorded.By, recorded.At))
        }),
        EffortCancelled e => it.Changed(e.Number, recorded, before => before with
        {
            Cancelled = new(e.Reason, recorded.By, recorded.At)
        }),
        EffectSeen e => it.Changed(e.Number, recorded, before => before with
        {
            Effects = before.Effects.Add(new(e.Effect, e.Seen, e.Party, recorded.By, recorded.At))
        }),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    Support Changed(int number, Recorded recorded, Func<Effort, Effort> change) => this with
    {
        Efforts = Efforts.SetItem(number - 1, change(Efforts[number - 1]) with { Touched = recorded.Sequence })
    };

    internal static bool SaySame(IReadOnlyList<LadderStep> one, IReadOnlyList<LadderStep> other) =>
        JsonSerializer.Serialize(one, Json.Options) == JsonSerializer.Serialize(other, Json.Options);
}
