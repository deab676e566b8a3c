using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>What waits for somebody's morning: one mail across agreements, each thing in one mail only, wherever a process dies.</summary>
public sealed class MorningTests(Azurite azurite) : PostOffice(azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_has_come_until_a_working_morning_goes_together_and_the_log_says_so_when_it_has_gone(bool onAccount)
    {
        var at = await Open(onAccount);
        await Live(at);
        await Live(at, other);
        var postman = Postman(at);
        await postman.Choose(lead, new(MailTiming.EachMorning), Cancellation);

        // As it comes nothing goes; later all that is due does.
        await Settle(postman, onTime);
        await Settle(postman, onTime, other);
        Assert.Empty(ToLead());
        Assert.NotNull(await Settle(postman, friday));
        Assert.NotNull(await Settle(postman, friday, other));
        var first = Assert.Single(ToLead());
        Assert.Equal("together", first.Subject);
        // Of both agreements, and in order.
        Assert.Equal(new[] { $"{id}", $"{other}" }.Order(), In(first).Select(line => line.Split(' ')[0]).Distinct().Order());
        var inOne = In(first).Where(line => line.StartsWith($"{id}", StringComparison.Ordinal)).Select(line => long.Parse(line.Split(' ')[1])).ToList();
        Assert.Equal(inOne.Order(), inOne);
        // The acceptance of Friday waits, is not said to be sent, and alarms nobody; nor is anybody asked to look at it.
        var waits = (await at.Logs.ReadSince(id, 0, Cancellation)).Last(row => row.Type == "submission-accepted").Sequence;
        Assert.DoesNotContain(await Outcomes(at), it => it.Of == waits && it.Party == "SKR");
        Assert.DoesNotContain(await postman.Missing(id, monday, Cancellation), it => it.Kind == MissingKind.NotTold);
        Assert.Equal(2, await postman.WaitingForMornings(Cancellation));
        Assert.Empty(await postman.Behind(friday, Cancellation));
        Assert.Equal(2, (await postman.Behind(monday, Cancellation)).Count);
        // If nobody comes by then, it does.
        Assert.Contains(await postman.Missing(id, monday + Duration.FromHours(13), Cancellation), it => it.Kind == MissingKind.NotTold);

        Assert.Null(await Settle(postman, monday, other));
        Assert.Null(await Settle(postman, monday));
        Assert.Equal(2, ToLead().Count);
        Assert.Contains(await Outcomes(at), it => it is MessageHandedOver && it.Of == waits && it.To.SequenceEqual([lead]));
        Assert.Equal((0, 0), (await postman.WaitingForMornings(Cancellation), (await at.Kept.Range("mail-waiting", "", machine.Now, Cancellation)).Count));
        Assert.Empty(await postman.Behind(null, Cancellation));
    }

    [Fact]
    public async Task Killed_between_any_two_steps_of_a_digest_everything_is_in_one_mail_only()
    {
        var begun = Open();
        await Do(begun, id, "2015-01-20", Some.Officer, new Agreements.CreateAgreement(Some.Terms2014), Some.Signature());
        await Do(begun, other, "2015-01-20", Some.Officer, new Agreements.CreateAgreement(Some.Terms2014), Some.Signature());
        await Do(begun, id, "2015-01-21", Some.Finance, Some.Requisition("2014", "100", "MR 2014"));
        await Postman(begun).Choose(lead, new(MailTiming.EachMorning), Cancellation);
        opened[^1].Dispose();
        var lived = Lived;
        var expected = new List<string>();
        var step = 0;
        for (var died = true; died; step++)
        {
            server.Taken.Clear();
            var at = Open(lived);
            var death = new Death(step);
            var dossiers = new Dossiers(at.Logs, () => { death.Step(); return Guid.CreateVersion7(); }, moved: _ => death.Step());
            try
            {
                await Settle(Postman(at, new DyingServer(server, death), new DyingRecords(at.Kept, death), dossiers), monday);
                died = step == 0;
            }
            catch (Died)
            {
                // A new process finds what is there.
            }
            var after = Postman(at);
            await Settle(after, monday);
            await Settle(after, monday, other);
            await Settle(after, monday);
            var mails = server.Taken.DistinctBy(mail => mail.Id).ToList();
            var told = mails.Where(mail => mail.To.StartsWith("project-lead.SKR", StringComparison.Ordinal)).SelectMany(In).Order().ToList();
            if (step == 0)
                expected = told;
            Assert.True(expected.SequenceEqual(told), $"Step {step}: {string.Join(", ", told)}");
            Assert.True(server.Taken.Count - mails.Count == (death.InServer ? 1 : 0), $"Step {step}: told twice.");
            var outcomes = await Outcomes(at);
            Assert.Equal(outcomes.Count, outcomes.Select(it => it.ToKey()).Distinct().Count());
            Assert.Equal(told.Count(line => line.StartsWith($"{id}", StringComparison.Ordinal)), outcomes.OfType<MessageHandedOver>().Count(it => it.To.Contains(lead)));
            Assert.Empty(await after.Behind(null, Cancellation));
        }
        Assert.True(expected.Count > 1 && step > 20, $"It died at only {step} steps of {expected.Count} messages.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_processes_in_the_morning_send_one_digest(bool onAccount)
    {
        var at = await Open(onAccount);
        await Live(at);
        await Live(at, other);
        await Postman(at).Choose(lead, new(MailTiming.EachMorning), Cancellation);
        server.Pause = Task.Delay(1, Cancellation);
        await Task.WhenAll(new[] { id, other, id, other }.Select(of => Task.Run(() => Postman(at, dossiers: new Dossiers(at.Logs, Guid.CreateVersion7)).Deliver(of, monday, Cancellation), Cancellation)));
        for (var rounds = 0; rounds < 3; rounds++)
        {
            machine.Now += Duration.FromMinutes(4);
            await Settle(Postman(at), monday);
            await Settle(Postman(at), monday, other);
        }
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
        var told = ToLead().SelectMany(In).ToList();
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Empty(await Postman(at).Behind(null, Cancellation));
    }

    [Fact]
    public async Task What_comes_on_quiet_days_goes_after_them_and_what_can_t_wait_goes_to_a_deputy_or_at_once()
    {
        foreach (var hasDeputy in new[] { true, false })
        {
            var at = Open();
            await Do(at, "2014-06-13", Some.Officer, new Agreements.CreateAgreement(Some.Terms2014), Some.Signature());
            var postman = Postman(at, people: new People { Two = hasDeputy });
            await Settle(postman, Some.Utc("2014-06-13T10:10:00Z"));
            server.Taken.Clear();
            await at.Dossiers.Advance(id, Some.Utc("2015-01-02T07:00:00Z"), Cancellation);
            await postman.Choose(lead, new(MailTiming.AtOnce, new(Some.Day("2015-01-01"), Some.Day("2015-02-06"))), Cancellation);
            await Settle(postman, Some.Utc("2015-01-02T07:10:00Z"));
            // A month is left, and the digest would come after the day: it goes to a colleague, or at once.
            Assert.Equal(hasDeputy, ToLead().Count == 0);
            await at.Dossiers.Advance(id, Some.Utc("2015-02-05T08:00:00Z"), Cancellation);
            await Settle(postman, Some.Utc("2015-02-05T08:10:00Z"));
            var late = (await at.Logs.ReadSince(id, 0, Cancellation)).Where(row => row.Type == "reminder-sent").Count(row => row.At > Some.Utc("2015-01-01T00:00:00Z"));
            Assert.True(late > 3);
            var end = Some.Utc("2015-02-09T06:00:00Z");
            await Settle(postman, end);
            var together = In(Assert.Single(ToLead(), mail => mail.Subject == "together"));
            Assert.Equal(hasDeputy, together.Any(line => line.EndsWith(" mapping-report", StringComparison.Ordinal)));
            Assert.NotEqual(hasDeputy, ToLead().Exists(mail => mail.Subject.EndsWith(" mapping-report", StringComparison.Ordinal)));
            // In order, whichever way it went.
            var told = ToLead().SelectMany(In).Select(line => line.Split(' ')).Select(words => (About: words[^1], Of: long.Parse(words[^2]))).ToList();
            Assert.Equal(told.Count, told.Distinct().Count());
            Assert.All(told.GroupBy(it => it.About), about => Assert.Equal(about.Select(it => it.Of).Order(), about.Select(it => it.Of)));
            Assert.Empty(await postman.Behind(null, Cancellation));
        }
    }

    [Fact]
    public async Task Whoever_has_had_a_message_is_not_sent_it_again_while_somebody_else_waits_for_theirs()
    {
        var at = Open();
        await Live(at);
        var postman = Postman(at, people: new People { Two = true });
        await postman.Choose(lead, new(MailTiming.AtOnce, new(Some.Day("2015-01-20"), Some.Day("2015-02-20"))), Cancellation);
        for (var day = 0; day < 30; day++)
        {
            await postman.Deliver(id, friday + Duration.FromDays(day), Cancellation);
            machine.Now += Duration.FromDays(1);
            await postman.Sweep(Cancellation);
        }
        await Settle(postman, Some.Utc("2015-02-23T06:00:00Z"));
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => (mail.To, mail.Id)).Distinct().Count());
        Assert.Single(ToLead(), mail => mail.Subject == "together");
        Assert.Empty(await postman.Behind(null, Cancellation));
    }

    // Of two agreements a reminder of the same report is in one digest, which was closed before its server went away; and the reports come in.
    async Task<(string Lived, string Digest)> ClosedBeforeTheServerWentAway(params AgreementId[] reported)
    {
        var at = Open();
        var postman = Postman(at);
        foreach (var of in new[] { id, other })
        {
            await Do(at, of, "2014-06-13", Some.Officer, new Agreements.CreateAgreement(Some.Terms2014), Some.Signature());
            await Settle(postman, Some.Utc("2014-06-16T10:00:00Z"), of);
            await at.Dossiers.Advance(of, Some.Utc("2015-01-02T07:00:00Z"), Cancellation);
        }
        await postman.Choose(lead, new(MailTiming.EachMorning), Cancellation);
        foreach (var of in new[] { id, other })
            await Settle(postman, Some.Utc("2015-01-02T07:00:00Z"), of);
        string? digest = null;
        server.Says = (mail, _) =>
        {
            digest = mail.Subject == "together" ? mail.Id : digest;
            return new(HandoverOutcome.Down, "");
        };
        await postman.Deliver(id, Some.Utc("2015-01-05T06:10:00Z"), Cancellation);
        Assert.NotNull(digest);
        foreach (var of in reported)
        {
            var document = Some.Document(1001);
            await Do(at, of, "2015-01-20", Some.ProjectLead, document, new Obligations.Submit("mapping-report", "Härmed", [document.Document]));
        }
        server.Says = (_, _) => new(HandoverOutcome.Taken, "250");
        machine.Now += Duration.FromMinutes(10);
        opened[^1].Dispose();
        return (Lived, digest!);
    }

    static readonly Instant back = Some.Utc("2015-01-21T10:00:00Z");

    static async Task<List<MessageEvent>> OutcomesToLead(Site at, AgreementId of) =>
        [.. (await at.Logs.ReadSince(of, 0, Cancellation)).Select(row => Agreements.EventJson.Read(row.Type, row.Data!)).OfType<MessageEvent>()
            .Where(it => it is { Obligation: "mapping-report", Reason: MessageReason.Reminder } && it.To.Contains(lead))];

    [Fact]
    public async Task What_is_settled_before_a_closed_digest_can_go_is_left_out_wherever_the_process_dies()
    {
        var (lived, digest) = await ClosedBeforeTheServerWentAway(id);
        var (step, whole) = (0, "");
        for (var died = true; died; step++)
        {
            server.Taken.Clear();
            var at = Open(lived);
            var death = new Death(step);
            var dossiers = new Dossiers(at.Logs, () => { death.Step(); return Guid.CreateVersion7(); }, moved: _ => death.Step());
            try
            {
                await Settle(Postman(at, new DyingServer(server, death), new DyingRecords(at.Kept, death), dossiers), back);
                died = step == 0;
            }
            catch (Died)
            {
                // A new process finds what is there.
            }
            var after = Postman(at);
            foreach (var of in new[] { id, other, id })
                await Settle(after, back, of);
            var mails = server.Taken.Where(mail => mail.Id == digest).ToList();
            // Of each reminder one outcome.
            var (overtaken, told) = (await OutcomesToLead(at, id), await OutcomesToLead(at, other));
            Assert.True(overtaken.Count == 2 && overtaken.All(it => it is MessageGivenUp { Why: MessageFailure.Overtaken } && it.To.SequenceEqual([lead])), $"Step {step}");
            Assert.True(told.Count == 2 && told.All(it => it is MessageHandedOver), $"Step {step}");
            Assert.All(mails, mail => Assert.DoesNotContain(In(mail), it => it.StartsWith($"{id}", StringComparison.Ordinal) && it.EndsWith(" mapping-report", StringComparison.Ordinal)));
            Assert.All(mails, mail => Assert.All(told, it => Assert.Contains($"{other} {it.Of} mapping-report", In(mail))));
            whole = step == 0 ? mails[0].Text : whole;
            Assert.All(mails, mail => Assert.Equal(whole, mail.Text));
            Assert.True(server.Taken.Count - server.Taken.DistinctBy(mail => mail.Id).Count() == (death.InServer ? 1 : 0), $"Step {step}: told twice.");
            Assert.Empty(await after.Behind(null, Cancellation));
        }
        Assert.True(step > 10, $"It died at only {step} steps.");
    }

    [Fact]
    public async Task A_closed_digest_of_which_all_is_settled_does_not_go_and_the_log_says_why_of_each_message()
    {
        var (lived, digest) = await ClosedBeforeTheServerWentAway(id, other);
        var at = Open(lived);
        var postman = Postman(at);
        foreach (var of in new[] { id, other, id })
            await Settle(postman, back, of);
        Assert.DoesNotContain(server.Taken, mail => mail.Id == digest);
        foreach (var of in new[] { id, other })
        {
            Assert.Equal(2, (await OutcomesToLead(at, of)).Count(it => it is MessageGivenUp { Why: MessageFailure.Overtaken }));
            Assert.DoesNotContain(await postman.Missing(of, back, Cancellation), it => it.Kind != MissingKind.NotReminded);
        }
        Assert.Empty(lost);
        Assert.Empty(await postman.Behind(null, Cancellation));
        Assert.Empty(await at.Kept.Range("mail-waiting", "", machine.Now, Cancellation));
    }
}
