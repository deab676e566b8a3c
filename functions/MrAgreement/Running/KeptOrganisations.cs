using System.Collections.Frozen;
using System.Text.Json;
using MrAgreement.Organisations;
using MrAgreement.Parties;

namespace MrAgreement.Running;

/// <summary>
/// The register of organisations: those that ship with the program, and kept records of what has been changed or added since. Whoever asks
/// gets what was read at most so long ago, and what this host has changed at once.
/// </summary>
public sealed class KeptOrganisations(IReadOnlyList<Organisation> shipped, IKeptRecords kept, IClock machine) : IDisposable
{
    const string Kind = "organisations";
    const string Groups = "organisation-groups";

    static readonly Refused meanwhile = new("changed-meanwhile");

    readonly SemaphoreSlim turn = new(1);
    volatile Reading last = new(new(shipped, []), FrozenDictionary<string, string>.Empty, FrozenDictionary<string, string>.Empty,
        Instant.MinValue);

    sealed record Reading(OrganisationRegister Register, FrozenDictionary<string, string> Tags, FrozenDictionary<string, string> GroupTags,
        Instant At);

    /// <summary>As it was last read.</summary>
    public OrganisationRegister Now => last.Register;

    /// <summary>What a change of an organisation must name.</summary>
    public string Tag(Organisation it) => last.Tags.GetValueOrDefault(it.Id, KeptRecord.New);

    /// <summary>What a change of a group must name.</summary>
    public string Tag(OrganisationGroup it) => last.GroupTags.GetValueOrDefault(it.Key, KeptRecord.New);

    /// <summary>Reads it again when it was last read too long ago.</summary>
    public async Task<OrganisationRegister> Read(CancellationToken cancellation = default) =>
        machine.GetCurrentInstant() - last.At < KeptRegister.Trusted ? last.Register : await ReadAfresh(cancellation);

    /// <summary>Reads it again.</summary>
    public async Task<OrganisationRegister> ReadAfresh(CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var at = machine.GetCurrentInstant();
            var changed = await kept.Range(Kind, "", at, cancellation);
            var groups = await kept.Range(Groups, "", at, cancellation);
            var all = shipped.ToDictionary(it => it.Id);
            foreach (var it in changed.Understood(Read<Organisation>))
                all[it.Id] = it;
            last = new(new([.. all.Values], [.. groups.Understood(Read<OrganisationGroup>)]),
                changed.ToFrozenDictionary(it => it.Key, it => it.ETag!), groups.ToFrozenDictionary(it => it.Key, it => it.ETag!), at);
            return last.Register;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Has an organisation be as told; answers why not, or null.</summary>
    /// <param name="tag">As its record is told to be now.</param>
    public async Task<Refused?> Put(Actor by, Organisation to, string tag, CancellationToken cancellation = default) =>
        !OrganisationRules.MayChange(by) ? OrganisationRules.NotYours
        : OrganisationRules.Faults(to) is { Count: > 0 } faults ? Refused.Invalid(faults)
        : await Put(Kind, to.Id, to, tag, cancellation) ? null : meanwhile;

    /// <summary>Has a group be as told, with the members that it has; answers why not, or null.</summary>
    public async Task<Refused?> Put(Actor by, OrganisationGroup to, string tag, CancellationToken cancellation = default) =>
        !OrganisationRules.MayChange(by) ? OrganisationRules.NotYours
        : OrganisationRules.Faults(await ReadAfresh(cancellation), to) is { Count: > 0 } faults ? Refused.Invalid(faults)
        : await Put(Groups, to.Key, to, tag, cancellation) ? null
        : tag == KeptRecord.New ? new Refused("group-key-taken", ("key", to.Key)).NotSo() : meanwhile;

    /// <summary>Has organisations come to a group, or their time there end; answers why not, or null.</summary>
    /// <param name="organisations">Their ids, each with where it was written.</param>
    public async Task<Refused?> Join(Actor by, OrganisationGroup group, IReadOnlyList<(string Organisation, string Pointer)> organisations,
        LocalDate from, LocalDate? to, string tag, CancellationToken cancellation = default)
    {
        if (!OrganisationRules.MayChange(by))
            return OrganisationRules.NotYours;
        var (joined, faults) = OrganisationRules.With(await ReadAfresh(cancellation), group, organisations, from, to);
        return faults.Count > 0 ? Refused.Invalid(faults) : await Put(Groups, group.Key, joined, tag, cancellation) ? null : meanwhile;
    }

    /// <summary>Has all rows of a file be in the register: all of it where none has a fault, and else nothing. What is so already is left
    /// alone, so that a file that was cut off is taken in whole when it is sent again.</summary>
    public async Task<(ImportedOrganisations? Done, Refused? Refused)> Import(Actor by, IReadOnlyList<OrganisationRow> rows,
        CancellationToken cancellation = default)
    {
        if (!OrganisationRules.MayChange(by))
            return (null, OrganisationRules.NotYours);
        var register = await ReadAfresh(cancellation);
        var (wanted, faults) = OrganisationRow.Applied(register, rows);
        if (faults.Count > 0)
            return (null, Refused.Invalid(faults));
        var (added, changed) = (0, 0);
        foreach (var it in wanted)
            if (register[it.Id] is not { } before || !before.IsSameAs(it))
            {
                if (!await Store(Kind, it.Id, it, Tag(it), cancellation))
                {
                    await ReadAfresh(cancellation);
                    return (null, meanwhile);
                }
                (added, changed) = register[it.Id] is null ? (added + 1, changed) : (added, changed + 1);
            }
        await ReadAfresh(cancellation);
        return (new(rows.Count, added, changed, wanted.Count - added - changed), null);
    }

    public void Dispose() => turn.Dispose();

    async Task<bool> Put<T>(string kind, string key, T value, string tag, CancellationToken cancellation)
    {
        var isStored = await Store(kind, key, value, tag, cancellation);
        await ReadAfresh(cancellation);
        return isStored;
    }

    async Task<bool> Store<T>(string kind, string key, T value, string tag, CancellationToken cancellation) =>
        await kept.Put(new(kind, key, JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), tag), machine.GetCurrentInstant(),
            cancellation) is not null;

    static T Read<T>(KeptRecord record) => JsonSerializer.Deserialize<T>(record.Data.Span, Json.Options)!;
}

/// <summary>A file of organisations that has been taken in.</summary>
/// <param name="Rows">In the file.</param>
/// <param name="Added">Organisations that were not in the register.</param>
/// <param name="Changed">Organisations that were otherwise.</param>
/// <param name="Unchanged">Those that were so already.</param>
public sealed record ImportedOrganisations(int Rows, int Added, int Changed, int Unchanged);
