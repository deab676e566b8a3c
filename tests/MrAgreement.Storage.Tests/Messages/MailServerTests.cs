using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>Whatever a server says, and however long it is away: nothing is lost, and what is no longer so does not go.</summary>
public sealed class MailServerTests(Azurite azurite) : PostOffice(azurite)
{
    [Fact]
    public async Task What_is_put_off_is_tried_again_and_nothing_later_about_it_overtakes_it()
    {
        var at = Open();
        await Live(at);
        server.Says = (mail, tries) => tries < 3 ? new(HandoverOutcome.PutOff, "451 4.7.1 Greylisted") : new(HandoverOutcome.Taken, "250");
        await Settle(Postman(at));
        Assert.All(server.Tries.Values, tries => Assert.Equal(3, tries));
        foreach (var about in server.Taken.GroupBy(mail => (mail.To, mail.Subject.Split(' ', 2)[1])))
            Assert.Equal(about.Select(mail => int.Parse(mail.Subject.Split(' ')[0])).Order(), about.Select(mail => int.Parse(mail.Subject.Split(' ')[0])));
    }

    [Fact]
    public async Task A_refusal_and_three_days_of_putting_off_give_it_up_and_the_others_get_theirs()
    {
        var at = Open();
        await Live(at);
        server.Says = (mail, _) => mail.To.StartsWith("officer", StringComparison.Ordinal) ? new(HandoverOutcome.Refused, "550 5.1.1 No such user")
            : mail.To.StartsWith("finance", StringComparison.Ordinal) ? new(HandoverOutcome.PutOff, "450") : new(HandoverOutcome.Taken, "250");
        var begun = machine.Now;
        await Settle(Postman(at, people: new People { Two = true }), onTime);
        var given = (await Outcomes(at)).OfType<MessageGivenUp>().ToList();
        Assert.Contains(given, it => it is { Why: MessageFailure.Refused, To: [{ Value: "officer.RK" }] });
        Assert.Contains(given, it => it.Why == MessageFailure.TimedOut);
        Assert.True(machine.Now - begun >= Duration.FromDays(3));
        // What both get is told of each by itself.
        Assert.Contains((await Outcomes(at)).OfType<MessageHandedOver>(), it => given.Exists(other => other.ToKey() == it.ToKey()));
        Assert.All(server.Tries.Where(tried => tried.Key.StartsWith("officer", StringComparison.Ordinal)), tried => Assert.Equal(1, tried.Value));
        await IsToldForAWeek(at, given);
    }

    [Theory]
    [InlineData(MailTiming.AtOnce)]
    [InlineData(MailTiming.EachMorning)]
    public async Task What_is_no_longer_so_when_a_server_comes_back_is_not_sent_and_is_nobody_s_fault(MailTiming timing)
    {
        var at = Open();
        await Do(at, "2014-06-13", Some.Officer, new CreateAgreement(Some.Terms2014), Some.Signature());
        var postman = Postman(at);
        await postman.Choose(lead, new(timing), Cancellation);
        await Settle(postman, Some.Utc("2014-06-16T10:00:00Z"));
        await at.Dossiers.Advance(id, Some.Utc("2015-01-02T07:00:00Z"), Cancellation);
        var begun = (await at.Logs.ReadSince(id, 0, Cancellation))[^1].Sequence;
        server.Says = (_, _) => new(HandoverOutcome.Down, "");
        Assert.NotNull(await postman.Deliver(id, Some.Utc("2015-01-02T07:00:00Z"), Cancellation));
        var document = Some.Document(1001);
        await Do(at, "2015-01-20", Some.ProjectLead, document, new Submit("mapping-report", "Härmed", [document.Document]));
        await Do(at, "2015-01-21", Some.Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Some.Day("2015-02-15")));
        server.Says = (_, _) => new(HandoverOutcome.Taken, "250");
        server.Taken.Clear();
        machine.Now += Duration.FromMinutes(10);
        var now = Some.Utc("2015-01-26T10:00:00Z");
        await Settle(postman, now);
        var overtaken = (await AllOutcomes(at)).Where(it => it is MessageGivenUp { Why: MessageFailure.Overtaken, Obligation: "mapping-report" }).ToList();
        // What was to remind of it, and the review of what has been returned since.
        Assert.Contains(overtaken, it => it is { Reason: MessageReason.Reminder, Party: "SKR", To: [{ Value: "project-lead.SKR" }] } && it.Of <= begun);
        Assert.Contains(overtaken, it => it is { Reason: MessageReason.Turn, Party: "RK" });
        var told = Assert.Single((await AllOutcomes(at)).OfType<MessageHandedOver>(), it => it.Obligation == "mapping-report" && it.Of > begun);
        Assert.Equal((MessageReason.Turn, "SKR"), (told.Reason, told.Party));
        Assert.Contains(ToLead().SelectMany(In), it => it.EndsWith(" mapping-report", StringComparison.Ordinal));
        Assert.Empty(lost);
        Assert.DoesNotContain(await postman.Missing(id, now, Cancellation), it => it.Kind == MissingKind.NotReached);
        Assert.Empty(await postman.Behind(null, Cancellation));
        Assert.DoesNotContain(await postman.Troubles(Cancellation), it => it.Attempts.End is null);
    }

    [Theory]
    [InlineData(MailTiming.AtOnce)]
    [InlineData(MailTiming.EachMorning)]
    public async Task What_can_t_be_written_to_one_person_is_given_up_for_that_one_and_the_others_get_theirs_at_once(MailTiming timing)
    {
        var at = Open();
        await Live(at);
        unwritable = "project-lead.SKR@example.se";
        var postman = Postman(at);
        await postman.Choose(lead, new(timing), Cancellation);
        var begun = machine.Now;
        await Settle(postman, monday + Duration.FromDays(7));
        Assert.Equal(begun, machine.Now);
        var given = (await Outcomes(at)).OfType<MessageGivenUp>().ToList();
        Assert.NotEmpty(given);
        Assert.All(given, it => Assert.Equal((MessageFailure.Refused, lead), (it.Why, Assert.Single(it.To))));
        Assert.Contains(await Outcomes(at), it => it is MessageHandedOver);
        // Whoever runs the host is told at once.
        Assert.Equal(given.Select(it => it.ToKey()), lost.Select(it => it.ToKey()));
        Assert.Empty(await postman.Behind(null, Cancellation));
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_lost_and_nothing_counts_as_tried()
    {
        var at = Open();
        await Live(at);
        var back = machine.Now + Duration.FromDays(1);
        server.Says = (_, _) => machine.Now < back ? new(HandoverOutcome.Down, "Connection refused") : new(HandoverOutcome.Taken, "250");
        var postman = Postman(at);
        await Settle(postman);
        Assert.NotEmpty(server.Taken);
        Assert.All(await Outcomes(at), it => Assert.IsType<MessageHandedOver>(it));
        Assert.All((await postman.AttemptsOf(id, Cancellation)).Values.Where(it => it.End != AttemptEnd.Overtaken), it => Assert.Equal((1, AttemptEnd.Taken), (it.Tries, it.End)));
        // It is asked every five minutes at most, not by each message.
        Assert.InRange(server.Asked, 24 * 12, 24 * 12 + 100);
    }

    [Theory]
    [InlineData("put-off")]
    [InlineData("down")]
    public async Task A_clock_that_jumps_a_month_ahead_and_back_loses_nothing_and_tells_nobody_twice(string trouble)
    {
        var at = Open();
        await Live(at);
        var (postman, begun, isWell) = (Postman(at), machine.Now, false);
        server.Says = (_, _) => isWell ? new(HandoverOutcome.Taken, "250") : new(trouble == "down" ? HandoverOutcome.Down : HandoverOutcome.PutOff, "451");
        Assert.NotNull(await postman.Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation));
        machine.Now += Duration.FromDays(30);
        Assert.NotNull(await postman.Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation));
        machine.Now = begun + Duration.FromMinutes(2);
        isWell = true;
        await Settle(postman);
        Assert.InRange(machine.Now - begun, Duration.Zero, Duration.FromHours(8));
        Assert.NotEmpty(server.Taken);
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
        Assert.All(await Outcomes(at), it => Assert.IsType<MessageHandedOver>(it));
        Assert.Empty(await postman.Behind(null, Cancellation));
    }
}
