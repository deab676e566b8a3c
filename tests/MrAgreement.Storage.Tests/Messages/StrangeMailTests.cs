using System.Text;
using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>What is kept of mail and no program has written: it is named, is as good as not there, and everybody gets theirs.</summary>
public sealed class StrangeMailTests(Azurite azurite) : PostOffice(azurite)
{
    const string Empty = "{}", Nothing = "null", Junk = "\0", List = "[null]", NoTime = """{"message":{"of":1,"reason":"turn","party":"SKR","role":"project-lead"},"person":"x","tries":1,"firstAt":9223372036854775807,"nextAt":0,"server":"","reply":""}""";

    // Each record of a kind in turn, after what lived by it: a digest under way, one mail put off and the rest gone.
    [Theory]
    [InlineData("mail-cursors", Junk)]
    [InlineData("mail-cursors", """{"from":3,"to":-1}""")]
    [InlineData("mail-attempts", Empty)]
    [InlineData("mail-attempts", NoTime)]
    [InlineData("mail-choices", Nothing)]
    [InlineData("mail-choices", """{"timing":"each-morning","quiet":{"from":"2015-01-01","to":"9999-12-31"}}""")]
    [InlineData("mail-waiting", Empty)]
    [InlineData("mail-waiting", List)]
    [InlineData("mail-digests", Empty)]
    [InlineData("mail-digests", """{"holds":[null],"isClosed":true,"tries":{"person":"x","tries":1,"firstAt":0,"nextAt":0,"server":"","reply":""}}""")]
    [InlineData("mail-sent", Empty)]
    [InlineData("mail-bounced", List)]
    [InlineData("settings", Junk)]
    public async Task Is_named_and_takes_nothing_from_anybody(string kind, string written)
    {
        var at = Open();
        await Live(at);
        await Live(at, other);
        var bounces = new Bounces(at.Dossiers, at.Kept, machine);
        var postman = Postman(at, new RememberingPostbox(server, bounces));
        await postman.Choose(lead, new(MailTiming.EachMorning), Cancellation);
        foreach (var of in new[] { id, other })
            await Settle(postman, onTime, of);
        var (gone, first) = (server.Taken.Count, server.Taken[0]);
        await bounces.Read(new Reports(new Bounce(first.Id, [first.To], "5.1.1", "")), () => onTime, Cancellation);
        server.Says = (mail, _) => mail.To.StartsWith("project-lead", StringComparison.Ordinal) ? new(HandoverOutcome.PutOff, "450") : new(HandoverOutcome.Taken, "250");
        await postman.Deliver(id, monday, Cancellation);
        List<(AgreementId, MessageKey, PersonId)> unsent = [];
        foreach (var of in new[] { id, other })
            unsent.AddRange((await postman.Unsent(of, Cancellation)).Select(it => (of, it.Message, it.Person)));
        Assert.True(gone > 2 && unsent.Count > 2);

        var records = (await at.Kept.Range(kind, kind == "settings" ? "bounces-read" : "", Instant.MinValue, Cancellation)).ToList();
        Assert.NotEmpty(records);
        // One more, under a key that nobody's has.
        if (kind != "settings")
            records.Add(new(kind, "x", default));
        foreach (var record in records)
            await at.Kept.Put(new(kind, record.Key, Encoding.UTF8.GetBytes(written)), Instant.MinValue, Cancellation);

        Assert.Equal(records.Select(record => (kind, record.Key)).Order(), (await KeptExamination.Strange(at.Kept, Cancellation)).Order());
        Assert.NotEmpty(await postman.Behind(null, Cancellation));
        await postman.Troubles(Cancellation);
        await postman.WaitingForMornings(Cancellation);
        await postman.CountUnsent(Cancellation);
        await bounces.Known(Cancellation);
        Assert.Null(await bounces.Read(new Reports(new Bounce(first.Id, [first.To], "5.1.1", "")), () => monday, Cancellation));
        server.Says = (_, _) => new(HandoverOutcome.Taken, "250");
        foreach (var of in new[] { id, other, id })
        {
            machine.Now += Duration.FromHours(5);
            await Settle(postman, monday, of);
        }
        Assert.Empty(await postman.Behind(null, Cancellation));
        // Everybody has theirs, or it was no longer so; and nobody anything that was there before.
        List<(AgreementId, MessageKey, PersonId)> told = [], settled = [];
        foreach (var of in new[] { id, other })
            foreach (var outcome in (await at.Logs.ReadSince(of, 0, Cancellation)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<MessageEvent>().Where(it => it is not MessageBounced))
            {
                settled.AddRange(outcome.To.Select(person => (of, outcome.ToKey(), person)));
                told.AddRange(outcome is MessageHandedOver ? outcome.To.Select(person => (of, outcome.ToKey(), person)) : []);
                Assert.True(outcome is MessageHandedOver or MessageGivenUp { Why: MessageFailure.Overtaken });
            }
        Assert.Empty(unsent.Except(settled));
        Assert.Equal(settled.Count, settled.Distinct().Count());
        var mailed = server.Taken.SelectMany(mail => mail.About).Select(it => (it.Agreement, it.Message, it.Person)).ToList();
        Assert.Equal(told.OrderBy(it => $"{it}"), mailed.OrderBy(it => $"{it}"));
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
        foreach (var of in new[] { id, other })
            Assert.DoesNotContain(await postman.Missing(of, monday, Cancellation), it => it.Kind is MissingKind.NotTold or MissingKind.NotSettled);
    }

    [Fact]
    public async Task A_cursor_that_no_program_has_written_has_nothing_told_of_what_was_there_before_mail()
    {
        var at = Open();
        await Live(at);
        machine.Now = Some.Utc("2015-03-01T00:00:00Z");
        await Postman(at).BeginWithWhatIsThere(Cancellation);
        await at.Kept.Put(new("mail-cursors", $"{id}", "x"u8.ToArray()), Instant.MinValue, Cancellation);
        await Do(at, "2015-03-02", Some.Finance, Some.Requisition("2014", "100", "MR 2014"));
        await Settle(Postman(at), Some.Utc("2015-03-02T10:00:00Z"));
        Assert.Equal("approver.SKR@example.se", Assert.Single(server.Taken).To);
        Assert.Empty(await KeptExamination.Strange(at.Kept, Cancellation));
    }
}
