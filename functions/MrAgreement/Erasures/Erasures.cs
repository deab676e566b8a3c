using System.Collections.Immutable;
using System.Diagnostics;

namespace MrAgreement.Erasures;

/// <summary>What may be erased of an agreement's log, what was asked for, and what has become of it.</summary>
public sealed record Erasures
{
    public static readonly Erasures None = new();

    /// <summary>Those that were asked for, in order.</summary>
    public ImmutableList<Erasure> InOrder { get; init; } = [];

    /// <summary>The rows that hold something that may go, by sequence.</summary>
    public ImmutableSortedDictionary<long, ErasableRow> Rows { get; init; } = ImmutableSortedDictionary<long, ErasableRow>.Empty;

    /// <summary>What was erased last of each row.</summary>
    public ImmutableDictionary<long, ContentErased> Erased { get; init; } = ImmutableDictionary<long, ContentErased>.Empty;

    public Erasure? this[int number] => number >= 1 && number <= InOrder.Count ? InOrder[number - 1] : null;

    /// <summary>The rows of which something may still be asked for, oldest first.</summary>
    public IEnumerable<(long Sequence, ErasableRow Row)> Left()
    {
        var asked = InOrder.Where(it => it.State == ErasureState.Asked).SelectMany(it => RowsOf(it.Asked)).ToHashSet();
        return Rows.Where(row => !Erased.ContainsKey(row.Key) && !asked.Contains(row.Key)).Select(row => (row.Key, row.Value));
    }

    /// <summary>Whether there is nothing left of what was asked for.</summary>
    public bool IsGone(ErasureRequested asked) =>
        asked.Document is { } document ? IsErased(document) : RowsOf(asked).All(Erased.ContainsKey);

    /// <summary>The rows that an erasure is of.</summary>
    public IReadOnlyList<long> RowsOf(ErasureRequested asked) => asked.Row is { } row ? [row]
        : [.. Rows.Where(it => it.Value.Document == asked.Document).Select(it => it.Key)];

    /// <summary>Whether a document was erased with its bytes.</summary>
    public bool IsErased(Guid document) => Erased.Values.Any(it => it.Document == document);

    public static Erasures Evolve(Erasures it, ErasureEvent happened, Recorded recorded) => happened switch
    {
        ErasureRequested e => it.Asking(new(e, recorded.By, recorded.At)),
        ErasureDeclined e => it.Decided(e.Number, ErasureState.Declined, recorded.By, recorded.At),
        ContentErased e => it.Asking(e, recorded.At).Decided(e.Number, ErasureState.Done, e.ApprovedBy, recorded.At) with
        {
            Erased = it.Erased.SetItem(e.Row, e)
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    // In older logs what was done again after they were put back may have the number of what was asked for next.
    Erasures Asking(Erasure asked) => this with
    {
        InOrder = asked.Asked.Number <= InOrder.Count ? InOrder.SetItem(asked.Asked.Number - 1, asked) : InOrder.Add(asked)
    };

    // One that is done again since the log was put back may have been asked for in what is lost.
    Erasures Asking(ContentErased it, Instant at) => it.Number <= InOrder.Count ? this : Asking(new Erasure(
        new(it.Number, it.Document is null ? it.Row : null, it.Document, it.Ground, it.Reference, it.Party, it.Own), it.AskedBy, at));

    Erasures Decided(int number, ErasureState state, PersonId by, Instant at) => this[number] is { } asked
        ? this with { InOrder = InOrder.SetItem(number - 1, asked with { State = state, DecidedBy = by, DecidedAt = at }) }
        : this;
}

public enum ErasureState
{
    /// <summary>Waits for a second person.</summary>
    Asked,
    Done,
    Declined
}

/// <summary>An erasure that was asked for.</summary>
/// <param name="By">Who asked.</param>
public sealed record Erasure(ErasureRequested Asked, PersonId By, Instant At)
{
    public ErasureState State { get; init; }
    public PersonId? DecidedBy { get; init; }
    public Instant? DecidedAt { get; init; }
}

/// <summary>A row that holds texts, names or file names.</summary>
/// <param name="Type">Stored name of its event.</param>
/// <param name="Party">Key of the party whose record it is.</param>
/// <param name="IsOwn">Whether the party keeps it to itself.</param>
/// <param name="Document">The document that it is about; null where it is about none.</param>
/// <param name="To">Key of the party that has it too: it received the text, or has done with the other what it is about; null where none
/// has.</param>
public sealed record ErasableRow(string Type, string Party, bool IsOwn, Guid? Document, string? To = null);
