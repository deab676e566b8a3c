using MrAgreement.Ledgers;
using MrAgreement.Money;
using static MrAgreement.Storage.Tests.SomeLedger;

namespace MrAgreement.Storage.Tests;

/// <summary>What the rows of ledgers promise on every store.</summary>
public abstract class LedgerRowsContract
{
    protected abstract ILedgerRows Rows { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly AgreementId agreement = Stored.Agreement();

    /// <summary>Takes in the vouchers of a file, keeps them, and answers what became of each.</summary>
    async Task<IReadOnlyList<VoucherFate>> Keep(int file, params IReadOnlyList<Voucher> vouchers) => await Keep(file, [.. Enumerable.Range(1, file - 1).Select(Import)], vouchers);

    Task<IReadOnlyList<VoucherFate>> Keep(int file, IReadOnlyList<Guid> finished, params IReadOnlyList<Voucher> vouchers) => Rows.Keep(agreement, file, Ours, finished, vouchers);

    async Task<IEnumerable<string>> Found(int finished) => (await Rows.Found(agreement, [.. Enumerable.Range(1, finished).Select(Import)])).Order(StringComparer.Ordinal);

    [Fact]
    public async Task A_voucher_is_new_once_and_then_the_same()
    {
        Assert.Equal([New, New], await Keep(1, Booked("A", "1", "100"), Booked("A", "2", "200")));
        Assert.Equal([Same, New, Same], await Keep(2, Booked("A", "2", "200"), Booked("A", "3", "300"), Booked("A", "1", "100")));

        Assert.Equal(["A1 5010 100", "A2 5010 200", "A3 5010 300"], await Found(2));
    }

    [Fact]
    public async Task A_voucher_that_differs_is_changed_and_tells_what_it_was()
    {
        await Keep(1, Booked("A", "1", "100", "50"), Booked("A", "2", "200"));

        await using (var intake = await Rows.Begin(agreement, Import(2), Ours, [Import(1)], Cancellation))
        {
            var (fate, before) = await intake.Take(Year, Booked("A", "1", "90"), Booked("A", "1", "90").Rows, null);
            Assert.Equal(Changed, fate);
            Assert.Equal([new LedgerTotal("5010", Day, Kronor.Of(150), 2)], before);
            await intake.Keep();
        }
        Assert.Equal(["A1 5010 90", "A2 5010 200"], await Found(2));
        Assert.Equal([Same], await Keep(3, Booked("A", "1", "90")));
    }

    [Fact]
    public async Task Another_day_account_amount_or_order_of_rows_is_a_change_and_another_text_is_not()
    {
        var it = Booked("A", "1", "100", "50");
        await Keep(1, it);

        Assert.Equal([Same], await Keep(2, it with { Text = "Rättad text", Line = 99 }));
        Assert.Equal(Changed, (await Keep(3, it with { Date = Day.PlusDays(1) }))[0]);
        Assert.Equal(Changed, (await Keep(4, it with { Rows = [it.Rows[1], it.Rows[0]] }))[0]);
        Assert.Equal(Changed, (await Keep(5, it with { Rows = [it.Rows[0] with { Account = "5011" }, it.Rows[1]] }))[0]);
        Assert.Equal(Changed, (await Keep(6, it with { Rows = [it.Rows[0] with { Date = Day.PlusDays(1) }, it.Rows[1]] }))[0]);
    }

    [Fact]
    public async Task A_voucher_that_no_longer_carries_the_project_is_changed_and_known_without_rows()
    {
        await Keep(1, Booked("A", "1", "100"));

        Assert.Equal(Changed, (await Keep(2, Booked("A", "1")))[0]);
        Assert.Equal([Same], await Keep(3, Booked("A", "1")));
        Assert.Empty(await Found(3));
    }

    [Fact]
    public async Task What_does_not_carry_the_project_and_never_did_is_foreign()
    {
        Assert.Equal([Foreign, New], await Keep(1, Booked("A", "1"), Booked("A", "2", "5")));
        Assert.Equal([Foreign, Same], await Keep(2, Booked("A", "1"), Booked("A", "2", "5")));
    }

    [Fact]
    public async Task Twice_in_one_file_the_same_is_repeated_and_another_is_twice()
    {
        Assert.Equal([New, Repeated, Twice, Repeated], await Keep(1, Booked("A", "1", "100"), Booked("A", "1", "100"), Booked("A", "1", "200"), Booked("A", "1", "100")));
        Assert.Equal([Same, Repeated, Twice], await Keep(2, Booked("A", "1", "100"), Booked("A", "1", "100"), Booked("A", "1", "200")));
        var third = await Keep(3, Booked("A", "1", "300"), Booked("A", "1", "300"), Booked("A", "1", "100"));
        Assert.Equal(Changed, third[0]);
        Assert.Equal([Repeated, Twice], third.Skip(1));
    }

    [Fact]
    public async Task Vouchers_without_numbers_are_known_by_what_they_hold_and_how_many_they_are()
    {
        var (rent, other) = (Booked("", "", "100"), Booked("", "", "200"));
        Assert.Equal([New, New, New], await Keep(1, rent, rent, other));
        Assert.Equal([Same, Same, New, Same], await Keep(2, rent, rent, rent, other));

        Assert.Equal([" 5010 100", " 5010 100", " 5010 100", " 5010 200"], await Found(2));
    }

    [Fact]
    public async Task Vouchers_without_numbers_are_counted_within_their_series()
    {
        await Keep(1, Booked("A", "", "100"), Booked("B", "", "100"));

        Assert.Equal([Same], await Keep(2, Booked("B", "", "100")));
        Assert.Equal([Same, Same], await Keep(3, Booked("B", "", "100"), Booked("A", "", "100")));
    }

    [Fact]
    public async Task The_same_numbers_elsewhere_are_other_vouchers()
    {
        await Keep(1, Booked("A", "1", "100"));

        Assert.Equal([New, New], await Keep(2, Booked("A", "1", "100") with { Date = Day.PlusYears(1) }, Booked("B", "1", "100")));
        Assert.Equal([New], await Rows.Keep(agreement, 3, new(6, "8812"), [Import(1), Import(2)], [Booked("A", "1", "100")]));
        Assert.Equal([New], await Rows.Keep(agreement, 4, new(1, Ours.Code), [Import(1), Import(2), Import(3)], [Booked("A", "1", "100")]));
        Assert.Equal([New], await Rows.Keep(Stored.Agreement(2), 1, Ours, [], [Booked("A", "1", "100")]));
    }

    async Task<VoucherFate> Take(int file, VoucherYear year, Voucher voucher)
    {
        await using var intake = await Rows.Begin(agreement, Import(file), Ours, [.. Enumerable.Range(1, file - 1).Select(Import)], Cancellation);
        var (fate, _) = await intake.Take(year, voucher, voucher.Rows, null);
        await intake.Keep();
        return fate;
    }

    // From July to June, as in a broken financial year; Day lies in the first of them, and in the calendar year that both share.
    static readonly VoucherYear early = new(new(2014, 7, 1), new(2015, 6, 30), false);
    static readonly VoucherYear late = new(new(2015, 7, 1), new(2016, 6, 30), false);
    static readonly VoucherYear assumed = Year with { IsAssumed = true };

    [Fact]
    public async Task A_voucher_of_an_assumed_year_is_known_when_a_file_declares_the_year()
    {
        Assert.Equal(New, await Take(1, assumed, Booked("A", "1", "100")));

        Assert.Equal(Same, await Take(2, early, Booked("A", "1", "100")));
        Assert.Equal(New, await Take(3, late, Booked("A", "1", "100") with { Date = Day.PlusMonths(6) }));
        Assert.Equal(Changed, await Take(4, early, Booked("A", "1", "90")));
        Assert.Equal(["A1 5010 100", "A1 5010 90"], await Found(4));
    }

    [Fact]
    public async Task A_voucher_of_a_declared_year_is_known_when_a_file_declares_none()
    {
        await Take(1, early, Booked("A", "1", "100"));
        await Take(2, late, Booked("A", "1", "200") with { Date = Day.PlusMonths(6) });

        Assert.Equal(Same, await Take(3, assumed, Booked("A", "1", "100")));
        Assert.Equal(Same, await Take(4, assumed, Booked("A", "1", "200") with { Date = Day.PlusMonths(6) }));
        Assert.Equal(["A1 5010 100", "A1 5010 200"], await Found(4));
    }

    [Fact]
    public async Task Files_that_declare_no_year_have_vouchers_of_the_calendar_year_in_common()
    {
        await Take(1, assumed, Booked("A", "1", "100"));

        Assert.Equal(Changed, await Take(2, assumed, Booked("A", "1", "100") with { Date = Day.PlusDays(1) }));
        Assert.Equal(New, await Take(3, Of(Day.PlusYears(1)) with { IsAssumed = true }, Booked("A", "1", "100") with { Date = Day.PlusYears(1) }));
    }

    [Fact]
    public async Task Vouchers_without_numbers_are_the_same_whatever_the_year_is_taken_for()
    {
        Assert.Equal(New, await Take(1, assumed, Booked("A", "", "100")));

        Assert.Equal(Same, await Take(2, early, Booked("A", "", "100")));
        Assert.Equal(Same, await Take(3, assumed, Booked("A", "", "100")));
    }

    [Fact]
    public async Task What_the_log_has_is_asked_for_when_the_turn_has_come()
    {
        var first = await Rows.Begin(agreement, Import(1), Ours, [], Cancellation);
        var log = new List<Guid>();
        var waiting = Rows.Begin(agreement, Import(2), Ours, () => Task.FromResult<IReadOnlyList<Guid>>([.. log]), Cancellation);
        await first.Take(Year, Booked("A", "1", "100"), Booked("A", "1", "100").Rows, null);
        await first.Keep();
        log.Add(Import(1));
        await first.DisposeAsync();

        await using (var second = new SomeFile(await waiting))
        {
            Assert.Equal(Same, (await second.Take(Year, Booked("A", "1", "100"), Booked("A", "1", "100").Rows, null)).Fate);
            await second.Keep();
        }
        Assert.Equal(["A1 5010 100"], await Found(2));
    }

    [Fact]
    public async Task What_a_file_lacks_of_the_days_that_it_covers_is_missing()
    {
        await Keep(1, Booked("A", "1", "100", "50"), Booked("A", "2", "200") with { Date = Day.PlusDays(1) }, Booked("A", "3"), Booked("A", "4", "4") with { Date = Day.PlusDays(9) }, Booked("", "", "7"));
        await Keep(2, Booked("A", "4"));

        await using var intake = await Rows.Begin(agreement, Import(3), Ours, [Import(1), Import(2)], Cancellation);
        await intake.Take(Year, Booked("A", "2", "200"), Booked("A", "2", "200").Rows, null);
        var missing = await intake.Missing(Day, Day.PlusDays(1));

        Assert.Equal([("", "", 7L), ("A", "1", 150L)], missing.Select(m => (m.Series, m.Number, m.Totals.Sum(t => t.Amount).Öre / 100)));
        Assert.Empty(await intake.Missing(Day.PlusDays(2), Day.PlusDays(30)));
    }

    [Fact]
    public async Task What_is_not_kept_leaves_nothing()
    {
        await Keep(1, Booked("A", "1", "100"));
        await using (var intake = await Rows.Begin(agreement, Import(2), Ours, [Import(1)], Cancellation))
        {
            await intake.Take(Year, Booked("A", "1", "999"), Booked("A", "1", "999").Rows, null);
            await intake.Take(Year, Booked("A", "2", "5"), Booked("A", "2", "5").Rows, null);
        }

        Assert.Equal(["A1 5010 100"], await Found(2));
        Assert.Equal([Import(1)], await Rows.Held(agreement, Cancellation));
        Assert.Equal([Same, New], await Keep(2, Booked("A", "1", "100"), Booked("A", "2", "5")));
    }

    [Fact]
    public async Task What_the_log_never_named_is_forgotten_when_the_next_begins()
    {
        await Keep(1, Booked("A", "1", "100"));
        await Keep(2, Booked("A", "1", "999"), Booked("A", "2", "5"));
        Assert.Equal(["A1 5010 100"], await Found(1));

        Assert.Equal([Same, New], await Keep(3, [Import(1)], Booked("A", "1", "100"), Booked("A", "2", "5")));
        Assert.Equal([Import(1), Import(3)], (await Rows.Held(agreement, Cancellation)).Order());
    }

    [Fact]
    public async Task What_other_agreements_have_is_left_alone()
    {
        await Rows.Keep(Stored.Agreement(2), 1, Ours, [], [Booked("A", "1", "100")]);
        await Keep(1, Booked("A", "1", "5"));

        Assert.Equal(["A1 5010 100"], await Rows.Found(Stored.Agreement(2), [Import(1)]));
        Assert.Empty(await Rows.Held(Stored.Agreement(3), Cancellation));
    }

    [Fact]
    public async Task Nothing_is_compared_with_less_than_the_log_names()
    {
        await Keep(1, Booked("A", "1", "100"));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            await using var intake = await Rows.Begin(agreement, Import(3), Ours, [Import(1), Import(2)], Cancellation);
        });
        Assert.Equal([Same], await Keep(2, Booked("A", "1", "100")));
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_can_be_taken_in_again_and_what_others_have_stays()
    {
        await Keep(1, Booked("A", "1", "100"));
        await Rows.Keep(Stored.Agreement(2), 1, Ours, [], [Booked("A", "1", "7")]);

        await Rows.Forget(agreement, Cancellation);

        Assert.Empty(await Rows.Held(agreement, Cancellation));
        Assert.Empty(await Found(1));
        Assert.Equal(["A1 5010 7"], await Rows.Found(Stored.Agreement(2), [Import(1)]));
        Assert.Equal([New], await Keep(1, Booked("A", "1", "100")));
        Assert.Equal(["A1 5010 100"], await Found(1));
    }

    [Fact]
    public async Task One_voucher_s_rows_are_found_by_what_it_is_known_by_one_without_a_number_too()
    {
        await Keep(1, Booked("A", "1", "100", "50"), Booked("A", "2", "200"), Booked("A", "", "5"));

        foreach (var row in await Rows.Find(agreement, [Import(1)], new(null, new(1900, 1, 1), new(2200, 12, 31)), 0, 100, Cancellation))
            Assert.Equal(row.Number == "1" ? ["A1 5010 100", "A1 5010 50"] : [$"A{row.Number} 5010 {row.Amount}"],
                await Rows.Found(agreement, [Import(1)], new(null, new(1900, 1, 1), new(2200, 12, 31), row.Voucher)));
        Assert.Empty(await Rows.Found(agreement, [Import(1)], new(null, new(1900, 1, 1), new(2200, 12, 31), new("A", "9", new(2015, 1, 1)))));
    }
}
