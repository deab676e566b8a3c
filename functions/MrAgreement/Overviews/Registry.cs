using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>Which way something went, for the party whose register it is.</summary>
public enum RegistryDirection
{
    Incoming,
    Outgoing,

    /// <summary>Drawn up by the party itself.</summary>
    Own
}

/// <summary>What a party registers of an agreement: worked out of the log, and stored nowhere else. Source: OSL (2009:400) 5 kap. 2 §.
/// </summary>
/// <param name="On">The day it came in, went out or was drawn up.</param>
/// <param name="RegisteredOn">The day on which it was registered: later where somebody was late.</param>
/// <param name="Counterpart">Key of the party that it came from or went to, or the words for somebody else that it came from; null for
/// the party's own to several, and where nobody has said it.</param>
/// <param name="Title">What it is, as people wrote it.</param>
/// <param name="Documents">Numbers of the documents that it is about.</param>
/// <param name="Version">Of what was handed over, or of the requisition; null for a document.</param>
/// <param name="LegalGrounds">By which of them are confidential; none when nothing is.</param>
/// <param name="Markings">The party's own markings of secrecy on them that stand.</param>
/// <param name="Act">Stored name of what happened, of a signature, an amendment, a decision or a note; null for all else.</param>
/// <param name="State">Whether the document, or what was handed over, was taken back or erased since; null while it stands.</param>
/// <param name="Received">By whom it was received, of what the party sent or drew up, or somebody outside sent; null where nobody was to.
/// </param>
public sealed record RegistryRow(AgreementId Agreement, DiaryNumber Diary, string Matter, LocalDate On, LocalDate RegisteredOn,
    RegistryDirection Direction, string? Counterpart, RegistryKind Kind, string Title, int? Version, IReadOnlyList<int> Documents,
    IReadOnlyList<string> LegalGrounds, IReadOnlyList<RegistryMarking> Markings, string? Act = null,
    RegistryState? State = null, RegistryReception? Received = null)
{
    /// <summary>Whether it stands in the register of a day: what was registered late stands on both.</summary>
    public bool IsOf(LocalDate day) => On == day || RegisteredOn == day;
}

/// <summary>By whom something was received, and when.</summary>
/// <param name="By">Keys of the parties.</param>
/// <param name="Obligation">Key of the obligation, of what was handed over; else null.</param>
/// <param name="Sequence">Of the event, of an act; else null.</param>
/// <param name="Incoming">What somebody outside sent; else null.</param>
public sealed record RegistryReception(IReadOnlyList<string> By, Instant At, string? Obligation = null, long? Sequence = null,
    Document? Incoming = null);

/// <summary>What has become of what was registered.</summary>
public enum RegistryState
{
    Withdrawn,
    Erased
}

/// <summary>A marking of secrecy as it is registered. Source: OSL (2009:400) 5 kap. 5 §.</summary>
/// <param name="Document">Number of the document.</param>
/// <param name="Authority">Name of the party that has marked it.</param>
public sealed record RegistryMarking(int Document, string LegalGround, LocalDate On, string Authority);

public enum RegistryKind
{
    Document,
    Submission,
    Requisition,
    Signature,
    Amendment,

    /// <summary>What a party has decided: on a submission, an instalment, a cost, a day.</summary>
    Decision,

    /// <summary>What a party has recorded, confirmed or contested of what was done together, its views, times that it has proposed, and
    /// what it pays back.</summary>
    Note
}

public static class Registry
{
    /// <summary>The rows of a party's register, as one of its people sees them, by day.</summary>
    public static IEnumerable<RegistryRow> Of(Dossier it, string party, Actor by) =>
        Documents(it, party, by).Concat(Submissions(it, party, by)).Concat(Requisitions(it, party, by)).Concat(Acts(it, party, by))
            .OrderBy(row => row.On);

    static IEnumerable<RegistryRow> Documents(Dossier it, string party, Actor by) => it.Documents.InOrder
        .Where(document => document.Party == party && Sight.Sees(it, by, document))
        .Select(document => Row(it, party, document.On, document.RegisteredOn,
            document.IsIncoming ? RegistryDirection.Incoming : RegistryDirection.Own, document.From, RegistryKind.Document,
            document.Title, null, [document]) with
        {
            State = document.IsErased ? RegistryState.Erased : document.Withdrawn is not null ? RegistryState.Withdrawn : null,
            Received = document is { From: not null, IsErased: false } ? new([party], document.RegisteredAt, Incoming: document) : null
        });

    static IEnumerable<RegistryRow> Submissions(Dossier it, string party, Actor actor) =>
        from obligation in it.Agreement.InOrder
        from submission in obligation.Submissions
        where submission.Party != obligation.Recipient && (submission.Party == party || obligation.Recipient == party)
        let isIn = obligation.Recipient == party
        select Row(it, party, submission.On, submission.On, isIn ? RegistryDirection.Incoming : RegistryDirection.Outgoing,
            isIn ? submission.Party : obligation.Recipient, RegistryKind.Submission, obligation.Title, submission.Number,
            [.. submission.Documents.Select(version => it.Documents[version.Document]).OfType<Document>()
                .Where(document => Sight.Sees(it, actor, document))]) with
        {
            State = submission.State == SubmissionState.Withdrawn ? RegistryState.Withdrawn : null,
            Received = !isIn && obligation.Recipient is { } receiver ? new([receiver], submission.At, obligation.Key) : null
        };

    // From the recipient to the payer.
    static IEnumerable<RegistryRow> Requisitions(Dossier it, string party, Actor by)
    {
        var (payer, recipient) = (Of(it, PartyRole.Payer), Of(it, PartyRole.Recipient));
        if (payer is null || recipient is null || party != payer && party != recipient)
            return [];
        return it.Grant.Requisitions.Where(requisition => requisition.DispatchedOn is not null && Sight.Sees(it, by, requisition))
            .Select(requisition => Row(it, party, requisition.DispatchedOn!.Value, requisition.DispatchedOn!.Value,
                party == payer ? RegistryDirection.Incoming : RegistryDirection.Outgoing, party == payer ? recipient : payer,
                RegistryKind.Requisition, requisition.Reference, requisition.Number, []) with
                {
                    Received = party == recipient ? new([payer], requisition.DispatchedAt!.Value) : null
                });
    }

    static IEnumerable<RegistryRow> Acts(Dossier it, string party, Actor by) => it.Acts
        .Where(act => (act.Party == party || act.To.Contains(party)) && Sight.Sees(it, by, act.Happened))
        .Select(act => Row(it, party, act.On, act.RegisteredOn,
            act.Party != party ? RegistryDirection.Incoming
                : act.Happened is AllocationReportAttested or RepaymentAttested ? RegistryDirection.Outgoing : RegistryDirection.Own,
            act.Party != party ? act.Party : act.To is [var only] ? only : null, KindOf(act), act.Title, act.Number, []) with
            {
                Act = EventJson.NameOf(act.Happened),
                Received = act.Party == party && act.To.Count > 0 ? new(act.To, act.At, Sequence: act.Sequence) : null
            });

    /// <summary>As what an act is registered.</summary>
    public static RegistryKind KindOf(RegisteredAct act) => act.Happened switch
    {
        AgreementSigned or SignatureConfirmed or SignatureContested => RegistryKind.Signature,
        AmendmentProposed or AmendmentConfirmed or AmendmentContested or AmendmentWithdrawn => RegistryKind.Amendment,
        AllocationReportAttested => RegistryKind.Submission,
        ObligationCompleted or CompletionConfirmed or CompletionContested or ViewGiven or PaymentContested
            or TimeProposed or TimeAgreed or TimeCalledOff or RepaymentAttested => RegistryKind.Note,
        _ => RegistryKind.Decision
    };

    static string? Of(Dossier it, PartyRole role) => it.Agreement.Terms.Parties.FirstOrDefault(party => party.Role == role)?.Key;

    static RegistryRow Row(Dossier it, string party, LocalDate on, LocalDate registeredOn, RegistryDirection direction,
        string? counterpart, RegistryKind kind, string title, int? version, IReadOnlyList<Document> documents) => new(it.Id,
            it.Agreement.NumberOf(party), it.Agreement.Terms.Title, on, registeredOn, direction, counterpart, kind, title, version,
            [.. documents.Select(document => document.Number)],
            [.. documents.Where(document => document.Confidential).Select(document => document.LegalGround ?? "").Distinct()],
            [.. documents.Select(document => (document.Number, Marking: document.MarkingOf(party)?.Marked))
                .Where(it => it.Marking is not null)
                .Select(marked => new RegistryMarking(marked.Number, marked.Marking!.LegalGround, marked.Marking.On,
                    it.Agreement.NameOf(party, marked.Marking.On)))]);
}
