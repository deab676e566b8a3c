using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using NodaTime.Text;

namespace MrAgreement.Tests.Reconciliations;

/// <summary>An agreement to reconcile, and how its checks come out.</summary>
static class Reconciling
{
    public static Story Begun(Func<GrantTerms, GrantTerms>? terms = null) => Story.Signed(terms is null ? Terms2014 : Books.With(terms)).On("2014-08-15");

    /// <summary>4 000 000 requisitioned and received.</summary>
    public static Story Paid(Func<GrantTerms, GrantTerms>? terms = null) => Begun(terms)
        .Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).Given(Payer, Payment("4000000", "2014-08-15", requisition: 1));

    public static Story Adjusted(this Story it, AdjustmentKind kind, string amount, int year = 2015, string? category = null)
    {
        it.Given(Finance, new PrepareAdjustment(kind, Kr(amount), Year(year), null, $"Nr {it.Dossier.Grant.Adjustments.Count}", category));
        return it.Given(Approver, new AttestAdjustment(it.Dossier.Grant.Adjustments.Count));
    }

    /// <summary>Drawn up and attested.</summary>
    public static Story Stated(this Story it, int year) => it.Stated(StatementKind.Annual, Year(year));

    public static Story Stated(this Story it, StatementKind kind, DateSpan period)
    {
        it.Given(Finance, new PrepareStatement(kind, period, []));
        return it.Given(Approver, new AttestStatement(it.Dossier.Grant.Statements.Count));
    }

    public static Check Check(this Story it, string rule) => Reconciliation.Of(it.Dossier, it.Today).Single(c => c.Rule == rule);

    /// <summary>What it says, sentence by sentence: the name of each and what stands in it.</summary>
    public static IEnumerable<string> Remarks(this Story it, string rule) => it.Check(rule).Remarks.Select(remark =>
        string.Join(' ', remark.Values.Select(v => v.Value is LocalDate day ? LocalDatePattern.Iso.Format(day) : $"{v.Value}").Prepend(remark.Name)));

    /// <summary>How it came out, what was expected and what was found.</summary>
    public static string Of(this Story it, string rule) => it.Check(rule) is var check ? $"{check.Outcome} {check.Expected} {check.Actual}".TrimEnd() : "";
}
