using System.Text;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.EventSourcing;

public class EventJsonTests
{
    // One row for every version of an event that was ever stored: name, tab, JSON. Rows are added, never changed (docs/decisions/0002).
    static IEnumerable<(string Name, string Json)> Golden =>
        Some.Resource("golden_events.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]));

    static IEnumerable<Type> EventTypes => typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract);

    [Fact]
    public void Every_event_has_one_stored_name()
    {
        Assert.Equal(EventTypes.OrderBy(t => t.Name), EventJson.Types.Values.OrderBy(t => t.Name));
        Assert.All(EventJson.Types.Keys, name => Assert.Matches("^[a-z]+(-[a-z]+)*$", name));
    }

    [Fact]
    public void Every_stored_name_has_a_golden_row() =>
        Assert.Equal(EventJson.Types.Keys.Order(), Golden.Select(row => row.Name).Distinct().Order());

    [Fact]
    public void Every_golden_row_reads_and_is_written_back_the_same() =>
        Assert.All(Golden, row => Assert.Equal(row.Json, Encoding.UTF8.GetString(EventJson.Write(EventJson.Read(row.Name, Encoding.UTF8.GetBytes(row.Json))))));

    [Fact]
    public void Every_event_has_a_next_state()
    {
        // Before each, the life of the 2014 agreement up to the first event of that name.
        foreach (var (name, type) in EventJson.Types)
        {
            var life = GoldenLife.Log;
            var at = life.FindIndex(row => row.Type == name);
            Assert.True(at >= 0, $"The golden life has no {name}.");
            var before = new Dossier(Some.AgreementId()).With(life.Take(at));
            var after = before.With(life[at]);
            Assert.Equal((at + 1, type), (after.Sequence, EventJson.Read(name, life[at].Data!).GetType()));
            Assert.True(name == "reminder-sent" ? after.Touched == before.Touched : after.Touched == after.Sequence);
        }
    }

    [Fact]
    public void An_event_that_is_nobody_s_is_a_bug() =>
        Assert.ThrowsAny<Exception>(() => Story.Of2014().Dossier.Evolve(new Unheard(), new(99, Some.Utc("2014-06-13T10:00:00Z"), Some.Officer.Id)));

    [Fact]
    public void An_unknown_type_means_a_newer_program_and_is_refused() =>
        Assert.Contains("agreement-folded", Assert.Throws<UnknownEventException>(() => EventJson.Read("agreement-folded", "{}"u8.ToArray())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_payload_that_does_not_read_is_refused() =>
        Assert.Throws<System.Text.Json.JsonException>(() => EventJson.Read("requisition-attested", """{"number":1,"colour":"blue"}"""u8.ToArray()));

    [Fact]
    public void An_erased_payload_leaves_the_rest_unreadable_and_says_so() =>
        Assert.Contains("Row 3", Assert.Throws<InvalidDataException>(() => new Dossier(Some.AgreementId()).With(GoldenLife.Log.Select(row => row.Sequence == 3 ? row with { Data = null } : row))).Message, StringComparison.Ordinal);

    sealed record Unheard : Event;
}

/// <summary>A life in which everything that can happen happens.</summary>
static class GoldenLife
{
    public static List<StoredEvent> Log { get; } = Lived().Log;

    static Story Lived()
    {
        var story = Story.Of2014().On("2014-08-15")
            .Given(Some.Finance, Some.Requisition()).Given(Some.Approver, new AttestRequisition(1)).Given(Some.Finance, new DispatchRequisition(1)).Given(Some.Payer, new RefuseRequisition(1, "Fel kontonummer"))
            .Given(Some.Finance, new PrepareRequisition("2014", Some.Kr("4000000"), null, Plusgiro.Parse("1-8"), "MR 2014 (2)")).Given(Some.Approver, new AttestRequisition(2))
            .Given(Some.Finance, new DispatchRequisition(2)).Given(Some.Payer, new ReceiveRequisition(2), Some.Payment("4000000", "2014-08-15"))
            .Given(Some.Finance, Some.Payment("4000000", "2014-08-14", "Bg 77"))
            .Given(Some.Finance, new MakeAllocation(Some.Kr("1000.01"), 2014, "A2014/9", Party: "SKR"))
            .Given(Some.Finance, new PrepareAllocationReport(2014, [new("unassigned", Some.Kr("999.5"), new(1, "6:1", 14))], "Preliminärt")).Given(Some.Approver, new AttestAllocationReport(1)).Given(Some.ProjectLead, new AcceptAllocationReport(1, "Tack"))
            .Given(Some.Finance, new PrepareAllocationReport(2014, [])).Given(Some.Approver, new AttestAllocationReport(2)).Given(Some.ProjectLead, new ReturnAllocationReport(2, "Raderna saknas"))
            .Given(Some.Officer, Some.Release("2015", repayBy: "2016-03-01"), new LapseInstalment("2016", "Riksdagen avslog"))
            .Until("2015-01-20").Given(Some.ProjectLead, new RegisterDocument(Some.Id(1), "Kartläggning på kommunal nivå", "report", Some.File(1), Some.Day("2015-01-19"), true, "OSL 21 kap. 1 §"))
            .Given(Some.ProjectLead, new AddDocumentVersion(Some.Id(1), Some.File(2)), new Submit("mapping-report", "Kartläggningen", [Some.Id(1)]), new WithdrawSubmission("mapping-report", 1, "Fel version"))
            .Submitted("mapping-report").Given(Some.Officer, new ReturnSubmission("mapping-report", 2, "Komplettera", Some.Day("2015-02-15")))
            .Submitted("mapping-report", summary: "Kompletterad").Accepted("mapping-report")
            .Given(Some.ProjectLead, new ScheduleObligation("mapping-discussion", Some.Day("2015-01-20"))).Completed("mapping-discussion")
            .Given(Some.Officer, new ConfirmCompletion("mapping-discussion"), new ExtendObligation("action-plan", Some.Day("2015-05-01"), "A2015/7"),
                new WaiveObligation("coordination-group", "Ingen grupp behövs", "A2015/8"))
            .Given(Some.ProjectLead, new ProposeAmendment(Some.Day("2015-01-10"), "A2015/9", Some.Day("2015-01-15"),
                [new(Reschedule: new("final-report", Some.On("2017-10-01"))), new(Add: Some.Deliverable("extra", Some.Before("final-report", 30), false, "action-plan")), new(Drop: new("documentation", "Ersatt"))]))
            .Given(Some.Officer, new ConfirmAmendment(1))
            .Until("2017-08-15").Given(Some.Finance, Some.Adjustment(AdjustmentKind.Correction, "3999000"), Some.Adjustment(AdjustmentKind.Rounding, "-0.5") with { Voucher = "A 12" }).Given(Some.Approver, new AttestAdjustment(1))
            .Submitted("final-accounts", Some.Finance).Given(Some.Finance, new PrepareRepayment(Some.Kr("1000"), "ÅTER 1")).Given(Some.Approver, new AttestRepayment(1)).Given(Some.Payer, Some.PaymentBack("1000", "2017-08-15"))
            .Given(Some.Officer, new ReturnSubmission("final-accounts", 1, "Verifikat saknas", Some.Day("2017-09-20"))).Submitted("final-accounts", Some.Finance, "Nu med verifikat").Accepted("final-accounts")
            .Given(Some.Officer, new TerminateAgreement(Some.Day("2017-08-15"), "A2017/1", Some.Day("2017-09-30")));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled))
            story.Given(Some.Officer, new WaiveObligation(left.Key, "Avslutas", "A2017/2"));
        return story.Given(Some.Officer, new CloseAgreement());
    }
}
