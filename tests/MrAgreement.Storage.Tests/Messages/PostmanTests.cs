using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>What a log gives to tell reaches each mailbox once, in order, and the log says so; what should have gone and has not is found.</summary>
public sealed class PostmanTests(Azurite azurite) : PostOffice(azurite)
{
    [Fact]
    public async Task All_that_waits_is_counted_tried_or_not_and_what_a_server_answers_is_known()
    {
        var at = Open();
        await Live(at);
        var postman = Postman(at);
        server.Says = (_, _) => new(HandoverOutcome.Down, "550 5.7.1 Sender not known", IsAnswer: true);
        await postman.Deliver(id, onTime, Cancellation);
        Assert.Single(await postman.AttemptsOf(id, Cancellation));
        Assert.Equal("550 5.7.1 Sender not known", postman.DownSaid);
        var waiting = await postman.CountUnsent(Cancellation);
        Assert.Equal(waiting, (await postman.Unsent(id, Cancellation)).Count);
        server.Says = (_, _) => new(HandoverOutcome.Down, "Connection refused");
        machine.Now = postman.DownUntil;
        await postman.Deliver(id, onTime, Cancellation);
        Assert.Null(postman.DownSaid);
        server.Says = (_, _) => new(HandoverOutcome.Taken, "250");
        await Settle(postman, onTime);
        Assert.Equal(server.Taken.Count, waiting);
        Assert.Equal(0, await postman.CountUnsent(Cancellation));
    }

    [Fact]
    public async Task Each_message_is_handed_over_once_and_the_log_says_to_which_server()
    {
        var at = Open();
        await Live(at);
        await Settle(Postman(at));
        await Settle(Postman(at));
        var outcomes = await Outcomes(at);
        Assert.NotEmpty(server.Taken);
        Assert.Equal(server.Taken.Count, server.Taken.Select(mail => mail.Id).Distinct().Count());
        Assert.All(outcomes, it => Assert.Equal("mail.example.se", Assert.IsType<MessageHandedOver>(it).Server));
        Assert.Equal(server.Taken.Count, outcomes.Sum(it => it.To.Count));
        Assert.Equal((await at.Logs.ReadSince(id, 0, Cancellation))[^1].Sequence, (await Postman(at).ToldOf(id, Cancellation)).To);
        Assert.Empty(await Postman(at).Behind(null, Cancellation));
    }

    [Fact]
    public async Task What_was_in_the_log_before_mail_began_is_told_to_nobody()
    {
        var at = Open();
        await Live(at);
        await Postman(at).BeginWithWhatIsThere(Cancellation);
        await Settle(Postman(at));
        Assert.Empty(server.Taken);
        await Do(at, "2015-03-01", Some.Finance, Some.Requisition("2014", "100", "MR 2014"));
        await Postman(at).BeginWithWhatIsThere(Cancellation);
        await Settle(Postman(at));
        Assert.Equal("approver.SKR@example.se", Assert.Single(server.Taken).To);
    }

    [Fact]
    public async Task Where_nobody_has_the_role_it_is_given_up_and_said()
    {
        var at = Open();
        await Live(at);
        await Settle(Postman(at, people: new People { Nobody = "RK" }));
        Assert.All((await Outcomes(at)).Where(it => it.Party == "RK"), it => Assert.Equal((MessageFailure.Nobody, 0), (Assert.IsType<MessageGivenUp>(it).Why, it.To.Count)));
        Assert.Contains(await Outcomes(at), it => it is MessageHandedOver { Party: "SKR" });
        await IsToldForAWeek(at, [.. (await Outcomes(at)).OfType<MessageGivenUp>()]);
    }

    [Fact]
    public async Task What_should_have_gone_and_has_not_is_found_whoever_is_to_blame()
    {
        var (at, now) = (Open(), Some.Utc("2015-02-01T10:00:00Z"));
        await Live(at);
        var postman = Postman(at);
        // The timer did not come, and nobody delivers.
        Assert.Equal([MissingKind.NotReminded, MissingKind.NotTold], (await postman.Missing(id, now, Cancellation)).Select(it => it.Kind));
        await at.Dossiers.Advance(id, now, Cancellation);
        Assert.Equal([MissingKind.NotTold], (await postman.Missing(id, now, Cancellation)).Select(it => it.Kind));
        // Somebody passes over what was not told.
        var last = (await at.Logs.ReadSince(id, 0, Cancellation))[^1].Sequence;
        await at.Kept.Put(new("mail-cursors", $"{id}", System.Text.Encoding.UTF8.GetBytes($$"""{"from":0,"to":{{last}}}""")), now, Cancellation);
        Assert.NotEmpty(await postman.Missing(id, now, Cancellation));
        Assert.All(await postman.Missing(id, now, Cancellation), it => Assert.Equal(MissingKind.NotSettled, it.Kind));
        await at.Kept.Delete("mail-cursors", $"{id}", null, Cancellation);
        await Settle(postman);
        Assert.Empty(await postman.Missing(id, now, Cancellation));
    }
}
