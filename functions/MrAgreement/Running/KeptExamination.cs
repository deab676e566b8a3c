using System.IO.Compression;
using System.Text.Json;

namespace MrAgreement.Running;

/// <summary>Looks for kept records that no program has written. Whoever reads them passes them over; that they are there is told.</summary>
public static class KeptExamination
{
    static readonly string[] written =
    [
        Checkpoints.FaultsKind, "invitations", KeptMail.Tries, KeptMail.Came, KeptMail.Choices, KeptMail.Cursors, KeptMail.Digests,
        "mail-faults", "mail-opened", KeptMail.Sent, KeptMail.Waitings, "organisation-groups", "organisations", "parties", "people",
        "retention", "runs", "scans", "security-log", "sessions", "views", "visits", "webhook-progress", "webhooks"
    ];

    static readonly string[] packed = ["draft-readings", "drafts", KeptPlanDrafts.Kind, KeptReportDrafts.Kind];

    /// <summary>By kind and key.</summary>
    public static async Task<IReadOnlyList<(string Kind, string Key)>> Strange(IKeptRecords kept, CancellationToken cancellation = default)
    {
        var strange = new List<(string, string)>();
        foreach (var kind in written.Concat(packed))
            foreach (var record in await kept.Range(kind, "", Instant.MinValue, cancellation))
                if (record.Understood(it => Read(it, packed.Contains(kind))) is null)
                    strange.Add((kind, record.Key));
        if (await kept.Find(KeptSettings.Kind, KeptMail.Mark, Instant.MinValue, cancellation) is { } mark
            && mark.Understood(KeptMail.MarkIn) is null)
            strange.Add((KeptSettings.Kind, KeptMail.Mark));
        return strange;
    }

    static string Read(KeptRecord it, bool isPacked)
    {
        using var bytes = new MemoryStream(it.Data.ToArray());
        using var unpacked = isPacked ? new BrotliStream(bytes, CompressionMode.Decompress) : (Stream)bytes;
        using var read = JsonDocument.Parse(unpacked);
        if (read.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
            || !isPacked && KeptReading.HasNothingInLists(read.RootElement))
            throw new JsonException("It is empty, or something in it is.");
        KeptMail.Read(it);
        return it.Key;
    }
}
