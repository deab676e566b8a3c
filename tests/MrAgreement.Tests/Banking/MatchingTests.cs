using MrAgreement.Banking;
using MrAgreement.Money;

namespace MrAgreement.Tests.Banking;

public class MatchingTests
{
    const string Ocr = "1234567897";

    [Fact]
    public void A_payment_out_is_matched_by_our_own_reference()
    {
        var expected = new Expectations { Repayments = [Bank.Repayment(1, "312450", "REPAY-1"), Bank.Repayment(2, "312450", "REPAY-2")] };

        Assert.Equal(new Matched(MatchRule.EndToEndId, new RepaymentTarget(Some.AgreementId(), 2)), Bank.Outcome(Bank.Out("312450", "repay-2"), expected));
        Assert.Equal(Bank.Propose(MatchRule.AmountDiffers, new RepaymentTarget(Some.AgreementId(), 2)), Bank.Outcome(Bank.Out("312000", "REPAY-2"), expected));
    }

    [Fact]
    public void Our_own_reference_on_money_in_is_nothing_to_match_by() =>
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("312450") with { EndToEndId = "REPAY-1" }, new() { Repayments = [Bank.Repayment(1, "312450", "REPAY-1")] }));

    [Fact]
    public void A_payment_reference_with_its_check_digit_matches()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100", reference: Ocr), Bank.Requisition(2, "100", reference: "1234567890"));

        Assert.Equal(new Matched(MatchRule.PaymentReference, Bank.Requisitioned(1)), Bank.Outcome(Bank.In("100") with { PaymentReferences = ["12345 67897"] }, expected));
        Assert.Equal(Bank.Propose(MatchRule.OwnReference, Bank.Requisitioned(2)), Bank.Outcome(Bank.In("100") with { PaymentReferences = ["1234567890"] }, expected));
        Assert.Equal(Bank.Propose(MatchRule.PartPayment, Bank.Requisitioned(1)), Bank.Outcome(Bank.In("99") with { PaymentReferences = [Ocr] }, expected));
        Assert.Equal(Bank.Propose(MatchRule.AmountDiffers, Bank.Requisitioned(1)), Bank.Outcome(Bank.In("101") with { PaymentReferences = [Ocr] }, expected));
    }

    [Fact]
    public void Two_that_fit_are_proposed_and_a_reference_that_singles_one_out_decides()
    {
        var expected = Bank.Expect(Bank.Requisition(2, "100", reference: Ocr), Bank.Requisition(1, "100"));

        Assert.Equal(Bank.Propose(MatchRule.DiaryNumber, Bank.Requisitioned(1), Bank.Requisitioned(2)), Bank.Outcome(Bank.In("100", "A2014/2289"), expected));
        Assert.Equal(new Matched(MatchRule.PaymentReference, Bank.Requisitioned(2)), Bank.Outcome(Bank.In("100", "A2014/2289") with { PaymentReferences = [Ocr] }, expected));
    }

    [Fact]
    public void References_that_point_at_different_things_are_for_a_person()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"), Bank.Requisition(1, "100", "S2013/8812/FST", Ocr, agreement: 2));

        Assert.Equal(Bank.Propose(MatchRule.Contradiction, Bank.Requisitioned(1), Bank.Requisitioned(1, agreement: 2)),
            Bank.Outcome(Bank.In("100", "A2014/2289") with { PaymentReferences = [Ocr] }, expected));
        Assert.IsType<Proposed>(Bank.Outcome(Bank.In("100", "A2014/2289 och S2013/8812"), expected));
        Assert.IsType<Proposed>(Bank.Outcome(Bank.In("100", "A2014/2289 och S2013/8812"), Bank.Expect(Bank.Requisition(1, "100"), Bank.Requisition(1, "7", "S2013/8812", agreement: 2))));
    }

    [Fact]
    public void The_amount_from_the_payer_about_when_is_proposed()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"));
        var proposed = Bank.Propose(MatchRule.AmountAndPayer, Bank.Requisitioned(1));
        var dispatched = Bank.Day.PlusDays(-7);

        Assert.Equal(proposed, Bank.Outcome(Bank.In("100") with { Counterpart = new("KAMMARKOLLEGIET Utbetalning SCR", null) }, expected));
        Assert.Equal(proposed, Bank.Outcome(Bank.In("100") with { Counterpart = new("Någon", new("", "50501055")), BookedOn = dispatched.PlusDays(-3) }, expected));
        Assert.Equal(proposed, Bank.Outcome(Bank.In("100") with { Counterpart = Bank.Payer, BookedOn = dispatched.PlusDays(30) }, expected));
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100") with { Counterpart = Bank.Payer, BookedOn = dispatched.PlusDays(-4) }, expected));
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100") with { Counterpart = Bank.Payer, BookedOn = dispatched.PlusDays(31) }, expected));
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100") with { Counterpart = new("Kammarkollegiets vänner", null) }, expected));
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("101") with { Counterpart = Bank.Payer }, expected));
    }

    [Fact]
    public void Less_than_is_left_is_a_part_payment_to_confirm() =>
        Assert.Equal(Bank.Propose(MatchRule.PartPayment, Bank.Requisitioned(1)), Bank.Outcome(Bank.In("60", "A2014/2289"), Bank.Expect(Bank.Requisition(1, "100"), Bank.Requisition(2, "50"))));

    [Fact]
    public void What_two_requisitions_make_together_is_proposed_as_both()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"), Bank.Requisition(2, "50"), Bank.Requisition(3, "25.5"));

        Assert.Equal(new Proposed(MatchRule.SeveralRequisitions, new Candidate(Bank.Requisitioned(1), Bank.Requisitioned(3))), Bank.Outcome(Bank.In("125.50", "A2014/2289"), expected));
        Assert.Equal(new Proposed(MatchRule.SeveralRequisitions, new Candidate(Bank.Requisitioned(1), Bank.Requisitioned(2), Bank.Requisitioned(3))), Bank.Outcome(Bank.In("175.5", "A2014/2289"), expected));
    }

    [Fact]
    public void What_the_payer_divides_between_two_agreements_is_proposed_as_both()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"), Bank.Requisition(1, "50", "S2013/8812", agreement: 2));
        var parts = Bank.In("150") with { Parts = [new("A2014/2289", false, Kronor.Of(100)), new("S2013/8812/FST", false, Kronor.Of(50))] };

        Assert.Equal(new Proposed(MatchRule.SeveralRequisitions, new Candidate(Bank.Requisitioned(1), Bank.Requisitioned(1, agreement: 2))), Bank.Outcome(parts, expected));
        Assert.IsType<Unmatched>(Bank.Outcome(parts with { Amount = Kronor.Of(151) }, expected));
    }

    [Fact]
    public void A_payment_recorded_by_hand_is_the_same_payment()
    {
        var expected = new Expectations { Payments = [Bank.Payment(4, "100", references: "Utbetalning 1")] };
        var same = new PaymentTarget(Some.AgreementId(), 4);

        Assert.Equal(new Matched(MatchRule.DiaryNumber, same), Bank.Outcome(Bank.In("100", "A2014/2289") with { BookedOn = Bank.Day.PlusDays(5) }, expected));
        Assert.Equal("nothing-open", Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100", "A2014/2289") with { BookedOn = Bank.Day.PlusDays(6) }, expected)).Reason);
        Assert.Equal(Bank.Propose(MatchRule.OwnReference, same), Bank.Outcome(Bank.In("100", "UTBETALNING 1"), expected));
        Assert.Equal(Bank.Propose(MatchRule.RecordedPayment, same), Bank.Outcome(Bank.In("100"), expected));
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.Out("100"), expected));
    }

    [Fact]
    public void A_recorded_payment_and_a_requisition_of_the_same_amount_are_for_a_person() =>
        Assert.Equal(Bank.Propose(MatchRule.DiaryNumber, Bank.Requisitioned(1), new PaymentTarget(Some.AgreementId(), 1)),
            Bank.Outcome(Bank.In("50", "A2014/2289"), new() { Requisitions = [Bank.Requisition(1, "50")], Payments = [Bank.Payment(1, "50")] }));

    [Fact]
    public void What_is_paid_twice_pays_once_and_the_other_waits()
    {
        var outcomes = Matching.Of([Bank.In("100", "A2014/2289"), Bank.In("100", "A2014/2289")], Bank.Expect(Bank.Requisition(1, "100")));

        Assert.Equal(new Matched(MatchRule.DiaryNumber, Bank.Requisitioned(1)), outcomes[0].Outcome);
        Assert.Equal(new Unmatched("nothing-open", ("diaryNumber", "A2014/2289")), outcomes[1].Outcome);
    }

    [Fact]
    public void A_reversal_is_proposed_against_the_payment_that_it_takes_back()
    {
        var paid = Bank.In("100", "A2014/2289");
        var reversal = Bank.Out("100") with { IsReversal = true, BankReference = paid.BankReference };

        Assert.Equal(Bank.Propose(MatchRule.Reversal, new TransactionTarget(paid.Number)), Matching.Of([paid, reversal], new())[1].Outcome);
        Assert.Equal(Bank.Propose(MatchRule.Reversal, new PaymentTarget(Some.AgreementId(), 1)), Bank.Outcome(reversal, new() { Payments = [Bank.Payment(1, "100", bankReference: paid.BankReference)] }));
        Assert.Equal(Bank.Propose(MatchRule.Reversal, new PaymentTarget(Some.AgreementId(), 1)), Bank.Outcome(reversal with { Texts = ["A2014/2289"] }, new() { Payments = [Bank.Payment(1, "100")] }));
        Assert.Equal("reversal-of-nothing-known", Assert.IsType<Unmatched>(Bank.Outcome(reversal with { Amount = Kronor.Of(99) }, new() { Payments = [Bank.Payment(1, "100", bankReference: paid.BankReference)] })).Reason);
        Assert.IsType<Unmatched>(Bank.Outcome(Bank.In("100", "A2014/2289") with { IsReversal = true }, Bank.Expect(Bank.Requisition(1, "100"))));
    }

    [Fact]
    public void A_reversal_is_certain_where_it_names_by_the_bank_s_reference_what_is_certain_in_the_same_file()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"));
        var paid = Bank.In("100", "A2014/2289");
        var reversal = Bank.Out("100", "A2014/2289") with { IsReversal = true };
        var named = reversal with { Number = 99, References = [paid.BankReference!] };
        MatchOutcome Second(params BankTransaction[] file) => Matching.Of(file, expected)[1].Outcome;

        Assert.Equal(new Matched(MatchRule.Reversal, new TransactionTarget(paid.Number)), Second(paid, named));
        Assert.Equal(new Matched(MatchRule.Reversal, new TransactionTarget(paid.Number)), Matching.Of([named, paid], expected)[0].Outcome);
        Assert.Equal(Bank.Propose(MatchRule.Reversal, new TransactionTarget(paid.Number)), Second(paid, reversal with { Texts = ["A2014/2289"] }));
        Assert.Equal(Bank.Propose(MatchRule.Reversal, new TransactionTarget(paid.Number)), Second(paid with { Texts = [] }, named));
        Assert.IsType<Proposed>(Matching.Of([paid, named, named with { Number = 100, BankReference = "again" }], expected)[2].Outcome);
    }

    [Fact]
    public void A_reversal_is_proposed_against_the_payment_alone_that_a_transaction_of_its_file_has_become()
    {
        var paid = Bank.In("100", "A2014/2289");
        var reversal = Bank.Out("100") with { IsReversal = true, References = [paid.BankReference!] };

        Assert.Equal(Bank.Propose(MatchRule.Reversal, new PaymentTarget(Some.AgreementId(), 1)),
            Matching.Of([paid, reversal], new() { Payments = [Bank.Payment(1, "100", bankReference: paid.BankReference)] })[1].Outcome);
    }

    [Fact]
    public void What_is_left_says_why()
    {
        var expected = Bank.Expect(Bank.Requisition(1, "100"));

        Assert.Equal(new Unmatched("foreign-currency", ("currency", "EUR"), ("amount", "100.00")), Bank.Outcome(Bank.In("100", "A2014/2289") with { Amount = null, Currency = "EUR", AmountText = "100.00" }, expected));
        Assert.Equal(new Unmatched("amount-zero"), Bank.Outcome(Bank.In("0", "A2014/2289"), expected));
        Assert.Equal(new Unmatched("details-do-not-sum"), Bank.Outcome(Bank.In("100", "A2014/2289") with { Doubt = "details-do-not-sum" }, expected));
        Assert.Equal(new Unmatched("amount-fits-none", ("diaryNumber", "A2014/2289"), ("amount", Kronor.Of(101)), ("left", Kronor.Of(100))), Bank.Outcome(Bank.In("101", "A2014/2289"), expected));
        Assert.Equal(new Unmatched("diary-number-unknown", ("diaryNumber", "S2013/8812")), Bank.Outcome(Bank.In("100", "S2013/8812/FST"), expected));
        Assert.Equal(new Unmatched("nothing-expected"), Bank.Outcome(Bank.In("100", "Hyra"), expected));
    }

    [Fact]
    public void A_proposal_names_ten_at_most() =>
        Assert.Equal(10, Assert.IsType<Proposed>(Bank.Outcome(Bank.In("5", "A2014/2289"), Bank.Expect([.. Enumerable.Range(1, 50).Select(n => Bank.Requisition(n, "100"))]))).Candidates.Count);
}
