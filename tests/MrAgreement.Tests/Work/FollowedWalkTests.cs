using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Work;

namespace MrAgreement.Tests.Work;

/// <summary>Indicators and efforts by chance: repeated nothing comes of it, readings stay, and parts are the whole.</summary>
public class FollowedWalkTests
{
    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED.
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "10710", CultureInfo.InvariantCulture);

    [Fact]
    public void Whatever_is_told_it_adds_up()
    {
        var chance = new Random(seed);
        var story = IndicatorTests.Planned().Given(ProjectLead, new SetSupportLadder(EffortTests.Steps));
        var (done, readings) = (0, new Dictionary<int, string>());
        for (var i = 0; i < 1500; i++)
        {
            var command = Next(chance, story, i);
            if (story.Dossier.Decide(command, new(ProjectLead, story.Now)) is not Accepted accepted)
                continue;
            done++;
            story.Record(accepted.Events, ProjectLead.Id);
            Assert.True(story.Dossier.Decide(command, new(ProjectLead, story.Now)) is Nothing or Refused, $"{Told}: {command} is done twice");
            Hold(story.Dossier, readings);
            if (chance.Next(20) == 0)
                story.At(story.Now + Duration.FromDays(1));
        }
        Assert.True(done > 300 && readings.Count > 50, $"{Told}: only {done} were done");
    }

    static string Told => $"Repeat it with MRAGREEMENT_SEED={seed}";

    static void Hold(Dossier it, Dictionary<int, string> readings)
    {
        foreach (var indicator in it.Grounds.Indicators.Values)
        {
            foreach (var reading in indicator.Readings)
            {
                var said = System.Text.Json.JsonSerializer.Serialize(reading.Content, Json.Options);
                Assert.True(readings.TryAdd(reading.Number, said) || readings[reading.Number] == said, $"{Told}: reading {reading.Number} was changed");
                if (indicator.LeftOutOf(reading.Content) is { Count: { } left } && indicator.Content.Direction != IndicatorDirection.Down)
                    Assert.True(left + reading.Content.Figure.Numerator == reading.Content.Figure.Denominator, $"{Told}: {reading}");
            }
            Assert.True(indicator.Content.BelongsTo is { Measure: { } key } ? new Plans(it).Measure(key) is not null : new Plans(it).FocusArea(indicator.Content.BelongsTo.FocusArea!) is not null, $"{Told}: {indicator.Key}");
        }
        var support = it.Grounds.Support;
        foreach (var effort in support.Efforts)
            Assert.True(support.StepOf(effort.Content) is not null && (effort.Content.Measure is null || new Plans(it).Measure(effort.Content.Measure) is not null), $"{Told}: effort {effort.Number}");
        var (counties, all) = (Cover(EffortCoverageBy.County), Cover(EffortCoverageBy.Organisation));
        foreach (var row in counties.Rows.Append(counties.InAll))
            foreach (var part in new[] { row.Reached.Municipalities, row.Reached.Regions, row.Reached.CountyBoards, row.Reached.Both, row.Reached.All })
                Assert.InRange(part.In, 0, part.Of);
        Assert.Equal(counties.InAll.Reached.Municipalities, Sum(counties.Rows.Select(row => row.Reached.Municipalities)));
        Assert.Equal(counties.InAll.Reached.All, Sum(counties.Rows.Select(row => row.Reached.All)));
        Assert.Equal(counties.InAll.Reached.All, Sum(all.Rows.Where(row => row.Reached.Both.Of + row.Reached.CountyBoards.Of > 0).Select(row => row.Reached.All)));
        Assert.Equal(counties.InAll.Reached.All.In, Cover(EffortCoverageBy.Step).Rows.Sum(row => row.AtHighest));

        EffortCoverage Cover(EffortCoverageBy by) => EffortCoverage.Of(support, EffortTests.Register, by, Day("2015-12-31"));
        static Part Sum(IEnumerable<Part> parts) => parts.Aggregate(new Part(0, 0), (sum, part) => new(sum.In + part.In, sum.Of + part.Of));
    }

    static Command Next(Random chance, Story story, int i)
    {
        var grounds = story.Dossier.Grounds;
        var key = grounds.Indicators.Count > 0 ? grounds.Indicators.Keys.ElementAt(chance.Next(grounds.Indicators.Count)) : "x";
        var number = chance.Next(grounds.Support.Efforts.Count + 1) + 1;
        return chance.Next(9) switch
        {
            0 when grounds.Indicators.Count < 8 => new DefineIndicator($"i-{i}", (chance.Next(2) == 0 ? IndicatorTests.Share : IndicatorTests.Count) with { Direction = (IndicatorDirection)chance.Next(3) }),
            1 => new SetTarget(key, new(story.Today.PlusDays(chance.Next(400)), chance.Next(100))),
            2 when chance.Next(20) == 0 => new EndIndicator(key, "Klar"),
            3 => new RecordEffort(EffortTests.Effort($"Insats {i}", chance.Next(2) == 0 ? "bas" : "riktat", chance.Next(3) switch
            {
                0 => new([], "nod", []), 1 => new([], null, [chance.Next(2) == 0 ? "AB" : "I"]), _ => EffortTests.To(EffortTests.Register.Organisations[chance.Next(6)].Id)
            }, chance.Next(2) == 0 ? "2015-03-02" : "2016-01-01")),
            4 => new CancelEffort(number, "Blev inte av"),
            5 => new RecordEffect(number, new(story.Today, (EffectKind)chance.Next(5), $"Effekt {i}", chance.Next(2) == 0 ? "0114" : null)),
            6 => new ReviseEffort(number, EffortTests.Effort($"Insats {i}", "bas", EffortTests.To("0180", "lst-AB"))),
            _ => new RecordReading(key, new(story.Today.PlusDays(-chance.Next(40)), chance.Next(2) == 0 ? new(chance.Next(50)) : new(null, chance.Next(60), chance.Next(1, 60)), [], $"Enkät {i}", []),
                chance.Next(3) == 0 ? chance.Next(1, 60) : null, chance.Next(2) == 0)
        };
    }
}
