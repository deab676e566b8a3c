using MrAgreement.Overviews;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Log;
using MrAgreement.Web.Search;

namespace MrAgreement.Web.Pages.Search;

/// <summary>Where on the pages that stands which was found.</summary>
static class SearchPlace
{
    public static string Of(Found it) => it switch
    {
        { Kind: SearchKind.Obligation } => $"{Agreement(it)}{Places.Obligations}/{Uri.EscapeDataString(it.Subject)}",
        { Kind: SearchKind.Document } => $"{Agreement(it)}{Places.Documents}/{it.Document}",
        { Kind: SearchKind.Publication } => $"{Agreement(it)}{Places.Publications}/{it.Subject}",
        { Kind: SearchKind.Person } => $"{Agreement(it)}{Places.To("parties")}",
        { Act: { } act } => LogAddress.Of(it.Agreement, act.Sequence),
        { Kind: SearchKind.Log } when it.Subject.StartsWith("diary-number", StringComparison.Ordinal) =>
            $"{Agreement(it)}{Places.Documents}",
        { Kind: SearchKind.Log } => $"{Agreement(it)}{Places.To(it.Subject)}",
        _ => Agreement(it)
    };

    static string Agreement(Found it) => $"/agreements/{it.Agreement}";
}
