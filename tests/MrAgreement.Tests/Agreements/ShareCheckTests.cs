using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

public class ShareCheckTests
{
    static readonly Terms terms = Boards2024.Terms;

    static void Faults(Terms terms, params (string Pointer, string Rule)[] expected) => Assert.Equal(expected, TermsCheck.Faults(terms).Select(f => (f.Pointer, f.Rule)));

    static Terms Shared(params Share[] shares) => terms with { Grant = terms.Grant! with { Shares = shares } };

    static Terms Doing(string party, params Duty[] duties) => terms with { Parties = [.. terms.Parties.Select(p => p.Key == party ? p with { Duties = duties } : p)] };

    [Fact]
    public void The_assignment_of_the_county_boards_is_right() => Faults(terms);

    [Fact]
    public void Those_who_share_are_recipients_or_sub_recipients_each_once_with_a_weight()
    {
        Faults(Shared(new("LST-W", 1), new("LST-W", 2)), ("/grant/shares/1/party", "key-taken"));
        Faults(Shared(new("RK", 1), new("MSB", 0)), ("/grant/shares/0/party", "share-party"), ("/grant/shares/1/weight", "weight"), ("/grant/shares/1/party", "share-party"));
    }

    [Fact]
    public void A_duty_is_one_party_s_that_may_share_and_the_assignment_is_the_recipient_s()
    {
        Faults(Doing("LST-C", Duty.Reporter), ("/parties/5/duties", "duty-taken"));
        Faults(Doing("LST-Y", Duty.Coordinator, Duty.Coordinator), ("/parties/18/duties", "duty-taken"));
        Faults(Doing("RK", Duty.AssignmentHolder), ("/parties/0/duties", "duty-party"), ("/parties/16/duties", "duty-taken"));
        var moved = Doing("LST-W") with { };
        Faults(moved with { Parties = [.. moved.Parties.Select(p => p.Key == "LST-C" ? p with { Duties = [Duty.AssignmentHolder] } : p)] }, ("/parties/2/duties", "duty-party"));
    }

    [Fact]
    public void What_is_charged_is_not_requisitioned() =>
        Faults(terms with { Grant = terms.Grant! with { Instalments = [terms.Grant!.Instalments[0] with { RequisitionDueOn = Day("2024-09-01") }, terms.Grant!.Instalments[1]] } },
            ("/grant/instalments/0/requisitionDueOn", "transfer-disposition-right"));
}
