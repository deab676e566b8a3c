using Microsoft.Extensions.Logging;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Tests.Doubles;

namespace MrAgreement.Functions.Tests.Agreements;

/// <summary>What comes off the queue of pokes, whoever has put it there.</summary>
public class PokesTests
{
    readonly Engine engine = new(new(2016, 2, 15, 2, 15, 0, DateTimeKind.Utc));
    readonly Told told = new();

    public PokesTests() => engine
        .Orchestrator(AgreementLife.Name, AgreementLife.Run)
        .Activity<string, Sleep>(AgreementAdvance.Name, _ => Task.FromResult(new Sleep("active", null, false)));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("garbage")]
    [InlineData("00000001-2014-4613-8000")]
    [InlineData("{\"agreement\":\"00000001-2014-4613-8000-000000000001\"}")]
    [InlineData("\0\uFFFD\r\n")]
    public async Task One_that_names_no_agreement_is_told_of_and_gone_since_it_would_say_the_same_again(string poison)
    {
        await Hear(poison);
        await engine.Run();

        Assert.Empty(engine.Begun);
        Assert.Equal([(LogLevel.Error, $"A poke names no agreement: {poison.ReplaceLineEndings(" ")}")], told.Messages);
    }

    [Fact]
    public async Task Of_a_long_one_the_beginning_is_told()
    {
        await Hear(new string('x', 60_000));

        Assert.Equal((LogLevel.Error, $"A poke names no agreement: {new string('x', 100)}"), Assert.Single(told.Messages));
    }

    // As versions wrote it before there were traces, and with one that nobody can read.
    [Theory]
    [InlineData("00000001-2014-4613-8000-000000000001")]
    [InlineData("00000001-2014-4613-8000-000000000001 not a trace")]
    public async Task One_of_another_version_wakes_its_agreement(string poke)
    {
        await Hear(poke);
        await engine.Run();

        Assert.Equal([$"{AgreementAdvance.Name} \"{poke}\""], engine.Begun);
        Assert.Equal("active", (await engine.GetInstanceAsync("00000001-2014-4613-8000-000000000001", true, Cancellation))!.ReadCustomStatusAs<Sleep>()!.State);
        Assert.Empty(told.Messages);
    }

    Task Hear(string message) => new Pokes(told).Hear(message, engine, Cancellation);

    sealed class Told : ILogger<Pokes>
    {
        public List<(LogLevel Level, string Message)> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add((logLevel, formatter(state, exception)));
    }
}
