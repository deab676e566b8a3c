using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>How long sessions last, what is written of them, and who hears that they have ended.</summary>
public sealed class SessionsTests : IDisposable
{
    static readonly Instant start = Instant.FromUtc(2026, 11, 29, 8, 0);
    static readonly PersonId anna = new("0198c0de-0000-4000-8000-000000000001");

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly SetClock clock = new(start);
    readonly Sessions sessions;
    readonly Sessions elsewhere;

    public SessionsTests()
    {
        database = SqliteDatabase.Open(folder.Path);
        (sessions, elsewhere) = (new(new SqliteKeptRecords(database), clock), new(new SqliteKeptRecords(database), clock));
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task One_that_is_not_used_lasts_eight_hours_and_one_that_is_twelve()
    {
        var idle = await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken);
        var used = await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken);
        foreach (var hours in new[] { 3, 6, 7 })
        {
            clock.At = start + Duration.FromHours(hours);
            Assert.NotNull(await sessions.Find(used, cancellation: TestContext.Current.CancellationToken));
        }
        clock.At = start + Duration.FromHours(8);
        Assert.Null(await sessions.Find(idle, cancellation: TestContext.Current.CancellationToken));
        Assert.True(await sessions.HasJustRunOut(idle, TestContext.Current.CancellationToken));
        clock.At = start + Duration.FromHours(12) - Duration.FromSeconds(1);
        Assert.NotNull(await sessions.Find(used, cancellation: TestContext.Current.CancellationToken));
        clock.At = start + Duration.FromHours(12);
        Assert.Null(await sessions.Find(used, cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(await sessions.List(anna, TestContext.Current.CancellationToken));
        // And the day after, nobody goes on with a form of it.
        clock.At = start + Duration.FromHours(36);
        Assert.False(await sessions.HasJustRunOut(idle, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task That_one_is_used_is_written_four_times_an_hour_at_most()
    {
        var key = await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken);
        foreach (var (minutes, told) in new[] { (1, 0), (14, 0), (15, 15), (29, 15), (30, 30) })
        {
            clock.At = start + Duration.FromMinutes(minutes);
            Assert.NotNull(await sessions.Find(key, afresh: true, TestContext.Current.CancellationToken));
            Assert.Equal(start + Duration.FromMinutes(told), Assert.Single(await sessions.List(anna, TestContext.Current.CancellationToken)).LastSeen);
        }
    }

    [Fact]
    public async Task One_that_was_ended_is_over_here_at_once_and_elsewhere_within_half_a_minute_or_when_much_hangs_on_it()
    {
        var (one, other) = (await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken), await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken));
        Assert.NotNull(await elsewhere.Find(one, cancellation: TestContext.Current.CancellationToken));
        Assert.NotNull(await elsewhere.Find(other, cancellation: TestContext.Current.CancellationToken));

        await sessions.EndAll(anna, TestContext.Current.CancellationToken);

        Assert.Null(await sessions.Find(one, cancellation: TestContext.Current.CancellationToken));
        clock.At += Duration.FromSeconds(29);
        Assert.NotNull(await elsewhere.Find(one, cancellation: TestContext.Current.CancellationToken));
        Assert.Null(await elsewhere.Find(other, afresh: true, TestContext.Current.CancellationToken));
        Assert.Null(await elsewhere.Find(other, cancellation: TestContext.Current.CancellationToken));
        clock.At += Duration.FromSeconds(1);
        Assert.Null(await elsewhere.Find(one, cancellation: TestContext.Current.CancellationToken));
        Assert.False(await elsewhere.HasJustRunOut(one, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_with_another_secret_opens_nothing()
    {
        var key = await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken);
        Assert.Null(await sessions.Find(key[..^1] + (key[^1] == '0' ? '1' : '0'), cancellation: TestContext.Current.CancellationToken));
        foreach (var nonsense in new[] { "", "/", "a/b", key[..key.LastIndexOf('/')] })
            Assert.Null(await sessions.Find(nonsense, cancellation: TestContext.Current.CancellationToken));
        Assert.NotNull(await sessions.Find(key, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sessions_of_the_demo_are_nothing_where_real_people_sign_in_and_the_other_way_round()
    {
        var settings = SignInSettings.Read("""{ "providers": [{ "key": "alfa", "title": { "sv": "Alfa", "en": "Alfa" }, "issuer": "https://alfa.example", "clientId": "web" }] }""", _ => null);
        var real = new Sessions(new SqliteKeptRecords(database), clock, settings);
        var (made, vouched) = (await sessions.Begin(anna, null, null, null, TestContext.Current.CancellationToken), await real.Begin(anna, new("https://alfa.example", "a", null, null, null, null), null, null, TestContext.Current.CancellationToken));
        var gone = await real.Begin(anna, new("https://beta.example", "a", null, null, null, null), null, null, TestContext.Current.CancellationToken);

        Assert.Null(await real.Find(made, cancellation: TestContext.Current.CancellationToken));
        Assert.Null(await sessions.Find(vouched, cancellation: TestContext.Current.CancellationToken));
        Assert.Null(await real.Find(gone, cancellation: TestContext.Current.CancellationToken));
        Assert.NotNull(await real.Find(vouched, cancellation: TestContext.Current.CancellationToken));
    }
}
