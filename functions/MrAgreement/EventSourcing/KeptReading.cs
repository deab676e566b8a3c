using System.Text.Json;

namespace MrAgreement.EventSourcing;

/// <summary>Reads kept records of which somebody may have made something else: such a one is as good as not there, and takes nothing
/// from the others.</summary>
public static class KeptReading
{
    /// <summary>What they say, but for those that no program has written.</summary>
    public static IEnumerable<T> Understood<T>(this IEnumerable<KeptRecord> records, Func<KeptRecord, T> read)
    {
        foreach (var record in records)
            if (TryRead(record, read, out var it))
                yield return it;
    }

    /// <summary>What it says; null for what no program has written.</summary>
    public static T? Understood<T>(this KeptRecord record, Func<KeptRecord, T> read) where T : class =>
        TryRead(record, read, out var it) ? it : null;

    /// <summary>Whether a list in it has nothing at one of its places: no program writes that.</summary>
    public static bool HasNothingInLists(JsonElement it) => it.ValueKind switch
    {
        JsonValueKind.Array => it.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.Null || HasNothingInLists(each)),
        JsonValueKind.Object => it.EnumerateObject().Any(each => HasNothingInLists(each.Value)),
        _ => false
    };

    static bool TryRead<T>(KeptRecord record, Func<KeptRecord, T> read, out T it)
    {
        try
        {
            it = read(record);
            return it is not null;
        }
        catch (Exception e) when (UnreadableRowException.Is(e) || e is InvalidDataException)
        {
            it = default!;
            return false;
        }
    }
}
