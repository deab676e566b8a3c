using MrAgreement.Grants;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Reconciliations.Reconciling;

namespace MrAgreement.Tests.Reconciliations;

public class WaiversTests
{
    static Story Unasked() => Paid().Given(Payer, Payment("5", "2014-08-15", "Okänd"));

    static WaiveException Waive(string rule = "payments-on-requisition", string reason = "Återbetalas") => new(rule, reason);

    [Fact]
    public void An_exception_is_accepted_as_it_stands_with_name_and_reason()
    {
        var story = Unasked();
        Assert.Equal("Återbetalas", story.When(Approver, Waive(reason: " Återbetalas ")).Then<ExceptionWaived>().Reason);

        Assert.Equal((Approver.Id, MrAgreement.Reconciliations.Outcome.Warning), (story.Check("payments-on-requisition").Waived!.By, story.Check("payments-on-requisition").Outcome));
        story.When(Approver, Waive()).ThenNothing();
        story.When(OtherApprover, Waive()).Then<ExceptionWaived>();
        story.When(Finance, Waive()).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void What_has_changed_since_is_not_accepted()
    {
        var story = Unasked().Given(Approver, Waive());

        story.Given(Payer, Payment("6", "2014-08-15", "Okänd igen"));
        Assert.Null(story.Check("payments-on-requisition").Waived);
        story.When(Approver, Waive()).Then<ExceptionWaived>();
    }

    [Fact]
    public void Another_exception_of_the_same_number_is_not_accepted_either()
    {
        var story = Unasked().Given(Approver, Waive()).Given(Payer, new ReversePayment(2, Day("2014-08-15"), "Fel"), Payment("7", "2014-08-15", "En annan"));

        Assert.Equal("Warning 0 1", story.Of("payments-on-requisition"));
        Assert.Null(story.Check("payments-on-requisition").Waived);
    }

    [Fact]
    public void What_went_away_and_came_back_the_same_is_still_accepted()
    {
        var story = Paid().Given(Finance, new MapCategories([new("resor", [new(5800, 5800)])])).Spent("5").Given(Approver, Waive("accounts-mapped"));
        Assert.NotNull(story.Check("accounts-mapped").Waived);

        story.Given(Finance, new MapCategories([new("resor", [new(5010, 5800)])]));
        Assert.Equal("Ok 0 0", story.Of("accounts-mapped"));
        Assert.Null(story.Check("accounts-mapped").Waived);
        Assert.NotNull(story.Given(Finance, new MapCategories([new("resor", [new(5800, 5800)])])).Check("accounts-mapped").Waived);
    }

    [Fact]
    public void There_must_be_an_exception_and_a_reason()
    {
        Unasked().When(Approver, Waive("no-such")).ThenRefused("no-such-check", RefusalKind.NotFound);
        Unasked().When(Approver, Waive("four-eyes")).ThenRefused("no-exception");
        Unasked().When(Approver, Waive(reason: " ")).ThenFaults(("/reason", "text-length"));
        Story.Signed(Terms(Deliverable("it", NoDate))).When(Approver, Waive()).ThenRefused("no-grant");
    }

    [Fact]
    public void Exceptions_come_first_the_accepted_after_them_and_what_the_terms_lack_last()
    {
        var story = Unasked().On("2017-10-01").Spent("100", "2018-01-01").Given(Approver, Waive());

        Assert.Equal(["Error", "Warning", "waived", "Ok", "NotInTerms"],
            Reconciliation.Of(story.Dossier, story.Today).Select(c => c.Waived is null ? $"{c.Outcome}" : "waived").Aggregate(new List<string>(), (seen, next) => seen.LastOrDefault() == next ? seen : [.. seen, next]));
    }

    [Fact]
    public void Every_check_comes_once_and_none_without_a_grant()
    {
        Assert.Distinct(Reconciliation.Of(Paid().Dossier, Day("2016-01-01")).Select(c => c.Rule));
        Assert.Empty(Reconciliation.Of(Story.Signed(Terms(Deliverable("it", NoDate))).Dossier, Day("2016-01-01")));
    }
}
