using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Agreements;

public class Agreement2014Tests
{
    [Fact]
    public void Every_obligation_of_every_year_exists_from_signature_with_its_date_and_what_it_rests_on() =>
        Assert.Equal(
            """
            mapping-report 2015-02-01 Open
            mapping-discussion 2015-04-15 Waiting < mapping-report
            review-bodies-information - Open
            action-plan 2015-04-15 Waiting < mapping-report mapping-discussion
            coordination-group - Open
            annual-consultation-2015 2015-05-31 Waiting < action-plan
            annual-consultation-2016 2016-05-31 Waiting < action-plan follow-up-report-2016
            annual-consultation-2017 2017-05-31 Waiting < action-plan follow-up-report-2017
            follow-up-report-2016 2016-05-31 Waiting < action-plan
            follow-up-report-2017 2017-05-31 Waiting < action-plan
            financial-statement-2016 2016-05-31 Waiting < follow-up-report-2016
            financial-statement-2017 2017-05-31 Waiting < follow-up-report-2017
            documentation - Open
            dissemination - Open
            grant-payment - Waiting < requisition-2014
            final-report 2017-09-01 Waiting < action-plan
            government-report - Waiting < final-report
            final-accounts 2017-09-01 Open
            repayment 2017-09-01 Waiting < final-accounts
            experience-used - Open
            requisition-2014 2014-09-01 Open
            """,
            Listed(Story.Of2014().Agreement));

    [Fact]
    public void The_requisition_is_owed_by_the_recipient_to_the_payer()
    {
        var requisition = Story.Of2014()["requisition-2014"];

        Assert.Equal((ObligationKind.Requisition, "KAMK", "2014", true), (requisition.Kind, requisition.Recipient, requisition.Instalment, requisition.Financial));
        Assert.Equal(["SKR"], requisition.Responsible);
    }

    [Fact]
    public void Each_occurrence_of_a_yearly_obligation_says_its_year() =>
        Assert.Equal("Årligt samråd 2016", Story.Of2014()["annual-consultation-2016"].Title);

    [Fact]
    public void What_is_about_money_may_be_delivered_by_finance_staff() =>
        Assert.Equal(
            ["financial-statement-2016", "financial-statement-2017", "grant-payment", "final-accounts", "repayment", "requisition-2014"],
            Story.Of2014().Agreement.InOrder.Where(o => o.Financial).Select(o => o.Key));

    [Fact]
    public void A_draft_is_created_with_its_grant_and_reminds_of_nothing()
    {
        var draft = Story.Draft(Terms2014);

        Assert.Equal(["agreement-created", "grant-opened"], draft.Log.Select(row => row.Type));
        Assert.Equal(AgreementStatus.Draft, draft.Agreement.Status);
        Assert.Null(Lifecycle.NextWakeUp(draft.Dossier));
        Assert.Empty(Lifecycle.Due(draft.On("2020-01-01").Dossier, draft.Now).Events);
    }

    [Fact]
    public void Nothing_but_signature_and_documents_is_done_to_a_draft() =>
        Story.Draft(Terms2014)
            .When(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/1")).ThenRefused("agreement-not-signed")
            .When(Officer, new CloseAgreement()).ThenRefused("agreement-not-signed")
            .When(ProjectLead, Document(1)).Then<MrAgreement.Documents.DocumentRegistered>();

    [Fact]
    public void An_agreement_is_created_once_and_by_its_grantor() =>
        Story.Draft(Terms2014).When(Officer, new CreateAgreement(Terms2014)).ThenRefused("already-created");

    [Fact]
    public void Only_the_grantor_s_officer_creates_an_agreement()
    {
        Story.Empty().When(ProjectLead, new CreateAgreement(Terms2014)).ThenRefused("forbidden", RefusalKind.Forbidden);
        Story.Empty().When(Stranger, new CreateAgreement(Terms2014)).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void A_second_signature_is_refused() =>
        Story.Of2014().When(Officer, Signature()).ThenRefused("already-signed");

    [Fact]
    public void A_signature_names_known_parties_and_a_day_that_has_been()
    {
        var draft = Story.Draft(Terms2014);

        draft.When(Officer, new SignAgreement(Day("2014-06-14"), [new("Erik Ullenhag", "RK"), new(" ", "SKR"), new("Anders Knape", "SKL")]))
            .ThenFaults(("/signedOn", "date-in-future"), ("/signatories/1/name", "text-length"), ("/signatories/2/party", "unknown-party"));
        draft.When(Officer, new SignAgreement(Day("2014-06-13"), [])).ThenRefused("required", RefusalKind.Invalid);
    }

    [Fact]
    public void Somebody_else_s_agreement_is_not_there()
    {
        var story = Story.Of2014();

        story.When(Stranger, new CloseAgreement()).ThenRefused("no-such-agreement", RefusalKind.NotFound);
        Story.Empty().When(Officer, new CloseAgreement()).ThenRefused("no-such-agreement", RefusalKind.NotFound);
    }

    [Fact]
    public void An_unknown_obligation_is_not_there() =>
        Story.Of2014().When(Officer, new WaiveObligation("annual-consultation", "Skäl", "A2015/1")).ThenRefused("no-such-obligation", RefusalKind.NotFound);

    static string Listed(Agreement it) => string.Join('\n', it.InOrder.Select(o =>
        $"{o.Key} {(o.DueOn is { } due ? due.ToString("uuuu-MM-dd", null) : "-")} {it.StatusOf(o)}{(o.Rests.Count > 0 ? " < " + string.Join(' ', o.Rests) : "")}"));
}
