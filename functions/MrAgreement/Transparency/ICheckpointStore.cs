namespace MrAgreement.Transparency;

/// <summary>Where checkpoints rest, outside the database: numbered from 1, written once and never over.</summary>
public interface ICheckpointStore
{
    /// <summary>Those that are there, in order.</summary>
    Task<IReadOnlyList<KeptCheckpoint>> List(CancellationToken cancellation = default);

    /// <summary>The bytes of one; null when there is none by that number.</summary>
    Task<byte[]?> Read(int number, CancellationToken cancellation = default);

    /// <summary>Keeps one durably; false, and nothing written, when there is one by that number already.</summary>
    Task<bool> Add(int number, ReadOnlyMemory<byte> content, CancellationToken cancellation = default);
}

/// <param name="At">When it was kept, by the store's own clock.</param>
public readonly record struct KeptCheckpoint(int Number, Instant At);
