using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.EventSourcing;

namespace MrAgreement.Tests.Agreements;

/// <summary>What each party registers of an agreement, by its own number (OSL 5 kap. 2 §).</summary>
public class RegistryTests
{
    [Fact]
    public void What_goes_from_one_party_to_another_stands_in_both_registers_each_by_its_own_number()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .Until("2015-01-20").Given(ProjectLead, new RecordDiaryNumber(DiaryNumber.Parse("SKR 2014-17")), new RegisterDocument(Some.Id(1), "Kartläggning", "report", Some.File(1), Day("2015-01-19"), true, "OSL 21 kap. 1 §"))
            .Given(ProjectLead, new Submit("mapping-report", "Översänds", [Some.Id(1)]));
        var obligation = story["mapping-report"].Title;

        Assert.Equal(
            [
                $"2014-08-15 SKR 2014-17 Outgoing KAMK Requisition {story.Dossier.Grant.Requisitions[0].Reference} 1  ",
                "2015-01-19 SKR 2014-17 Own  Document Kartläggning  1 OSL 21 kap. 1 §",
                $"2015-01-20 SKR 2014-17 Outgoing RK Submission {obligation} 1 1 OSL 21 kap. 1 §"
            ], Told(story, ProjectLead));
        Assert.Equal([$"2015-01-20 A2014/2289/DISK Incoming SKR Submission {obligation} 1 1 OSL 21 kap. 1 §"], Told(story, Officer));
        Assert.Equal([$"2014-08-15 A2014/2289/DISK Incoming SKR Requisition {story.Dossier.Grant.Requisitions[0].Reference} 1  "], Told(story, Payer));
    }

    [Fact]
    public void A_number_is_the_party_s_own_and_the_last_one_holds()
    {
        var story = Story.Of2014().Given(ProjectLead, new RecordDiaryNumber(DiaryNumber.Parse("SKR 1")));
        story.When(Finance, new RecordDiaryNumber(DiaryNumber.Parse("SKR 1"))).ThenNothing();
        story.Given(Finance, new RecordDiaryNumber(DiaryNumber.Parse("SKR 2")));
        Assert.Equal(("SKR 2", "A2014/2289/DISK"), ($"{story.Agreement.NumberOf("SKR")}", $"{story.Agreement.NumberOf("RK")}"));
        Assert.IsType<Refused>(story.When(Reader, new RecordDiaryNumber(DiaryNumber.Parse("SKR 3"))).Decision);
    }

    [Fact]
    public void Decisions_amendments_and_signatures_are_drawn_up_by_one_and_come_in_to_the_others()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1), new Submit("mapping-report", "Översänds", [Id(1)]))
            .On("2015-01-25").Given(Officer, new ReturnSubmission("mapping-report", 1, "Anna saknas", Day("2015-02-15")), Release("2015"))
            .Given(ProjectLead, new ProposeAmendment(Day("2015-01-10"), "SKR 9", Day("2015-03-01"), [new(Reschedule: new("final-report", On("2017-10-01")))]));
        var report = story["mapping-report"].Title;
        string[] Acts(Actor by) => [.. Registry.Of(story.Dossier, by.Party, by).Where(row => row.Act is not null)
            .Select(row => $"{row.On:uuuu-MM-dd} {row.RegisteredOn:uuuu-MM-dd} {row.Direction} {row.Counterpart} {row.Kind} {row.Act} {row.Title} {row.Version}")];

        var release = story.Dossier.Grant.Instalment("2015")!.Released!;
        Assert.Contains($"2015-01-25 2015-01-25 Own SKR Decision submission-returned {report} 1", Acts(Officer));
        Assert.Contains($"2015-01-25 2015-01-25 Incoming RK Decision submission-returned {report} 1", Acts(ProjectLead));
        Assert.DoesNotContain(Acts(Payer), row => row.Contains("submission-returned", StringComparison.Ordinal));
        Assert.Contains($"{release.DecidedOn:uuuu-MM-dd} 2015-01-25 Incoming RK Decision instalment-released {release.Reference} ", Acts(Payer));
        Assert.Contains("2015-01-10 2015-01-25 Own  Amendment amendment-proposed SKR 9 1", Acts(ProjectLead));
        Assert.Contains("2015-01-10 2015-01-25 Incoming SKR Amendment amendment-proposed SKR 9 1", Acts(Officer));
        Assert.Contains(Acts(Payer), row => row.Contains(" Incoming RK Signature agreement-signed ", StringComparison.Ordinal));
        // No free text of it is told.
        Assert.DoesNotContain(Acts(Officer), row => row.Contains("Anna", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_done_together_comes_in_to_the_other_as_a_note_and_so_does_what_that_says_of_it()
    {
        var story = Story.Of2014().On("2015-05-02").Given(Officer, new CompleteObligation("coordination-group", Day("2015-05-01"), "Hölls.", null))
            .On("2015-05-04").Given(ProjectLead, new ContestCompletion("coordination-group", "Annan dag"));
        var title = story["coordination-group"].Title;
        string[] Notes(Actor by) => [.. Registry.Of(story.Dossier, by.Party, by).Where(row => row.Kind == RegistryKind.Note)
            .Select(row => $"{row.On:uuuu-MM-dd} {row.RegisteredOn:uuuu-MM-dd} {row.Direction} {row.Counterpart} {row.Act} {row.Title}")];

        Assert.Equal([$"2015-05-01 2015-05-02 Incoming RK obligation-completed {title}", $"2015-05-04 2015-05-04 Own RK completion-contested {title}"], Notes(ProjectLead));
        Assert.Equal([$"2015-05-01 2015-05-02 Own SKR obligation-completed {title}", $"2015-05-04 2015-05-04 Incoming SKR completion-contested {title}"], Notes(Officer));
        Assert.Empty(Notes(Payer));
    }

    [Fact]
    public void Times_that_were_proposed_and_money_that_comes_back_come_in_to_the_other_and_what_goes_out_says_who_received_it()
    {
        const string key = "annual-consultation-2016";
        var time = new ProposeTime(key, new(Day("2016-05-19"), new(9, 0), new(11, 0), MeetingForm.OnSite, "Rosenbad"));
        var story = Story.Of2014().On("2014-08-15").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .On("2014-08-20").Given(Payer, new ReceiveRequisition(1), Payment("4000000", "2014-08-20", requisition: 1))
            .On("2016-03-01").Given(ProjectLead, time).Given(Officer, new AgreeToTime(key, 1)).Given(Officer, new CallOffTime(key, 1, "Sjukdom"))
            .On("2016-03-02").Given(Finance, new PrepareRepayment(Kr("100"), "Åter 1")).Given(Approver, new AttestRepayment(1));
        string[] Notes(Actor by) => [.. Registry.Of(story.Dossier, by.Party, by).Where(row => row.Kind == RegistryKind.Note)
            .Select(row => $"{row.Direction} {row.Act} {row.Version} {string.Join(',', row.Received?.By ?? [])}")];

        Assert.Equal(["Own time-proposed 1 RK", "Incoming time-agreed 1 ", "Incoming time-called-off 1 ", "Outgoing repayment-attested 1 KAMK"], Notes(ProjectLead));
        Assert.Equal(["Incoming time-proposed 1 ", "Own time-agreed 1 SKR", "Own time-called-off 1 SKR"], Notes(Officer));
        Assert.Equal(["Incoming repayment-attested 1 "], Notes(Payer));
        var sent = Registry.Of(story.Dossier, "SKR", ProjectLead).Single(row => row.Kind == RegistryKind.Requisition);
        Assert.Equal(("KAMK", story.Dossier.Grant.Requisitions[0].DispatchedAt), (Assert.Single(sent.Received!.By), sent.Received.At));
        Assert.Null(Registry.Of(story.Dossier, "KAMK", Payer).Single(row => row.Kind == RegistryKind.Requisition).Received);
        Assert.All(story.Dossier.Acts, act => Assert.Equal(EventJson.NameOf(act.Happened), story.Log.Single(row => row.Sequence == act.Sequence).Type));
    }

    [Fact]
    public void An_act_is_registered_as_that_of_the_party_that_its_event_names()
    {
        var dossier = GoldenLife.Log.Aggregate(new Dossier(AgreementId()), (it, row) => it.With(row));
        var named = dossier.Acts.Select(act => (act.Party, Named: act.Happened.GetType().GetProperty("Party")?.GetValue(act.Happened) as string, Type: act.Happened.GetType()))
            .Where(it => it.Named is not null).ToList();
        Assert.All(named, it => Assert.Equal((it.Named, it.Type), (it.Party, it.Type)));
        var confirmed = Story.Of2014().On("2015-05-02").Given(Officer, new CompleteObligation("coordination-group", Day("2015-05-01"), "Hölls.", null))
            .Given(ProjectLead, new ConfirmCompletion("coordination-group"));
        Assert.Equal("SKR", confirmed.Dossier.Acts[^1].Party);
    }

    [Fact]
    public void What_was_registered_late_stands_on_both_days()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, new RegisterDocument(Some.Id(1), "Kartläggning", "report", Some.File(1), Day("2015-01-15"), false, null));
        var row = Assert.Single(Registry.Of(story.Dossier, "SKR", ProjectLead), row => row.Kind == RegistryKind.Document);
        Assert.Equal((Day("2015-01-15"), Day("2015-01-20")), (row.On, row.RegisteredOn));
        Assert.True(row.IsOf(Day("2015-01-15")) && row.IsOf(Day("2015-01-20")));
        Assert.False(row.IsOf(Day("2015-01-16")));
    }

    [Fact]
    public void What_came_from_outside_says_from_whom_and_what_was_taken_back_or_erased_says_so()
    {
        var story = Story.Of2014().On("2015-01-20").Given(ProjectLead, Document(1) with { On = Day("2015-01-15"), From = "Anna Ek" }, Document(2) with { From = "Bo Dal" },
            Document(3) with { On = Day("2015-01-15") }, Document(4), new WithdrawDocument(Id(4), "Fel"), Document(5) with { From = "Cia Åk" })
            .Given(ProjectLead, new RequestErasure(null, Id(5), ErasureGround.Correction, null));
        story.Given(Approver, story.Approval(1));
        // From before anybody could say from whom: as it was read then.
        var old = story.Dossier.Evolve(new DocumentRegistered(Id(9), 6, "Gammal", "note", Some.File(9), Day("2015-01-15"), false, null, "SKR"), new(story.Dossier.Sequence + 1, story.Dossier.LastAt, ProjectLead.Id));

        Assert.Equal(
            [
                "1 2015-01-15 Incoming Anna Ek ", "2 2015-01-20 Incoming Bo Dal ", "3 2015-01-15 Own  ", "4 2015-01-20 Own  Withdrawn", "5 2015-01-20 Incoming Cia Åk Erased",
                "6 2015-01-15 Incoming  "
            ],
            Registry.Of(old, "SKR", ProjectLead).Where(row => row.Kind == RegistryKind.Document).OrderBy(row => row.Documents[0])
                .Select(row => $"{row.Documents[0]} {row.On:uuuu-MM-dd} {row.Direction} {row.Counterpart} {row.State}"));
    }

    static IEnumerable<string> Told(Story story, Actor by) => Registry.Of(story.Dossier, by.Party, by).Where(row => row.Act is null)
        .Select(row => $"{row.On:uuuu-MM-dd} {row.Diary} {row.Direction} {row.Counterpart} {row.Kind} {row.Title} {row.Version} {string.Join(',', row.Documents)} {string.Join(',', row.LegalGrounds)}");
}
