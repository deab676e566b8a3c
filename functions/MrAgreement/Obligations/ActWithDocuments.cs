using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>An act that takes documents of one's own party with it.</summary>
/// <param name="Documents">Their ids; the newest versions count.</param>
public abstract record ActWithDocuments(Act Act, string Obligation, IReadOnlyList<Guid> Documents) : ObligationCommand(Act, Obligation),
    IWithDocuments
{
    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };
}
