using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>What documents can be: the kinds that the agreement asks for, and those that every agreement has.</summary>
static class DocumentKinds
{
    static readonly string[] usual = ["cover-letter", "signed-agreement", "minutes", "decision", "audit-certificate", "masked-copy", "note",
        "other"];

    public static IReadOnlyList<(string Kind, string Word)> Of(Agreement agreement, Language language) =>
        [.. agreement.InOrder.SelectMany(o => o.Documents).Union(usual).Select(kind => (kind, Word(kind, language)))];

    /// <summary>Those that have a word of their own, whatever the agreement.</summary>
    public static IReadOnlyList<(string Kind, string Word)> Known(Language language) =>
        [.. ((string[])["report", "plan", "statement", "accounts"]).Concat(usual).Select(kind => (kind, Word(kind, language)))];

    /// <summary>Those that can be sent along with an act: a masked copy says what it is a copy of, for which there is no room there.
    /// </summary>
    public static IReadOnlyList<(string Kind, string Word)> Enclosable(Agreement agreement, Language language) =>
        [.. Of(agreement, language).Where(it => it.Kind != DocumentKind.MaskedCopy)];

    /// <summary>The word for a kind; a kind of the terms' own making stands as it is.</summary>
    public static string Word(string kind, Language language) =>
        language.Find($"document-kind.{kind}") ?? language.Find($"documents.kind-{kind}") ?? kind;
}
