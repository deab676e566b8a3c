using System.Text;
using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.People;
using MrAgreement.Web.Simulation;
using NodaTime;

namespace MrAgreement.Local.Demo;

/// <summary>The life of the 2014 agreement up to spring 2016, told as commands through the rules while the clock moves. What people did and wrote is made up.</summary>
sealed class Story2014
{
    static readonly AgreementId agreement = new(AgreementId.FromKey(PersonId.System, "A2014/2289/DISK"));

    readonly Stores stores;
    readonly Dossiers dossiers;
    readonly Clockwork clockwork;
    readonly Overviews overviews;
    readonly SimulatedClock clock;
    readonly DemoPeople people = new();

    Story2014(Stores stores, SimulatedClock clock)
    {
        (this.stores, this.clock) = (stores, clock);
        dossiers = new(stores.Events, Guid.CreateVersion7);
        clockwork = new(stores.Events, dossiers);
        overviews = new(stores.ReadModels, dossiers, (id, e) => throw new InvalidOperationException($"The log of {id} can't be projected.", e));
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
        await Requisition(1, "2014", new(2014, 8, 20), new(2014, 9, 10));

        await Until(2015, 1, 30);
        var mapping = await Upload(Role.ProjectLead, "Kartläggning av kommuners och landstings arbete med mänskliga rättigheter", "report", "kartlaggning-2015.txt");
        await Do(Role.ProjectLead, new Submit("mapping-report", "Härmed lämnas rapporten från kartläggningen.", [mapping]));
        await Until(2015, 2, 11);
        await Do(Role.Officer, new AcceptSubmission("mapping-report", 1, "Tack. Rapporten ger en god grund för handlingsplanen."));
        await Adjusted(2014, "812450.50", new(2015, 2, 20), 1);
        await Until(2015, 2, 26);
        await Do(Role.Officer, new ReleaseInstalment("2015", new(2015, 2, 26), "A2015/477/DISK", new(2015, 9, 1), "rskr. 2014/15:66"));
        await Until(2015, 3, 5);
        await Do(Role.Officer, new CompleteObligation("mapping-discussion", new(2015, 3, 5), "Kartläggningen och vad den betyder för handlingsplanen diskuterades.", null));
        await Do(Role.ProjectLead, new ConfirmCompletion("mapping-discussion"));
        await Do(Role.ProjectLead, new CompleteObligation("coordination-group", new(2015, 3, 5), "Samordningsgruppen är tillsatt: två från vardera parten.", null));
        await Do(Role.Officer, new ConfirmCompletion("coordination-group"));

        await Until(2015, 4, 15);
        var plan = await Upload(Role.ProjectLead, "Handlingsplan juni 2015 – juni 2017", "plan", "handlingsplan.txt");
        await Do(Role.ProjectLead, new Submit("action-plan", "Härmed lämnas handlingsplanen.", [plan]));
        await Until(2015, 4, 24);
        await Do(Role.Officer, new ReturnSubmission("action-plan", 1, "Beskriv hur verktygslådan joined-up ska användas och följas upp.", new(2015, 5, 8)));
        await Do(Role.ProjectLead, new ScheduleObligation("annual-consultation-2015", new(2015, 5, 21)));
        await Until(2015, 5, 6);
        var revised = await Upload(Role.ProjectLead, "Handlingsplan juni 2015 – juni 2017, kompletterad", "plan", "handlingsplan-kompletterad.txt");
        await Do(Role.ProjectLead, new Submit("action-plan", "Handlingsplanen, kompletterad med ett avsnitt om verktygslådan.", [revised]));
        await Until(2015, 5, 12);
        await Do(Role.Officer, new AcceptSubmission("action-plan", 2, null));
        await Until(2015, 5, 21);
        await Do(Role.Officer, new CompleteObligation("annual-consultation-2015", new(2015, 5, 21), "Kartläggningen, handlingsplanen och nästa års insatser behandlades.", null, new(
            [
                new("mapping", "Parterna är eniga om att kartläggningen läggs till grund för arbetet."),
                new("action-plan", "Regeringskansliets synpunkt om verktygslådan beaktas i planen."),
                new("next-year", "Utbildningarna börjar hösten 2015, som SKR föreslog.")
            ],
            [new("SKR", "Avdelningen för utbildning och arbetsmarknad"), new("RK", "Arbetsmarknadsdepartementet"), new("RK", "Utrikesdepartementet")],
            [new(ConsultationDecisionKind.Other, "Landstingens deltagande följs upp särskilt inför nästa samråd.")])));
        await Do(Role.ProjectLead, new ConfirmCompletion("annual-consultation-2015"));
        await Requisition(2, "2015", new(2015, 8, 18), new(2015, 9, 8));

        await Adjusted(2015, "3274180", new(2016, 2, 19), 2);
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
        await Do(Role.Officer, new RecordMinistryComment("follow-up-report-2016", 1, "Socialdepartementet", "Landstingens deltagande i utbildningarna framgår inte.", new(2016, 4, 26)));
        await Do(Role.Officer, new WriteInternalNote("follow-up-report-2016", 1, "Enhetschefen vill ha landstingens del före samrådet."));
        await Do(Role.ProjectLead, new GiveView("annual-consultation-2016", "next-year", "SKR vill rikta utbildningarna också till regionernas ledningar."));
        await Until(2016, 4, 29);
        await Do(Role.Officer, new ReturnSubmission("follow-up-report-2016", 1, "Redovisa också hur landstingen har deltagit i utbildningarna.", new(2016, 5, 9)));
        await Until(2016, 5, 10);
    }

    // A requisition from preparation to payment, as both sides record it.
    async Task Requisition(int number, string instalment, LocalDate prepared, LocalDate paid)
    {
        await Until(prepared);
        await Do(Role.Finance, new PrepareRequisition(instalment, Kronor.Of(4_000_000), Bankgiro.Parse("5050-1055"), null, "A2014/2289/DISK"));
        await Until(prepared.PlusDays(1));
        await Do(Role.Approver, new AttestRequisition(number));
        await Do(Role.Finance, new DispatchRequisition(number));
        await Until(prepared.PlusDays(5));
        await Do(Role.Payer, new ReceiveRequisition(number));
        await Until(paid);
        await Do(Role.Payer, new RecordPayment(PaymentDirection.In, paid, Kronor.Of(4_000_000), "A2014/2289/DISK", number));
        await Until(paid.PlusDays(1));
        await Do(Role.Finance, new RecordPayment(PaymentDirection.In, paid, Kronor.Of(4_000_000), "A2014/2289/DISK", number));
    }

    async Task Adjusted(int year, string amount, LocalDate on, int number)
    {
        await Until(on);
        await Do(Role.Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kronor.Parse(amount), new(new(year, 1, 1), new(year, 12, 31)), null, $"Kostnader {year} enligt bokslutet"));
        await Do(Role.Approver, new AttestAdjustment(number));
    }

    async Task<Guid> Upload(Role role, string title, string kind, string fileName)
    {
        var stored = await stores.Documents.Put(new MemoryStream(Encoding.UTF8.GetBytes($"{title}\n\nPåhittat innehåll för demonstration.\n")), 10_000);
        var id = AgreementId.FromKey(PersonId.System, fileName);
        await Do(role, new RegisterDocument(id, title, kind, new(fileName, "text/plain; charset=utf-8", stored.Address, stored.Size), null, false, null));
        return id;
    }

    Task Until(int year, int month, int day) => Until(new(year, month, day));

    // Never backwards: what is told next may have happened the same day.
    async Task Until(LocalDate day)
    {
        if (StockholmTime.Noon(day) is var noon && noon > clock.GetCurrentInstant())
            await clock.MoveTo(noon, clockwork, dossiers, overviews, (id, e) => throw new InvalidOperationException($"The clock of {id} does not run.", e), CancellationToken.None);
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
