using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Something that a party has drawn up as an act in the system, and the others have received: a signature, an amendment, a
/// decision, a report of a part of the grant, a record of what they did together. It is registered as a document is.</summary>
/// <param name="Happened">The event, by which it is judged who sees it.</param>
/// <param name="Party">Key of the party that drew it up.</param>
/// <param name="To">Keys of those that received it.</param>
/// <param name="On">The day that it bears.</param>
/// <param name="At">When it was recorded, and came in to the others.</param>
/// <param name="Title">What it is about: the number of a decision, or what it concerns.</param>
/// <param name="Number">Of what was handed over, or of the amendment; null where there is none.</param>
/// <param name="Sequence">Of the event.</param>
public sealed record RegisteredAct(Event Happened, string Party, IReadOnlyList<string> To, LocalDate On, Instant At,
    string Title, int? Number, long Sequence)
{
    /// <summary>The day on which it was recorded.</summary>
    public LocalDate RegisteredOn => StockholmTime.DateOf(At);

    /// <summary>What of an event is registered, after it; null where nothing is, or where it follows from another.</summary>
    internal static RegisteredAct? Of(Dossier after, Event happened, Recorded recorded)
    {
        if (recorded.By == PersonId.System || About(after, happened) is not var (on, title, number, to))
            return null;
        var party = Maker(after, happened);
        return new(happened, party, [.. (to ?? after.Agreement.Terms.Parties.Select(other => other.Key)).Where(other => other != party)],
            on ?? StockholmTime.DateOf(recorded.At), recorded.At, title, number,
            recorded.Sequence);
    }

    static string Maker(Dossier it, Event happened) => happened switch
    {
        AllocationReportAttested e => it.Grant.AllocationReports[e.Number - 1].Party,
        InstalmentReleased or ReleaseCorrected => ErasureDecisions.Of(it, PartyRole.Grantor),
        _ => ErasureDecisions.PartyOf(it, happened)
    };

    // The day that it bears, where that is not the day on which it is recorded, and who receives it, where that is not everybody.
    static (LocalDate? On, string Title, int? Number, IEnumerable<string>? To)? About(Dossier it, Event happened) => happened switch
    {
        AgreementSigned e => (e.SignedOn, it.Agreement.Terms.Title, null, null),
        SignatureConfirmed or SignatureContested or AgreementClosed => (null, it.Agreement.Terms.Title, null, null),
        AmendmentProposed e => (e.DecidedOn, e.Reference, e.Number, null),
        AmendmentConfirmed e => (null, it.Agreement.Amendments[e.Number - 1].Proposed.Reference, e.Number, null),
        AmendmentContested e => (null, it.Agreement.Amendments[e.Number - 1].Proposed.Reference, e.Number, null),
        AmendmentWithdrawn e => (null, it.Agreement.Amendments[e.Number - 1].Proposed.Reference, e.Number, null),
        TerminationAnnounced e => (null, e.Reference, null, null),
        AgreementTerminated e => (null, e.Reference, null, null),
        TerminationCorrected e => (null, e.Reference, null, null),
        TerminationWithdrawn => (null, it.Agreement.Terms.Title, null, null),
        SubmissionAccepted e => Reviewed(it, e.Obligation, e.Number),
        SubmissionReturned e => Reviewed(it, e.Obligation, e.Number),
        ObligationCompleted e => (e.DoneOn, TitleOf(it, e.Obligation), null, Together(it, e.Obligation)),
        CompletionConfirmed e => (null, TitleOf(it, e.Obligation), null, Together(it, e.Obligation)),
        CompletionContested e => (null, TitleOf(it, e.Obligation), null, Together(it, e.Obligation)),
        TimeProposed e => (null, TitleOf(it, e.Obligation), e.Number, Together(it, e.Obligation)),
        TimeAgreed e => (null, TitleOf(it, e.Obligation), e.Number, Together(it, e.Obligation)),
        TimeCalledOff e => (null, TitleOf(it, e.Obligation), e.Number, Together(it, e.Obligation)),
        ViewGiven e => (null, TitleOf(it, e.Obligation), null, Together(it, e.Obligation)),
        RepaymentAttested e => (null, it.Grant.Repayments[e.Number - 1].Reference, e.Number, OfMoney(it)),
        PaymentContested e => (null, it.Grant.Payments[e.Number - 1].Reference, e.Number, OfMoney(it)),
        ExtensionGranted e => (null, TitleOf(it, e.Obligation), null, it.Agreement.Obligations[e.Obligation].Responsible),
        ObligationWaived e when e.Reason != Termination.Reason =>
            (null, TitleOf(it, e.Obligation), null, it.Agreement.Obligations[e.Obligation].Responsible),
        InstalmentReleased e => (e.DecidedOn, e.Reference, null, OfMoney(it)),
        ReleaseCorrected e => (e.DecidedOn, e.Reference, null, OfMoney(it)),
        ReleaseWithdrawn e => (null, e.Instalment, null, OfMoney(it)),
        InstalmentLapsed e => (null, e.Instalment, null, OfMoney(it)),
        LapseWithdrawn e => (null, e.Instalment, null, OfMoney(it)),
        CostsDisallowed e => (e.DecidedOn, e.Reference, e.Number, OfMoney(it)),
        DisallowanceWithdrawn e => (null, it.Grant.Disallowances[e.Number - 1].Decision.Reference, e.Number, OfMoney(it)),
        RequisitionRefused e when it.Grant.Requisitions[e.Number - 1].DispatchedOn is not null =>
            (null, it.Grant.Requisitions[e.Number - 1].Reference, e.Number, OfMoney(it)),
        RequisitionEnded e => (null, it.Grant.Requisitions[e.Number - 1].Reference, e.Number, OfMoney(it)),
        DebtSetOff e => (e.DecidedOn, e.Reference, e.Number, OfMoney(it)),
        AllocationReportAttested e => (null, it.Agreement.Terms.Title, e.Number, [ErasureDecisions.With(it, Duty.Coordinator)]),
        PublicationApproved e => (null, it.Grounds.Publications[e.Number - 1].Material.Title, e.Number, OfSides(it)),
        PublicationWithdrawn e => (null, it.Grounds.Publications[e.Number - 1].Material.Title, e.Number, OfSides(it)),
        AllocationReportAccepted e => Reported(it, e.Number),
        AllocationReportReturned e => Reported(it, e.Number),
        _ => null
    };

    static (LocalDate?, string, int?, IEnumerable<string>?)? Reviewed(Dossier it, string obligation, int number) =>
        (null, TitleOf(it, obligation), number, [it.Agreement.Obligations[obligation].Submissions[number - 1].Party]);

    static (LocalDate?, string, int?, IEnumerable<string>?)? Reported(Dossier it, int number) =>
        (null, it.Agreement.Terms.Title, number, [it.Grant.AllocationReports[number - 1].Party]);

    // Those who do it together, and whom it is owed to.
    static IEnumerable<string> Together(Dossier it, string obligation) => it.Agreement.Obligations[obligation] is var of
        && of.Recipient is { } recipient ? of.Responsible.Append(recipient).Distinct() : of.Responsible;

    static string TitleOf(Dossier it, string obligation) => it.Agreement.Obligations[obligation].Title;

    static IEnumerable<string> OfSides(Dossier it) => it.Agreement.Terms.Parties.Select(party => party.Key)
        .Where(party => DocumentDecisions.IsOneSide(it.Agreement, party));

    static IEnumerable<string> OfMoney(Dossier it) => it.Agreement.Terms.Parties
        .Where(party => party.Role is PartyRole.Recipient or PartyRole.Payer || party.Has(Duty.MoneyHandler)).Select(party => party.Key);
}
