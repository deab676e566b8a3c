using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Work;

namespace MrAgreement.Access;

/// <summary>
/// Who sees this: the one place where it is asked, by pages, the API, lists, the log, print and packages alike. A party's drafts are
/// its own until they leave it, its costs until they are submitted to whom they concern, and what it says among its own for ever.
/// </summary>
public static partial class Sight
{
    public static bool Sees(Dossier it, Actor actor, Requisition requisition) => IsOwn(it, actor) || requisition.DispatchedOn is not null;

    public static bool Sees(Dossier it, Actor actor, Adjustment adjustment) =>
        IsOwn(it, actor) || adjustment.AttestedBy is not null && SeesEveryShare(it, actor)
            && (SeesBooks(it, actor) || SubmittedCosts.IsTold(it.Grant, adjustment));

    public static bool Sees(Dossier it, Actor actor, Repayment repayment) =>
        IsOwn(it, actor) || repayment.AttestedBy is not null && SeesEveryShare(it, actor);

    public static bool Sees(Dossier it, Actor actor, Statement statement) =>
        IsOwn(it, actor) || statement.Submitted is not null && SeesEveryShare(it, actor);

    /// <summary>Whether the person may see a record that a check rests on.</summary>
    public static bool Sees(Dossier it, Actor actor, Source source) => source.Kind switch
    {
        "requisition" => Numbered(it.Grant.Requisitions, source) is not { } requisition || Sees(it, actor, requisition),
        "adjustment" => Numbered(it.Grant.Adjustments, source) is not { } adjustment || Sees(it, actor, adjustment),
        "repayment" => Numbered(it.Grant.Repayments, source) is not { } repayment || Sees(it, actor, repayment),
        "statement" => Numbered(it.Grant.Statements, source) is not { } statement || Sees(it, actor, statement),
        "allocation-report" => Numbered(it.Grant.AllocationReports, source) is not { } report || Sees(it, actor, report),
        "ledger-import" or "bank-import" => SeesLedger(it, actor),
        _ => true
    };

    /// <summary>A party that shares sees its own reports; the parties that the whole concerns see those that have been attested.</summary>
    public static bool Sees(Dossier it, Actor actor, AllocationReport report) =>
        actor.SeesEveryAgreement || report.Party == actor.Party || report.AttestedBy is not null && SeesEveryShare(it, actor);

    /// <summary>Whether the person may see what each party has got and spent, and not their own party alone.</summary>
    public static bool SeesEveryShare(Dossier it, Actor actor) => SeesEveryShare(it.Agreement.Terms.Parties, actor);

    public static bool SeesEveryShare(IReadOnlyList<Party> parties, Actor actor) =>
        actor.SeesEveryAgreement || parties.FirstOrDefault(p => p.Key == actor.Party) is { } party
            && (party.Role != PartyRole.SubRecipient || party.Duties is { Count: > 0 });

    /// <summary>Whether the person sees costs as they are booked: people of the recipient, of a sub-recipient that does something for
    /// all, and of the grantor. The payer sees them once they are submitted, and so does whoever reads what is public.</summary>
    public static bool SeesBooks(Dossier it, Actor actor) => SeesBooks(it.Agreement.Terms.Parties, actor);

    public static bool SeesBooks(IReadOnlyList<Party> parties, Actor actor) =>
        actor.SeesEveryAgreement || Rights.May(actor, Right.ReadDocuments, parties)
            && parties.FirstOrDefault(p => p.Key == actor.Party) is { } party
            && (party.Role is PartyRole.Recipient or PartyRole.Grantor || party.Duties is { Count: > 0 });

    /// <summary>The dossier as it is shown to a person: to one who sees their own share alone, every sum of the money is of
    /// that share; to one who does not see the books, costs are those that were submitted.</summary>
    public static Dossier Seen(Dossier it, Actor actor) => OfMoney(Reported(Planned(it, actor), actor), actor);

    // A report is its party's own until one of its documents is handed over, and then whoever's that document is.
    static Dossier Reported(Dossier it, Actor actor) =>
        it.Exists && it.Grounds.Reports.Exists(report => !SeesReport(it, actor, report.Party, report.Documents))
            ? it with
            {
                Grounds = it.Grounds with
                {
                    Reports = it.Grounds.Reports.FindAll(report => SeesReport(it, actor, report.Party, report.Documents))
                }
            }
            : it;

    static bool SeesReport(Dossier it, Actor actor, string party, IReadOnlyList<DocumentVersion> documents) =>
        IsOwnPlan(actor, party) || documents.Any(handed => SeesVersion(it, actor, handed.Document, handed.Version));

    // A version of the plan is its party's own until it is handed over.
    static Dossier Planned(Dossier it, Actor actor) =>
        it.Exists && it.Grounds.Plans.Exists(version => !IsOwnPlan(actor, version.Party)) && new Plans(it) is var plans
            ? it with
            {
                Grounds = it.Grounds with
                {
                    Plans = it.Grounds.Plans.FindAll(version => IsOwnPlan(actor, version.Party) || plans.HasLeft(version))
                }
            }
            : it;

    static bool IsOwnPlan(Actor actor, string party) => actor.SeesEveryAgreement || actor.Party == party;

    static Dossier OfMoney(Dossier it, Actor actor) => it is not { Exists: true, Grant.Terms: not null } ? it
        : !SeesEveryShare(it, actor) ? it with { Grant = OwnShare.Of(it.Grant, actor.Party) }
        : !SeesBooks(it, actor) ? it with { Grant = SubmittedCosts.Of(it) }
        : it;

    /// <summary>
    /// Whether the person knows of what a party keeps to itself about an obligation:
    /// its people do. Its drafts are also read by those who see every agreement,
    /// as all drafts are; its internal notes and what other ministries have said to it are nobody else's.
    /// </summary>
    public static bool Sees(Dossier it, Actor actor, OwnEvent own) =>
        own is SubmissionDrafted or DraftSignedOff or DraftSentBack or DraftDiscarded ? SeesDraft(it, actor, own.Party)
            : IsOwnHouse(it, actor, own.Party);

    public static bool SeesDraft(Dossier it, Actor actor, string party) =>
        actor.SeesEveryAgreement || actor.Party == party && Rights.May(actor, Right.ReadDocuments, it.Agreement.Terms.Parties);

    /// <summary>Whether the person is one of the party's who handle its matters; its auditors do not.</summary>
    public static bool IsOwnHouse(Dossier it, Actor actor, string party) =>
        !actor.SeesEveryAgreement && actor.Role != Role.Auditor && SeesDraft(it, actor, party);

    /// <summary>Whether a row of the log is left out for the person: what another party keeps
    /// to itself leaves no trace, where another draft shows as a row without content.</summary>
    public static bool Hides(Dossier it, Actor actor, StoredEvent row) =>
        IsOwn(row.Type) && Hides(it, actor, row.Data is { } data ? EventJson.Read(row.Type, data) : null);

    /// <param name="happened">Of a stored name that may be a party's own; null when it is gone.</param>
    internal static bool Hides(Dossier it, Actor actor, Event? happened) => happened switch
    {
        null => true,
        OwnEvent own => !Sees(it, actor, own),
        ErasureEvent { Own: true } => !Sees(it, actor, happened),
        _ => false
    };

    /// <summary>A ledger's or bank's file that was withdrawn; null when there is none that the person may know of.</summary>
    public static WithdrawnFile? Withdrawn(Dossier it, Actor actor, Guid import) =>
        SeesLedger(it, actor) ? it.Grant.WithdrawnFiles.Find(file => file.Import == import) : null;

    /// <summary>Whether the person may look into the ledger, down to the vouchers.</summary>
    public static bool SeesLedger(Dossier it, Actor actor) =>
        IsOwn(it, actor) && Rights.May(actor, Right.ReadDocuments, it.Agreement.Terms.Parties);

    /// <summary>Whether the person may read what an event of the log says, as things stand.</summary>
    public static bool Sees(Dossier it, Actor actor, Event happened) => happened switch
    {
        OwnEvent e => Sees(it, actor, e),
        ErasureEvent { Own: true } e => IsOwnHouse(it, actor, e.Party),
        GrantEvent e when !SeesEveryShare(it, actor) => IsOfOwnShare(it, actor, e),
        PlanVersionMade e => SeesWork(it, actor) && (IsOwnPlan(actor, e.Party) || it.Grounds.Plan(e.Number) is not { } plan
            || new Plans(it).HasLeft(plan)),
        ReportFrozen e => SeesWork(it, actor) && SeesReport(it, actor, e.Party, e.Documents),
        WorkEvent => SeesWork(it, actor),
        DocumentRegistered e => SeesVersion(it, actor, e.Document, 1),
        DocumentVersionAdded e => SeesVersion(it, actor, e.Document, e.Version),
        DocumentWithdrawn e => SeesVersion(it, actor, e.Document, 1),
        SecrecyMarked e => it.Documents[e.Document] is { } marked && Sees(it, actor, marked),
        SecrecyMarkingRemoved e => it.Documents[e.Document] is { } marked && Sees(it, actor, marked),
        DisclosureRecorded e => SeesDraft(it, actor, e.Party),
        DisclosureWithdrawn e => SeesDraft(it, actor, e.Party),
        RequisitionEvent e => it.Grant.Requisitions.Find(e.Number) is not { } requisition || Sees(it, actor, requisition),
        AdjustmentPrepared e => it.Grant.Adjustments.Find(e.Number) is not { } adjustment || Sees(it, actor, adjustment),
        RepaymentPrepared e => it.Grant.Repayments.Find(e.Number) is not { } repayment || Sees(it, actor, repayment),
        RepaymentWithdrawn e => it.Grant.Repayments.Find(e.Number) is not { } repayment || Sees(it, actor, repayment),
        PreparedUndone e => Sees(it, actor, Source.Of(Json.NameOf(e.What), e.Number)),
        StatementPrepared e => SeesStatement(it, actor, e.Number),
        StatementAttested e => SeesStatement(it, actor, e.Number),
        LedgerImported or LedgerImportWithdrawn or BankFileImported or BankFileWithdrawn or TransactionUnmatched or TransactionMatched
            or TransactionDismissed or TransactionReopened or TransactionRecognised
            or TransactionDistinguished => SeesLedger(it, actor),
        AllocationReportPrepared e => it.Grant.AllocationReports.Find(e.Number) is not { } report
            || Sees(it, actor, report),
        ExceptionWaived e => !Check.IsInternalRule(e.Rule) || SeesLedger(it, actor),
        _ => true
    };

    /// <summary>Whether the person may read what the work rests on: recommendations and findings.</summary>
    public static bool SeesWork(Dossier it, Actor actor) =>
        Sees(it.Agreement, actor) && Rights.May(actor, Right.ReadWork, it.Agreement.Terms.Parties);

    /// <summary>Whether the person may know of material: what is open to everybody everybody does who may know of the agreement, and of
    /// the rest those who read the work.</summary>
    public static bool Sees(Dossier it, Actor actor, Publication publication) =>
        SeesWork(it, actor) || Sees(it.Agreement, actor) && Publications.IsOpen(it, publication);

    // What it does not name tells of the others' money too.
    static bool IsOfOwnShare(Dossier it, Actor actor, GrantEvent happened) => happened switch
    {
        GrantOpened or InstalmentReleased or ReleaseCorrected or ReleaseWithdrawn or InstalmentLapsed or LapseWithdrawn
            or AgreedAmountRaised or InstalmentAmended or PaymentRecorded { Direction: PaymentDirection.In } => true,
        RequisitionEvent e => it.Grant.Requisitions.Find(e.Number) is { } requisition && Sees(it, actor, requisition),
        AllocationReportPrepared e => e.Party == actor.Party,
        PreparedUndone { What: PreparedKind.AllocationReport } e => IsOwnReport(it, actor, e.Number),
        AllocationReportAttested e => IsOwnReport(it, actor, e.Number),
        AllocationReportAccepted e => IsOwnReport(it, actor, e.Number),
        AllocationReportReturned e => IsOwnReport(it, actor, e.Number),
        _ => false
    };

    static bool IsOwnReport(Dossier it, Actor actor, int number) =>
        it.Grant.AllocationReports.Find(number)?.Party == actor.Party;

    static T? Numbered<T>(IReadOnlyList<T> all, Source source) where T : class =>
        int.TryParse(source.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? all.Find(number)
            : null;

    static bool SeesStatement(Dossier it, Actor actor, int number) =>
        it.Grant.Statements.Find(number) is not { } statement || Sees(it, actor, statement);

    // What concerns money is prepared by the recipient, or by the party that handles it for all.
    static bool IsOwn(Dossier it, Actor actor) =>
        actor.SeesEveryAgreement || it.Agreement.Party(actor.Party) is { } party
            && (party.Role == PartyRole.Recipient || party.Has(Duty.MoneyHandler));

    static bool SeesVersion(Dossier it, Actor actor, Guid document, int version) =>
        it.Documents[document] is { } found && Versions(it, actor, found).Any(v => v.Number == version);

    static readonly HashSet<string> own =
        [.. EventJson.Types.Where(known => known.Value.IsSubclassOf(typeof(OwnEvent)) || known.Value.IsSubclassOf(typeof(ErasureEvent)))
            .Select(known => known.Key)];

    /// <summary>Whether a stored name is of an event that may be a party's own.</summary>
    public static bool IsOwn(string name) => own.Contains(name);
}
