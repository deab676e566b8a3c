namespace MrAgreement.Documents;

/// <summary>Marks a command that takes documents of one's own party with it.</summary>
public interface IWithDocuments
{
    /// <summary>Their ids; the newest versions count.</summary>
    IReadOnlyList<Guid> Documents { get; }

    /// <summary>Documents that come with it: registered together with it, or not at all.</summary>
    IReadOnlyList<RegisterDocument> Enclosed { get; }

    /// <summary>The same with those documents, and none enclosed.</summary>
    Command With(IReadOnlyList<Guid> documents);
}
