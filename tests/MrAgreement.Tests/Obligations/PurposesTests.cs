using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Obligations;

/// <summary>What obligations are for is stated, or told by their documents and their place: never by their keys.</summary>
public class PurposesTests
{
    static readonly Terms of2014 = Story.Of2014().Agreement.Terms;

    static IEnumerable<(string Key, Purpose? Purpose)> Of(Terms terms) =>
        Story.Draft(terms).Agreement is var it ? it.InOrder.Select(o => (o.Key, it.PurposeOf(o))).Where(each => each.Item2 is not null) : [];

    [Fact]
    public void Those_of_2014_are_told_by_their_shape_as_they_are_stated()
    {
        var stated = Of(of2014).ToDictionary();
        Assert.Equal(Purpose.FinalReport, stated["final-report"]);

        var silent = Of(of2014 with { Obligations = [.. of2014.Obligations.Select(o => o with { Is = null })] }).ToDictionary();

        // Nothing in its shape tells one continuous obligation to nobody from another.
        Assert.Equal(stated.Where(each => each.Value != Purpose.Dissemination), silent);
    }

    [Fact]
    public void Keys_tell_nothing()
    {
        string Other(string key) => $"x{of2014.Obligations.Select(o => o.Key).ToList().IndexOf(key)}";
        DueTerms Due(DueTerms due) => due with { Before = due.Before is { } before ? Other(before) : null, After = due.After is { } after ? Other(after) : null };
        var renamed = of2014 with
        {
            Obligations = [.. of2014.Obligations.Select(o => o with
            {
                Key = Other(o.Key), Is = null, Due = Due(o.Due),
                Rests = [.. (o.Rests ?? []).Select(rest => rest.StartsWith("requisition-", StringComparison.Ordinal) ? rest : Other(rest))]
            })]
        };

        Assert.Equal(Of(of2014).Select(each => each.Purpose).Where(p => p != Purpose.Dissemination), Of(renamed).Select(each => each.Purpose));
        Assert.Equal(["x7-2016", "x7-2017", "x10", "x13", "x14", "requisition-2014"], Story.Draft(renamed).Agreement.InOrder.Where(o => o.Financial).Select(o => o.Key));
    }

    [Fact]
    public void What_is_stated_goes_before_what_the_shape_tells()
    {
        var terms = Some.Terms(
            Some.Deliverable("interim", Some.On("2015-01-01")) with { Documents = ["report"], Is = Purpose.FinalReport },
            Some.Deliverable("last", Some.On("2016-01-01")) with { Documents = ["report"] });

        Assert.Equal([("interim", Purpose.FinalReport)], Of(terms));
    }

    [Theory]
    [InlineData(Purpose.FinalAccounts, ObligationKind.Joint, "/obligations/0/is purpose-kind")]
    [InlineData(Purpose.Information, ObligationKind.Joint, null)]
    [InlineData(Purpose.Information, ObligationKind.Deliverable, null)]
    [InlineData(Purpose.Dissemination, ObligationKind.Repayment, "/obligations/0/is purpose-kind")]
    public void What_it_is_for_suits_its_kind(Purpose purpose, ObligationKind kind, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault],
            TermsCheck.Faults(Some.Terms(Some.Deliverable("it", Some.On("2015-01-01"), acceptance: false) with { Kind = kind, Is = purpose })).Select(f => $"{f.Pointer} {f.Rule}"));
}
