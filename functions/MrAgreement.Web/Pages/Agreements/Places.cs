using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Grants;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The seven places of an agreement: which page belongs to which, what each holds, and which of them a person may go to.</summary>
static class Places
{
    public const string Obligations = "/obligations", Consultations = "/consultations", Work = "/work", Bodies = "/bodies",
        Recommendations = "/recommendations", Findings = "/findings", Plan = "/plan", Indicators = "/indicators", HeatMap = "/heat-map",
        Efforts = "/efforts", Ladder = "/ladder", Coverage = "/coverage", Publications = "/publications", Reports = "/reports",
        Money = "/grant", Requisitions = "/grant/requisitions", Payments = "/grant/payments", Adjustments = "/grant/adjustments", Documents = "/documents",
        Contract = "/contract", People = "/people", Log = "/log";

    /// <summary>Pages that show an agreement by themselves; the others have rooms of their own.</summary>
    public static readonly IReadOnlyList<string> Alone =
        [Obligations, Consultations, People, Contract, Documents, Money, Requisitions, Payments, Adjustments];

    /// <summary>The page that a part of an agreement stands on, below the agreement's address: of <c>requisition-3</c>
    /// <c>/grant/requisitions</c>. Nothing for the overview.</summary>
    public static string PageOf(string part) => part.TrimEnd("0123456789".ToCharArray()).TrimEnd('-') switch
    {
        "timeline" or "obligations" => Obligations,
        "grant" or "instalments" or "spend" => Money,
        "requisitions" or "requisition" => Requisitions,
        "payments" or "payment" or "repayments" or "repayment" => Payments,
        "adjustments" or "adjustment" => Adjustments,
        "documents" => Documents,
        "signature" or "amendments" or "acts" or "lifecycle" => Contract,
        "parties" => People,
        _ => ""
    };

    /// <summary>The way to a part of an agreement, below the agreement's address.</summary>
    /// <param name="then">The day looked back to, as the address has it.</param>
    public static string To(string part, string then = "") => $"{PageOf(part)}{then}#{part}";

    /// <summary>The page that an address below the agreement's is of: what is sent from a page may be called after what it is about.
    /// </summary>
    public static string Standing(string address) => address.Split('/') switch
    {
        ["", "amendments" or "signature" or "termination" or "closure", ..] => $"{Contract}{address}",
        ["", "diary-number", ..] => $"{Documents}{address}",
        ["", "grant", "repayments", ..] => $"{Payments}{address}",
        _ => address
    };

    /// <summary>The places that this person may go to, in their order.</summary>
    public static IReadOnlyList<Place> Of(Dossier it, Actor by, bool isPast)
    {
        bool May(Right right) => Rights.May(by, right, it.Agreement.Terms.Parties);
        return
        [
            new("places.overview", ""),
            new("obligations.heading", Obligations),
            WorkOf(it, by),
            .. it.Grant.Terms is null ? Array.Empty<Place>() : [MoneyOf(it, by)],
            Group("places.documents", [("documents.heading", Documents, true), ("places.contract", Contract, true),
                ("disclosures.heading", "/disclosures", !isPast && DisclosurePages.MayKnow(it, by)),
                ("archive.heading", "/archive", !isPast && May(Right.FetchArchivePackage))]),
            new("places.people", People),
            .. May(Right.ReadLog)
                ? [Group("log.heading", [("log.heading", Log, true),
                    ("erasures.heading", "/erasures", May(Right.Erase) || it.Erasures.InOrder.Count > 0)])]
                : Array.Empty<Place>()
        ];
    }

    /// <summary>Where the person finds what a fault is about, below the agreement's address; a bank file only whoever may see it.
    /// Null where there is no such place.</summary>
    public static string? Of(Dossier it, Actor by, Fault fault) => fault.Pointer.Split('/') switch
    {
        [_, "obligations", var key] => $"{Obligations}/{key}",
        [_, "grant", "requisitions", var number] => To($"requisition-{number}"),
        [_, "grant", "repayments", var number] => To($"repayment-{number}"),
        [_, "grant", "payments", var number] => To($"payment-{number}"),
        [_, "grant", "instalments", _] => To("instalments"),
        [_, "grant", "bank-imports", var import] => GrantPages.SeesLedger(it, by) ? $"{Money}/bank/{import}" : null,
        [_, "grant", "allocation-reports", var number] => $"{Money}/allocation-reports/{number}",
        [_, "grant", "balances", _] => $"{Money}/settlement",
        _ => null
    };

    // Whoever reads the work finds its parts from their hub; whoever does not has no hub, and finds those that they may see beside.
    static Place WorkOf(Dossier it, Actor by)
    {
        var (reads, readsDocuments) = (Rights.May(by, Right.ReadWork, it.Agreement.Terms.Parties),
            Rights.May(by, Right.ReadDocuments, it.Agreement.Terms.Parties));
        return Group("places.consultations",
        [
            ("places.consultations-own", Consultations, true), ("hub.heading", Work, reads), ("plan.heading", Plan, reads),
            ("indicators.heading", Indicators, reads), ("efforts.heading", Efforts, reads),
            ("bodies.heading", Bodies, readsDocuments && !reads),
            ("publications.heading", Publications, !reads && it.Grounds.Publications.Exists(of => Sight.Sees(it, by, of)))
        ]) with
        {
            Beyond = !reads ? []
                : [Recommendations, Findings, HeatMap, Coverage, Ladder, Publications, Reports, .. readsDocuments ? [Bodies] : (string[])[]]
        };
    }

    static Place MoneyOf(Dossier it, Actor by)
    {
        var (sees, seesLedger, isShared) =
            (GrantPages.SeesMoney(it, by), GrantPages.SeesLedger(it, by), GrantPages.SeesMoney(it, by) && GrantPages.IsShared(it));
        var (isPaid, seesWhole) = (sees && !it.Grant.IsRightToCharge, sees && Sight.SeesEveryShare(it, by));
        return Group("places.money",
        [
            ("places.grant", Money, true),
            ("requisitions.heading", Requisitions, isPaid), ("payments.heading", Payments, isPaid),
            ("ledger.heading", $"{Money}/ledger", seesLedger), ("bank.heading", $"{Money}/bank", seesLedger),
            ("allocations.heading", $"{Money}/allocations", isShared), ("reports.heading", $"{Money}/allocation-reports", isShared),
            ("compilation.place", $"{Money}/compilation", isShared),
            ("categories.heading", $"{Money}/categories", sees), ("budget.heading", $"{Money}/budget", sees),
            ("adjustments.heading", Adjustments, seesWhole), ("statements.heading", $"{Money}/statements", seesWhole),
            ("reconciliation.heading", $"{Money}/reconciliation", seesWhole), ("settlement.heading", $"{Money}/settlement", seesWhole)
        ]);
    }

    static Place Group(string name, IReadOnlyList<(string Name, string Page, bool IsSeen)> pages) =>
        new(name, pages[0].Page) { Pages = [.. pages.Where(page => page.IsSeen).Select(page => (page.Name, page.Page))] };
}

/// <summary>A place of an agreement.</summary>
/// <param name="Name">Key of the text.</param>
/// <param name="Page">Its first page, below the agreement's address.</param>
sealed record Place(string Name, string Page)
{
    /// <summary>Its pages, where it has several.</summary>
    public IReadOnlyList<(string Name, string Page)> Pages { get; init; } = [];

    /// <summary>Pages that it holds and that its hub leads to.</summary>
    public IReadOnlyList<string> Beyond { get; init; } = [];

    /// <summary>How much of the address says that the page is here; nothing when it is not. The most wins.</summary>
    /// <param name="page">The page's address below the agreement's.</param>
    public int Holds(string page) => Pages.Select(it => it.Page).Concat(Beyond).Append(Page).Max(it => Holds(it, page));

    /// <summary>The page of this place that an address belongs to; null for none.</summary>
    public string? PageOf(string page) => Beyond.Any(it => Holds(it, page) > 0) ? Places.Work
        : Pages.Select(it => it.Page).Where(it => Holds(it, page) > 0).MaxBy(it => it.Length);

    static int Holds(string place, string page) =>
        page == place || place.Length > 0 && page.StartsWith($"{place}/", StringComparison.Ordinal)
        ? place.Length + 1 : 0;
}
