using System.Diagnostics;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Local;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Benchmarks;

/// <summary>A whole life, durably, as a workflow engine would be asked: start, step, timer, outside event, step, end.</summary>
sealed record StoryRate() : Benchmark("story", TimeSpan.FromMinutes(2))
{
    const int Stories = 400;
    const int AtOnce = 32;
    const int Turns = 5;
    const int EventsEach = 6;

    static readonly LocalDate due = new(2014, 9, 1);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        await Told(stores, bound);
        var rates = new double[Turns];
        for (var i = 0; i < Turns; i++)
            rates[i] = await Told(stores, bound);
        return
        [
            new("story: stories a second", "", rates, null, $"{AtOnce} at once, {EventsEach} events and 5 commands each"),
            new("story: events a second", "", [.. rates.Select(r => r * EventsEach)], null, "")
        ];
    }

    static async Task<double> Told(Stores stores, CancellationToken bound)
    {
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        var overviews = new KeptOverviews(stores.ReadModels, dossiers, (_, e) => throw e);
        var ids = Enumerable.Range(0, Stories).Select(_ => new AgreementId(Guid.NewGuid())).ToList();
        var started = Stopwatch.GetTimestamp();
        await All(async id =>
        {
            await dossiers.Do(id, Role.Officer, new CreateAgreement(Terms()), Trial.Signed, bound);
            await dossiers.Sign(id, bound);
        });
        // The clock finds them in the store and sends the reminder of the day before.
        await new Clockwork(stores.Events, dossiers).RunDue(StockholmTime.Noon(due.PlusDays(-1)), (_, e) => throw e, bound);
        var (sent, decided) = (StockholmTime.Noon(due), StockholmTime.Noon(due.PlusDays(1)));
        await All(async id =>
        {
            await dossiers.Do(id, Role.ProjectLead, new Submit("report", "Härmed lämnas rapporten.", []), sent, bound);
            await dossiers.Do(id, Role.Officer, new AcceptSubmission("report", 1, null), decided, bound);
            var end = await dossiers.Do(id, Role.Officer, new CloseAgreement(), decided, bound);
            if (end.Sequence != EventsEach)
                throw new InvalidOperationException($"The story had {end.Sequence} events, not {EventsEach}.");
        });
        await overviews.CatchUp(bound);
        return Stories / Stopwatch.GetElapsedTime(started).TotalSeconds;

        Task All(Func<AgreementId, Task> step) =>
            Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bound }, async (id, _) => await step(id));
    }

    static Terms Terms() => Trial.Terms2014(0) with
    {
        Period = new DateSpan(new(2014, 6, 13), new(2014, 12, 31)),
        Reminders = new([1], []),
        Obligations = [Trial.Terms2014(0).Obligations[0] with { Key = "report", Due = new() { On = due }, Documents = [] }],
        Grant = null
    };
}
