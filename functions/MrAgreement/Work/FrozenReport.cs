using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>Freezes a report: from then on it reads the same for ever.</summary>
/// <param name="Draft">As it was written.</param>
/// <param name="Content">As whoever freezes it has read it, and as its documents say.</param>
public sealed record FreezeReport(ReportDraft Draft, ReportContent Content) : Command(Act.FreezeReport), IWithDocuments
{
    public IReadOnlyList<Guid> Documents { get; init; } = [];

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };
}

/// <summary>A report was frozen: every figure in it is as it was then.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Report">The id that it had while it was written.</param>
/// <param name="Sha256">Of its content as JSON.</param>
/// <param name="Documents">The same to read and to hand over.</param>
public sealed record ReportFrozen(
    int Number, Guid Report, ReportContent Content, [property: Digest] Sha256 Sha256, IReadOnlyList<DocumentVersion> Documents,
    string Party) : WorkEvent(Party);

/// <summary>A report that reads the same for ever.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Report">The id that it had while it was written.</param>
/// <param name="Party">Key of the party whose it is.</param>
public sealed record FrozenReport(
    int Number, Guid Report, ReportContent Content, Sha256 Sha256, IReadOnlyList<DocumentVersion> Documents, string Party, PersonId By,
    Instant At, long Touched);
