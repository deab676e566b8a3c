using System.Text;
using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Log;
using MrAgreement.Web.People;
using MrAgreement.Web.Simulation;
using MrAgreement.Work;

namespace MrAgreement.Local.Demo;

/// <summary>The life of the 2014 agreement up to spring 2016, told as commands through
/// the rules while the clock moves. What people did and wrote is made up.</summary>
sealed partial class Story2014
{
    static readonly AgreementId agreement = new(AgreementId.FromKey(PersonId.System, "A2014/2289/DISK"));

    readonly Stores stores;
    readonly Dossiers dossiers;
    readonly Clockwork clockwork;
    readonly KeptOverviews overviews;
    readonly SimulatedClock clock;
    readonly DemoPeople people = new();

    Story2014(Stores stores, SimulatedClock clock)
    {
        (this.stores, this.clock) = (stores, clock);
        dossiers = new(stores.Events, Guid.CreateVersion7, freshSalt: FreshSalt.Draw);
        clockwork = new(stores.Events, dossiers);
        overviews = new(stores.ReadModels, dossiers,
            (id, e) => throw new InvalidOperationException($"The log of {id} can't be projected.", e));
    }

    /// <summary>Tells the story into a folder that does not exist yet; told half, it is told again from the beginning.</summary>
    public static async Task TellOnce(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Directory.Exists(folder))
            return;
        var unfinished = folder + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        using (var stores = Stores.In(unfinished))
        using (var clock = await stores.Clock(StockholmTime.Noon(new(2014, 6, 13))))
            await new Story2014(stores, clock).Tell();
        Directory.Move(unfinished, folder);
    }

    async Task Tell()
    {
        await Do(Role.Officer, new CreateAgreement(Terms()));
        await Do(Role.Officer, new SignAgreement(new(2014, 6, 13), [new("Erik Ullenhag", "RK"), new("Anders Knape", "SKR")]));
        await Do(Role.ProjectLead, new ConfirmSignature());
        await Requisition(1, "2014", new(2014, 8, 20), new(2014, 9, 10));

        await Until(2015, 1, 30);
        var mapping = await Upload(Role.ProjectLead, "Kartläggning av kommuners och landstings arbete med mänskliga rättigheter", "report",
            "kartlaggning-2015.txt");
        await Do(Role.ProjectLead, new Submit("mapping-report", "Härmed lämnas rapporten från kartläggningen.", [mapping],
            Contents:
            [
                new("needs", "avsnitt 6"), new("education", "avsnitt 3"), new("exchange", "avsnitt 4"), new("information", "avsnitt 5"),
                new("development-needs", "avsnitt 6.2"), new("agencies-and-organisations", "bilaga 1")
            ]));
        await Until(2015, 2, 11);
        await Do(Role.Officer, new AcceptSubmission("mapping-report", 1, "Tack. Rapporten ger en god grund för handlingsplanen."));
        await Until(2015, 2, 20);
        await Do(Role.Finance, new MapCategories(
        [
            new("personal", [AccountRange.Parse("7000-7699")], "Personal"),
            new("konsulter", [AccountRange.Parse("6500-6599")], "Konsulter"),
            new("resor", [AccountRange.Parse("5800-5899")], "Resor"),
            new("konferenser", [AccountRange.Parse("5900-5999")], "Kurser och konferenser")
        ]));
        await Budget(
            ("personal", 2014, 600_000), ("konsulter", 2014, 200_000), ("resor", 2014, 25_000),
            ("personal", 2015, 2_300_000), ("konsulter", 2015, 500_000), ("resor", 2015, 75_000), ("konferenser", 2015, 475_000),
            ("personal", 2016, 2_400_000), ("konsulter", 2016, 450_000), ("resor", 2016, 120_000), ("konferenser", 2016, 600_000),
            ("personal", 2017, 3_000_000), ("konsulter", 2017, 400_000), ("resor", 2017, 105_000), ("konferenser", 2017, 750_000));
        await ImportLedger("huvudbok-2014.se");
        await Accrued(2014, "25000", "Konsultens arbete i december 2014, bokfört i januari 2015", 1);
        await Until(2015, 2, 26);
        await Do(Role.Officer, new ReleaseInstalment("2015", new(2015, 2, 26), "A2015/477/DISK", new(2015, 9, 1), "rskr. 2014/15:66"));
        await Until(2015, 3, 5);
        await Do(Role.Officer, new CompleteObligation("mapping-discussion", new(2015, 3, 5),
            "Kartläggningen och vad den betyder för handlingsplanen diskuterades.", null));
        await Do(Role.ProjectLead, new ConfirmCompletion("mapping-discussion"));
        await Do(Role.ProjectLead, new CompleteObligation("coordination-group", new(2015, 3, 5),
            "Samordningsgruppen är tillsatt: två från vardera parten.", null));
        await Do(Role.Officer, new ConfirmCompletion("coordination-group"));

        await Until(2015, 4, 15);
        var plan = await Upload(Role.ProjectLead, "Handlingsplan juni 2015 – juni 2017", "plan", "handlingsplan.txt");
        await Recommended();
        await Found(mapping);
        await Do(Role.ProjectLead, new MakePlanVersion(PlanReason.First, null, "Den första planen, med det som planens text nämner.",
            Plan2015.First));
        await Do(Role.ProjectLead, new Submit("action-plan", "Härmed lämnas handlingsplanen.", [plan], Plan: 1));
        await Until(2015, 4, 24);
        await Do(Role.Officer, new ReturnSubmission("action-plan", 1, "Beskriv hur verktygslådan joined-up ska användas och följas upp.",
            new(2015, 5, 8)));
        await Do(Role.ProjectLead, new ScheduleObligation("annual-consultation-2015", new(2015, 5, 21)));
        await Until(2015, 5, 6);
        var revised = await Upload(Role.ProjectLead, "Handlingsplan juni 2015 – juni 2017, kompletterad", "plan",
            "handlingsplan-kompletterad.txt");
        await Do(Role.ProjectLead, new MakePlanVersion(PlanReason.Other, null, "Verktygslådan är en åtgärd för sig.", Plan2015.Completed));
        await Do(Role.ProjectLead, new Submit("action-plan", "Handlingsplanen, kompletterad med ett avsnitt om verktygslådan.", [revised],
            Plan: 2));
        await Until(2015, 5, 12);
        await Do(Role.Officer, new AcceptSubmission("action-plan", 2, null));
        await Until(2015, 5, 21);
        await Do(Role.Officer, new CompleteObligation("annual-consultation-2015", new(2015, 5, 21),
            "Kartläggningen, handlingsplanen och nästa års insatser behandlades.", null, new(
            [
                new("mapping", "Parterna är eniga om att kartläggningen läggs till grund för arbetet."),
                new("action-plan", "Regeringskansliets synpunkt om verktygslådan beaktas i planen."),
                new("next-year", "Utbildningarna börjar hösten 2015, som SKR föreslog.")
            ],
            [new("SKR", "Avdelningen för utbildning och arbetsmarknad"), new("RK", "Arbetsmarknadsdepartementet"),
                new("RK", "Utrikesdepartementet")],
            [new(ConsultationDecisionKind.Other, "Landstingens deltagande följs upp särskilt inför nästa samråd.")])));
        await Do(Role.ProjectLead, new ConfirmCompletion("annual-consultation-2015"));
        await Do(Role.Officer, new InformOfRecommendations([1, 2, 3, 4], new(2015, 5, 21),
            "Vid samrådet: vad granskningsorganen säger som rör kommuner och landsting, och hur analysen av det går vidare.", []));
        await Do(Role.ProjectLead, new ReceiveInformation(1));
        await Until(2015, 6, 10);
        await Do(Role.ProjectLead, new WriteProjectPlan("utbildning",
            "Utbildningar för ledningen från hösten 2015, och en grundutbildning på webben tillsammans med Uppsala universitet.", []));
        await Do(Role.ProjectLead, new WriteProjectPlan("utveckling",
            "Ett utvecklingsarbete med intresserade medlemmar om styrning, uppföljning och indikatorer.", []));
        await Do(Role.Officer, new CheckProjectPlan("utbildning", CheckOutcome.Agreed, null));
        await Do(Role.Officer, new CheckProjectPlan("utveckling", CheckOutcome.Comments, "Beskriv hur uppföljningen knyter an till kartläggningen."));
        await Requisition(2, "2015", new(2015, 8, 18), new(2015, 9, 8), "kontoutdrag-2015-09.xml");

        await Until(2016, 2, 19);
        await ImportLedger("huvudbok-2015.se");
        await Accrued(2015, "-25000", "Konsultens arbete i december 2014, som hör till 2014", 2);
        await Until(2016, 2, 25);
        await Do(Role.Officer, new ReleaseInstalment("2016", new(2016, 2, 25), "Ku2016/00504/DISK", new(2016, 9, 1), "rskr. 2015/16:88"));
        await Until(2016, 4, 4);
        await Do(Role.Officer, new ScheduleObligation("annual-consultation-2016", new(2016, 5, 20)));
        await Until(2016, 4, 18);
        await Do(Role.Finance, new PrepareRequisition("2016", Kronor.Of(4_000_000), Bankgiro.Parse("5050-1055"), null, "A2014/2289/DISK"));
        await Until(2016, 4, 22);
        var report = await Upload(Role.ProjectLead, "Rapport inför samrådet 2016", "report", "rapport-infor-samradet-2016.txt");
        await Do(Role.ProjectLead, new Submit("follow-up-report-2016", "Härmed lämnas rapporten om det gångna årets arbete.", [report],
            CoverLetter: "Till Arbetsmarknadsdepartementet\n\nSKR lämnar härmed rapporten inför samrådet den 20 maj 2016."));
        await Until(2016, 4, 26);
        await Do(Role.ProjectLead, new ReportMeasure("ledningsutbildning", new(2016, 4, 22), MeasureStatus.Ongoing,
            "Utbildningar för förtroendevalda och chefer har hållits sedan hösten.", [], []));
        await Do(Role.ProjectLead, new ReportMeasure("referensgrupp", new(2016, 4, 22), MeasureStatus.Ongoing,
            "Gruppen har träffats vid universitetet.", [], []));
        await Do(Role.Officer, new RecordMinistryComment("follow-up-report-2016", 1, "Socialdepartementet",
            "Landstingens deltagande i utbildningarna framgår inte.", new(2016, 4, 26)));
        await Do(Role.Officer, new WriteInternalNote("follow-up-report-2016", 1, "Enhetschefen vill ha landstingens del före samrådet."));
        await Do(Role.ProjectLead, new GiveView("annual-consultation-2016", "next-year",
            "SKR vill rikta utbildningarna också till regionernas ledningar."));
        await Drafted(Plan2015.Revised);
        await Until(2016, 4, 29);
        await Do(Role.Officer, new ReturnSubmission("follow-up-report-2016", 1,
            "Redovisa också hur landstingen har deltagit i utbildningarna.", new(2016, 5, 9)));
        foreach (var told in Followed2016.All)
            await Do(Role.ProjectLead, told);
        await Until(2016, 5, 10);
        await Published(mapping);
        await Reporting();
    }

    // The report that came back is being completed.
    async Task Reporting()
    {
        var (by, now) = (people.All.First(p => p.Role == Role.ProjectLead).Actor, clock.GetCurrentInstant());
        await new KeptReportDrafts(stores.Kept, SystemClock.Instance).Begin(agreement,
            Report2016.Begun((await dossiers.Read(agreement))!, by, now, StockholmTime.DateOf(now)));
    }

    // What the action plan tells that international review bodies say; the words are ours.
    async Task Recommended()
    {
        foreach (var (theme, en, sv) in new[]
        {
            ("styrning", "Make the steering and management of human rights work clearer at the local and regional level.",
                "Gör styrningen och ledningen av arbetet med mänskliga rättigheter tydligare på lokal och regional nivå."),
            ("uppföljning", "Develop follow-up and measurement of human rights.",
                "Utveckla uppföljningen och mätningen av mänskliga rättigheter."),
            ("kunskap", "Strengthen knowledge of human rights.", "Stärk kunskapen om mänskliga rättigheter."),
            ("samordning", "Improve the coordination of human rights work.", "Förbättra samordningen av arbetet med mänskliga rättigheter.")
        })
            await Do(Role.Officer, new RecordRecommendation(new(RecommendationKind.ReviewBody, "Internationella granskningsorgan",
                "Som handlingsplanen återger dem", 2015, "Handlingsplan juni 2015 – juni 2017", $"Kartläggning, {theme}", new(en, sv),
                [Concern.Municipalities, Concern.Regions], [theme])));
    }

    // What the action plan tells that the mapping shows; the words are ours.
    async Task Found(Guid mapping)
    {
        await Do(Role.ProjectLead, new RecordFinding(new("Rättighetsarbetet saknar ofta en tydlig struktur",
            "Vad mänskliga rättigheter är uppfattas olika, och det försvårar ett gemensamt arbete.", FindingKind.Obstacle,
            [new(Document: mapping), new(Recommendation: 1)], ["styrning"])));
        await Do(Role.ProjectLead, new RecordFinding(new("Formerna för uppföljning behöver utvecklas",
            "Arbetet med mänskliga rättigheter följs upp på många olika sätt.", FindingKind.Need,
            [new(Document: mapping), new(Recommendation: 2)], ["uppföljning"])));
        await Do(Role.ProjectLead, new RecordFinding(new("Barns och ungas rättigheter har mest etablerade strukturer",
            "Där finns oftast ett beslut på central nivå som gäller alla verksamheter.", FindingKind.Strength, [new(Document: mapping)],
            ["barns rättigheter"])));
        foreach (var (title, text, kind, theme) in new[]
        {
            ("Mål och visioner når inte alltid verksamheten", "Rättigheter står ofta i mål- och visionsdokument, och syns mindre i verksamheten.",
                FindingKind.Obstacle, "styrning"),
            ("Mänskliga rättigheter är sällan ett samlande ramverk", "Arbetet riskerar att bli splittrat.", FindingKind.Obstacle, "styrning"),
            ("Uppdragen skiljer sig åt", "Många har någon med ansvar för frågorna, men mandat och plats i organisationen varierar.",
                FindingKind.Difference, "organisation"),
            ("Styrning och uppföljning knyts sällan till rättigheterna", "Uttalade kopplingar saknas i allmänhet.", FindingKind.Need, "uppföljning"),
            ("Tillgången till utbildning varierar", "Utbudet för anställda skiljer sig mycket åt.", FindingKind.Difference, "kunskap"),
            ("Stora kommuner och regioner har ofta ett mer uttalat arbete", "Det gäller också där andelen unga eller utlandsfödda är stor.",
                FindingKind.Difference, "förutsättningar"),
            ("Politisk vilja och ansvar högt upp bär arbetet", "Där arbetet är brett finns samordningsansvaret i ledningen.",
                FindingKind.Strength, "ledning")
        })
            await Do(Role.ProjectLead, new RecordFinding(new(title, text, kind, [new(Document: mapping)], [theme])));
    }

    // A requisition from preparation to payment, as both sides record it: the recipient by hand, or by the bank's file.
    async Task Requisition(int number, string instalment, LocalDate prepared, LocalDate paid, string? bankFile = null)
    {
        await Until(prepared);
        await Do(Role.Finance, new PrepareRequisition(instalment, Kronor.Of(4_000_000), Bankgiro.Parse("5050-1055"), null,
            "A2014/2289/DISK"));
        await Until(prepared.PlusDays(1));
        await Do(Role.Approver, new AttestRequisition(number));
        await Do(Role.Finance, new DispatchRequisition(number));
        await Until(prepared.PlusDays(5));
        await Do(Role.Payer, new ReceiveRequisition(number));
        await Until(paid);
        await Do(Role.Payer, new RecordPayment(PaymentDirection.In, paid, Kronor.Of(4_000_000), "A2014/2289/DISK", number));
        await Until(paid.PlusDays(1));
        if (bankFile is null)
            await Do(Role.Finance, new RecordPayment(PaymentDirection.In, paid, Kronor.Of(4_000_000), "A2014/2289/DISK", number));
        else
            await ImportBankFile(bankFile);
    }

    Task Budget(params IEnumerable<(string Category, int Year, int Amount)> lines) =>
        Do(Role.Finance, new SetBudget(
            BudgetKind.Budget, [.. lines.Select(line => new BudgetLine(line.Category, line.Year, Kronor.Of(line.Amount)))]));

    async Task ImportLedger(string fileName)
    {
        using var importer = new LedgerImporter(stores.Documents, stores.LedgerRows, dossiers);
        var order = new LedgerOrder(IdOf(fileName), await Stored(fileName, "text/plain"), new(6, "2289"), null, Texts: true);
        var refused = await importer.Import(agreement, order, (_, _) => { }, command => Do(Role.Finance, command), CancellationToken.None);
        if (refused is not null)
            throw new InvalidOperationException($"The story's ledger {fileName} is refused: {refused.Slug}.");
    }

    async Task ImportBankFile(string fileName)
    {
        var stored = await Stored(fileName, "application/xml");
        var (file, transactions, refused) = await new BankImporter(stores.Documents).Read(IdOf(fileName), stored, CancellationToken.None);
        if (file is null)
            throw new InvalidOperationException($"The story's bank file {fileName} is refused: {refused!.Slug}.");
        await Do(Role.Finance, new ImportBankFile(file, transactions, [], null));
    }

    async Task Accrued(int year, string amount, string reason, int number)
    {
        var whole = new DateSpan(new(year, 1, 1), new(year, 12, 31));
        await Do(Role.Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kronor.Parse(amount), whole, null, reason));
        await Do(Role.Approver, new AttestAdjustment(number));
    }

    async Task<DocumentFile> Stored(string fileName, string mediaType)
    {
        await using var content = typeof(Story2014).Assembly.GetManifestResourceStream($"Demo/{fileName}")!;
        var stored = await stores.Documents.Put(content, 10_000);
        return new(fileName, mediaType, stored.Address, stored.Size);
    }

    static Guid IdOf(string fileName) => AgreementId.FromKey(PersonId.System, fileName);

    async Task<Guid> Upload(Role role, string title, string kind, string fileName)
    {
        var stored = await stores.Documents.Put(
            new MemoryStream(Encoding.UTF8.GetBytes($"{title}\n\nPåhittat innehåll för demonstration.\n")), 10_000);
        var id = IdOf(fileName);
        await Do(role, new RegisterDocument(id, title, kind, new(fileName, "text/plain; charset=utf-8", stored.Address, stored.Size), null,
            false, null));
        return id;
    }

    Task Until(int year, int month, int day) => Until(new(year, month, day));

    // Never backwards: what is told next may have happened the same day.
    async Task Until(LocalDate day)
    {
        if (StockholmTime.Noon(day) is var noon && noon > clock.GetCurrentInstant())
            await clock.MoveTo(noon, clockwork, dossiers, overviews,
                (id, e) => throw new InvalidOperationException($"The clock of {id} does not run.", e), CancellationToken.None);
    }

    // What the recipient would revise, before the consultation that decides on it.
    async Task Drafted(PlanContent content)
    {
        var by = people.All.First(p => p.Role == Role.ProjectLead).Actor;
        var draft = new PlanDraft(by.Party, Plan2015.Completed, by.Id, clock.GetCurrentInstant());
        await new KeptPlanDrafts(stores.Kept, SystemClock.Instance).Change(agreement, by.Party, draft,
            before => (before with { Content = content }, null));
    }

    async Task Do(Role role, Command command)
    {
        var by = people.All.First(p => p.Role == role).Actor;
        var done = await dossiers.Execute(agreement, command, new(by, clock.GetCurrentInstant()));
        if (done.Refused is { } refused)
            throw new InvalidOperationException($"The story breaks a rule at {command}: {refused.Slug}.");
    }

    static Terms Terms()
    {
        using var stream = typeof(Story2014).Assembly.GetManifestResourceStream("Terms/mr-2014.json")!;
        return JsonSerializer.Deserialize<Terms>(stream, Json.Options)!;
    }
}
