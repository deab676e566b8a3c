using System.Diagnostics;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Tests.EventSourcing;

namespace MrAgreement.Tests.Agreements;

public sealed class InstrumentsTests : IDisposable
{
    static readonly AgreementId id = AgreementId();
    static readonly Instant signed = Utc("2014-06-13T10:00:00Z");

    readonly MemoryEventStore store = new();
    readonly Dossiers dossiers;
    readonly Heard heard = new();
    int ids;

    public InstrumentsTests() => dossiers = new(store, () => Id(++ids));

    public void Dispose() => heard.Dispose();

    Task<Execution> Do(Actor by, Command command, Request? request = null) => dossiers.Execute(id, command, new(by, signed), request);

    async Task Signed()
    {
        await Do(Officer, new CreateAgreement(Terms2014));
        await Do(Officer, Signature());
    }

    [Fact]
    public async Task Commands_are_counted_by_what_became_of_them()
    {
        var keyed = new Request("k", Sha256.Of([1]), null, after => new(default, "", default, 201, null, null, []));
        await Do(Officer, new CreateAgreement(Terms2014), keyed);
        await Do(Officer, new CreateAgreement(Terms2014), keyed);
        await Do(Officer, Signature());
        await Do(ProjectLead, Document(1));
        await Do(ProjectLead, Document(1));
        await Do(Stranger, Release("2015"));
        store.BeforeAppend = () => throw new StoreUnavailableException("The disk is full.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Do(Finance, Requisition()));
        store.BeforeAppend = () => throw new StoreBusyException();
        await Assert.ThrowsAsync<StoreBusyException>(() => Do(Finance, Requisition()));

        Assert.Equal(
        [
            "mragreement.commands 1 {command} command=CreateAgreement outcome=accepted",
            "mragreement.commands 1 {command} command=CreateAgreement outcome=repeated",
            "mragreement.commands 1 {command} command=SignAgreement outcome=accepted",
            "mragreement.commands 1 {command} command=RegisterDocument outcome=accepted",
            "mragreement.commands 1 {command} command=RegisterDocument outcome=unchanged",
            "mragreement.commands 1 {command} command=ReleaseInstalment outcome=refused",
            "mragreement.commands 1 {command} command=PrepareRequisition outcome=unavailable",
            "mragreement.commands 1 {command} command=PrepareRequisition outcome=busy"
        ], heard.Measured);
    }

    [Fact]
    public async Task A_command_is_a_span_that_leads_to_its_rows_and_names_nobody()
    {
        using var caller = new Activity("caller").Start();
        await Signed();
        await Do(Stranger, Release("2015"));

        var spans = heard.Spans.ToList();
        Assert.Equal(["CreateAgreement", "SignAgreement", "ReleaseInstalment"], spans.Select(s => s.DisplayName));
        Assert.All(spans, span => Assert.Equal((caller.TraceId, caller.SpanId), (span.TraceId, span.ParentSpanId)));
        Assert.All(spans, span => Assert.Equal(id.ToString(), span.GetTagItem("mragreement.agreement")));
        Assert.Equal(["accepted", "accepted", "refused"], spans.Select(s => s.GetTagItem("mragreement.outcome")));
        Assert.Equal(spans[2].GetTagItem("mragreement.refusal"), (await Do(Stranger, Release("2015"))).Refused!.Slug);
        var log = await store.ReadSince(id, 0);
        Assert.Equal(log.Select(row => (row.Type, (object?)row.Sequence)), spans.SelectMany(s => s.Events).Select(e => (e.Name, e.Tags.Single().Value)));
        Assert.DoesNotContain(spans.SelectMany(s => s.TagObjects), tag => tag.Value is string text && text.Contains("person", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wake_up_tells_how_late_it_is_and_what_it_sent()
    {
        await Signed();
        // The first reminder was due 2 August at 08:00 in Stockholm.
        await dossiers.Advance(id, Utc("2014-08-02T06:00:30Z"));

        Assert.Equal(["mragreement.wakeup.lag 30 s", "mragreement.reminders 1 {reminder} outcome=sent"], heard.Measured.Skip(2));
        Assert.Equal("Advance", heard.Spans.Last().DisplayName);
    }

    [Fact]
    public async Task Looking_before_anything_is_due_is_no_lag()
    {
        await Signed();
        await dossiers.Advance(id, Utc("2014-08-02T05:59:59Z"));

        Assert.Equal(2, heard.Measured.Count());
    }

    [Fact]
    public async Task A_reminder_that_could_not_be_recorded_has_failed()
    {
        await Signed();
        store.BeforeAppend = () => throw new StoreUnavailableException("The disk is full.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => dossiers.Advance(id, Utc("2014-08-02T06:00:00Z")));

        Assert.Equal("mragreement.reminders 1 {reminder} outcome=failed", heard.Measured.Last());
    }

    [Fact]
    public async Task A_balance_that_two_ways_of_reckoning_disagree_on_raises_an_alarm()
    {
        await Signed();
        var whole = (await Do(Officer, Release("2015", repayBy: "2016-03-01", decidedOn: "2014-06-13"))).Dossier;
        Assert.DoesNotContain(heard.Measured, m => m.StartsWith("mragreement.balance.alarms", StringComparison.Ordinal));

        // No way of the rules leads here: money came in, and the running sum of costs is not that of the accounts.
        var payment = new Payment(1, PaymentDirection.In, Day("2014-09-01"), Kr("1000"), "1", null, null, PartyRole.Payer, Payer.Id, 1);
        var broken = whole with { Grant = whole.Grant with { Payments = [payment], Ledger = whole.Grant.Ledger with { Costs = Kr("1") } } };
        var released = (await store.ReadSince(id, 0)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<InstalmentReleased>().Last();
        Instruments.Recorded(broken, [released]);

        Assert.Equal("mragreement.balance.alarms 1 {alarm} check=balance-adds-up", heard.Measured.Last());
    }
}
