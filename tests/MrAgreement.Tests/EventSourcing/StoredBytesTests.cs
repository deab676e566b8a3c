using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Work;

namespace MrAgreement.Tests.EventSourcing;

/// <summary>Which stored bytes an event names stands beside it: what no event names is swept away.</summary>
public class StoredBytesTests
{
    // What in a text or in bytes would be the address of something.
    static readonly string[] telling = ["sha256", "hash", "digest", "address", "blob"];

    // Pages of the web.
    static readonly string[] elsewhere = ["Material.Address", "Spreading.Address"];

    [Fact]
    public void Every_hash_in_an_event_is_declared_as_stored_bytes_or_as_a_mere_digest()
    {
        // Fewer would mean that the walk has gone blind.
        Assert.True(EventJson.Types.Values.Count(type => Undeclared(type).Hashes > 0) >= 4);
        Assert.All(EventJson.Types, stored => Assert.True(Undeclared(stored.Value).Undeclared.Count == 0,
            $"{stored.Key} holds {string.Join(", ", Undeclared(stored.Value).Undeclared)}: say so in its Bytes(), or mark it as a [Digest]."));
    }

    [Fact]
    public void What_an_event_declares_is_what_it_holds() =>
        Assert.Equal(["bank-file-imported", "document-registered", "document-version-added", "ledger-imported"], EventJson.Types.Where(stored => NamedBytes.Names(stored.Key)).Select(stored => stored.Key).Order());

    [Fact]
    public void Which_events_of_the_work_name_documents_is_known_so_that_each_is_handed_over() => Assert.Equal(
        ["effort-recorded", "effort-revised", "finding-recorded", "finding-revised", "intent-declared", "material-published", "measure-assessed", "measure-report-corrected", "measure-reported", "project-plan-written", "reading-corrected", "reading-recorded", "recommendations-informed", "report-frozen"],
        EventJson.Types.Where(stored => stored.Value.IsAssignableTo(typeof(WorkEvent)) && NamesDocuments(stored.Value)).Select(stored => stored.Key).Order(StringComparer.Ordinal));

    // DocumentDecisions.Together, or what findings rest on, tells of them; those of a frozen report go nowhere before they are submitted.
    static bool NamesDocuments(Type type) => type == typeof(DocumentVersion)
        || type.IsGenericType && type.GenericTypeArguments.Any(NamesDocuments)
        || type.Namespace == typeof(WorkEvent).Namespace && !type.IsEnum && type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(property => NamesDocuments(property.PropertyType));

    [Fact]
    public void The_walk_finds_what_is_hidden_deep_or_called_otherwise()
    {
        Assert.Equal(["File"], Undeclared(typeof(Forgotten)).Undeclared);
        Assert.Equal(["Parts.Content"], Undeclared(typeof(Deep)).Undeclared);
        Assert.Equal(["BlobAddress"], Undeclared(typeof(AsText)).Undeclared);
        Assert.Empty(Undeclared(typeof(Marked)).Undeclared);
    }

    [Fact]
    public void A_dossier_knows_every_stored_byte_that_its_log_names()
    {
        var dossier = new Dossier(Some.AgreementId()).With(GoldenLife.Log);
        var named = GoldenLife.Log.SelectMany(row => EventJson.Read(row.Type, row.Data!).Bytes()).Select(bytes => bytes.Address).ToHashSet();

        Assert.True(named.Count > 3);
        Assert.Equal(named.Order(Comparer<Sha256>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}"))), dossier.Bytes.Keys.Order(Comparer<Sha256>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}"))));
    }

    sealed record Forgotten(Sha256 File) : Event;

    sealed record Deep(IReadOnlyList<Part> Parts) : Event;

    sealed record Part(string Name, Sha256? Content);

    sealed record AsText(string BlobAddress) : Event;

    sealed record Marked([property: Digest] Sha256 Found) : Event;

    /// <summary>How many hashes the event can hold, and those of them that it does not declare.</summary>
    static (int Hashes, IReadOnlyList<string> Undeclared) Undeclared(Type type)
    {
        var found = new List<(string Path, Sha256? Hash)>();
        var happened = (Event)Filled(type, "", found)!;
        var declared = happened.Bytes().Select(bytes => bytes.Address).ToHashSet();
        return (found.Count, [.. found.Where(it => it.Hash is not { } hash || !declared.Contains(hash)).Select(it => it.Path)]);
    }

    // An instance with one of everything, each hash another.
    static object? Filled(Type type, string path, List<(string Path, Sha256? Hash)> found)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Sha256))
        {
            var hash = Sha256.Of([(byte)found.Count, 17]);
            found.Add((path, hash));
            return hash;
        }
        if (type == typeof(string) || type == typeof(byte[]))
        {
            if (!elsewhere.Contains(path) && telling.Any(word => path.Split('.')[^1].Contains(word, StringComparison.OrdinalIgnoreCase)))
                found.Add((path, null));
            return type == typeof(string) ? "text" : Array.Empty<byte>();
        }
        if (type.IsGenericType && type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } list)
        {
            var element = list.GenericTypeArguments[0];
            if (element.IsGenericType && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            {
                Filled(element.GenericTypeArguments[1], path, found);
                return null;
            }
            var one = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
            one.Add(Filled(element, path, found));
            return one;
        }
        if (type.Namespace?.StartsWith(nameof(MrAgreement), StringComparison.Ordinal) != true || type.IsEnum || type.IsAbstract)
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        // Without its constructor, which may judge what it is given: every property that is stored has its field.
        var it = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<DigestAttribute>() is null))
            for (var owner = type; owner is not null; owner = owner.BaseType)
                if (owner.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is { } field)
                    field.SetValue(it, Filled(property.PropertyType, path.Length == 0 ? property.Name : $"{path}.{property.Name}", found));
        return it;
    }
}
