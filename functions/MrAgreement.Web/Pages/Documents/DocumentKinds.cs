using MrAgreement.Agreements;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>What documents can be: the kinds that the agreement asks for, and those that every agreement has.</summary>
static class DocumentKinds
{
    static readonly string[] usual = ["cover-letter", "signed-agreement", "minutes", "decision", "audit-certificate", "masked-copy", "note",
        "other"];

    public static IReadOnlyList<(string Kind, string Word)> Of(Agreement agreement, Language language) =>
        [.. agreement.InOrder.SelectMany(o => o.Documents).Union(usual).Select(kind => (kind, Word(kind, language)))];

    /// <summary>The word for a kind; a kind of the terms' own making stands as it is.</summary>
    public static string Word(string kind, Language language) =>
        language.Find($"document-kind.{kind}") ?? language.Find($"documents.kind-{kind}") ?? kind;
}
