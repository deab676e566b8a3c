using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>What must hold of the key by which a grant is shared, of how it is transferred, and of what the parties do for all.</summary>
static class ShareCheck
{
    public static IEnumerable<Fault> Faults(GrantTerms grant, IReadOnlyList<Party> parties)
    {
        var shares = grant.Shares ?? [];
        for (var i = 0; i < shares.Count; i++)
        {
            var (share, at) = (shares[i], $"/grant/shares/{i}");
            if (share.Weight < 1)
                yield return new($"{at}/weight", "weight", ("key", share.Party));
            if (shares.Take(i).Any(other => other.Party == share.Party))
                yield return new($"{at}/party", "key-taken", ("key", share.Party));
            if (parties.FirstOrDefault(party => party.Key == share.Party) is not { CanShare: true })
                yield return new($"{at}/party", "share-party", ("key", share.Party));
        }
        if (grant.Transfer == TransferKind.Dispositionsratt)
            for (var i = 0; i < grant.Instalments.Count; i++)
                if (grant.Instalments[i].RequisitionDueOn is not null)
                    yield return new($"/grant/instalments/{i}/requisitionDueOn", "transfer-disposition-right");
    }

    /// <summary>Each duty is one party's, which shares the grant; the assignment itself is a recipient's.</summary>
    public static IEnumerable<Fault> Duties(IReadOnlyList<Party> parties)
    {
        var taken = new HashSet<Duty>();
        for (var i = 0; i < parties.Count; i++)
            foreach (var duty in parties[i].Duties ?? [])
            {
                var at = $"/parties/{i}/duties";
                if (!taken.Add(duty))
                    yield return new(at, "duty-taken", ("duty", duty));
                if (!parties[i].CanShare || duty == Duty.AssignmentHolder && parties[i].Role != PartyRole.Recipient)
                    yield return new(at, "duty-party", ("duty", duty), ("key", parties[i].Key));
            }
    }
}
