using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Tests.EventSourcing;

namespace MrAgreement.Tests.Agreements;

public class DossiersTests
{
    static readonly AgreementId id = AgreementId();
    static readonly Instant signed = Utc("2014-06-13T10:00:00Z");

    readonly MemoryEventStore store = new();
    readonly Dossiers dossiers;
    int ids;

    public DossiersTests() => dossiers = new(store, () => Id(++ids));

    Task<Execution> Do(Actor by, Command command, Request? request = null, Instant? now = null) => dossiers.Execute(id, command, new(by, now ?? signed), request);

    async Task Signed()
    {
        await Do(Officer, new CreateAgreement(Terms2014));
        await Do(Officer, Signature());
    }

    static Request Keyed(string key, string body = "a", Func<Dossier, Refused?>? precondition = null) => new(
        key, Sha256.Of(System.Text.Encoding.UTF8.GetBytes(body)), precondition,
        after => new(default, "", default, 201, $"/api/v1/agreements/{after.Id}", $"\"{after.Sequence}\"", "{}"u8.ToArray()));

    [Fact]
    public async Task Every_row_has_a_salt_of_its_own()
    {
        await Signed();
        var drawn = 0;
        var salted = new Dossiers(store, () => Id(++ids), freshSalt: () => new([.. new byte[15], (byte)++drawn]));
        await salted.Execute(id, new WaiveObligation("final-report", "Behövs inte", "A1"), new(Officer, Utc("2014-09-01T10:00:00Z")));
        await salted.Execute(id, new WaiveObligation("mapping-report", "Behövs inte", "A1"), new(Officer, Utc("2014-09-01T10:00:00Z")));

        var log = await store.ReadSince(id, 0);
        Assert.Equal([1, 2], log.Select(row => row.Salt).OfType<Salt>().Select(it => (int)it.ToArray()[15]));
        Assert.Equal(drawn, log.Count(row => row.Salt is not null));
        Assert.Null(HashChain.FirstBreak(id, log));
    }

    [Fact]
    public async Task A_command_is_decided_and_appended_with_its_wake_up()
    {
        await Signed();

        var append = store.Appends[^1];
        Assert.Equal((2L, "agreement-signed"), (append.Expected, Assert.Single(append.Events).Type));
        Assert.Equal(Utc("2014-08-02T06:00:00Z"), append.NextWakeUp);
        Assert.Null(HashChain.FirstBreak(id, await store.ReadSince(id, 0)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_remembered_of_a_log_that_was_set_back_is_given_up_and_told(bool othersWentOn)
    {
        var told = new List<Setback>();
        var remembering = new Dossiers(store, () => Id(++ids), told.Add);
        var on = new Occasion(Officer, signed);
        await remembering.Execute(id, new CreateAgreement(Terms2014), on);
        await remembering.Execute(id, Signature(), on);
        var known = (await remembering.Execute(id, Release("2015", repayBy: "2016-03-01", decidedOn: "2014-06-13"), on)).Dossier.Sequence;
        store.SetBack(id, 3);
        if (othersWentOn)
            Assert.Equal(known, (await Do(Officer, Release("2015", repayBy: "2016-04-01", decidedOn: "2014-06-13"))).Dossier.Sequence);

        var (read, done) = (await remembering.Execute(id, Release("2016", repayBy: "2017-03-01", decidedOn: "2014-06-13"), on), await remembering.Read(id));

        Assert.Null(read.Refused);
        Assert.Null(HashChain.FirstBreak(id, await store.ReadSince(id, 0)));
        Assert.Equal((await store.ReadSince(id, 0))[^1].Hash, done!.Hash);
        Assert.Equal([new Setback(id, known, othersWentOn ? known : 3)], told);
        Assert.Equal(told, remembering.Setbacks);
    }

    [Fact]
    public async Task What_is_kept_is_what_the_log_tells()
    {
        await Signed();
        var kept = (await Do(Officer, Release("2015", repayBy: "2016-03-01", decidedOn: "2014-06-13"))).Dossier;
        await dossiers.Advance(id, Utc("2014-09-05T10:00:00Z"));
        foreach (var known in new[] { kept, (await dossiers.Read(id))! })
        {
            var told = new Dossier(id).With((await store.ReadSince(id, 0)).TakeWhile(row => row.Sequence <= known.Sequence));
            Assert.Equal((told.Sequence, told.Touched, told.LastAt, told.Hash), (known.Sequence, known.Touched, known.LastAt, known.Hash));
            Assert.Equal(told.Grant.Instalments, known.Grant.Instalments);
            Assert.Equal(told.Agreement.InOrder.Select(o => (o.Key, o.Touched, o.EffectiveDueOn, o.Reminders.Count)), known.Agreement.InOrder.Select(o => (o.Key, o.Touched, o.EffectiveDueOn, o.Reminders.Count)));
        }
        Assert.Equal(6, kept.Sequence);
    }

    [Fact]
    public async Task An_earlier_day_is_folded_once()
    {
        await Signed();
        await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), now: Utc("2014-08-01T10:00:00Z"));
        var july = Utc("2014-07-01T10:00:00Z");

        var first = await dossiers.ReadAt(id, july);
        await Do(Officer, new WaiveObligation("final-report", "Behövs inte", "A1"), now: Utc("2014-08-02T10:00:00Z"));

        Assert.Equal((3L, null), (first!.Sequence, first.Agreement.Obligations["mapping-report"].Waived));
        Assert.Same(first, await dossiers.ReadAt(id, july));
        Assert.NotNull((await dossiers.ReadAt(id, Utc("2014-08-01T11:00:00Z")))!.Agreement.Obligations["mapping-report"].Waived);
        Assert.Null(await dossiers.ReadAt(id, Utc("2014-06-01T10:00:00Z")));
        Assert.Same(await dossiers.Read(id), await dossiers.ReadAt(id, Utc("2014-08-02T10:00:00Z")));
        Assert.Null(await dossiers.ReadAt(AgreementId(2), july));
    }

    [Fact]
    public async Task An_earlier_day_of_a_log_that_was_set_back_is_folded_anew()
    {
        await Signed();
        await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), now: Utc("2014-07-01T10:00:00Z"));
        await Do(Officer, new WaiveObligation("final-report", "Behövs inte", "A1"), now: Utc("2014-09-01T10:00:00Z"));
        var august = Utc("2014-08-01T10:00:00Z");
        Assert.Equal(4, (await dossiers.ReadAt(id, august))!.Sequence);

        store.SetBack(id, 3);
        await new Dossiers(store, () => Id(++ids)).Execute(id, new WaiveObligation("final-report", "Behövs inte", "A1"), new(Officer, Utc("2014-09-01T10:00:00Z")));

        Assert.Equal((3L, null), (await dossiers.ReadAt(id, august)) is { } it ? (it.Sequence, it.Agreement.Obligations["mapping-report"].Waived) : default);
    }

    [Fact]
    public async Task When_the_log_has_moved_the_command_is_decided_afresh()
    {
        await Signed();
        store.BeforeAppend = () => new Dossiers(store, () => Id(++ids)).Execute(id, new WaiveObligation("mapping-report", "Behövs inte", "A1"), new(OtherOfficer, signed));

        var answer = await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"));

        Assert.Equal(("obligation-settled", false), (answer.Refused!.Slug, answer.Changed));
    }

    [Fact]
    public async Task When_the_log_has_moved_elsewhere_the_command_follows_after()
    {
        await Signed();
        store.BeforeAppend = () => new Dossiers(store, () => Id(++ids)).Execute(id, new WaiveObligation("final-report", "Behövs inte", "A1"), new(OtherOfficer, signed));

        var answer = await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"));

        Assert.True(answer.Changed);
        Assert.Equal(["obligation-waived", "obligation-waived"], (await store.ReadSince(id, 3)).Select(row => row.Type));
        Assert.Null(HashChain.FirstBreak(id, await store.ReadSince(id, 0)));
    }

    [Fact]
    public async Task A_retry_and_a_refusal_write_nothing()
    {
        await Signed();
        await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"));

        Assert.False((await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"))).Changed);
        Assert.Equal("already-signed", (await Do(Officer, Signature())).Refused!.Slug);
        Assert.Equal(3, store.Appends.Count);
    }

    [Fact]
    public async Task The_same_key_again_gets_the_same_answer_and_writes_nothing()
    {
        await Signed();
        var first = await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), Keyed("k"));
        await Do(Officer, new WaiveObligation("final-report", "Behövs inte", "A1"));

        var again = await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), Keyed("k"));

        Assert.True(first.Changed);
        Assert.Null(first.Repeated);
        Assert.Equal((201, "\"4\"", Officer.Id, "k"), (again.Repeated!.Status, again.Repeated.ETag, again.Repeated.Person, again.Repeated.Key));
        Assert.Equal(4, store.Appends.Count);
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused_and_another_person_s_is_another_key()
    {
        await Signed();
        await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), Keyed("k"));

        var other = await Do(Officer, new WaiveObligation("final-report", "Behövs inte", "A1"), Keyed("k", "b"));
        Assert.Equal(("idempotency-key-reused", RefusalKind.Invalid), (other.Refused!.Slug, other.Refused.Kind));
        Assert.True((await Do(OtherOfficer, new WaiveObligation("final-report", "Behövs inte", "A1"), Keyed("k", "b"))).Changed);
    }

    [Fact]
    public async Task Two_at_once_with_one_key_write_once()
    {
        await Signed();
        store.BeforeAppend = () => new Dossiers(store, () => Id(++ids)).Execute(id, new WaiveObligation("mapping-report", "Behövs inte", "A1"), new(Officer, signed), Keyed("k"));

        var answer = await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), Keyed("k"));

        Assert.Equal(("\"4\"", false), (answer.Repeated!.ETag, answer.Changed));
        Assert.Equal(4, (await store.ReadSince(id, 0)).Count);
    }

    [Fact]
    public async Task What_stands_against_it_is_asked_before_the_rules()
    {
        await Signed();

        var answer = await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), Keyed("k", precondition: _ => new Refused("stale")));

        Assert.Equal("stale", answer.Refused!.Slug);
        Assert.Equal(2, store.Appends.Count);
    }

    [Fact]
    public async Task Recorded_time_never_runs_backwards_and_is_in_whole_milliseconds()
    {
        await Signed();
        await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), now: signed - Duration.FromDays(1));
        await Do(Officer, new WaiveObligation("final-report", "Behövs inte", "A1"), now: signed + Duration.FromNanoseconds(1_999_999));

        Assert.Equal([signed, signed, signed, signed, signed + Duration.FromMilliseconds(1)], (await store.ReadSince(id, 0)).Select(row => row.At));
    }

    [Fact]
    public async Task What_is_due_is_run_in_pieces_and_the_next_wake_up_noted()
    {
        await Do(Officer, new CreateAgreement(Terms([.. Enumerable.Range(0, 20).Select(n => Deliverable($"it-x{n}", On("2014-12-01")))])));
        await Do(Officer, Signature());
        var start = store.Appends.Count;

        Assert.Equal(180, (await dossiers.Advance(id, Utc("2016-01-01T00:00:00Z"))).Sent);
        Assert.Equal([90, 90], store.Appends.Skip(start).Select(a => a.Events.Count));
        Assert.Null(store.Appends[^1].NextWakeUp);
        Assert.Empty(await store.DueWakeUps(Utc("2099-01-01T00:00:00Z"), 10));
        Assert.Equal(0, (await dossiers.Advance(id, Utc("2016-01-01T00:00:00Z"))).Sent);
    }

    [Fact]
    public async Task An_agreement_that_is_not_there_has_nothing_due_and_gets_no_log()
    {
        Assert.Equal(0, (await dossiers.Advance(id, signed)).Sent);
        Assert.Null(await dossiers.Read(id));
        Assert.Empty(store.Appends);
    }

    [Fact]
    public async Task The_dossier_reads_as_it_stood_at_an_instant()
    {
        await Signed();
        await Do(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A1"), now: signed + Duration.FromDays(10));

        Assert.Null(await dossiers.ReadAt(id, signed - Duration.Epsilon));
        Assert.Null((await dossiers.ReadAt(id, signed + Duration.FromDays(9)))!.Agreement.Obligations["mapping-report"].Waived);
        Assert.NotNull((await dossiers.ReadAt(id, signed + Duration.FromDays(10)))!.Agreement.Obligations["mapping-report"].Waived);
    }

    [Fact]
    public async Task Another_process_s_events_are_seen()
    {
        await Signed();
        await new Dossiers(store, () => Id(++ids)).Execute(id, new WaiveObligation("mapping-report", "Behövs inte", "A1"), new(Officer, signed));

        Assert.NotNull((await dossiers.Read(id))!.Agreement.Obligations["mapping-report"].Waived);
    }

    [Fact]
    public void An_append_has_no_gap_and_no_more_than_it_may_hold()
    {
        var rows = GoldenLife.Log;

        Assert.Throws<ArgumentException>(() => new Append(Id(1), id, 1, [rows[0]], null));
        Assert.Throws<ArgumentException>(() => new Append(Id(1), id, 0, [.. rows.Take(91)], null));
        Assert.Throws<ArgumentException>(() => new Append(Id(1), id, 0, [rows[0] with { Data = new byte[Append.MaxBytes + 1] }], null));
        Assert.Equal(90, new Append(Id(1), id, 0, [.. rows.Take(90)], null).Events.Count);
    }
}
