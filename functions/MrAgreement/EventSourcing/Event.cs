namespace MrAgreement.EventSourcing;

/// <summary>Something that has happened to an agreement. Its stored names
/// stand beside each stream's list of events and last for ever.</summary>
public abstract record Event
{
    /// <summary>The stored bytes that it names. The one place that says so: what no event names is swept away.</summary>
    public virtual IEnumerable<StoredBytes> Bytes() => [];
}

/// <summary>When and by whom an event was recorded, and its place in the log.</summary>
public readonly record struct Recorded(long Sequence, Instant At, PersonId By);

/// <summary>The log holds an event that this version of the program does not know: it was written by a newer one.</summary>
public sealed class UnknownEventException(string type)
    : Exception($"The log holds an event of the unknown type '{type}'. It was written by a newer version of the program: use that one.");
