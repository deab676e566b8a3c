using System.Globalization;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Grants;
using MrAgreement.Parties;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Grants;

/// <summary>A requisition as a letter to the payer, in the words of its template.</summary>
static class RequisitionLetter
{
    /// <summary>What a template may say; an amount, a date or a name as the language writes it, and nothing where there is none.</summary>
    static readonly Dictionary<string, Func<Requisition, Viewpoint, string?>> values = new()
    {
        ["agreement"] = (_, at) => at.Agreement.Terms.Title,
        ["amount"] = (it, at) => at.Language.Money(it.Amount),
        ["appropriation"] = (it, at) => Instalment(it, at)?.Appropriation is { } charged ? Charged(charged, at) : null,
        ["attestedBy"] = (it, at) => at.Name(it.AttestedBy)?.Name,
        ["attestedOn"] = (it, at) => it.AttestedAt is { } when ? Day(when, at) : null,
        ["bankgiro"] = (it, _) => it.Bankgiro?.ToString(),
        ["decidedOn"] = (it, at) => Instalment(it, at)?.Released is { } released ? at.Language.Date(released.DecidedOn) : null,
        ["decision"] = (it, at) => Instalment(it, at)?.Released?.Reference,
        ["diaryNumber"] = (_, at) => at.Agreement.Terms.DiaryNumber.ToString(),
        ["dispatchedOn"] = (it, at) => it.DispatchedOn is { } on ? at.Language.Date(on) : null,
        ["grantor"] = (it, at) => Names(it, at, PartyRole.Grantor),
        ["grantorNumber"] = (_, at) => Numbers(at, PartyRole.Grantor),
        ["instalment"] = (it, _) => it.Instalment,
        ["number"] = (it, _) => it.Number.ToString(CultureInfo.InvariantCulture),
        ["payer"] = (it, at) => Names(it, at, PartyRole.Payer),
        ["payerNumber"] = (_, at) => Numbers(at, PartyRole.Payer),
        ["period"] = (it, at) => it.Period is { } period
            ? at.Language.Say("print.from-to", ("from", period.From), ("to", period.To))
            : null,
        ["plusgiro"] = (it, _) => it.Plusgiro?.ToString(),
        ["preparedBy"] = (it, at) => at.Name(it.PreparedBy).Name,
        ["preparedOn"] = (it, at) => Day(it.PreparedAt, at),
        ["recipient"] = (it, at) => Names(it, at, PartyRole.Recipient),
        ["recipientNumber"] = (_, at) => Numbers(at, PartyRole.Recipient),
        ["reference"] = (it, _) => it.Reference,
        ["requisitionDueOn"] = (it, at) => Instalment(it, at)?.RequisitionDueOn is { } due ? at.Language.Date(due) : null,
        ["riksdagReference"] = (it, at) => Instalment(it, at)?.Released?.RiksdagReference,
        ["status"] = (it, at) => at.Language.Word(it.Status)
    };

    public static IReadOnlyCollection<string> Places => values.Keys;

    public static Attachment File(Requisition it, Viewpoint at, RequisitionTemplates templates) =>
        Attachment.Of(LetterPdf.Write(Of(it, at, templates)), LetterPdf.MediaType,
            $"{Attachment.Name(at.Agreement.Terms.DiaryNumber, at.Language.Say("print.requisition-file"), it.Number)}.pdf");

    public static Letter Of(Requisition it, Viewpoint at, RequisitionTemplates templates)
    {
        var blocks = templates[at.Language].Fill(values.ToDictionary(place => place.Key, place => place.Value(it, at) ?? ""));
        var about = at.Language.Say("print.requisition", ("diary", at.Agreement.Terms.DiaryNumber), ("number", it.Number));
        return new(about, at.Language.Code, Names(it, at, PartyRole.Recipient), it.AttestedAt ?? it.PreparedAt,
            (page, pages) => at.Language.Say("print.foot", ("about", about), ("page", page), ("pages", pages)), blocks);
    }

    static Instalment? Instalment(Requisition it, Viewpoint at) => at.Dossier.Grant.Instalment(it.Instalment);

    static string Charged(Appropriation it, Viewpoint at) => it.Post is { } post
        ? at.Language.Say("print.appropriation-post", ("area", it.Area), ("item", it.Item), ("post", post))
        : at.Language.Say("print.appropriation", ("area", it.Area), ("item", it.Item));

    static string Day(Instant when, Viewpoint at) => at.Language.Date(StockholmTime.DateOf(when));

    // As they were called on the day that it bears.
    static string Names(Requisition it, Viewpoint at, PartyRole role)
    {
        var day = it.DispatchedOn ?? StockholmTime.DateOf(it.AttestedAt ?? it.PreparedAt);
        return string.Join(", ", With(at, role).Select(party => party.NameOn(day)));
    }

    static string Numbers(Viewpoint at, PartyRole role) =>
        string.Join(", ", With(at, role).Where(party => party.OrganisationNumber is not null).Select(party => party.OrganisationNumber));

    static IEnumerable<Party> With(Viewpoint at, PartyRole role) => at.Agreement.Terms.Parties.Where(party => party.Role == role);
}
