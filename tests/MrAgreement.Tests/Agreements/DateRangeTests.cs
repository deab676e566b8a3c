using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

public class DateRangeTests
{
    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-31")]
    [InlineData("2201-01-01")]
    [InlineData("9999-12-31")]
    public void No_date_outside_the_range_gets_in(string day)
    {
        var date = Day(day);
        foreach (var (by, command) in Commands(date))
        {
            var story = Story.Of2014().Submitted("mapping-report").Given(Finance, Payment("1", "2014-06-13")).Given(Officer, Release("2015", decidedOn: "2014-06-13"));
            var refused = Assert.IsType<Refused>(story.When(by, command).Decision);
            Assert.True(refused.Kind == RefusalKind.Invalid && refused.Faults.Any(f => f.Rule == "date-range"), $"{command}: {refused.Slug}");
        }
        Story.Draft(Terms2014).When(Officer, Signature(day)).ThenRefusedBy("date-range");
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("2200-12-31")]
    public void The_first_and_the_last_day_can_be_lived_through(string day)
    {
        var terms = Terms(
            Deliverable("it", On(day)), Deliverable("far", After("it", 0)), Deliverable("early", Before("it", 0)), Joint("yearly", new(EveryYear: new(12, Day(day).Year, Day(day).Year)))) with
        { WorkingDayRule = MrAgreement.Calendars.WorkingDayRule.Lag1930 };

        Assert.Null(Lifecycle.NextWakeUp(Story.Signed(terms).Until("2300-01-01").Dossier));
    }

    static IEnumerable<(Actor By, Command Command)> Commands(LocalDate day) =>
    [
        (Officer, new TerminateAgreement(day, "A1", day)),
        (Officer, new ProposeAmendment(day, "A1", day, [new(Drop: new("action-plan", "Skäl"))])),
        (Officer, new ProposeAmendment(Day("2014-06-13"), "A1", Day("2014-06-13"), [new(Reschedule: new("action-plan", new(On: day)))])),
        (Officer, new ProposeAmendment(Day("2014-06-13"), "A1", Day("2014-06-13"), [new(Add: Deliverable("x", new(Month: day.ToYearMonth())))])),
        (Officer, new ExtendObligation("action-plan", day, "A1")),
        (Officer, new ScheduleObligation("annual-consultation-2015", day)),
        (Officer, new CompleteObligation("annual-consultation-2015", day, "Hölls", null)),
        (Officer, new ReturnSubmission("mapping-report", 1, "Skäl", day)),
        (Officer, new ReleaseInstalment("2016", day, "A1", day, RepayBy: day)),
        (Officer, new CorrectRelease(new("2015", day, "A1", day, RepayBy: day))),
        (Payer, new RecordPayment(PaymentDirection.In, day, Kr("1"), "Ref", null)),
        (Payer, new ConfirmPayment(1, day, "Ref")),
        (Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kr("1"), new(day, day), null, "Skäl")),
        (ProjectLead, Document(1) with { On = day })
    ];
}
