using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>What comes back is recorded once for each whom it did not reach.</summary>
public sealed class BounceRecordTests(Azurite azurite) : PostOffice(azurite)
{
    [Fact]
    public async Task What_comes_back_is_recorded_once_wherever_the_process_dies()
    {
        var at = Open();
        await Live(at);
        var remembering = new RememberingPostbox(server, new Bounces(at.Dossiers, at.Kept, machine));
        var postman = new Postman(at.Logs, at.Dossiers, at.Kept, remembering, new People { Two = true }, (whom, _, mail) => new MailMessage(mail, whom[0].To.Mail, whom[0].To.Name, whom[0].To.Language, "", "", "") { About = [.. whom.Select(MailedTo)] }, (_, _, _) => throw new InvalidOperationException("Nobody has chosen mornings."), machine);
        await Settle(postman);
        var (step, died) = (0, true);
        foreach (var mail in server.Taken.ToList())
        {
            // As long as it dies, the next one dies a step later.
            var death = new Death(died ? ++step : -1);
            died = false;
            var back = new Bounce(mail.Id, [mail.To.ToUpperInvariant()], "5.1.1", "no such user");
            try
            {
                Assert.True(await new Bounces(new Dossiers(at.Logs, () => { death.Step(); return Guid.CreateVersion7(); }, moved: _ => death.Step()), new DyingRecords(at.Kept, death), machine).Take(back, Some.Utc("2015-02-02T10:00:00Z"), Cancellation));
            }
            catch (Died)
            {
                died = true;
            }
            var bounces = new Bounces(at.Dossiers, at.Kept, machine);
            Assert.True(await bounces.Take(back, Some.Utc("2015-02-02T10:00:00Z"), Cancellation));
            Assert.False(await bounces.Take(back with { Recipients = ["nobody@example.se"] }, Some.Utc("2015-02-02T10:00:00Z"), Cancellation));
            Assert.False(await bounces.Take(back with { Mail = "0123456789abcdef0123456789abcdef@mragreement" }, Some.Utc("2015-02-02T10:00:00Z"), Cancellation));
        }
        Assert.True(step > 2 && !died, $"It died at {step} steps.");
        var came = (await Outcomes(at)).OfType<MessageBounced>().ToList();
        Assert.Equal(server.Taken.Count, came.Count);
        Assert.Equal(came.Count, came.Select(it => (it.ToKey(), it.To[0])).Distinct().Count());
        Assert.Equal(came.Count, (await new Bounces(at.Dossiers, at.Kept, machine).Known(Cancellation)).Count);
        // It gives nobody anything to tell, and is forgotten when no report comes any more.
        await Settle(postman);
        Assert.Equal(came.Count, server.Taken.Count);
        Assert.Empty(await postman.Behind(null, Cancellation));
        machine.Now += Duration.FromDays(31);
        Assert.False(await new Bounces(at.Dossiers, at.Kept, machine).Take(new(server.Taken[0].Id, [server.Taken[0].To], "5.1.1", ""), Some.Utc("2015-03-05T10:00:00Z"), Cancellation));
    }

    [Fact]
    public async Task A_digest_that_comes_back_did_not_reach_somebody_with_any_message_in_it()
    {
        var at = Open();
        await Live(at);
        await Live(at, other);
        var bounces = new Bounces(at.Dossiers, at.Kept, machine);
        var postman = Postman(at, new RememberingPostbox(server, bounces));
        await postman.Choose(lead, new(MailTiming.EachMorning), Cancellation);
        foreach (var day in new[] { onTime, monday })
        {
            await Settle(postman, day);
            await Settle(postman, day, other);
        }
        var digest = Assert.Single(ToLead());
        var expected = In(digest).Select(line => string.Join(' ', line.Split(' ').Take(2))).Order().ToList();
        Assert.True(expected.Count > 3);

        Bounce report = new(digest.Id, [digest.To], "5.1.1", "no such user");
        var mailbox = new Reports(report, report with { Recipients = ["nagon@annan.example.se"] }, report);
        Assert.Null(await bounces.Read(mailbox, () => monday, Cancellation));
        Assert.Equal([true, false, true], mailbox.Ours);
        var came = new List<string>();
        foreach (var of in new[] { id, other })
            foreach (var row in (await at.Logs.ReadSince(of, 0, Cancellation)).Where(row => row.Type == "message-bounced"))
            {
                var bounced = (MessageBounced)Agreements.EventJson.Read(row.Type, row.Data!);
                Assert.Equal([lead], bounced.To);
                came.Add($"{of} {bounced.Of}");
            }
        // Once each, though it was reported twice.
        Assert.Equal(expected, came.Order());
    }
}
