using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>Two people who read the same mailbox: one mail, and an outcome for each.</summary>
public sealed class SharedMailboxTests(Azurite azurite) : PostOffice(azurite)
{
    static readonly PersonId keeper = new("finance.SKR");
    static readonly People sharing = new() { Two = true, IsShared = true };

    // What came to the shared mailbox, each message of each event as often as it came.
    List<string> InShared() => [.. server.Taken.DistinctBy(mail => mail.Id)
        .Where(mail => Recipients.MailboxOf(mail.To) == "project-lead.skr@example.se")
        .SelectMany(mail => mail.About.GroupBy(it => (it.Agreement, it.Message.Of, it.Message.Reason)).Select(it => it.Key))
        .Select(it => $"{it.Agreement} {it.Of} {it.Reason}")];

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, MailTiming.EachMorning)]
    [InlineData(MailTiming.EachMorning, null)]
    [InlineData(MailTiming.EachMorning, MailTiming.AtOnce)]
    [InlineData(MailTiming.EachMorning, MailTiming.EachMorning)]
    public async Task Two_who_read_one_mailbox_get_one_mail_of_each_message_and_the_log_names_both(MailTiming? one, MailTiming? other)
    {
        var at = Open();
        await Live(at);
        var postman = Postman(at, people: sharing);
        if (one is { } choice)
            await postman.Choose(lead, new(choice), Cancellation);
        if (other is { } theirs)
            await postman.Choose(keeper, new(theirs), Cancellation);
        // Put off once, so that what goes is gone back to.
        server.Says = (_, tries) => tries < 2 ? new(HandoverOutcome.PutOff, "450") : new(HandoverOutcome.Taken, "250");
        await Settle(postman, friday);
        await Settle(postman, monday);

        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
        var handed = (await Outcomes(at)).OfType<MessageHandedOver>().Where(it => it.To.Contains(lead) || it.To.Contains(keeper)).ToList();
        Assert.Equal(handed.Select(it => $"{id} {it.Of} {it.Reason}").Distinct().Order(), InShared().Order());
        Assert.Contains(handed, it => it.To.Contains(lead));
        Assert.All(handed.Where(it => it.To.Contains(lead)), it => Assert.Equal([lead, keeper], it.To));
        Assert.All(InSharedMails().Where(mail => mail.About.Any(it => it.Person == lead)), mail => Assert.Contains(mail.About, it => it.Person == keeper));
        Assert.Equal(one == MailTiming.EachMorning && other == MailTiming.EachMorning, InSharedMails().Any(mail => mail.Subject == "together"));
        Assert.DoesNotContain(await postman.Missing(id, monday, Cancellation), it => it.Kind != MissingKind.NotReminded);
        Assert.Empty(await postman.Behind(null, Cancellation));
        Assert.Equal((0, 0), (await postman.WaitingForMornings(Cancellation), (await at.Kept.Range("mail-waiting", "", machine.Now, Cancellation)).Count));
        Assert.DoesNotContain(await postman.Troubles(Cancellation), it => it.Attempts.End is null);
    }

    IEnumerable<MailMessage> InSharedMails() => server.Taken.Where(mail => Recipients.MailboxOf(mail.To) == "project-lead.skr@example.se");

    [Fact]
    public async Task One_morning_of_a_mailbox_is_one_mail_of_all_agreements_and_the_sooner_of_two_choices_goes()
    {
        var at = Open();
        await Live(at);
        await Live(at, other);
        var postman = Postman(at, people: sharing);
        await postman.Choose(lead, new(MailTiming.AtOnce, new(Some.Day("2014-06-01"), Some.Day("2015-01-27"))), Cancellation);
        await postman.Choose(keeper, new(MailTiming.EachMorning), Cancellation);
        foreach (var of in new[] { other, id })
            await Settle(postman, onTime, of);
        foreach (var of in new[] { other, id })
            await Settle(postman, monday, of);
        var mail = Assert.Single(InSharedMails(), mail => mail.Subject == "together");
        Assert.Equal(new[] { id, other }.Select(it => $"{it}").Order(), mail.About.Select(it => $"{it.Agreement}").Distinct().Order());
        Assert.Equal([lead, keeper], mail.About.Select(it => it.Person).Distinct());
        Assert.Equal(InShared().Count, InShared().Distinct().Count());
        Assert.Empty(await postman.Behind(null, Cancellation));
    }

    [Fact]
    public async Task A_mailbox_that_refuses_refuses_it_for_both_and_what_comes_back_is_recorded_for_both()
    {
        var at = Open();
        await Live(at);
        var bounces = new Bounces(at.Dossiers, at.Kept, machine);
        var postman = Postman(at, new RememberingPostbox(server, bounces), people: sharing);
        server.Says = (mail, _) => mail.Subject.EndsWith(" mapping-report", StringComparison.Ordinal) ? new(HandoverOutcome.Refused, "550") : new(HandoverOutcome.Taken, "250");
        await Settle(postman, onTime);
        var given = (await Outcomes(at)).OfType<MessageGivenUp>().Where(it => it.To.Contains(lead)).ToList();
        Assert.NotEmpty(given);
        Assert.All(given, it => Assert.Equal([lead, keeper], it.To));
        Assert.All(server.Tries.Where(it => it.Key.StartsWith("project-lead", StringComparison.Ordinal)), it => Assert.Equal(1, it.Value));

        var mail = InSharedMails().First(mail => mail.About.Any(it => it.Person == lead));
        Assert.True(await bounces.Take(new(mail.Id, [mail.To], "5.1.1", "no such user"), monday, Cancellation));
        Assert.Equal([lead, keeper], (await Outcomes(at)).OfType<MessageBounced>().SelectMany(it => it.To));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_between_any_two_steps_the_mailbox_has_each_message_in_one_mail_only(bool inMornings)
    {
        var begun = Open();
        await Do(begun, id, "2015-01-20", Some.Officer, new Agreements.CreateAgreement(Some.Terms2014), Some.Signature());
        await Do(begun, other, "2015-01-20", Some.Officer, new Agreements.CreateAgreement(Some.Terms2014), Some.Signature());
        foreach (var person in inMornings ? [lead, keeper] : Array.Empty<PersonId>())
            await Postman(begun).Choose(person, new(MailTiming.EachMorning), Cancellation);
        opened[^1].Dispose();
        var lived = Lived;
        var (expected, step) = (new List<string>(), 0);
        for (var died = true; died; step++)
        {
            server.Taken.Clear();
            var at = Open(lived);
            var death = new Death(step);
            var dossiers = new Dossiers(at.Logs, () => { death.Step(); return Guid.CreateVersion7(); }, moved: _ => death.Step());
            try
            {
                await Settle(Postman(at, new DyingServer(server, death), new DyingRecords(at.Kept, death), dossiers, sharing), monday);
                died = step == 0;
            }
            catch (Died)
            {
                // A new process finds what is there.
            }
            var after = Postman(at, people: sharing);
            foreach (var of in new[] { id, other, id })
                await Settle(after, monday, of);
            if (step == 0)
                expected = [.. InShared().Order()];
            Assert.True(expected.SequenceEqual(InShared().Order()), $"Step {step}: {string.Join(", ", InShared())}");
            Assert.True(server.Taken.Count - server.Taken.DistinctBy(mail => mail.Id).Count() == (death.InServer ? 1 : 0), $"Step {step}: told twice.");
            Assert.All((await Outcomes(at)).OfType<MessageHandedOver>().Where(it => it.To.Contains(lead)), it => Assert.Equal([lead, keeper], it.To));
            Assert.Empty(await after.Behind(null, Cancellation));
        }
        Assert.True(expected.Count > 1 && step > 10, $"It died at only {step} steps of {expected.Count} messages.");
    }
}
