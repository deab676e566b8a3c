using System.Collections.Concurrent;
using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Erasures;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Access;

/// <summary>
/// What is offered is what may be done. People do something of what is open to them while the clock moves; at every step what is offered
/// is never refused as not now and has an input that is taken, and what is not offered is refused as not now whatever is sent.
/// </summary>
public class ActsWalkTests
{
    const int Walks = 6;

    // Chance may leave an act out of the first ones.
    const int MostWalks = 24;
    const int Steps = 200;
    const int Tries = 10;

    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED.
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "5050", CultureInfo.InvariantCulture);

    // Hardly anything is open after them: they come late, or seldom.
    static readonly IReadOnlyList<Act> last = [Act.TerminateAgreement, Act.CorrectTermination, Act.WaiveObligation, Act.LapseInstalment, Act.CloseAgreement, Act.RefuseRequisition,
        Act.UnmatchTransaction, Act.WithdrawBankFile, Act.WithdrawLedgerImport, Act.WithdrawDocument, Act.ProposeTime, Act.AgreeToTime, Act.CallOffTime, Act.SetUpBody, Act.TakeSeat, Act.LeaveSeat,
        Act.RecordMeeting, Act.RecordRecommendation, Act.ReviseRecommendation, Act.ImportRecommendations, Act.InformOfRecommendations, Act.ReceiveInformation,
        Act.RecordFinding, Act.ReviseFinding, Act.RetractFinding, Act.MakePlanVersion, Act.WriteProjectPlan,
        Act.CheckProjectPlan, Act.ReportMeasure, Act.AssessMeasure,
        Act.PublishMaterial, Act.SpreadMaterial, Act.ApprovePublication, Act.WithdrawPublication,
        Act.DefineIndicator, Act.ReviseIndicator, Act.SetTarget, Act.EndIndicator, Act.RecordReading,
        Act.SetSupportLadder, Act.RecordEffort, Act.ReviseEffort, Act.CancelEffort, Act.RecordEffect, Act.DeclareIntent,
        Act.FreezeReport];

    static readonly IReadOnlyList<Actor> boards =
    [
        Boards2024.Örebro, Boards2024.Of("LST-T", Role.Approver), Boards2024.Västernorrland, Boards2024.Of("LST-Y", Role.Finance), Boards2024.Of("LST-Y", Role.Approver),
        Boards2024.Of("LST-C", Role.Finance), Boards2024.Of("LST-C", Role.Approver), Officer, Auditor, Admin, Stranger
    ];

    // The officer does the project lead's work too: four eyes hold between people.
    static readonly IReadOnlyList<Actor> people = [.. Some.People, ProjectLead with { Id = Officer.Id }];

    [Fact]
    public void What_is_offered_may_be_done_what_is_not_offered_may_not_and_every_act_is_offered_to_somebody()
    {
        var offered = new ConcurrentDictionary<Act, bool>();
        for (var from = 0; from < MostWalks && Left().Any(); from += Walks)
            Parallel.For(from, from + Walks, walk => Go(seed + walk, offered));

        Assert.True(!Left().Any(), $"Seed {seed} never offers {string.Join(", ", Left())}.");

        IEnumerable<Act> Left() => Enum.GetValues<Act>().Except(offered.Keys).Except([Act.CreateAgreement]);
    }

    static void Go(int walk, ConcurrentDictionary<Act, bool> offered)
    {
        var random = new Random(walk);
        var (story, people) = Begun(walk);
        var inputs = new Inputs(story);
        var done = new Dictionary<Act, int>();
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(5) == 0)
            {
                story.On(story.Today.PlusDays(random.Next(1, 40)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
                story.Advance();
            }
            var open = Acts.Open(story.Dossier, story.Now).ToList();
            var forThem = open.SelectMany(o => people.Where(o.IsFor).Select(by => (o.Act, o.Subject, By: by))).GroupBy(o => o.Act).ToList();
            foreach (var act in forThem)
            {
                offered[act.Key] = true;
                Holds(One(act.ToList()));
            }
            for (var i = 0; i < Tries; i++)
                Holds(One(Candidates(One(Enum.GetValues<Act>()))));
            // What was done least comes first.
            if (forThem.Where(act => !last.Contains(act.Key) || random.Next(9) == 0).MinBy(act => (done.GetValueOrDefault(act.Key) * (last.Contains(act.Key) ? 3 : 1), random.Next())) is not { } next)
                continue;
            var chosen = One(next.ToList());
            if (story.Dossier.Decide(inputs.For(chosen.Act, chosen.Subject, chosen.By), new(chosen.By, story.Now)) is Accepted accepted)
            {
                var before = story.Dossier.Sequence;
                story.Record(accepted.Events, chosen.By.Id);
                // What was done stands as theirs who did it, wherever it is registered or erased.
                foreach (var row in accepted.Events.Select((_, i) => story.Dossier.Erasures.Rows.GetValueOrDefault(before + 1 + i)).OfType<ErasableRow>())
                    Assert.True(row.Party == chosen.By.Party, $"Repeat it with MRAGREEMENT_SEED={walk}: {chosen.Act} of {chosen.Subject} by {chosen.By.Role} of {chosen.By.Party} stands as {row} of {row.Party}.");
            }
            done[next.Key] = done.GetValueOrDefault(next.Key) + 1;

            void Holds((Act Act, Subject Of, Actor By) it)
            {
                var who = it.By;
                var isOpen = open.Exists(o => (o.Act, o.Subject) == (it.Act, it.Of) && o.IsFor(who));
                var told = $"Repeat it with MRAGREEMENT_SEED={walk}: on {story.Today} {it.Act} of {it.Of} by {who.Role} of {who.Party}";
                Assert.True(isOpen == Acts.May(story.Dossier, it.Act, it.Of, new(who, story.Now)), $"{told} is open: {isOpen}.");
                var input = inputs.For(it.Act, it.Of, who);
                var decision = story.Dossier.Decide(input, new(who, story.Now));
                if (isOpen)
                    Assert.True(decision is not Refused, $"{told} is offered, and refused: {Story.Show(decision)} to {input}");
                else
                    Assert.True(decision is Nothing or Refused { Kind: RefusalKind.NotNow or RefusalKind.Forbidden or RefusalKind.NotFound },
                        $"{told} is not offered, and answered: {Story.Show(decision)}");
            }
        }

        IReadOnlyList<(Act, Subject, Actor)> Candidates(Act act) =>
        [
            .. Acts.Subjects(story.Dossier, act, story.Now)
                .DefaultIfEmpty(new(act.Right() == Right.DecideOnAppropriation ? "2014" : story.Agreement.Order[0], act == Act.PrepareAllocationReport ? 2024 : 1))
                .Select(of => (act, of, One(people)))
        ];

        T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
    }

    // The agreement of 2014 as it is, with limits and sign-off, a small one without a grant, and one with a right to charge that is shared.
    // One begins with something claimed back and something to pay: few walks come there.
    static (Story, IReadOnlyList<Actor>) Begun(int walk) => (walk % 4) switch
    {
        _ when walk % 7 == 6 => (Grants.SetOffsTests.Asked(), people),
        0 => (Story.Draft(Terms2014), people),
        1 => (Story.Draft(Limited), people),
        2 => (Story.Draft(Terms(Deliverable("report", On("2014-09-01")), Deliverable("notice", On("2014-08-01"), acceptance: false), Joint("meeting", NoDate))), people),
        _ => (Story.Draft(Boards2024.Terms, "2024-01-15"), boards)
    };

    static Terms Limited => Books.With(grant => grant with { AttestationLimit = Kr("1000000"), VarianceThreshold = 0.1m }) is var terms
        ? terms with { Parties = [.. terms.Parties.Select(p => p.Key == "SKR" ? p with { SignOff = true } : p)] }
        : terms;
}
