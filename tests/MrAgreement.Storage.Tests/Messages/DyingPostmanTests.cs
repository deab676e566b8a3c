using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>Wherever a process dies, and however many there are, nobody is told twice or not at all.</summary>
public sealed class DyingPostmanTests(Azurite azurite) : PostOffice(azurite)
{
    [Fact]
    public async Task Killed_between_any_two_steps_it_goes_on_where_it_was()
    {
        await Live(Open());
        opened[^1].Dispose();
        var lived = Lived;
        await Settle(Postman(Open(lived)));
        var expected = server.Taken.Select(mail => mail.Id).Order().ToList();
        var step = 1;
        for (var died = true; died; step++)
        {
            server.Taken.Clear();
            var at = Open(lived);
            var death = new Death(step);
            var dossiers = new Dossiers(at.Logs, () => { death.Step(); return Guid.CreateVersion7(); }, moved: _ => death.Step());
            try
            {
                await Postman(at, new DyingServer(server, death), new DyingRecords(at.Kept, death), dossiers).Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation);
                died = false;
            }
            catch (Died)
            {
                // A new process finds what is there.
            }
            await Settle(Postman(at));
            var twice = server.Taken.GroupBy(mail => mail.Id).Where(mail => mail.Count() > 1).ToList();
            Assert.True(expected.SequenceEqual(server.Taken.Select(mail => mail.Id).Distinct().Order()), $"Step {step}: not everybody was told.");
            // Only what the server had taken when nobody could say so any more is sent again, under the same id.
            Assert.True(twice.Count == (death.InServer ? 1 : 0) && twice.All(mail => mail.Count() == 2), $"Step {step}: {twice.Count} were told twice.");
            var outcomes = await Outcomes(at);
            Assert.Equal(outcomes.Count, outcomes.Select(it => it.ToKey()).Distinct().Count());
            Assert.Equal(server.Taken.Count - twice.Count, outcomes.Sum(it => it.To.Count));
        }
        Assert.True(step > 3 * expected.Count, $"It died at only {step} steps.");
    }

    // While it takes its time with the first of its kind, another process comes to the same mail.
    sealed class Slow(MailServer it, Func<MailMessage, bool> isSlow, Func<Task> meanwhile) : IPostbox
    {
        bool hasBeenSlow;

        string IPostbox.Server => "mail.example.se";

        public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            if (!hasBeenSlow && isSlow(mail))
            {
                hasBeenSlow = true;
                await meanwhile();
                it.Says = (_, _) => new(HandoverOutcome.Taken, "250");
            }
            return await it.HandOver(mail, cancellation);
        }
    }

    [Theory]
    [InlineData(HandoverOutcome.PutOff, false)]
    [InlineData(HandoverOutcome.Refused, false)]
    [InlineData(HandoverOutcome.PutOff, true)]
    [InlineData(HandoverOutcome.Refused, true)]
    public async Task What_a_server_has_taken_is_sent_no_more_though_another_process_had_taken_it_over_meanwhile(HandoverOutcome heard, bool inMornings)
    {
        var at = Open();
        await Live(at);
        var (now, other) = (monday + Duration.FromDays(7), Postman(at, dossiers: new Dossiers(at.Logs, Guid.CreateVersion7)));
        if (inMornings)
            await other.Choose(lead, new(MailTiming.EachMorning), Cancellation);
        var one = Postman(at, new Slow(server, mail => inMornings == (mail.Subject == "together"), async () =>
        {
            machine.Now += Duration.FromMinutes(4);
            server.Says = (_, _) => new(heard, "450");
            await other.Deliver(id, now, Cancellation);
        }));
        await one.Deliver(id, now, Cancellation);
        await Settle(one, now);
        await Settle(Postman(at), now);
        var first = server.Taken.First(mail => inMornings == (mail.Subject == "together"));
        Assert.Single(server.Taken, mail => mail.Id == first.Id);
    }

    [Fact]
    public async Task Two_processes_at_once_tell_nobody_twice()
    {
        var at = Open();
        await Live(at);
        server.Pause = Task.Delay(1, Cancellation);
        var two = new[] { Postman(at), Postman(at, dossiers: new Dossiers(at.Logs, Guid.CreateVersion7)) };
        await Task.WhenAll(two.Select(it => Task.Run(() => it.Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation), Cancellation)));
        await Settle(two[0]);
        await Settle(two[1]);
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
        Assert.Equal((await Outcomes(at)).Count, (await Outcomes(at)).Select(it => it.ToKey()).Distinct().Count());
    }

    [Fact]
    public async Task A_process_that_began_before_another_had_finished_sends_nothing_once_more()
    {
        var at = Open();
        await Live(at);
        // It has read the log, and what is tried, when the other one does it all.
        var slow = new HeldBack(at.Kept);
        var late = Postman(at, kept: slow, dossiers: new Dossiers(at.Logs, Guid.CreateVersion7)).Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation);
        await slow.IsHeld;
        await Settle(Postman(at));
        slow.Go();
        await late;
        await Settle(Postman(at));
        Assert.NotEmpty(server.Taken);
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
    }
}
