using System.Text;
using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Tests.EventSourcing;
using MrAgreement.Transparency;

namespace MrAgreement.Tests.Erasures;

/// <summary>Content that is erased is gone wherever it stood, and the log is whole all the same.</summary>
public class ErasuresTests
{
    const string Secret = "Anna Ek är sjuk";

    static readonly AgreementId id = AgreementId();
    static readonly Instant now = Utc("2014-09-01T10:00:00Z");

    readonly MemoryEventStore store = new();
    readonly Dossiers dossiers;
    int drawn;

    public ErasuresTests() => dossiers = Process();

    Dossiers Process() => new(store, Guid.CreateVersion7, freshSalt: () => new([.. new byte[14], 7, (byte)++drawn]));

    Task<Execution> Do(Actor by, Command command) => dossiers.Execute(id, command, new(by, now));

    // The row of a note that holds what should not be there.
    async Task<long> Written()
    {
        await Do(Officer, new CreateAgreement(Terms2014));
        await Do(Officer, Signature());
        await Do(ProjectLead, new WaitingNote(Secret).Command);
        return (await store.ReadSince(id, 0))[^1].Sequence;
    }

    sealed record WaitingNote(string Text)
    {
        public Command Command => new GiveView("annual-consultation-2015", "mapping", Text);
    }

    async Task<long> Erased()
    {
        var row = await Written();
        await Do(ProjectLead, new RequestErasure(row, null, ErasureGround.Gdpr17, null));
        var done = await Do(Officer, new ApproveErasure(1));
        Assert.True(done.Changed, $"{done.Refused}");
        return row;
    }

    [Fact]
    public async Task What_was_erased_is_gone_from_the_log_and_from_what_every_process_remembers_of_it()
    {
        var row = await Written();
        var other = Process();
        Assert.Equal(Secret, ViewIn((await other.Read(id))!));
        var before = (await store.ReadSince(id, 0))[(int)row - 1];

        await Do(ProjectLead, new RequestErasure(row, null, ErasureGround.Gdpr17, null));
        var done = await Do(Officer, new ApproveErasure(1));

        Assert.Equal("raderat", ViewIn(done.Dossier));
        Assert.Equal("raderat", ViewIn((await other.Read(id))!));
        Assert.Equal("raderat", ViewIn((await dossiers.ReadAt(id, now))!));
        var log = await store.ReadSince(id, 0);
        Assert.DoesNotContain(log, it => Encoding.UTF8.GetString(it.Data!).Contains(Secret, StringComparison.Ordinal));
        var after = log[(int)row - 1];
        Assert.Equal((before.Digest, before.Hash, before.At, before.Actor), (after.Digest, after.Hash, after.At, after.Actor));
        Assert.NotEqual(before.Salt, after.Salt);
        var told = Assert.IsType<ContentErased>(EventJson.Read(log[^1].Type, log[^1].Data!));
        Assert.Equal((row, ErasureGround.Gdpr17, ProjectLead.Id, Officer.Id, HashChain.DigestNow(after)), (told.Row, told.Ground, told.AskedBy, told.ApprovedBy, told.Now));
    }

    [Fact]
    public async Task The_log_is_whole_and_any_other_difference_is_named_as_before()
    {
        var row = await Erased();
        var log = await store.ReadSince(id, 0);
        Assert.Null(HashChain.FirstBreak(id, log, ErasableFields.ReadsErased));
        Assert.Empty(Faults(log));
        Assert.Empty(LogVerification.Faults(id, Found([.. log.Skip(1)]), [], new(id, 1, log[0].Hash), ErasableFields.ReadsErased));

        // Altered after it was erased; put in another form; with nothing that tells of it; told of by a row that was altered itself.
        Assert.Equal([row], Faults([.. log.Select(it => it.Sequence == row ? it with { Data = [.. it.Data!, (byte)' '] } : it)]));
        Assert.Equal([row], Faults([.. log.Select(it => it.Sequence == row ? it with { Salt = null } : it)]));
        Assert.Equal([row, log[^1].Sequence], Faults([.. log.Select(it => it.Sequence == log[^1].Sequence ? it with { Data = [.. it.Data!, (byte)' '] } : it)]));
        Assert.Equal([row], Faults([.. log.SkipLast(1)]));
        Assert.Equal([row - 1], Faults([.. log.Select(it => it.Sequence == row - 1 ? it with { Data = [.. it.Data!, (byte)' '] } : it)]));
        // A row of another number is not the one that was named.
        Assert.Equal([row - 1, row], Faults([.. log.Select(it => it.Sequence == row - 1 ? it with { Data = log[(int)row - 1].Data, Salt = log[(int)row - 1].Salt }
            : it.Sequence == row ? it with { Data = log[(int)row - 2].Data, Salt = log[(int)row - 2].Salt } : it)]));
    }

    [Fact]
    public async Task A_copy_that_is_put_back_is_erased_again_and_once_only()
    {
        var row = await Written();
        var copy = await store.ReadSince(id, 0);
        await Do(ProjectLead, new RequestErasure(row, null, ErasureGround.Disposal, "RA-MS 2014:1"));
        await Do(Officer, new ApproveErasure(1));
        var erased = await store.ReadSince(id, 0);
        var listed = ListedErasure.Of(id, (ContentErased)EventJson.Read(erased[^1].Type, erased[^1].Data!), erased[(int)row - 1].Hash);

        store.PutBack(id, copy);
        var afterwards = Process();
        Assert.Equal(Secret, ViewIn((await afterwards.Read(id))!));
        Assert.True(await afterwards.EraseAgain(listed, now));
        Assert.False(await afterwards.EraseAgain(listed, now));

        Assert.Equal("raderat", ViewIn((await afterwards.Read(id))!));
        var log = await store.ReadSince(id, 0);
        Assert.Empty(Faults(log));
        Assert.Equal((PersonId.System, copy.Count + 1), (log[^1].Actor, log.Count));
        var told = (ContentErased)EventJson.Read(log[^1].Type, log[^1].Data!);
        Assert.Equal((ErasureGround.Disposal, "RA-MS 2014:1", Officer.Id), (told.Ground, told.Reference, told.ApprovedBy));

        // Another log has another row by that number.
        Assert.False(await afterwards.EraseAgain(listed with { Hash = Sha256.Of("x"u8) }, now));
        Assert.False(await afterwards.EraseAgain(listed with { Row = 99 }, now));
        Assert.False(await afterwards.EraseAgain(listed with { Agreement = AgreementId(2) }, now));
    }

    [Fact]
    public async Task What_is_erased_again_has_a_number_of_its_own_and_stands_on_the_list()
    {
        var first = await Written();
        await Do(Officer, new WriteInternalNote("mapping-report", null, Secret));
        await Do(ProjectLead, Some.Document(1, "report"));
        await Do(ProjectLead, new AddDocumentVersion(Some.Id(1), Some.File(2)));
        var copy = await store.ReadSince(id, 0);
        await Do(ProjectLead, new RequestErasure(first, null, ErasureGround.Gdpr17, null));
        await Do(Officer, new ApproveErasure(1));
        await Do(Officer, new RequestErasure(first + 1, null, ErasureGround.Gdpr17, null));
        await Do(OtherOfficer, new ApproveErasure(2));
        await Do(ProjectLead, new RequestErasure(null, Some.Id(1), ErasureGround.Disposal, "A1"));
        await Do(Finance, new ApproveErasure(3));
        var erased = await store.ReadSince(id, 0);
        var listed = erased.Where(row => row.Type == "content-erased").Select(row => (ContentErased)EventJson.Read(row.Type, row.Data!)).Select(it => ListedErasure.Of(id, it, erased[(int)it.Row - 1].Hash)).ToList();
        Assert.Equal(4, listed.Count);

        store.PutBack(id, copy);
        var afterwards = Process();
        foreach (var it in listed)
            Assert.True(await afterwards.EraseAgain(it, now));
        var dossier = (await afterwards.Read(id))!;

        Assert.Equal([1, 2, 3], dossier.Erasures.InOrder.Select(it => it.Asked.Number));
        Assert.Equal([(first, ProjectLead.Id), (first + 1, Officer.Id), (null, ProjectLead.Id)], dossier.Erasures.InOrder.Select(it => (it.Asked.Row, it.By)));
        Assert.All(dossier.Erasures.InOrder, it => Assert.Equal(ErasureState.Done, it.State));
        Assert.Equal([1, 2, 3, 3], (await store.ReadSince(id, 0)).Where(row => row.Type == "content-erased").Select(row => ((ContentErased)EventJson.Read(row.Type, row.Data!)).Number));
    }

    [Fact]
    public void One_asks_and_another_of_the_same_party_approves()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Some.Document(1, "report"), new Submit("mapping-report", "Kort", [Some.Id(1)]), new WithdrawSubmission("mapping-report", 1, Secret));
        var row = story.RowOf("submission-withdrawn").Sequence;
        var wish = new RequestErasure(row, null, ErasureGround.Correction, null);

        Assert.Equal("nothing-to-erase-there", Slug(story.When(Officer, wish)));
        Assert.Equal("forbidden", Slug(story.When(Auditor, wish)));
        Assert.Equal("disposal-without-number", Slug(story.When(ProjectLead, wish with { Ground = ErasureGround.Disposal })));
        Assert.Equal("nothing-to-erase-there", Slug(story.When(ProjectLead, wish with { Row = 1 })));
        Assert.Equal("erasure-of-one", Slug(story.When(ProjectLead, wish with { Document = Some.Id(1) })));
        story.Given(ProjectLead, wish);
        Assert.Empty(Taken(story, ProjectLead, wish));
        Assert.Equal("erasure-asked", Slug(story.When(Finance, wish)));
        Assert.Equal([Role.Finance, Role.Approver], Waiting(story, ProjectLead.Id).Order());

        Assert.Equal("four-eyes", Slug(story.When(ProjectLead, story.Approval(1))));
        Assert.Equal("no-such-erasure", Slug(story.When(Officer, story.Approval(1))));
        Assert.Equal("no-such-erasure", Slug(story.When(Approver, story.Approval(2))));
        story.Given(Approver, story.Approval(1));
        Assert.Empty(Taken(story, Approver, story.Approval(1)));
        Assert.Equal("erasure-decided", Slug(story.When(Finance, story.Approval(1))));
        Assert.Equal("already-erased", Slug(story.When(Finance, wish)));
        Assert.Empty(Waiting(story, ProjectLead.Id));
    }

    [Fact]
    public void What_is_agreed_and_who_signed_it_goes_when_both_sides_will_have_it_so()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, new ProposeAmendment(Some.Day("2015-01-15"), "A1", Some.Day("2015-02-01"), [new(Revise: new("mapping-report", Text: Secret))]))
            .Given(Officer, new ConfirmAmendment(1));
        story.Given(ProjectLead, new RequestErasure(story.RowOf("amendment-proposed").Sequence, null, ErasureGround.Gdpr17, null), new RequestErasure(story.RowOf("agreement-signed").Sequence, null, ErasureGround.Gdpr17, null));
        Assert.Equal([["RK"], ["RK"]], story.Dossier.Erasures.InOrder.Select(it => ErasureDecisions.Approvers(story.Dossier, it.Asked)));
        Assert.Equal("erasure-of-several", Slug(story.When(Approver, story.Approval(1))));
    }

    [Fact]
    public void What_was_done_together_or_said_to_the_other_goes_when_both_sides_will_have_it_so()
    {
        var story = Story.Of2014().On("2015-05-20").Given(ProjectLead, new GiveView("annual-consultation-2015", "mapping", Secret), new SetUpBody("styrgrupp", Secret))
            .Given(Officer, new CompleteObligation("annual-consultation-2015", Some.Day("2015-05-12"), Secret, []));
        foreach (var type in new[] { "view-given", "body-set-up" })
            story.Given(ProjectLead, new RequestErasure(story.RowOf(type).Sequence, null, ErasureGround.Gdpr17, null));
        story.Given(Officer, new RequestErasure(story.RowOf("obligation-completed").Sequence, null, ErasureGround.Gdpr17, null));

        Assert.Equal([["RK"], ["RK"], ["SKR"]], story.Dossier.Erasures.InOrder.Select(it => ErasureDecisions.Approvers(story.Dossier, it.Asked)));
        Assert.Equal("erasure-of-several", Slug(story.When(OtherOfficer, story.Approval(3))));
        story.Given(Officer, story.Approval(1), story.Approval(2)).Given(Approver, story.Approval(3));
        Assert.Equal(3, story.Dossier.Erasures.Erased.Count);
    }

    [Fact]
    public void What_several_parties_have_goes_when_two_of_them_will_have_it_so()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Some.Document(1, "report"), Some.Document(2, "note"), new Submit("mapping-report", Secret, [Some.Id(1)]));
        var (text, sent) = (story.RowOf("submission-made").Sequence, new RequestErasure(null, Some.Id(1), ErasureGround.Disposal, "A\u202e1"));
        story.Given(ProjectLead, new RequestErasure(text, null, ErasureGround.Gdpr17, null), sent, new RequestErasure(null, Some.Id(2), ErasureGround.Disposal, "A2"));
        Assert.Equal("A1", story.Dossier.Erasures[2]!.Asked.Reference);
        Assert.Equal([["RK"], ["RK"], ["SKR"]], story.Dossier.Erasures.InOrder.Select(it => ErasureDecisions.Approvers(story.Dossier, it.Asked)));
        Assert.Equal(["RK", "RK", "SKR", "SKR", "SKR"], WorkList.Of(story.Dossier).Where(it => it.Work == WorkKind.ApproveErasure).Select(it => it.Party).Order());

        Assert.Equal("erasure-of-several", Slug(story.When(Approver, story.Approval(1))));
        Assert.Equal("erasure-of-several", Slug(story.When(Approver, story.Approval(2))));
        Assert.Equal("no-such-erasure", Slug(story.When(Payer, story.Approval(2))));
        Assert.Equal("no-such-erasure", Slug(story.When(Officer, story.Approval(3))));
        Assert.Equal("four-eyes", Slug(story.When(Officer with { Id = ProjectLead.Id }, story.Approval(2))));
        story.Given(Officer, new DeclineErasure(2), story.Approval(1));
        Assert.True(story.Dossier.Erasures.Erased.ContainsKey(text));

        // The receiver asks, and the sender approves; of the row of a document that is gone already there is nothing left.
        var row = story.RowOf("document-registered").Sequence;
        story.Given(Officer, sent, new RequestErasure(row, null, ErasureGround.Correction, null));
        Assert.Equal("erasure-of-several", Slug(story.When(OtherOfficer, story.Approval(4))));
        story.Given(Finance, story.Approval(4));
        Assert.True(story.Dossier.Documents[Some.Id(1)]!.IsErased);
        Assert.Equal("nothing-to-erase", Slug(story.When(Finance, story.Approval(5))));
        Assert.DoesNotContain(WorkList.Of(story.Dossier), it => it.Work == WorkKind.ApproveErasure && it.Subject == "5");
        story.Given(Officer, new DeclineErasure(5));
    }

    [Fact]
    public void It_may_be_declined_or_taken_back_and_asked_for_again()
    {
        var story = Story.Of2014().Given(ProjectLead, new GiveView("annual-consultation-2015", "mapping", Secret));
        var wish = new RequestErasure(story.RowOf("view-given").Sequence, null, ErasureGround.Correction, null);
        story.Given(ProjectLead, wish, new DeclineErasure(1), wish).Given(Officer, new DeclineErasure(2));
        Assert.Equal([ErasureState.Declined, ErasureState.Declined], story.Dossier.Erasures.InOrder.Select(it => it.State));
        Assert.Equal(Secret, ViewIn(story.Dossier));
    }

    [Fact]
    public void Of_what_a_party_keeps_to_itself_the_others_do_not_learn_that_it_was_erased()
    {
        var story = Story.Of2014().Given(Officer, new WriteInternalNote("mapping-report", null, Secret)).Erased(Officer, OtherOfficer, "internal-note-written");
        var rows = story.Log.Where(row => row.Type is "erasure-requested" or "content-erased").ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.False(Sight.Hides(story.Dossier, OtherOfficer, row)));
        Assert.All(rows, row => Assert.All([ProjectLead, Auditor, Payer], by => Assert.True(Sight.Hides(story.Dossier, by, row))));

        story.Given(ProjectLead, new GiveView("annual-consultation-2015", "mapping", Secret)).Erased(ProjectLead, Officer, "view-given");
        Assert.All([ProjectLead, Officer, Payer], by => Assert.False(Sight.Hides(story.Dossier, by, story.Log[^1])));
    }

    [Fact]
    public void A_document_goes_with_all_its_rows_and_its_bytes_unless_another_has_the_same()
    {
        var story = Story.Of2014().Given(ProjectLead, Some.Document(1, "report"), new AddDocumentVersion(Some.Id(1), Some.File(2)), Some.Document(3, "note") with { File = Some.File(2) });
        var (first, second) = (story.Dossier.Documents[Some.Id(1)]!.Versions[0].File.Sha256, Some.File(2).Sha256);
        story.Given(ProjectLead, new RequestErasure(null, Some.Id(1), ErasureGround.Disposal, "A1")).Given(Finance, story.Approval(1));

        Assert.Equal(2, story.Log.Count(row => row.Type == "content-erased"));
        Assert.True(story.Dossier.Erasures.IsErased(Some.Id(1)));
        Assert.Equal([second], story.Dossier.Bytes.Keys);
        Assert.Equal(Some.Id(3), story.Dossier.Bytes[second].Of);
        Assert.Equal([second], NamedBytes.In(story.Log).Select(bytes => bytes.Address));
        Assert.NotEqual(first, second);
        Assert.Equal("already-erased", Slug(story.When(Finance, new RequestErasure(null, Some.Id(1), ErasureGround.Disposal, "A2"))));
    }

    static string Slug(Outcome outcome) => Assert.IsType<Refused>(outcome.Decision).Slug;

    static IEnumerable<Role> Waiting(Story story, PersonId by) => WorkList.Of(story.Dossier).Where(it => it.Work == WorkKind.ApproveErasure && !(it.Role == Role.ProjectLead && it.NotBy == by)).Select(it => it.Role);

    static IReadOnlyList<Event> Taken(Story story, Actor by, Command command) => story.When(by, command).Decision switch
    {
        Accepted accepted => accepted.Events,
        Nothing => [],
        var other => throw new InvalidOperationException(Story.Show(other))
    };

    [Fact]
    public async Task What_no_erasure_can_explain_is_found()
    {
        var row = await Erased();
        var log = (await store.ReadSince(id, 0)).ToList();
        var signed = log.First(it => it.Type == "agreement-created");
        // A row of a kind without texts, with other content, and one with some text left: each with an erasure that names what stands there.
        foreach (var (of, data) in new[] { (signed.Sequence, signed.Data!), (row, JsonSerializer.SerializeToUtf8Bytes("Annat")) })
        {
            var altered = log[(int)of - 1] with { Data = [.. data, (byte)' '], Salt = log[0].Salt };
            var told = EventJson.Write(new ContentErased(99, of, ErasureGround.Gdpr17, null, new("x"), new("y"), HashChain.DigestNow(altered), "SKR", null, null));
            List<StoredEvent> forged = [.. log.Select(it => it.Sequence == of ? altered : it)];
            forged.Add(HashChain.Next(log[^1].Hash, log.Count + 1, log[^1].At, new("x"), ErasedRows.Type, told, log[0].Salt));

            Assert.Contains(of, Faults(forged));
        }
    }

    [Theory]
    [InlineData("""{"obligation":"a","item":"b","text":"raderat","party":"SKR","text":"raderat"}""")]
    [InlineData("""{"obligation":"a","item":"b","text":"raderat","party":"SKR","note":"Hej"}""")]
    [InlineData("""{"obligation":"a","item":"b","Text":"raderat","party":"SKR"}""")]
    [InlineData("""[]""")]
    public async Task What_is_no_event_of_ours_reads_erased_in_no_case(string data)
    {
        await Erased();
        var row = (await store.ReadSince(id, 0)).First(it => it.Type == "view-given") with { Data = System.Text.Encoding.UTF8.GetBytes(data) };
        Assert.False(ErasableFields.ReadsErased(row));
        Assert.True(ErasableFields.ReadsErased(row with { Data = """{"obligation":"a","item":"b","text":"raderat","party":"SKR"}"""u8.ToArray() }));
    }

    static string ViewIn(Dossier dossier) => dossier.Agreement.Obligations["annual-consultation-2015"].Views[^1].Text;

    static FoundLog Found(IReadOnlyList<StoredEvent> log) => new(new(log[^1].Sequence, log[^1].Hash, log[^1].At), [.. log.Select(row => new FoundRow(row.Sequence, row))]);

    static IReadOnlyList<long> Faults(IReadOnlyList<StoredEvent> log) => [.. LogVerification.Faults(id, Found(log), [], readsErased: ErasableFields.ReadsErased).Select(fault => fault.Sequence)];
}
