using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>Whatever servers do and wherever the process dies, each message reaches each mailbox once, in order, and its log says so.</summary>
public sealed partial class PostmanTests(Azurite azurite) : IAsyncDisposable
{
    static readonly AgreementId id = Some.AgreementId();

    // Before all that is told: nothing is late.
    static readonly Instant onTime = Some.Utc("2014-01-23T10:01:00Z");

    readonly TemporaryFolder folder = new();
    readonly List<IDisposable> opened = [];
    readonly Server server = new();
    readonly ManualClock machine = new();
    int databases;

    readonly AccountInUse account = new(azurite);

    public async ValueTask DisposeAsync()
    {
        await account.DisposeAsync();
        foreach (var it in opened)
            it.Dispose();
        folder.Dispose();
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    sealed record Site(IEventStore Logs, IKeptRecords Kept, Dossiers Dossiers);

    async Task<Site> Open(bool onAccount)
    {
        if (!onAccount)
            return Open();
        await account.Open();
        return new(account.Stores.Events, account.Stores.Kept, new Dossiers(account.Stores.Events, Guid.CreateVersion7));
    }

    Site Open(string? copyOf = null)
    {
        var path = folder[$"{++databases}"];
        if (copyOf is not null)
        {
            Directory.CreateDirectory(path);
            foreach (var file in Directory.GetFiles(copyOf))
                File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        }
        var database = SqliteDatabase.Open(path);
        opened.Add(database);
        var logs = new SqliteEventStore(database);
        return new(logs, new SqliteKeptRecords(database), new Dossiers(logs, Guid.CreateVersion7));
    }

    // Signed, reminded, delivered and returned: turns, reminders and a decision.
    static async Task Live(Site at, AgreementId? of = null)
    {
        var id = of ?? PostmanTests.id;
        await Do(at, id, "2014-06-13", Some.Officer, new CreateAgreement(Some.Terms2014), Some.Signature());
        await at.Dossiers.Advance(id, Some.Utc("2015-01-02T07:00:00Z"), Cancellation);
        var document = Some.Document(1001);
        await Do(at, id, "2015-01-20", Some.ProjectLead, document, new Submit("mapping-report", "Härmed", [document.Document]));
        await Do(at, id, "2015-01-21", Some.Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Some.Day("2015-02-15")));
        await Do(at, id, "2015-01-22", Some.ProjectLead, new Submit("mapping-report", "Nu", [document.Document]));
        await Do(at, id, "2015-01-23", Some.Officer, new AcceptSubmission("mapping-report", 2, null));
    }

    static Task Do(Site at, string day, Actor by, params Command[] commands) => Do(at, id, day, by, commands);

    static async Task Do(Site at, AgreementId id, string day, Actor by, params Command[] commands)
    {
        foreach (var command in commands)
            Assert.Null((await at.Dossiers.Execute(id, command, new(by, Some.Utc($"{day}T10:00:00Z")), cancellation: Cancellation)).Refused);
    }

    Postman Postman(Site at, IPostbox? postbox = null, IKeptRecords? kept = null, Dossiers? dossiers = null, People? people = null) =>
        new(at.Logs, dossiers ?? at.Dossiers, kept ?? at.Kept, postbox ?? server, people ?? new People(), (whom, _, mail) => new(mail, Written(whom[0].To), whom[0].To.Name, whom[0].To.Language, $"{whom[0].Message.Key.Of} {whom[0].Message.About}", "", "") { About = [.. whom.Select(MailedTo)] },
            (messages, to, mail) => new(mail, Written(to[0]), to[0].Name, to[0].Language, "together", string.Join('\n', messages.Select(it => $"{it.Of.Id} {it.Message.Key.Of} {it.Message.About}")), "") { About = [.. messages.SelectMany(it => it.Whom).Select(MailedTo)] }, machine, (_, it) => lost.Add(it));

    static MailedMessage MailedTo(Addressee it) => new(it.Message.Agreement, it.Message.Key, it.To.Id, it.Message.Obligation);

    // Whom nothing can be written to.
    string? unwritable;
    readonly List<MessageGivenUp> lost = [];

    string Written(Recipient to) => to.Mail == unwritable ? throw new FormatException($"No address: {to.Mail}") : to.Mail;

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

    // Until nothing is left, as the clock of the machine goes.
    async Task Settle(Postman postman)
    {
        for (var rounds = 0; await postman.Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation) is { } again; rounds++)
        {
            Assert.True(rounds < 2000, "It never ends.");
            machine.Now = Instant.Max(machine.Now, again);
        }
    }

    // But of what was no longer so before it went.
    static async Task<List<MessageEvent>> Outcomes(Site at) =>
        [.. (await AllOutcomes(at)).Where(it => it is not MessageGivenUp { Why: MessageFailure.Overtaken })];

    static async Task<List<MessageEvent>> AllOutcomes(Site at) =>
        [.. (await at.Logs.ReadSince(id, 0, Cancellation)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<MessageEvent>()];

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
    public async Task Killed_between_any_two_steps_it_goes_on_where_it_was()
    {
        await Live(Open());
        opened[^1].Dispose();
        var lived = folder[$"{databases}"];
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

    // While it takes its time with the first of its kind, another process comes to the same mail.
    sealed class Slow(Server it, Func<MailMessage, bool> isSlow, Func<Task> meanwhile) : IPostbox
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

    // Whoever looks after the host hears of it.
    async Task IsToldForAWeek(Site at, IReadOnlyList<MessageGivenUp> given)
    {
        var (postman, last) = (Postman(at), (await at.Logs.ReadSince(id, 0, Cancellation))[^1].At);
        Assert.Equal(given.Select(it => new MissingMessage(MissingKind.NotReached, it.Of)).Distinct(),
            (await postman.Missing(id, last, Cancellation)).Where(it => it.Kind == MissingKind.NotReached));
        Assert.DoesNotContain(await postman.Missing(id, last + Duration.FromDays(7), Cancellation), it => it.Kind == MissingKind.NotReached);
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

    sealed class ManualClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 1, 5, 7, 0);

        public Instant GetCurrentInstant() => Now;
    }

    sealed class People : IRecipients
    {
        public string? Nobody { get; init; }
        public bool Two { get; init; }

        /// <summary>Whether those two read the same mailbox.</summary>
        public bool IsShared { get; init; }

        public Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<Recipient>>(party == Nobody || role == Role.PartyAdmin ? [] : Two && party == "SKR" ? [One(party, role), One(party, Role.Finance)] : [One(party, role)]);

        Recipient One(string party, Role role) => new(new($"{Json.NameOf(role)}.{party}"), $"{role}", IsShared && party == "SKR" && role == Role.Finance ? "Project-Lead.SKR@example.se" : $"{Json.NameOf(role)}.{party}@example.se", "sv");

        public Task<IReadOnlyList<Recipient>> At(string mail, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<Recipient>>(IsShared && mail.StartsWith("project-lead.SKR", StringComparison.OrdinalIgnoreCase) ? [One("SKR", Role.ProjectLead), One("SKR", Role.Finance)] : []);
    }

    sealed class Server : IPostbox
    {
        public List<MailMessage> Taken { get; } = [];
        public Dictionary<string, int> Tries { get; } = [];
        public int Asked { get; private set; }
        public Func<MailMessage, int, Handover> Says { get; set; } = (_, _) => new(HandoverOutcome.Taken, "250 OK");
        public Task Pause { get; set; } = Task.CompletedTask;

        string IPostbox.Server => "mail.example.se";

        public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            await Pause;
            lock (Taken)
            {
                Asked++;
                var key = $"{mail.To} {mail.Id}";
                var said = Says(mail, Tries[key] = Tries.GetValueOrDefault(key) + 1);
                if (said.Outcome == HandoverOutcome.Taken)
                    Taken.Add(mail);
                return said;
            }
        }
    }

    sealed class Died : Exception;

    sealed class Death(int at)
    {
        int steps;

        public bool InServer { get; private set; }

        // The server has taken a mail of which no record tells yet.
        public bool IsTaken { get; set; }

        public void Step(bool inServer = false)
        {
            if (++steps != at)
                return;
            InServer = inServer;
            throw new Died();
        }
    }

    // Killed before the server hears of it, or when it has taken it and nobody has heard so.
    sealed class DyingServer(Server it, Death death) : IPostbox
    {
        string IPostbox.Server => "mail.example.se";

        public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            death.Step();
            var said = await it.HandOver(mail, cancellation);
            death.Step(inServer: true);
            death.IsTaken = true;
            return said;
        }
    }

    // Waits once it has read what is tried, until it may go on.
    sealed class HeldBack(IKeptRecords it) : IKeptRecords
    {
        readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously), may = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsHeld => held.Task;

        public void Go() => may.SetResult();

        public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => it.Find(kind, key, now, cancellation);

        public async Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default)
        {
            var found = await it.Range(kind, prefix, now, cancellation);
            held.TrySetResult();
            await may.Task;
            return found;
        }

        public Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default) => it.Put(record, now, cancellation);

        public Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default) => it.Delete(kind, key, etag, cancellation);

        public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => it.Sweep(kind, now, cancellation);
    }

    sealed class DyingRecords(IKeptRecords it, Death death) : IKeptRecords
    {
        public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => it.Find(kind, key, now, cancellation);

        public Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default) => it.Range(kind, prefix, now, cancellation);

        public async Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default)
        {
            death.Step(inServer: death.IsTaken);
            var etag = await it.Put(record, now, cancellation);
            death.IsTaken = false;
            death.Step();
            return etag;
        }

        public async Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default)
        {
            var gone = await it.Delete(kind, key, etag, cancellation);
            death.Step();
            return gone;
        }

        public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => it.Sweep(kind, now, cancellation);
    }
}
