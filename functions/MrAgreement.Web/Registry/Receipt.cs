using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Formats.Letters;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Registry;

/// <summary>What the sender is told of what has come in: who received it, when, and by which number it is registered.</summary>
/// <param name="Party">Key of the party that received it.</param>
/// <param name="Authority">Its name.</param>
/// <param name="DiaryNumber">By which it registers the matter.</param>
/// <param name="ReceivedAt">When it came in; of a document from outside, when it was registered.</param>
/// <param name="ReceivedOn">The day in Stockholm on which it came in.</param>
public sealed record ReceiptView(string Party, string Authority, DiaryNumber DiaryNumber, Instant ReceivedAt, LocalDate ReceivedOn)
{
    /// <summary>Of what was handed over; null where it went to nobody else.</summary>
    public static ReceiptView? Of(Submission it, Obligation obligation, Agreement agreement) =>
        obligation.Recipient is { } receiver && receiver != it.Party ? Of(receiver, it.At, agreement) : null;

    /// <summary>Of a requisition that was dispatched; null until then.</summary>
    public static ReceiptView? Of(Requisition it, Agreement agreement) => it.DispatchedAt is { } at
        && agreement.Terms.Parties.FirstOrDefault(party => party.Role == PartyRole.Payer) is { } payer
            ? Of(payer.Key, at, agreement) : null;

    /// <summary>Of what came in from somebody outside the agreement; null for what did not, and for what was erased.</summary>
    public static ReceiptView? Of(Document it, Agreement agreement) =>
        it is { From: not null, IsErased: false } ? Of(it.Party, it.RegisteredAt, agreement, it.On) : null;

    /// <summary>Of what a party drew up as an act: from each that received it.</summary>
    internal static IReadOnlyList<ReceiptView> Of(Event happened, Dossier it) =>
        it.Acts.Find(act => act.Happened.Equals(happened)) is { } act ? Of(act, it.Agreement) : [];

    /// <summary>Of a row of the sender's register, or of the receiver's where the sender has none.</summary>
    internal static IReadOnlyList<ReceiptView> Of(RegistryRow row, Agreement agreement) =>
        row.Received is { Incoming: { } document } ? [Of(document, agreement)!]
        : row.Received is { } it ? [.. it.By.Select(receiver => Of(receiver, it.At, agreement))] : [];

    internal static IReadOnlyList<ReceiptView> Of(RegisteredAct act, Agreement agreement) =>
        [.. act.To.Select(receiver => Of(receiver, act.At, agreement))];

    static ReceiptView Of(string receiver, Instant at, Agreement agreement, LocalDate? on = null) =>
        new(receiver, agreement.NameOf(receiver, on ?? StockholmTime.DateOf(at)), agreement.NumberOf(receiver), at,
            on ?? StockholmTime.DateOf(at));

    /// <summary>In a sentence.</summary>
    public string Said(Language language) =>
        language.Say("receipt.said", ("authority", Authority), ("date", ReceivedOn), ("diary", $"{DiaryNumber}"));

    /// <summary>To print.</summary>
    /// <param name="sender">Key of the party that sent it, or the words for somebody else.</param>
    /// <param name="what">What was sent.</param>
    /// <param name="documents">Numbers and titles of what came with it.</param>
    internal Attachment File(Viewpoint at, string sender, string what, IReadOnlyList<string> documents, long number)
    {
        var language = at.Language;
        var about = language.Say("receipt.heading");
        var letter = new Letter(about, language.Code, Authority, ReceivedAt,
            (page, pages) => language.Say("print.foot", ("about", about), ("page", page), ("pages", pages)),
            [
                new Heading(1, about), new Paragraph(Said(language)), new Entry(language.Say("registry.diary"), $"{DiaryNumber}"),
                new Entry(language.Say("registry.matter"), at.Agreement.Terms.Title),
                new Entry(language.Say("receipt.sender"), at.Agreement.NameOf(sender, ReceivedOn)),
                new Entry(language.Say("receipt.of"), what), new Entry(language.Say("receipt.received"),
                    ReceivedOn == StockholmTime.DateOf(ReceivedAt) ? language.Moment(ReceivedAt) : language.Date(ReceivedOn)),
                .. documents.Select(document => new Entry(language.Say("receipt.document"), document))
            ]);
        return Attachment.Of(LetterPdf.Write(letter), LetterPdf.MediaType,
            $"{Attachment.Name(at.Agreement.Terms.DiaryNumber, language.Say("receipt.file"), number)}.pdf");
    }
}
