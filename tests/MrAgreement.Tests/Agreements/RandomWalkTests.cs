using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

/// <summary>Random people give random commands while the clock moves, and what must always hold is looked at after every step.</summary>
public class RandomWalkTests
{
    const int Walks = 30;
    const int Steps = 250;

    // Another seed, or one that failed before, comes in with MRAGREEMENT_SEED.
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "20140613", CultureInfo.InvariantCulture);

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(0, Walks).Select(n => new TheoryDataRow<int>(seed + n));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_the_balance_holds_no_reminder_comes_twice_and_the_log_tells_the_same_again(int walk)
    {
        try
        {
            new Walk(walk).Go(Steps);
        }
        catch (Exception failed)
        {
            throw new InvalidOperationException($"The walk failed; repeat it with MRAGREEMENT_SEED={walk}: {failed.Message}", failed);
        }
    }

    sealed class Walk
    {
        readonly Random random;
        readonly Story story = Story.Of2014();
        readonly RandomMoney money;
        readonly HashSet<(string, int, LocalDate)> reminded = [];
        int document;
        int seen;

        public Walk(int seed) => (random, money) = (new(seed), new(seed, story));

        public void Go(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                if (random.Next(3) == 0)
                    MoveClock();
                else
                    Try();
                Holds();
            }
            Assert.Null(HashChain.FirstBreak(story.Dossier.Id, story.Log));
            Assert.Equal(StateText.Of(story.Dossier), StateText.Of(new Dossier(story.Dossier.Id).With(story.Log)));
        }

        // Mostly something that the person may do: what is forbidden is forbidden quickly.
        void Try()
        {
            var by = random.Next(20) == 0 ? One(Some.People) : One<Actor>([Some.ProjectLead, Some.Finance, Some.Approver, Some.Officer, Some.OtherOfficer, Some.Payer]);
            var command = Command(by);
            for (var tries = 0; tries < 20 && !Rights.May(by, command.Act.Right(), story.Agreement.Terms.Parties); tries++)
                command = Command(by);
            var decision = story.Dossier.Decide(command, new(by, story.Now));
            if (decision is not Accepted accepted)
                return;
            Assert.InRange(accepted.Events.Count, 1, Append.MaxEvents);
            var (was, owed) = (story.Dossier.Grant.FinalAccounts, Owed());
            story.Record(accepted.Events, by.Id);
            // A bank's file tells what the bank did; else the recipient alone lets go of öre at most.
            if (by.Party == "SKR" && was is not null && story.Dossier.Grant.FinalAccounts == was && command is not (ImportBankFile or MatchTransaction))
                Assert.True(Owed() >= owed - Kronor.FromÖre(50), $"{command} lowers what is owed from {owed} to {Owed()}.");
            var again = story.Dossier.Decide(command, new(by, story.Now));
            Assert.False(again is Accepted, $"A second time, {command} by {by.Role} adds {(again is Accepted more ? string.Join(", ", more.Events.Select(EventJson.NameOf)) : "")}.");
        }

        // To the next wake-up, past it, or by some days; then everything due is run.
        void MoveClock()
        {
            var next = Lifecycle.NextWakeUp(story.Dossier);
            var to = random.Next(3) switch
            {
                0 when next is { } wake && wake < story.Now + Duration.FromDays(200) => Instant.Max(wake, story.Now),
                1 => story.Now + Duration.FromHours(random.Next(1, 30)),
                _ => story.Now + Duration.FromDays(random.Next(1, 25))
            };
            if (next > to)
                Assert.Empty(Lifecycle.Due(story.Dossier, to).Events);
            else if (next is not null)
                Assert.NotEmpty(Lifecycle.Due(story.Dossier, Instant.Max(to, next.Value)).Events);
            story.On(StockholmTime.DateOf(to).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
            story.Advance();
            Assert.False(Lifecycle.NextWakeUp(story.Dossier) <= story.Now, "A wake-up lies in the past though everything due is done.");
        }

        Kronor Owed() => story.Dossier.Grant.Balances is var b ? b.Received - b.Used + b.Rounding : default;

        void Holds()
        {
            if (story.Agreement.Status == AgreementStatus.Closed)
                Assert.Empty(Closures.Remaining(story.Dossier));
            var b = story.Dossier.Grant.Balances;
            Assert.Equal(b.Remaining, b.Received - b.Used - b.Repaid + b.Rounding);
            Assert.True(b.Used <= b.Received && !b.Used.IsNegative);
            money.Holds();
            foreach (var o in story.Agreement.InOrder)
                Assert.Distinct(o.Reminders.Select(r => (r.Rung, r.DueOn)));
            foreach (var i in story.Dossier.Grant.Instalments)
            {
                Assert.False(story.Dossier.Grant.LeftToRequisition(i).IsNegative);
                Assert.True(i.Amount <= i.Agreed, $"{i.Amount} of {i.Key} is more than the {i.Agreed} agreed on.");
            }
            Assert.True(b.Decided <= story.Dossier.Grant.AgreedTotal);
            // What is dated hangs on nothing that was let go, and what has ended has nothing left to requisition.
            Assert.DoesNotContain(story.Agreement.InOrder, o => o is { IsDelivered: false, LostDateOf: null, DecidedDueOn: null, Due.Other: { } other } && story.Agreement.IsRunning && story[other].Waived is not null);
            Assert.False(story.Agreement.BarsRequisitions() && story.Dossier.Grant.Requisitions.Exists(r => r.IsInPreparation));
            foreach (var r in story.Dossier.Grant.Requisitions)
                Assert.True(story.Dossier.Grant.Received(r) <= r.Amount);
            foreach (var sent in story.Log.Skip(seen).Where(row => row.Type == "reminder-sent"))
            {
                var e = (ReminderSent)EventJson.Read(sent.Type, sent.Data!);
                Assert.True(reminded.Add((e.Obligation, e.Rung, e.DueOn)), $"{e} was sent twice.");
                Assert.True(e.PlannedFor <= sent.At);
            }
            seen = story.Log.Count;
        }

        T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

        LocalDate Near() => StockholmTime.DateOf(story.Now).PlusDays(random.Next(-30, 300));

        Kronor Amount() => random.Next(8) switch
        {
            0 or 1 => Kronor.Of(4_000_000),
            2 => Kronor.FromÖre(random.Next(-50, 51)),
            3 or 4 => story.Dossier.Grant.Balances.Remaining,
            5 => story.Dossier.Grant.Requisitions is [.., { } last] ? last.Amount : Kronor.Of(1),
            6 => story.Dossier.Grant.Repayments is [.., { } last] ? last.Amount : Kronor.Of(1),
            _ => Kronor.FromÖre(random.Next(1, 200_000_000))
        };

        string Key() => One(story.Agreement.Order);

        string Key(Func<Obligation, bool> fit) =>
            random.Next(10) > 0 && story.Agreement.InOrder.Where(fit).Select(o => o.Key).ToList() is { Count: > 0 } fitting ? One(fitting) : Key();

        // Mostly the newest.
        int Number(int count) => random.Next(3) > 0 ? count : random.Next(0, count + 2);

        int Version(string key) => Number(story[key].Submissions.Count);

        IReadOnlyList<Guid> Papers(Actor by) => [.. story.Dossier.Documents.InOrder.Where(d => d.Party == by.Party && random.Next(8) > 0).Select(d => d.Id)];

        Submit Delivery(Actor by, string key) => new(key, $"Översänds {random.Next(3)}", Papers(by), random.Next(3) == 0 ? Number(story.Dossier.Grant.Statements.Count) : null);

        ObligationCommand Review(Func<string, ObligationCommand> command) => command(Key(Waits));

        static bool IsAct(Obligation o) => o.Kind is ObligationKind.Joint or ObligationKind.Continuous;

        static bool Waits(Obligation o) => o.LastSubmission is { State: SubmissionState.Submitted };

        DueTerms Due() => random.Next(5) switch
        {
            0 => new(On: Near()),
            1 => Some.Before(Key(), random.Next(30)),
            2 => Some.After(Key(), random.Next(30)),
            3 => new(Month: Near().ToYearMonth()),
            _ => new(Scheduled: true)
        };

        AmendmentChange Change() => random.Next(4) switch
        {
            3 => new(Raise: new(Kronor.Of(random.Next(3, 20) * 1_000_000), random.Next(3) == 0 ? null : One<string>(["2014", "2015", "2016"]))),
            0 => new(Reschedule: new(Key(), Due())),
            1 => new(Drop: new(Key(), "Behövs inte")),
            _ => new(Add: Some.Deliverable($"extra-x{random.Next(5)}", Due(), random.Next(2) == 0, Key()))
        };

        ReleaseInstalment Release() => Some.Release(One<string>(["2014", "2015", "2016"])) with
        {
            DecidedOn = StockholmTime.DateOf(story.Now), RequisitionDueOn = Near(), RepayBy = random.Next(2) == 0 ? Near().PlusDays(300) : null, Amount = random.Next(3) == 0 ? Kronor.Of(random.Next(1, 9) * 1_000_000) : null
        };

        Command Decision() => random.Next(4) switch { 0 => new CorrectRelease(Release()), 1 => new WithdrawRelease(One<string>(["2015", "2016"]), "Fel"), _ => Release() };

        Command End() => random.Next(4) switch
        {
            0 => new CorrectTermination(Near(), $"A{random.Next(9)}", Near(), random.Next(2) == 0),
            1 => new WithdrawTermination("Den löper vidare"),
            _ => new TerminateAgreement(Near(), "A9", Near(), random.Next(2) == 0)
        };

        Command Met() => Key(o => o.IsMeeting) is var key && random.Next(3) is var what && what == 0 ? new ProposeTime(key, Some.Time("2016-01-01") with { On = Near() })
            : what == 1 ? new AgreeToTime(key, story[key].Times.Count) : new CallOffTime(key, Math.Max(1, story[key].Times.Count), "Skäl");

        Command Command(Actor by) => random.Next(52) switch
        {
            0 or 1 => Some.Document(++document, One<string>(["report", "plan", "statement", "accounts"])),
            2 => new AddDocumentVersion(Some.Id(1 + random.Next(document + 1)), Some.File(random.Next(50))),
            3 or 4 or 5 or 6 => Delivery(by, Key(o => o.Kind == ObligationKind.Deliverable && !o.IsDelivered)),
            7 => Delivery(by, "final-accounts"),
            8 or 9 => Review(key => new AcceptSubmission(key, Version(key), null)),
            10 => Review(key => new ReturnSubmission(key, Version(key), "Komplettera", Near())),
            11 => Review(key => new WithdrawSubmission(key, Version(key), "Fel")),
            12 => new CompleteObligation(Key(IsAct), StockholmTime.DateOf(story.Now).PlusDays(-random.Next(5)), $"Hölls {random.Next(2)}", null),
            13 => new ConfirmCompletion(Key(o => o.Completions.Count > 0)),
            14 or 15 => new ScheduleObligation(Key(o => o.Kind == ObligationKind.Joint), Near()),
            16 => new ExtendObligation(Key(o => !o.IsSettled), Near(), "A1"),
            17 => random.Next(3) == 0 ? new WaiveObligation(Key(), "Behövs inte", "A1") : new CloseAgreement(),
            18 => new ProposeAmendment(StockholmTime.DateOf(story.Now).PlusDays(random.Next(-20, 2)), $"A{random.Next(9)}", Near(), [Change(), .. random.Next(2) == 0 ? [Change()] : Array.Empty<AmendmentChange>()]),
            19 => new ConfirmAmendment(Number(story.Agreement.Amendments.Count)),
            20 => Decision(),
            21 => random.Next(4) == 0 ? new LapseInstalment(One<string>(["2015", "2016"]), "Avslag") : random.Next(4) == 0 ? new WithdrawLapse(One<string>(["2015", "2016"]), "Fel") : random.Next(4) == 0 ? new WithdrawRepayment(Number(story.Dossier.Grant.Repayments.Count), "Fel") : new AttestRepayment(Number(story.Dossier.Grant.Repayments.Count)),
            22 or 23 => Some.Requisition(One<string>(["2014", "2015", "2016"])) with { Amount = Amount(), Reference = $"MR {random.Next(3)}" },
            24 or 25 => new AttestRequisition(Number(story.Dossier.Grant.Requisitions.Count)),
            26 or 27 => new DispatchRequisition(Number(story.Dossier.Grant.Requisitions.Count)),
            28 => new ReceiveRequisition(Number(story.Dossier.Grant.Requisitions.Count)),
            29 => random.Next(3) == 0 ? new EndRequisition(Number(story.Dossier.Grant.Requisitions.Count), "Inget mer") : new RefuseRequisition(Number(story.Dossier.Grant.Requisitions.Count), "Fel"),
            30 or 31 or 32 => new RecordPayment(random.Next(3) > 0 ? PaymentDirection.In : PaymentDirection.Out, StockholmTime.DateOf(story.Now).PlusDays(-random.Next(8)), Amount(),
                $"Ref {random.Next(4)}", random.Next(2) == 0 ? null : Number(story.Dossier.Grant.Requisitions.Count)),
            33 when random.Next(8) == 0 => new WithdrawDisallowance(Number(story.Dossier.Grant.Disallowances.Count), "Fel"),
            33 when random.Next(4) == 0 => new DisallowCosts(Amount(), StockholmTime.DateOf(story.Now).PlusDays(-random.Next(3)), $"B{random.Next(9)}", "Underkänns", random.Next(2) == 0 ? Near() : null, null),
            33 => new PrepareAdjustment(One(Enum.GetValues<AdjustmentKind>()), Amount(), new DateSpan(new(2015, 1, 1), new(2015, 12, 31)), null, "Skäl"),
            34 => new AttestAdjustment(Number(story.Dossier.Grant.Adjustments.Count)),
            48 => new DraftSubmission(Key(o => o.Kind == ObligationKind.Deliverable), $"Översänds {random.Next(3)}", null, Papers(by), null),
            49 => random.Next(4) == 0 ? new DiscardDraft(Key(o => !o.Drafts.IsEmpty)) : new SignOffDraft(Key(o => !o.Drafts.IsEmpty), 1 + random.Next(3)),
            50 when random.Next(3) == 0 => Met(),
            50 => random.Next(2) == 0 ? new WriteInternalNote(Key(), null, $"Notera {random.Next(2)}") : new GiveView(Key(o => o.Agenda.Count > 0), "mapping", $"Synpunkt {random.Next(2)}"),
            51 => new CompleteObligation(Key(o => o.Agenda.Count > 0), StockholmTime.DateOf(story.Now), "Hölls", null, new(
                [new("mapping", "Ja"), new("action-plan", "Ja"), new("next-year", "Ja")], [], [new(ConsultationDecisionKind.NewDate, "Flyttas", Key(), Near())])),
            > 35 => money.Next(),
            _ => random.Next(10) == 0 ? End() : new PrepareRepayment(Amount(), $"ÅTER {random.Next(3)}")
        };
    }
}
