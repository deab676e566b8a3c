using System.Globalization;
using MrAgreement.Decisions;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using static MrAgreement.Tests.Boards2024;

namespace MrAgreement.Tests.Grants;

/// <summary>Random people of the county boards allocate and report, and what must always hold is looked at after every step.</summary>
public class AllocationWalkTests
{
    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED.
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "20240024", CultureInfo.InvariantCulture);

    static readonly IReadOnlyList<string> boards = ["LST-T", "LST-Y", "LST-C", "LST-W"];

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(0, 15).Select(n => new TheoryDataRow<int>(seed + n));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_no_öre_is_lost_one_report_counts_and_every_way_of_adding_up_gives_the_same(int walk)
    {
        var random = new Random(walk);
        var story = Signed();
        for (var step = 0; step < 200; step++)
        {
            var (by, command) = Next(random, story.Dossier.Grant);
            if (story.Dossier.Decide(command, new(by, story.Now)) is not Accepted accepted)
                continue;
            story.Record(accepted.Events, by.Id);
            var told = $"Repeat it with MRAGREEMENT_SEED={walk}: {command} by {by.Role} of {by.Party}";
            Assert.False(story.Dossier.Decide(command, new(by, story.Now)) is Accepted, told);
            Holds(story.Dossier.Grant, told);
        }
    }

    static (Actor By, Command Command) Next(Random random, Grant it)
    {
        T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
        var (allocation, report) = (random.Next(it.Allocations.Count + 1), random.Next(it.AllocationReports.Count + 2));
        var amount = Kronor.FromÖre(random.Next(-50_000_000, 200_000_000));
        return random.Next(6) switch
        {
            // Now and then just what was given is taken back.
            0 when allocation < it.Allocations.Count && it.Allocations[allocation].Made is var made =>
                (Örebro, new MakeAllocation(-made.Amount, made.Year, $"Beslut {random.Next()}", made.Category, made.Appropriation, made.Party)),
            0 or 1 => (Örebro, new MakeAllocation(amount, 2024 + random.Next(2), $"Beslut {random.Next(50)}", One([null, Activities, "projekt"]), One([null, HumanRights, AgainstRacism]), One<string?>([null, null, .. boards]))),
            2 => (Of(One(boards), Role.Finance), new PrepareAllocationReport(2024 + random.Next(2), [new(One([Activities, "projekt"]), amount.Absolute, One([null, HumanRights])), new("unassigned", Kronor.FromÖre(random.Next(3)))])),
            3 => (Of(One(boards), Role.Approver), new AttestAllocationReport(report)),
            4 => (Västernorrland, new AcceptAllocationReport(report)),
            _ => (Västernorrland, new ReturnAllocationReport(report, "Fel"))
        };
    }

    static void Holds(Grant it, string told)
    {
        Assert.All(it.Allocations, a => Assert.True(a.Made.Parts.Sum(part => part.Amount) == a.Made.Amount, told));
        Assert.True(it.Allocations.Sum(a => a.Made.Amount) <= it.Balances.Decided, told);
        Assert.True(it.Allocations.SelectMany(a => a.Made.Parts.Select(part => (a.Made.Year, a.Made.Category, a.Made.Appropriation, part.Party, part.Amount)))
            .GroupBy(part => (part.Year, part.Category, part.Appropriation, part.Party)).All(line => !line.Sum(part => part.Amount).IsNegative), told);
        Assert.True(it.CountedReports.Select(r => (r.Party, r.Year)).Distinct().Count() == it.CountedReports.Count(), told);
        foreach (var report in it.AllocationReports.Where(r => r.Status == AllocationReportStatus.Accepted))
        {
            var parts = it.Allocations.Where(a => a.Made.Year == report.Year)
                .SelectMany(a => a.Made.Parts.Where(part => part.Party == report.Party).Select(part => (a.Made.Appropriation, part.Amount))).ToList();
            Assert.True(report.Spent <= parts.Sum(part => part.Amount), told);
            var charged = report.Prepared.Lines.Where(line => line.Appropriation == HumanRights).Sum(line => line.Amount);
            Assert.True(charged <= parts.Where(part => part.Appropriation is null || part.Appropriation == HumanRights).Sum(part => part.Amount), told);
        }
        Assert.All(it.AllocationReports, r => Assert.True(r.AttestedBy is null || r.AttestedBy != r.PreparedBy, told));
        foreach (var year in new[] { 2024, 2025 })
        {
            var compiled = Compilation.Of(it, year);
            (Kronor, Kronor) all = (compiled.Allocated, compiled.Spent);
            Assert.True(all == (compiled.ByCategory.Sum(c => c.Allocated), compiled.ByCategory.Sum(c => c.Spent)), told);
            Assert.True(all == (compiled.ByAppropriation.Sum(a => a.Allocated), compiled.ByAppropriation.Sum(a => a.Spent)), told);
            Assert.True(all == (compiled.ByParty.Sum(p => p.Allocated), compiled.ByParty.Sum(p => p.Spent)), told);
        }
        var b = it.Balances;
        Assert.True(b.Remaining == b.Received + b.Charged - b.Used - b.Repaid + b.Rounding && b.Remaining.IsZero && b.Used <= b.Decided, told);
    }
}
