using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Storage.Tests;

/// <summary>A walk by chance: parties come into agreements and go out, and others follow the changes meanwhile, each from a cursor of
/// theirs. What they see in the end they were told, and what they might not see they were not.</summary>
public abstract class SightWalkContract
{
    protected abstract IEventStore Store { get; }
    protected abstract IChangeFeed Feed { get; }
    protected abstract int Steps { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_somebody_sees_in_the_end_they_were_told_and_nothing_that_they_might_not_see()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MRAGREEMENT_SIGHT_SEED"), out var chosen) ? chosen : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"MRAGREEMENT_SIGHT_SEED={seed}");
        var random = new Random(seed);
        var dossiers = new Dossiers(Store, Guid.CreateVersion7);
        var log = new LogReading(Store);
        var changes = new ChangeReading(Feed, dossiers, log, (id, e) => Assert.Fail($"{id}: {e}"));
        string[] joining = ["P1", "P2", "P3"];
        var followers = joining.Select(key => new Follower(new(new($"payer.{key}"), key, Role.Payer)))
            .Concat([new(Some.Officer), new(Some.Payer), new(Some.Admin)]).ToList();
        var (agreements, now, gained) = (new List<AgreementId>(), Some.Utc("2014-06-13T10:00:00Z"), 0);
        for (var step = 0; step < Steps; step++)
        {
            now += Duration.FromMinutes(1);
            if (agreements.Count < 3 && random.Next(agreements.Count == 0 ? 1 : 12) == 0)
            {
                agreements.Add(new(Guid.CreateVersion7()));
                await Do(agreements[^1], Some.Officer, new CreateAgreement(Some.Terms2014));
                await Do(agreements[^1], Some.Officer, Some.Signature());
            }
            var id = agreements[random.Next(agreements.Count)];
            var parties = (await dossiers.Read(id, Cancellation))!.Agreement.Terms.Parties;
            switch (random.Next(6))
            {
                case 0 or 1:
                    var key = joining[random.Next(joining.Length)];
                    var isIn = parties.Any(party => party.Key == key);
                    gained += isIn ? 0 : 1;
                    await Do(id, Some.Officer, new ProposeAmendment(Some.Day("2014-06-13"), $"A{step}", Some.Day("2014-06-13"),
                        [isIn ? new(Leave: new(key)) : new(Join: new Party(key, $"Myndighet {key}", PartyRole.Payer))]));
                    break;
                case 2 or 3:
                    // What a party keeps to itself, and what all see.
                    var by = random.Next(2) == 0 || parties.All(party => !joining.Contains(party.Key)) ? Some.Officer
                        : followers.First(it => parties.Any(party => party.Key == it.By.Party && joining.Contains(party.Key))).By;
                    await Do(id, by, new WriteInternalNote("mapping-report", null, $"Ord {step}"));
                    break;
                default:
                    await Follow(followers[random.Next(followers.Count)], random.Next(1, 8));
                    break;
            }
        }
        foreach (var follower in followers)
        {
            for (var rounds = 0; await Follow(follower, 7); rounds++)
                Assert.True(rounds < 10_000, $"{follower.By.Party}: it never ends, seed {seed}.");
            foreach (var id in agreements)
            {
                var dossier = (await dossiers.Read(id, Cancellation))!;
                if (!Sight.SeesLog(dossier.Agreement.Terms.Parties, follower.By))
                    continue;
                var seen = (await log.Between(dossier, follower.By, 1, dossier.Sequence, int.MaxValue, Cancellation)).Select(row => row.Sequence);
                Assert.True(seen.All(row => follower.Told.Contains((id, row))),
                    $"{follower.By.Party} was not told {string.Join(", ", seen.Where(row => !follower.Told.Contains((id, row))))} of {id}; seed {seed}.");
            }
        }
        Assert.True(gained > 3, $"Hardly anybody came in; seed {seed}.");

        async Task Do(AgreementId id, Actor by, Command command) => Assert.Null(
            (await dossiers.Execute(id, command, new(by, now), cancellation: Cancellation)).Refused);

        async Task<bool> Follow(Follower it, int limit)
        {
            var page = await changes.Since(it.Place, it.By, limit, Cancellation);
            Assert.True(page.Changes.Count <= limit);
            foreach (var change in page.Changes)
            {
                var dossier = (await dossiers.Read(change.Dossier.Id, Cancellation))!;
                Assert.True(Sight.SeesLog(dossier.Agreement.Terms.Parties, it.By) && !Sight.Hides(dossier, it.By, change.Row),
                    $"{it.By.Party} was told row {change.Row.Sequence} of {dossier.Id}; seed {seed}.");
                it.Told.Add((dossier.Id, change.Row.Sequence));
                // Whoever is broken off goes on from there.
                Assert.NotEqual(it.Place, change.Place);
            }
            it.Place = page.Changes.Count > 1 && random.Next(4) == 0 ? page.Changes[random.Next(page.Changes.Count)].Place : page.Next;
            return page.More || page.Next != it.Place;
        }
    }

    sealed class Follower(Actor by)
    {
        public Actor By => by;
        public ChangePlace Place { get; set; } = ChangePlace.Start;
        public HashSet<(AgreementId, long)> Told { get; } = [];
    }
}
