using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Registry;

namespace MrAgreement.Web.Agreements;

/// <summary>The signature as it is recorded, and what the other party says of it.</summary>
/// <param name="SignedOn">The day of signature.</param>
/// <param name="Signatories">Who signed, for which party.</param>
/// <param name="TermsSha256">SHA-256 of the terms that were signed, as <c>…/terms</c> shows them; null in older records,
/// and to those who do not read the log.</param>
/// <param name="State">unconfirmed, confirmed, contested, or void when the terms changed before anybody had confirmed
/// it. Nothing waits for it. Older records, which nobody could confirm, are confirmed.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="RecordedFor">Key of that person's party; null in older records.</param>
/// <param name="Confirmed">When and by whom it was confirmed; null when it was not.</param>
/// <param name="Contested">When, by whom and why it was contested; null when it was not.</param>
/// <param name="Receipts">From each party that received it.</param>
/// <param name="Documents">The agreement as it was signed.</param>
/// <param name="Earlier">What was recorded before it and did not hold, the first first.</param>
public sealed record SignatureView(
    LocalDate SignedOn, IReadOnlyList<Signatory> Signatories, Sha256? TermsSha256, SignatureState State, PersonView RecordedBy,
    string? RecordedFor, SignatureAnswerView? Confirmed, SignatureAnswerView? Contested,
    IReadOnlyList<ReceiptView> Receipts, IReadOnlyList<SubmittedDocumentView> Documents,
    IReadOnlyList<EarlierSignatureView> Earlier)
{
    internal static SignatureView? Of(Viewpoint at)
    {
        if (at.Agreement.Signature is not { Signed: var signed } it)
            return null;
        var answer = SignatureAnswerView.Of(it, at);
        return new(signed.SignedOn, signed.Signatories,
            Rights.May(at.By, Right.ReadLog, at.Agreement.Terms.Parties) ? signed.Terms : null, it.State, at.Name(it.By), signed.Party,
            it.State == SignatureState.Confirmed ? answer : null, it.State == SignatureState.Contested ? answer : null,
            ReceiptView.Of(signed, at.Dossier), SubmittedDocumentView.Of(signed.Documents ?? [], at),
            [.. it.Earlier.Select(before => EarlierSignatureView.Of(before, at))]);
    }
}

/// <summary>A record of the signature that did not hold.</summary>
/// <param name="SignedOn">The day of signature as it was said to be.</param>
/// <param name="State">contested or void.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="RecordedFor">Key of that person's party; null in older records.</param>
/// <param name="Contested">When, by whom and why it was contested; null when it was not.</param>
/// <param name="Documents">The agreement as it was said to be signed.</param>
public sealed record EarlierSignatureView(
    LocalDate SignedOn, SignatureState State, PersonView RecordedBy, string? RecordedFor, SignatureAnswerView? Contested,
    IReadOnlyList<SubmittedDocumentView> Documents)
{
    internal static EarlierSignatureView Of(Signature it, Viewpoint at) => new(it.Signed.SignedOn, it.State, at.Name(it.By),
        it.Signed.Party, SignatureAnswerView.Of(it, at), SubmittedDocumentView.Of(it.Signed.Documents ?? [], at));
}

/// <param name="On">The day on which it was said.</param>
/// <param name="By">Who said it.</param>
/// <param name="Party">For which party.</param>
/// <param name="Reason">Why it is contested.</param>
public sealed record SignatureAnswerView(LocalDate On, PersonView By, string Party, string? Reason = null)
{
    internal static SignatureAnswerView? Of(Signature it, Viewpoint at) => it.Answer is { } given
        ? new(StockholmTime.DateOf(given.At), at.Name(given.By), given.Party, at.SeesSubmissions ? given.Reason : null)
        : null;
}
