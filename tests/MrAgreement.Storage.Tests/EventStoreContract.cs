namespace MrAgreement.Storage.Tests;

/// <summary>What every event store promises.</summary>
public abstract class EventStoreContract
{
    static readonly AgreementId agreement = Stored.Agreement();

    protected abstract IEventStore Store { get; }

    /// <summary>Takes away what tells where a log ends and lists it, or the log itself, past the store.</summary>
    protected abstract Task Lose(AgreementId agreement, bool head);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_appended_is_read_back_in_order()
    {
        var first = Stored.Append(agreement, null, events: 3);
        var second = Stored.Append(agreement, first.Events[^1], events: 2);

        Assert.Equal(AppendOutcome.Appended, await Store.Append(first, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(second, Cancellation));

        var log = await Log(agreement);
        Assert.Equivalent(first.Events.Concat(second.Events), log, strict: true);
        Assert.Null(HashChain.FirstBreak(agreement, log));
    }

    [Fact]
    public async Task Salts_are_read_back_and_rows_of_earlier_versions_have_none()
    {
        var first = Stored.Append(agreement, null).Events[0];
        var salted = HashChain.Next(first.Hash, 2, Stored.Time + Duration.FromHours(1), Stored.Person, "report-submitted", "{}"u8.ToArray(), Salt.Parse("00112233445566778899aabbccddeeff"));
        await Store.Append(new(Stored.AppendId(), agreement, 0, [first, salted], null), Cancellation);

        var log = await Log(agreement);
        Assert.Equal([null, "00112233445566778899aabbccddeeff"], log.Select(row => row.Salt?.ToString()));
        Assert.Null(HashChain.FirstBreak(agreement, log));
        Assert.Equal([2L], (await Store.ReadAfter(agreement, 1, first.Hash, Cancellation))!.Select(row => row.Sequence));
    }

    [Fact]
    public async Task An_erased_payload_is_read_back_as_a_gap_that_keeps_its_digest()
    {
        var row = Stored.Events(agreement, null, 1)[0] with { Data = null };
        await Store.Append(new(Stored.AppendId(), agreement, 0, [row], null), Cancellation);

        var log = await Log(agreement);
        Assert.Null(Assert.Single(log).Data);
        Assert.Null(HashChain.FirstBreak(agreement, log));
    }

    [Theory]
    [InlineData(100, 40)]
    [InlineData(100, 1_200_000)]
    [InlineData(1_200_000, 100)]
    public async Task What_an_append_erases_stands_there_from_then_on_with_it_or_not_at_all(int before, int after)
    {
        var salt = Salt.Parse("00112233445566778899aabbccddeeff");
        var first = HashChain.Next(HashChain.Start(agreement), 1, Stored.Time, Stored.Person, "report-submitted", new byte[before], salt);
        var second = Stored.Events(agreement, first, 1)[0];
        await Store.Append(new(Stored.AppendId(), agreement, 0, [first, second], null), Cancellation);
        var erased = first with { Data = [.. Enumerable.Repeat((byte)7, after)], Salt = Salt.Parse("ffeeddccbbaa99887766554433221100") };
        var told = new Append(Stored.AppendId(2), agreement, 2, Stored.Events(agreement, second, 1), null) { Erased = [erased] };

        // One that comes too late erases nothing.
        Assert.Equal(AppendOutcome.Moved, await Store.Append(new(Stored.AppendId(3), agreement, 1, Stored.Events(agreement, first, 1), null) { Erased = [erased] }, Cancellation));
        Assert.Equal(Held(first), Held((await Log(agreement))[0]));

        Assert.Equal(AppendOutcome.Appended, await Store.Append(told, Cancellation));
        Assert.Equal([Held(erased), Held(second), Held(told.Events[0])], (await Log(agreement)).Select(Held));
        Assert.Equal(Held(erased), Held((await Store.Examine(agreement, 0, Cancellation)).Rows[0].Event!));

        static (StoredEvent, Sha256) Held(StoredEvent row) => (row with { Data = null }, Sha256.Of(row.Data));
    }

    [Fact]
    public async Task Answers_go_when_they_have_been_kept_long_enough_and_their_keys_are_free()
    {
        var (now, month) = (SystemClock.Instance.GetCurrentInstant(), Duration.FromDays(30));
        var first = Answered(null, Stored.Answer());
        await Store.Append(first, Cancellation);
        await Store.SweepAnswers(now, month, Cancellation);
        await Store.Append(Answered(first.Events[0], Stored.Answer("key-2")), Cancellation);
        await Store.SweepAnswers(now + Duration.FromDays(29), month, Cancellation);
        Assert.NotNull(await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation));

        await Store.SweepAnswers(now + Duration.FromDays(31), month, Cancellation);
        Assert.Null(await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation));
        Assert.Equal([1L, 2L], (await Log(agreement)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task Answers_that_are_forgotten_were_given_and_tell_nothing()
    {
        await Store.Append(Answered(null, Stored.Answer(body: new string('x', 100_000))), Cancellation);
        await Store.Append(Stored.Append(Stored.Agreement(2), null) with { Answer = Stored.Answer() }, Cancellation);
        await Store.ForgetAnswers(agreement, Cancellation);
        await Store.ForgetAnswers(agreement, Cancellation);

        Assert.Equivalent(Stored.Answer() with { Body = [] }, await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation), strict: true);
        Assert.NotEmpty((await Store.FindAnswer(Stored.Agreement(2), Stored.Person, "key-1", Cancellation))!.Body);
    }

    [Fact]
    public async Task Reading_goes_on_after_a_sequence()
    {
        var append = Stored.Append(agreement, null, events: 12);
        await Store.Append(append, Cancellation);

        Assert.Equal([10, 11, 12], (await Store.ReadSince(agreement, 9, Cancellation)).Select(e => e.Sequence));
        Assert.Empty(await Store.ReadSince(agreement, 12, Cancellation));
    }

    [Fact]
    public async Task No_more_is_read_than_is_asked_for()
    {
        var large = Stored.Events(agreement, null, 3).Select((row, i) => i == 1 ? row with { Data = new byte[1_500_000] } : row).ToList();
        await Store.Append(new(Stored.AppendId(), agreement, 0, large, null), Cancellation);
        await Store.Append(Stored.Append(agreement, large[^1], events: 2), Cancellation);
        await Store.Append(Stored.Append(Stored.Agreement(2), null, events: 1), Cancellation);

        Assert.Equal([1, 2], (await Store.ReadSince(agreement, 0, 2, Cancellation)).Select(e => e.Sequence));
        Assert.Equal((2, 1_500_000), (await Store.ReadSince(agreement, 1, 1, Cancellation)) is [var one] ? (one.Sequence, one.Data!.Length) : default);
        Assert.Equal([4, 5], (await Store.ReadSince(agreement, 3, 2, Cancellation)).Select(e => e.Sequence));
        Assert.Equal([5], (await Store.ReadSince(agreement, 4, 100, Cancellation)).Select(e => e.Sequence));
        Assert.Empty(await Store.ReadSince(agreement, 5, 1, Cancellation));
        Assert.Empty(await Store.ReadSince(agreement, 0, 0, Cancellation));
        Assert.Empty(await Store.ReadSince(Stored.Agreement(3), 0, 1, Cancellation));
    }

    [Fact]
    public async Task A_log_that_moves_while_it_is_read_still_holds_what_is_known_of_it()
    {
        var known = Stored.Append(agreement, null, events: 1);
        await Store.Append(known, Cancellation);
        var appending = Task.Run(async () =>
        {
            for (var (last, i) = (known.Events[^1], 0); i < 100; i++)
            {
                var next = Stored.Append(agreement, last, events: 1);
                await Store.Append(next, Cancellation);
                last = next.Events[^1];
            }
        }, Cancellation);

        for (var last = known.Events[^1]; last.Sequence < 101;)
        {
            var news = await Store.ReadAfter(agreement, last.Sequence, last.Hash, Cancellation);
            Assert.NotNull(news);
            last = news.Count > 0 ? news[^1] : last;
        }
        await appending;
    }

    [Fact]
    public async Task Reading_goes_on_after_a_row_that_the_log_holds_and_after_no_other()
    {
        var append = Stored.Append(agreement, null, events: 12);
        await Store.Append(append, Cancellation);

        Assert.Equal([10, 11, 12], (await Store.ReadAfter(agreement, 9, append.Events[8].Hash, Cancellation))!.Select(e => e.Sequence));
        Assert.Empty((await Store.ReadAfter(agreement, 12, append.Events[11].Hash, Cancellation))!);
        Assert.Equal(12, (await Store.ReadAfter(agreement, 0, HashChain.Start(agreement), Cancellation))!.Count);
        Assert.Empty((await Store.ReadAfter(Stored.Agreement(2), 0, HashChain.Start(Stored.Agreement(2)), Cancellation))!);
        Assert.Null(await Store.ReadAfter(agreement, 9, append.Events[7].Hash, Cancellation));
        Assert.Null(await Store.ReadAfter(agreement, 12, append.Events[10].Hash, Cancellation));
        Assert.Null(await Store.ReadAfter(agreement, 13, append.Events[11].Hash, Cancellation));
        Assert.Null(await Store.ReadAfter(Stored.Agreement(2), 1, append.Events[0].Hash, Cancellation));
    }

    [Fact]
    public async Task A_log_that_ends_with_another_row_than_was_read_has_moved_though_it_is_as_long()
    {
        var first = Stored.Append(agreement, null, events: 2, id: 1);
        await Store.Append(first, Cancellation);

        Assert.Equal(AppendOutcome.Moved, await Store.Append(Stored.Append(agreement, first.Events[1], id: 2) with { After = first.Events[0].Hash }, Cancellation));
        Assert.Equal(AppendOutcome.Moved, await Store.Append(new Append(Stored.AppendId(3), agreement, 2, [], Stored.Time) { After = first.Events[0].Hash }, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, first.Events[1], id: 4) with { After = first.Events[1].Hash }, Cancellation));
        Assert.Equal(3, (await Log(agreement)).Count);
    }

    [Fact]
    public async Task A_survey_finds_every_log_and_head_also_those_that_have_lost_each_other()
    {
        // One event that goes over several rows, an answer beside it, and a wake-up without a log.
        await Store.Append(Stored.Append(Stored.Agreement(1), null, events: 12, wakeUp: Stored.Time) with { Answer = Stored.Answer() }, Cancellation);
        foreach (var number in new[] { 2, 3 })
            await Store.Append(Stored.Append(Stored.Agreement(number), null, events: 2), Cancellation);
        await Store.Append(new(Stored.AppendId(9), Stored.Agreement(4), 0, [], Stored.Time), Cancellation);
        await Lose(Stored.Agreement(2), head: true);
        await Lose(Stored.Agreement(3), head: false);

        Assert.Equivalent(new LogTrace[] { new(Stored.Agreement(1), 12, 12), new(Stored.Agreement(2), null, 2), new(Stored.Agreement(3), 2, 0) }, await Store.Survey(Cancellation).ToListAsync(Cancellation), strict: true);
    }

    [Fact]
    public async Task An_agreement_that_does_not_exist_has_an_empty_log()
    {
        Assert.Empty(await Log(agreement));
        Assert.Empty(await Listed());
    }

    [Fact]
    public async Task Agreements_have_logs_of_their_own_and_are_listed_in_order_of_id()
    {
        foreach (var number in new[] { 0x7000, 2, 0x00F00000, 1, 0x10 })
            await Store.Append(Stored.Append(Stored.Agreement(number), null), Cancellation);

        Assert.Equal([1, 2, 0x10, 0x7000, 0x00F00000], (await Listed()).Select(a => Convert.ToInt32(a.ToString()[..8], 16)));
        Assert.Single(await Log(Stored.Agreement(2)));
    }

    [Fact]
    public async Task An_append_to_a_log_that_has_moved_changes_nothing()
    {
        var first = Stored.Append(agreement, null, wakeUp: Stored.Time);
        await Store.Append(first, Cancellation);
        var late = new Append(Stored.AppendId(2), agreement, 0, Stored.Events(agreement, null, 2), Stored.Time + Duration.FromDays(1)) { Answer = Stored.Answer() };
        var ahead = Stored.Append(agreement, Stored.Events(agreement, null, 5)[^1], id: 3);

        Assert.Equal(AppendOutcome.Moved, await Store.Append(late, Cancellation));
        Assert.Equal(AppendOutcome.Moved, await Store.Append(ahead, Cancellation));

        Assert.Equivalent(first.Events, await Log(agreement), strict: true);
        Assert.Equal([new(agreement, Stored.Time)], await Due(Stored.Time + Duration.FromDays(2)));
        Assert.Null(await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation));
    }

    [Fact]
    public async Task Of_racing_appends_exactly_one_wins_and_is_there_as_a_whole()
    {
        var first = Stored.Append(agreement, null);
        await Store.Append(first, Cancellation);
        var racing = Enumerable.Range(2, 8).Select(i => Stored.Append(agreement, first.Events[0], events: i, id: i)).ToList();

        var outcomes = await Task.WhenAll(racing.Select(a => Task.Run(() => Store.Append(a, Cancellation), Cancellation)));

        var winner = racing[outcomes.Index().Single(o => o.Item == AppendOutcome.Appended).Index];
        Assert.Equal(1 + winner.Events.Count, (await Log(agreement)).Count);
    }

    [Fact]
    public async Task An_append_of_as_many_events_and_bytes_as_are_allowed_is_kept_whole()
    {
        var most = new Append(Stored.AppendId(), agreement, 0, Stored.Events(agreement, null, Append.MaxEvents, size: 14_500), null);
        Assert.InRange(most.Events.Sum(e => e.Data!.Length), Append.MaxBytes * 99 / 100, Append.MaxBytes);

        Assert.Equal(AppendOutcome.Appended, await Store.Append(most, Cancellation));

        var log = await Log(agreement);
        Assert.Equal(Append.MaxEvents, log.Count);
        Assert.Null(HashChain.FirstBreak(agreement, log));
    }

    [Fact]
    public async Task One_event_may_be_as_large_as_a_whole_append_and_an_answer_takes_of_the_same()
    {
        var largest = Stored.Events(agreement, null, 1, size: Append.MaxBytes / 2 - 1000)[0];
        var append = new Append(Stored.AppendId(), agreement, 0, [largest], null) { Answer = Stored.Answer(body: new string('x', 1000)) };

        Assert.Equal(AppendOutcome.Appended, await Store.Append(append, Cancellation));

        var read = Assert.Single(await Log(agreement));
        Assert.Equal(largest.Data, read.Data);
        Assert.Equal(largest with { Data = null }, read with { Data = null });
        Assert.Equal(1000, (await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation))!.Body.Length);
        Assert.Throws<ArgumentException>(() => append with { Answer = Stored.Answer(body: new string('x', 3000)) });
    }

    [Fact]
    public void An_append_of_more_events_or_with_a_gap_can_not_be_made()
    {
        Assert.Throws<ArgumentException>(() => Stored.Append(agreement, null, events: Append.MaxEvents + 1));
        Assert.Throws<ArgumentException>(() => new Append(Stored.AppendId(), agreement, 0, Stored.Events(agreement, null, 2)[1..], null));
    }

    [Fact]
    public async Task A_wake_up_replaces_the_one_before_and_none_clears_it()
    {
        var (soon, later) = (Stored.Time + Duration.FromDays(1), Stored.Time + Duration.FromDays(9));
        var first = Stored.Append(agreement, null, wakeUp: soon);
        var second = Stored.Append(agreement, first.Events[0], wakeUp: later);
        await Store.Append(first, Cancellation);
        Assert.Equal([new(agreement, soon)], await Due(later));

        await Store.Append(second, Cancellation);
        Assert.Equal([new(agreement, later)], await Due(later));

        await Store.Append(Stored.Append(agreement, second.Events[0]), Cancellation);
        Assert.Empty(await Due(later));
    }

    [Fact]
    public async Task Due_wake_ups_come_soonest_first_up_to_the_limit_and_the_instant_itself()
    {
        foreach (var (number, hours) in new[] { (1, 3), (2, 1), (3, 5), (4, 2), (5, -300_000) })
            await Store.Append(Stored.Append(Stored.Agreement(number), null, wakeUp: Stored.Time + Duration.FromHours(hours)), Cancellation);
        await Store.Append(Stored.Append(Stored.Agreement(6), null), Cancellation);
        var until = Stored.Time + Duration.FromHours(3);

        Assert.Equal([5, 2, 4, 1], (await Due(until)).Select(w => Convert.ToInt32(w.Agreement.ToString()[..8], 16)));
        Assert.Equal([Stored.Agreement(5), Stored.Agreement(2)], (await Store.DueWakeUps(until, 2, Cancellation)).Select(w => w.Agreement));
        Assert.Equal(3, (await Due(until - Duration.FromMilliseconds(1))).Count);
    }

    [Fact]
    public async Task Nobody_is_woken_early_by_a_fraction_of_a_millisecond()
    {
        await Store.Append(Stored.Append(agreement, null, wakeUp: Stored.Time + Duration.FromTicks(1)), Cancellation);

        Assert.Empty(await Due(Stored.Time));
        Assert.Single(await Due(Stored.Time + Duration.FromMilliseconds(1)));
    }

    [Fact]
    public async Task An_append_without_events_moves_the_wake_up_only_when_nothing_else_moved()
    {
        var first = Stored.Append(agreement, null, events: 2, wakeUp: Stored.Time);
        await Store.Append(first, Cancellation);
        var next = Stored.Time + Duration.FromDays(30);

        Assert.Equal(AppendOutcome.Moved, await Store.Append(new(Stored.AppendId(2), agreement, 1, [], next), Cancellation));
        Assert.Equal([new(agreement, Stored.Time)], await Due(next));

        Assert.Equal(AppendOutcome.Appended, await Store.Append(new(Stored.AppendId(3), agreement, 2, [], next), Cancellation));
        Assert.Equal([new(agreement, next)], await Due(next));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, first.Events[1]), Cancellation));
        Assert.Equal(3, (await Log(agreement)).Count);
    }

    [Fact]
    public async Task A_wake_up_alone_makes_no_log()
    {
        Assert.Equal(AppendOutcome.Appended, await Store.Append(new(Stored.AppendId(), agreement, 0, [], Stored.Time), Cancellation));

        Assert.Single(await Due(Stored.Time));
        Assert.Empty(await Listed());
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, null), Cancellation));
        Assert.Equal([agreement], await Listed());
    }

    [Fact]
    public async Task An_answer_is_found_by_agreement_person_and_key()
    {
        await Store.Append(Answered(null, Stored.Answer()), Cancellation);

        Assert.Equivalent(Stored.Answer(), await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation), strict: true);
        Assert.Null(await Store.FindAnswer(agreement, Stored.Person, "KEY-1", Cancellation));
        Assert.Null(await Store.FindAnswer(agreement, new("bo"), "key-1", Cancellation));
        Assert.Null(await Store.FindAnswer(Stored.Agreement(2), Stored.Person, "key-1", Cancellation));
    }

    [Fact]
    public async Task An_answer_may_lack_place_and_tag_and_body_and_its_key_may_hold_any_character()
    {
        var answer = new Answer(new("åsa/ö#?"), "a/b\\c#d?e%f'g|h", Sha256.Of("x"u8), 204, null, null, []);
        await Store.Append(Answered(null, answer), Cancellation);

        Assert.Equivalent(answer, await Store.FindAnswer(agreement, answer.Person, answer.Key, Cancellation), strict: true);
    }

    [Fact]
    public async Task A_key_that_has_been_used_moves_the_append_and_keeps_the_first_answer()
    {
        var first = Answered(null, Stored.Answer());
        await Store.Append(first, Cancellation);

        Assert.Equal(AppendOutcome.Moved, await Store.Append(Answered(first.Events[0], Stored.Answer(body: "[]")), Cancellation));

        Assert.Single(await Log(agreement));
        Assert.Equivalent(Stored.Answer(), await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation), strict: true);
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Answered(first.Events[0], Stored.Answer("key-2")), Cancellation));
    }

    [Fact]
    public async Task Of_racing_requests_with_one_key_one_takes_effect_however_often_they_decide_afresh()
    {
        var appended = await Task.WhenAll(Enumerable.Range(1, 16).Select(i => Task.Run(async () =>
        {
            while (await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation) is null)
            {
                if (await Store.Append(Answered(await Last(agreement), Stored.Answer(body: $"[{i}]"), i), Cancellation) == AppendOutcome.Appended)
                    return 1;
            }
            return 0;
        }, Cancellation)));

        Assert.Equal(1, appended.Sum());
        Assert.Single(await Log(agreement));
    }

    [Fact]
    public async Task Many_who_append_at_once_and_decide_afresh_lose_nothing_and_keep_every_chain_whole()
    {
        const int tasks = 64, appends = 20, agreements = 8;

        await Task.WhenAll(Enumerable.Range(0, tasks).Select(task => Task.Run(async () =>
        {
            for (var i = 0; i < appends; i++)
                await Decide(Stored.Agreement((task + i) % agreements), id: (task * appends) + i);
        }, Cancellation)));

        var total = 0;
        foreach (var each in await Listed())
        {
            var log = await Log(each);
            Assert.Null(HashChain.FirstBreak(each, log));
            total += log.Count;
        }
        Assert.Equal(tasks * appends, total);
    }

    [Fact]
    public async Task A_request_that_was_given_up_before_it_began_appends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Append(Stored.Append(agreement, null), new CancellationToken(canceled: true)));
        Assert.Empty(await Log(agreement));
    }

    static Append Answered(StoredEvent? last, Answer answer, int id = 1) =>
        new(Stored.AppendId(id), agreement, last?.Sequence ?? 0, Stored.Events(agreement, last, 1), null) { Answer = answer };

    async Task Decide(AgreementId agreement, int id)
    {
        while (true)
        {
            var last = await Last(agreement);
            try
            {
                if (await Store.Append(Stored.Append(agreement, last, id: id), Cancellation) == AppendOutcome.Appended)
                    return;
            }
            catch (StoreBusyException)
            {
                await Task.Delay(5, Cancellation);
            }
        }
    }

    Task<IReadOnlyList<StoredEvent>> Log(AgreementId agreement) => Store.ReadSince(agreement, 0, Cancellation);

    async Task<StoredEvent?> Last(AgreementId agreement) => await Log(agreement) is [.., var last] ? last : null;

    Task<IReadOnlyList<WakeUp>> Due(Instant until) => Store.DueWakeUps(until, 100, Cancellation);

    async Task<List<AgreementId>> Listed()
    {
        var listed = new List<AgreementId>();
        await foreach (var agreement in Store.ListAgreements(Cancellation))
            listed.Add(agreement);
        return listed;
    }
}
