using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>Something of an agreement that can be found, as it stands: what it is called, what it is looked for by, and who sees it.
/// </summary>
/// <param name="Subject">What it is within its agreement; empty for the agreement itself.</param>
/// <param name="Note">What is told beside its title: a number, a party; null for nothing.</param>
/// <param name="Texts">What it is looked for by.</param>
public sealed record Findable(SearchKind Kind, string Subject, string Title, string? Note, IEnumerable<string?> Texts,
    Func<Actor, bool> IsSeenBy)
{
    /// <summary>The event of the log that it is; null where it is none.</summary>
    public RegisteredAct? Act { get; init; }

    /// <summary>Id of the document that it is; null where it is none.</summary>
    public Guid? Document { get; init; }

    /// <summary>Everything that can be found of an agreement: nothing that a party keeps to itself, and nothing that is only being
    /// prepared.</summary>
    public static IEnumerable<Findable> Of(Dossier it) => !it.Exists ? []
        : Enum.GetValues<SearchKind>().SelectMany(kind => Of(it, kind));

    public static IEnumerable<Findable> Of(Dossier it, SearchKind kind) => kind switch
    {
        SearchKind.Agreement => [Agreement(it)],
        SearchKind.Obligation => Obligations(it),
        SearchKind.Document => Documents(it),
        SearchKind.Person => Signatories(it),
        SearchKind.Publication => Material(it),
        SearchKind.Log => [.. OwnNumbers(it), .. Requisitions(it), .. Payments(it), .. Acts(it)],
        _ => throw new System.Diagnostics.UnreachableException($"Nothing of {kind} can be found.")
    };

    /// <summary>What was found, as it stands; null where it is gone, is hidden from this person, or has other words now.</summary>
    public static Findable? Find(Dossier it, Actor by, SearchHit hit, IReadOnlyList<string> words) => !it.Exists ? null
        : Of(it, hit.Kind).FirstOrDefault(found => found.Subject == hit.Subject) is { } there && there.IsSeenBy(by)
            && SearchWords.Find(words, SearchWords.Of(there.Texts)) ? there : null;

    static Findable Agreement(Dossier it)
    {
        var terms = it.Agreement.Terms;
        return new(SearchKind.Agreement, "", terms.Title, null,
            [terms.DiaryNumber.ToString(), terms.Title, .. terms.Parties.SelectMany(party => (string[])
                [party.Key, party.Name, .. party.Names?.Select(name => name.Name) ?? []])], Sees(it));
    }

    static IEnumerable<Findable> Obligations(Dossier it)
    {
        var sees = Sees(it);
        return it.Agreement.InOrder.Select(owed => new Findable(SearchKind.Obligation, owed.Key, owed.Title,
            owed.Clause, [owed.Title, owed.Clause, owed.Text], sees));
    }

    // What was erased has no words left.
    static IEnumerable<Findable> Documents(Dossier it) => it.Documents.InOrder.Where(document => !document.IsErased)
        .Select(document => new Findable(SearchKind.Document, Number(document.Number), document.Title, document.From,
            [document.Title, document.From, Number(document.Number)], by => Sight.Sees(it, by, document)) { Document = document.Id });

    // What was erased, and what was withdrawn from everybody, is found by nobody.
    static IEnumerable<Findable> Material(Dossier it) => it.Grounds.Publications
        .Where(published => Publications.StatusOf(it, published) is not (PublicationStatus.Withdrawn or PublicationStatus.Erased))
        .Select(published => new Findable(SearchKind.Publication, Number(published.Number), published.Material.Title, published.Party,
            [published.Material.Title, published.Material.Address, published.Party], by => Sight.Sees(it, by, published)));

    static IEnumerable<Findable> Signatories(Dossier it)
    {
        var sees = Sees(it);
        return (it.Agreement.Signature?.Signed.Signatories ?? []).Select((signatory, i) =>
            new Findable(SearchKind.Person, Number(i), signatory.Name, signatory.Party, [signatory.Name], sees));
    }

    // A party's own number of the matter is told in the log.
    static IEnumerable<Findable> OwnNumbers(Dossier it) => it.Agreement.DiaryNumbers.OrderBy(own => own.Key, StringComparer.Ordinal)
        .Select(own => new Findable(SearchKind.Log, $"diary-number-{own.Key}", $"{own.Value}", own.Key, [$"{own.Value}"],
            by => Sight.SeesLog(it.Agreement.Terms.Parties, by) || by.Party == own.Key && Sight.Sees(it.Agreement, by)));

    static IEnumerable<Findable> Requisitions(Dossier it) => it.Grant.Requisitions.Where(asked => asked.DispatchedOn is not null)
        .Select(asked => new Findable(SearchKind.Log, $"requisition-{Number(asked.Number)}", asked.Reference, Number(asked.Number),
            [asked.Reference, asked.Bankgiro?.ToString(), asked.Plusgiro?.ToString()],
            by => SeesMoney(it, by) && Sight.Sees(it, by, asked)));

    static IEnumerable<Findable> Payments(Dossier it) => it.Grant.Payments.Where(paid => paid.Reference.Length > 0)
        .Select(paid => new Findable(SearchKind.Log, $"payment-{Number(paid.Number)}", paid.Reference, Number(paid.Number),
            [paid.Reference, paid.Confirmed?.Reference], by => SeesMoney(it, by)));

    static IEnumerable<Findable> Acts(Dossier it) => it.Acts.Select(act => new Findable(SearchKind.Log, Number(act.Sequence), act.Title,
        act.Number is { } number ? Number(number) : null, [act.Title, .. Said(act.Happened)],
        by => Sight.SeesLog(it.Agreement.Terms.Parties, by) && Sight.Sees(it.Agreement, by) && Sight.Sees(it, by, act.Happened))
    {
        Act = act
    });

    // What stands in a decision besides its number: what other reference it names, and why.
    static IEnumerable<string?> Said(Event happened) => happened switch
    {
        SubmissionAccepted e => [e.Comment],
        SubmissionReturned e => [e.Reason],
        ObligationCompleted e => [e.Note],
        CompletionContested e => [e.Reason],
        TimeCalledOff e => [e.Reason],
        ViewGiven e => [e.Text],
        ExtensionGranted e => [e.Reference],
        ObligationWaived e => [e.Reference, e.Reason],
        SignatureContested e => [e.Reason],
        AmendmentContested e => [e.Reason],
        AmendmentWithdrawn e => [e.Reason],
        TerminationWithdrawn e => [e.Reason],
        InstalmentReleased e => [e.RiksdagReference, .. e.Conditions ?? []],
        ReleaseCorrected e => [e.RiksdagReference, e.Reason, .. e.Conditions ?? []],
        ReleaseWithdrawn e => [e.Reason],
        InstalmentLapsed e => [e.Reason],
        LapseWithdrawn e => [e.Reason],
        CostsDisallowed e => [e.Reason],
        DisallowanceWithdrawn e => [e.Reason],
        RequisitionRefused e => [e.Reason],
        RequisitionEnded e => [e.Reason],
        DebtSetOff e => [e.Reason],
        PaymentContested e => [e.Reason],
        AllocationReportAccepted e => [e.Comment],
        AllocationReportReturned e => [e.Reason],
        _ => []
    };

    static bool SeesMoney(Dossier it, Actor by) => Sight.Sees(it.Agreement, by) && Sight.SeesEveryShare(it, by)
        && Rights.May(by, Right.ReadDocuments, it.Agreement.Terms.Parties);

    static Func<Actor, bool> Sees(Dossier it) => by => Sight.Sees(it.Agreement, by);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
