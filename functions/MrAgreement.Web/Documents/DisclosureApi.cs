using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Documents;

/// <summary>What a party has given out of its documents, or refused to: told to its own people, and to whoever sees every agreement.
/// </summary>
static class DisclosureApi
{
    public static void MapDisclosures(this RouteGroupBuilder api)
    {
        var disclosures = api.MapGroup("/agreements/{agreementId:guid}/disclosures").WithTags("Documents");
        disclosures.MapGet("", List).Answers<Listing<DisclosureView>>()
            .Describe("List disclosures", "What the caller's own party has given out or refused to give out, in order; of every party to whoever sees every agreement.");
        disclosures.MapPost("", Record).Answers<DisclosureView>(StatusCodes.Status201Created)
            .Describe("Record a disclosure",
            "Documents that the caller's party has were given out, whole, in part, or not at all. Source: tryckfrihetsförordningen 2 kap., OSL (2009:400) 6 kap.");
        disclosures.MapPost("/{number:int}/withdrawal", Withdraw).Answers<DisclosureView>()
            .Describe("Withdraw the record of a disclosure", "What was recorded was wrong. It stays on record, as withdrawn.");
        disclosures.MapGet("/{number:int}", Show).Answers<DisclosureView>()
            .Describe("Show a disclosure", "What the caller's own party has given out or refused to give out.");
    }

    /// <summary>Those that somebody may know of, in order.</summary>
    public static IEnumerable<Disclosure> Seen(Dossier it, Actor by) =>
        it.Documents.Disclosures.Where(disclosure => Sight.Sees(it, by, disclosure.Recorded));

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request) => desk.Show(agreementId, null,
        at => Results.Json(paging.Of(request, Seen(at.Dossier, at.By).Select(it => DisclosureView.Of(it, at)).ToList()),
            ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk) => desk.Show(agreementId, null, at =>
        Seen(at.Dossier, at.By).FirstOrDefault(it => it.Recorded.Number == number) is { } found
            ? Results.Json(DisclosureView.Of(found, at), ViewJson.Options)
            : Problem.Result(new Refused("no-such-disclosure", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Withdraw(AgreementId agreementId, int number, Body<WithdrawalRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new WithdrawDisclosure(number, body.Value.Reason), _ => null,
            at => Reply.Ok(DisclosureView.Of(at.Dossier.Documents.Disclosures[number - 1], at)));

    static Task<IResult> Record(AgreementId agreementId, Body<DisclosureRequest> body, Desk desk) => desk.Do(agreementId, body.Bytes,
        body.Value.Command, _ => null, at =>
        {
            var it = at.Dossier.Documents.Disclosures.Last(it => it.By == desk.Person.Id);
            return Reply.Created(DisclosureView.Of(it, at), $"/agreements/{agreementId}/disclosures/{it.Recorded.Number}");
        });
}

/// <param name="On">The day, today or earlier, and not before the documents came to the party.</param>
/// <param name="To">Who asked, as far as that is known: nobody need say so.</param>
/// <param name="Outcome">whole, part or refused.</param>
/// <param name="Documents">What was asked for.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reference">Number of the decision.</param>
/// <param name="Ground">Why it was refused or given in part; needed then.</param>
public sealed record DisclosureRequest(LocalDate On, string To, DisclosureOutcome Outcome, IReadOnlyList<WantedDocument> Documents,
    string DecidedBy, string? Reference = null, string? Ground = null)
{
    internal RecordDisclosure Command => new(On, To, Outcome, Documents, DecidedBy, Reference, Ground);
}

/// <summary>A disclosure.</summary>
/// <param name="Number">Within the agreement, from 1.</param>
/// <param name="Party">Key of the party that was asked.</param>
/// <param name="On">The day.</param>
/// <param name="To">Who asked.</param>
/// <param name="Outcome">whole, part or refused.</param>
/// <param name="Documents">What was asked for.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reference">Number of the decision.</param>
/// <param name="Ground">Why it was refused or given in part.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Withdrawn">By whom, when and why the record was taken back; null while it stands.</param>
public sealed record DisclosureView(int Number, string Party, LocalDate On, string To, DisclosureOutcome Outcome,
    IReadOnlyList<DisclosedDocumentView> Documents, string DecidedBy, string? Reference, string? Ground, PersonView By, Instant At,
    WithdrawnDocumentView? Withdrawn)
{
    internal static DisclosureView Of(Disclosure it, Viewpoint at) => new(it.Recorded.Number, it.Recorded.Party, it.Recorded.On,
        it.Recorded.To, it.Recorded.Outcome, [.. it.Recorded.Documents.Select(document => DisclosedDocumentView.Of(document, at.Dossier))],
        it.Recorded.DecidedBy, it.Recorded.Reference, it.Recorded.Ground, at.Name(it.By), it.At,
        it is { Withdrawn: { } withdrawn, WithdrawnBy: { } by, WithdrawnAt: { } on } ? new(at.Name(by), on, withdrawn.Reason) : null);
}

/// <param name="Id">UUID of the document.</param>
/// <param name="Number">Its number in the agreement's register.</param>
/// <param name="Version">That was given, or refused.</param>
/// <param name="Masked">The masked copy that was given in its place; null for none.</param>
public sealed record DisclosedDocumentView(Guid Id, int Number, int Version, NumberedDocumentView? Masked)
{
    internal static DisclosedDocumentView Of(DisclosedDocument it, Dossier dossier) =>
        new(it.Document, dossier.Documents[it.Document]!.Number, it.Version, NumberedDocumentView.Of(it.Masked?.Document, dossier));
}
