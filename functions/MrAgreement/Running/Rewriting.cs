using MrAgreement.Agreements;

namespace MrAgreement.Running;

/// <summary>Rows of a log as they stand once their content is erased.</summary>
static class Rewriting
{
    /// <param name="freshSalt">Draws another salt, since the digest of what is left must not tell of it either.</param>
    public static async Task<IReadOnlyList<StoredEvent>> Of(IEventStore store, AgreementId agreement, IReadOnlyList<long> sequences,
        Func<Salt>? freshSalt, CancellationToken cancellation)
    {
        var rows = new List<StoredEvent>();
        foreach (var sequence in sequences)
            if (await store.ReadSince(agreement, sequence - 1, 1, cancellation) is [{ Data: { } data } row])
                // Rows of earlier versions have none: their digest is reckoned without.
                rows.Add(row with { Data = ErasableFields.Erase(row.Type, data), Salt = row.Salt is null ? null : freshSalt?.Invoke() });
        return rows;
    }
}
