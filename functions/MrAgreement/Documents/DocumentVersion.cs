namespace MrAgreement.Documents;

/// <summary>A certain version of a document.</summary>
public sealed record DocumentVersion(Guid Document, int Version);
