namespace MrAgreement.Web.Texts;

/// <summary>A text by its key, and what stands in its places.</summary>
public sealed record Sentence(string Key, IReadOnlyList<(string Place, object Value)> Values);
