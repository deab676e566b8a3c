using MrAgreement.Overviews;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Published;

/// <summary>Where everybody reads what is published: addresses that stay.</summary>
static class PublishedAddress
{
    public const string All = "/published", Feed = "/published/feed.atom", Grants = "/published/grants.json", Table = "/published/list.csv",
        Catalogue = "/published/dcat.rdf", Api = "/api/v1/published";

    public static string Of(AgreementId agreement) => $"{All}/{agreement}";

    public static string Of(AgreementId agreement, int number) => $"{All}/{agreement}/{number}";

    /// <summary>What a document is called: nobody has checked what whoever uploaded it called it.</summary>
    public static string FileName(PublishedRow of) =>
        $"{Attachment.Name(of.Of!.DiaryNumber, of.Number)}{Path.GetExtension(of.Material!.File!.Name)}";

    /// <summary>Of the bytes that were approved.</summary>
    public static string Document(AgreementId agreement, int number) => $"{Of(agreement, number)}/document";
}
