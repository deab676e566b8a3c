namespace MrAgreement.Erasures;

/// <summary>The list of all erasures, outside the database: a copy of it that is put back still holds what was erased since.</summary>
public interface IErasureList
{
    Task<IReadOnlyList<ListedErasure>> List(CancellationToken cancellation = default);

    /// <summary>Keeps one durably; one that is listed already stays as it is.</summary>
    Task Add(ListedErasure erasure, CancellationToken cancellation = default);
}

/// <summary>An erasure as the list has it: by what stands in the log, and nothing of what was erased.</summary>
/// <param name="Row">Sequence of the row.</param>
/// <param name="Hash">Of that row, which is the same whatever stands in it: in another log it is another row.</param>
/// <param name="Seal">By which the program knows its own entries again; null in what was listed before there was one.</param>
public sealed record ListedErasure(AgreementId Agreement, long Row, Sha256 Hash, ErasureGround Ground, string? Reference, PersonId AskedBy,
    PersonId ApprovedBy, string Party, Guid? Document = null, bool? Own = null, string? Seal = null)
{
    /// <summary>As the log tells it.</summary>
    public static ListedErasure Of(AgreementId agreement, ContentErased it, Sha256 hash) =>
        new(agreement, it.Row, hash, it.Ground, it.Reference, it.AskedBy, it.ApprovedBy, it.Party, it.Document, it.Own);
}
