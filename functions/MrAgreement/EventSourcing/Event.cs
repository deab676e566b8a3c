using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Grants;
using NodaTime;

namespace MrAgreement.EventSourcing;

/// <summary>Something that has happened to an agreement. Its stored names stand beside each stream's list of events and last for ever.</summary>
public abstract record Event
{
    /// <summary>The stored bytes that it names. The one place that says so: what no event names is swept away.</summary>
    public virtual IEnumerable<StoredBytes> Bytes() => [];
}

/// <summary>When and by whom an event was recorded, and its place in the log.</summary>
public readonly record struct Recorded(long Sequence, Instant At, PersonId By);

/// <summary>The log holds an event that this version of the program does not know: it was written by a newer one.</summary>
public sealed class UnknownEventException(string type) : Exception($"The log holds an event of the unknown type '{type}'. It was written by a newer version of the program: use that one.");

/// <summary>Events to JSON and back, by their stored names.</summary>
public static class EventJson
{
    static readonly Dictionary<string, Type> types = new[] { typeof(AgreementEvent), typeof(GrantEvent), typeof(DocumentEvent), typeof(ArchiveEvent) }
        .SelectMany(stream => stream.GetCustomAttributes<JsonDerivedTypeAttribute>())
        .ToDictionary(attribute => (string)attribute.TypeDiscriminator!, attribute => attribute.DerivedType);

    static readonly Dictionary<Type, string> names = types.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Every stored name and the event it stands for.</summary>
    public static IReadOnlyDictionary<string, Type> Types => types;

    public static string NameOf(Event happened) => names[happened.GetType()];

    public static byte[] Write(Event happened) => JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), Json.Options);

    /// <exception cref="UnknownEventException">No event has that stored name.</exception>
    /// <exception cref="JsonException">The payload does not read as that event.</exception>
    public static Event Read(string type, byte[] data) =>
        types.TryGetValue(type, out var known)
            ? (Event)JsonSerializer.Deserialize(data, known, Json.Stored)!
            : throw new UnknownEventException(type);
}
