using MrAgreement.Access;
using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Parties;

public class RightsTests
{
    // As the table of the API's contract has it, for the people of the 2014 agreement.
    const string Table = """
        right               project-lead finance approver officer payer auditor reader admin party-admin
        CreateAgreement     -            -       -        x       -     -       -      -     -
        SignAgreement       -            -       -        x       -     -       -      -     -
        ConfirmSignature    x            -       -        x       -     -       -      -     -
        DecideOnAppropriation -          -       -        x       -     -       -      -     -
        Extend              -            -       -        x       -     -       -      -     -
        Waive               -            -       -        x       -     -       -      -     -
        Terminate           -            -       -        x       -     -       -      -     -
        Close               -            -       -        x       -     -       -      -     -
        ProposeAmendment    x            -       -        x       -     -       -      -     -
        Deliver             x            x       x        x       -     -       -      -     -
        Review              -            -       -        x       -     -       -      -     -
        RecordJointAct      x            -       -        x       -     -       -      -     -
        AcknowledgeReminder x            x       x        x       x     -       -      -     -
        SeeToBodies         x            -       -        x       -     -       -      -     -
        WriteNote           x            x       x        x       x     -       -      -     -
        UploadDocument      x            x       x        x       x     -       -      -     -
        ReadDocuments       x            x       x        x       x     x       -      x     -
        ReadLog             x            x       x        x       x     x       -      x     -
        VerifyLog           -            -       -        -       -     x       -      x     -
        FollowLifecycle     -            -       -        x       -     -       -      x     -
        MakeArchivePackage  x            -       -        x       x     -       -      x     -
        FetchArchivePackage x            -       -        x       x     x       -      x     -
        PrepareMoney        -            x       -        -       -     -       -      -     -
        Attest              -            -       x        -       -     -       -      -     -
        ReceiveRequisition  -            -       -        -       x     -       -      -     -
        EndRequisition      -            -       -        x       x     -       -      -     -
        SetOff              -            -       -        -       x     -       -      -     -
        RecordPayment       -            x       -        -       x     -       -      -     -
        Allocate            -            x       -        -       -     -       -      -     -
        ReportSpend         x            x       -        -       -     -       -      -     -
        AttestReport        -            -       x        -       -     -       -      -     -
        Compile             x            -       -        -       -     -       -      -     -
        ManagePeople        -            -       -        -       -     -       -      x     x
        Erase               x            x       x        x       x     -       -      -     -
        CommentOnDraft      x            x       x        x       x     -       -      -     -
        SubscribeToChanges  x            -       -        x       x     -       -      x     -
        ReadWork            x            x       x        x       -     x       -      x     -
        TellOfRecommendations -          -       -        x       -     -       -      -     -
        ReceiveInformation  x            -       -        -       -     -       -      -     -
        WriteFindings       x            -       -        -       -     -       -      -     -
        WritePlan           x            -       -        -       -     -       -      -     -
        CheckProjectPlan    -            -       -        x       -     -       -      -     -
        Publish             x            -       -        x       -     -       -      -     -
        NoteSubmission      x            -       -        x       -     -       -      -     -
        FollowWork          x            -       -        -       -     -       -      -     -
        WriteReports        x            -       -        x       -     -       -      -     -
        """;

    static readonly IReadOnlyList<Actor> people = [ProjectLead, Finance, Approver, Officer, Payer, Auditor, Reader, Admin, new(new("trusted"), "SKR", Role.PartyAdmin)];

    static readonly IReadOnlyList<string> parties = ["SKR", "RK", "KAMK", "MSB", ""];

    public static IEnumerable<TheoryDataRow<Right, Role, bool>> Cells =>
        from line in Table.Split('\n').Skip(1)
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from i in Enumerable.Range(0, people.Count)
        select new TheoryDataRow<Right, Role, bool>(Enum.Parse<Right>(cells[0]), people[i].Role, cells[i + 1] == "x");

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_may_what_the_table_grants_and_nothing_else(Right right, Role role, bool may) =>
        Assert.Equal(may, Rights.May(people.Single(p => p.Role == role), right, Terms2014.Parties));

    [Fact]
    public void The_table_has_every_right_and_every_role() =>
        Assert.Equal(Enum.GetValues<Right>().Length * Enum.GetValues<Role>().Length, Cells.Select(row => row.Data).Distinct().Count());

    [Fact]
    public void In_another_party_s_name_or_none_nobody_may_what_that_party_may()
    {
        // Whose people somebody sees to is for the register's rules to say.
        foreach (var right in Enum.GetValues<Right>().Except([Right.ManagePeople]))
            foreach (var person in people.Where(p => p.Role is not (Role.Auditor or Role.Admin)))
                foreach (var party in parties.Where(party => party != person.Party))
                    Assert.False(Rights.May(person with { Party = party }, right, Terms2014.Parties), $"{person.Role} of '{party}': {right}");
    }

    [Fact]
    public void Rights_follow_the_party_s_role_not_its_name()
    {
        var turned = Terms2014.Parties.Select(p => p with { Key = p.Key switch { "SKR" => "RK", "RK" => "SKR", var other => other } }).ToList();

        Assert.True(Rights.May(Officer with { Party = "SKR" }, Right.SignAgreement, turned));
        Assert.False(Rights.May(Officer, Right.SignAgreement, turned));
    }

    [Fact]
    public void A_duty_is_the_recipient_s_until_another_party_is_given_it()
    {
        var parties = Boards2024.Terms.Parties;
        var (dalarna, örebro, västernorrland) = (new Actor(new("w"), "LST-W", Role.Finance), new Actor(new("t"), "LST-T", Role.Finance), new Actor(new("y"), "LST-Y", Role.ProjectLead));

        Assert.True(Rights.May(Finance, Right.Allocate, Terms2014.Parties));
        Assert.False(Rights.May(dalarna, Right.Allocate, parties));
        Assert.True(Rights.May(örebro, Right.Allocate, parties) && Rights.May(örebro, Right.PrepareMoney, parties));
        Assert.True(Rights.May(örebro with { Role = Role.Approver }, Right.Attest, parties));
        Assert.True(Rights.May(västernorrland, Right.Compile, parties));
        Assert.False(Rights.May(västernorrland with { Party = "LST-W" }, Right.Compile, parties));
    }

    [Fact]
    public void A_sub_recipient_reports_and_delivers_and_reads_neither_the_log_nor_decides_anything()
    {
        var uppsala = new Actor(new("c"), "LST-C", Role.Finance);
        Right[] may = [Right.Deliver, Right.AcknowledgeReminder, Right.WriteNote, Right.UploadDocument, Right.ReadDocuments, Right.ReportSpend, Right.Erase, Right.CommentOnDraft, Right.ReadWork];

        Assert.Equal(may.Order(), Enum.GetValues<Right>().Where(right => Rights.May(uppsala, right, Boards2024.Terms.Parties)).Order());
    }

    [Fact]
    public void The_agreement_is_seen_by_its_parties_and_by_those_who_see_all()
    {
        var draft = Story.Draft(Terms2014).Agreement;
        var signed = Story.Of2014().Agreement;

        Assert.Equal(people.Where(p => p.Role != Role.Reader), people.Where(p => Sight.Sees(draft, p)));
        Assert.Equal(people, people.Where(p => Sight.Sees(signed, p)));
        Assert.False(Sight.Sees(signed, Stranger));
    }

    [Theory]
    [InlineData(typeof(ImportLedger), Right.PrepareMoney)]
    [InlineData(typeof(MapCategories), Right.PrepareMoney)]
    [InlineData(typeof(SetBudget), Right.PrepareMoney)]
    [InlineData(typeof(PrepareStatement), Right.PrepareMoney)]
    [InlineData(typeof(ImportBankFile), Right.PrepareMoney)]
    [InlineData(typeof(MatchTransaction), Right.PrepareMoney)]
    [InlineData(typeof(DismissTransaction), Right.PrepareMoney)]
    [InlineData(typeof(ReopenTransaction), Right.PrepareMoney)]
    [InlineData(typeof(RecogniseTransaction), Right.PrepareMoney)]
    [InlineData(typeof(DistinguishTransaction), Right.PrepareMoney)]
    [InlineData(typeof(UnmatchTransaction), Right.PrepareMoney)]
    [InlineData(typeof(WithdrawBankFile), Right.PrepareMoney)]
    [InlineData(typeof(WithdrawLedgerImport), Right.PrepareMoney)]
    [InlineData(typeof(AttestStatement), Right.Attest)]
    [InlineData(typeof(WaiveException), Right.Attest)]
    [InlineData(typeof(ReversePayment), Right.RecordPayment)]
    [InlineData(typeof(ConfirmPayment), Right.RecordPayment)]
    [InlineData(typeof(SetOffDebt), Right.SetOff)]
    public void Ledger_bank_and_statement_are_the_finance_person_s_and_what_is_attested_the_approver_s(Type command, Right right) =>
        Assert.Equal(right, Enum.Parse<Act>(command.Name).Right());

    [Fact]
    public void Every_command_names_its_own_act_and_every_act_takes_a_right()
    {
        var commands = typeof(Rights).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(MrAgreement.EventSourcing.Command)) && !t.IsAbstract).ToList();

        Assert.Equal(Enum.GetNames<Act>().Order(), commands.Select(type => type.Name).Order());
        Assert.All(commands, type => Assert.Equal(type.Name, Made(type).Act.ToString()));
        Assert.All(Enum.GetValues<Act>(), act => Assert.True(Enum.IsDefined(act.Right())));
    }

    // What it is made of matters as little as what is in it.
    static MrAgreement.EventSourcing.Command Made(Type command)
    {
        var constructor = command.GetConstructors().Single();
        return (MrAgreement.EventSourcing.Command)constructor.Invoke([.. constructor.GetParameters().Select(p => Any(p.ParameterType))]);
    }

    static object? Any(Type type) => type.IsInterface || type == typeof(string) ? null
        : System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(Nullable.GetUnderlyingType(type) ?? type);
}
