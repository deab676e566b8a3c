using MrAgreement.Agreements;
using MrAgreement.Parties;

namespace MrAgreement.Web.Pages.Work;

/// <summary>Documents of one's own party that can be handed over, the newest first.</summary>
static class OwnDocumentChoices
{
    public static IReadOnlyList<(string Value, string Text)> Of(Dossier it, Actor by) => [.. it.Documents.InOrder
        .Where(document => document is { Withdrawn: null, IsErased: false } && document.Party == by.Party).Reverse()
        .Select(document => ($"{document.Id}", document.Title))];
}
