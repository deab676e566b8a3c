using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using NodaTime.Text;

namespace MrAgreement.Web.Published;

/// <summary>Grants as open data by the 360Giving standard, version 1.4: what is decided, by whom and to whom.</summary>
static class OpenGrants
{
    public const string MediaType = "application/json";

    public static byte[] Write(IReadOnlyList<PublishedRow> rows, string root) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["version"] = "1.4", ["grants"] = new JsonArray([.. rows.Select(row => (JsonNode)Grant(row, root))])
    }, ViewJson.Options);

    static JsonObject Grant(PublishedRow row, string root)
    {
        var (of, told) = (row.Of!, row.Grant!);
        return new()
        {
            // No prefix of the standard's own register is ours; the funder's number and the agreement's id are one of a kind.
            ["id"] = $"{IdOf(told.Funders is [var funder, ..] ? funder : null, row.Agreement)}-{row.Agreement}",
            ["title"] = of.Title,
            ["description"] = $"{of.DiaryNumber}: {of.Title}",
            ["currency"] = "SEK",
            ["amountAwarded"] = JsonNode.Parse(told.Amount.ToString()),
            ["awardDate"] = LocalDatePattern.Iso.Format(told.AwardedOn),
            ["plannedDates"] = new JsonArray(new JsonObject
            {
                ["startDate"] = LocalDatePattern.Iso.Format(told.Period.From), ["endDate"] = LocalDatePattern.Iso.Format(told.Period.To)
            }),
            ["fundingOrganization"] = Organisations(told.Funders, row.Agreement),
            ["recipientOrganization"] = Organisations(told.Recipients, row.Agreement),
            ["dataSource"] = root + PublishedAddress.Of(row.Agreement),
            ["dateModified"] = InstantPattern.General.Format(row.At)
        };
    }

    static JsonArray Organisations(IReadOnlyList<PublishedParty> parties, AgreementId agreement) =>
        [.. parties.Select(party => (JsonNode)new JsonObject { ["id"] = IdOf(party, agreement), ["name"] = party.Name })];

    // org-id.guide, list SE-ON; a party whose number is not told has an id of our own.
    static string IdOf(PublishedParty? party, AgreementId agreement) => party?.OrganisationNumber is { } number ? $"SE-ON-{number}"
        : $"MRA-{agreement.Value.ToString("N")[..12]}-{Sha256.Of(System.Text.Encoding.UTF8.GetBytes(party?.Name ?? "")).ToString()[..8]}";
}
