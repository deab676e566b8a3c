using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>An agreement's money of one appropriation and year, as some of those see it who may see the agreement.</summary>
/// <param name="Appropriation">Null where none is given.</param>
/// <param name="Year">That the instalments are for.</param>
/// <param name="SeenBy">Whoever sees it so: as <see cref="AppropriationRows.Viewer"/> names them.</param>
/// <param name="IsWhole">Whether they see what was used and has come back, and not their own party's share alone.</param>
public sealed record AppropriationRow(AgreementId Agreement, string DiaryNumber, string Title, Appropriation? Appropriation, int Year,
    IReadOnlyList<string> SeenBy, AppropriationSums Sums, bool IsWhole);

/// <param name="Decided">Instalments decided or released.</param>
/// <param name="Conditional">Instalments that wait for their condition.</param>
/// <param name="Requisitioned">Dispatched to the payer, and not refused; of what was ended, what was paid.</param>
/// <param name="Paid">Paid to the recipient, or charged to the appropriation under a right to charge it.</param>
/// <param name="Used">Of that; computed, as costs carry no instalment: the oldest first.</param>
/// <param name="Returned">Paid back, rounding included; computed likewise.</param>
public sealed record AppropriationSums(Kronor Decided, Kronor Conditional, Kronor Requisitioned, Kronor Paid, Kronor Used, Kronor Returned)
{
    public static readonly AppropriationSums None = new(default, default, default, default, default, default);

    /// <summary>Paid, and neither used nor returned.</summary>
    public Kronor Remaining => Paid - Used - Returned;

    public static AppropriationSums operator +(AppropriationSums a, AppropriationSums b) => new(a.Decided + b.Decided,
        a.Conditional + b.Conditional, a.Requisitioned + b.Requisitioned, a.Paid + b.Paid, a.Used + b.Used, a.Returned + b.Returned);
}

/// <param name="Viewer">As <see cref="AppropriationRows.Viewer"/> names whoever looks.</param>
/// <param name="Place">Only of the appropriation with this <see cref="AppropriationRows.Place"/>; null for all.</param>
/// <param name="Year">Only of this year; null for all.</param>
/// <param name="ByAgreement">Each agreement for itself.</param>
/// <param name="Page">From 1.</param>
public sealed record AppropriationQuery(string Viewer, string? Place, int? Year, bool ByAgreement, int Page, int Limit);

/// <summary>Money of one appropriation and year.</summary>
/// <param name="Agreements">How many agreements it is of.</param>
/// <param name="Partial">Of how many rows the viewer does not see what was used and has come back.</param>
/// <param name="Of">The agreement, where each is told for itself.</param>
public sealed record AppropriationSum(Appropriation? Appropriation, int Year, int Agreements, AppropriationSums Sums, int Partial,
    AppropriationAgreement? Of = null);

public sealed record AppropriationAgreement(AgreementId Agreement, string DiaryNumber, string Title);

/// <summary>One page of sums, how many there are in all, and what all of them come to.</summary>
public sealed record AppropriationList(IReadOnlyList<AppropriationSum> Rows, int Total, AppropriationSums Sums, int Partial);

/// <summary>From a dossier to its money by appropriation and year.</summary>
public static class AppropriationRows
{
    /// <summary>Whoever sees every agreement.</summary>
    const string Everyone = "*";

    public static string Viewer(Actor by) => by.SeesEveryAgreement ? Everyone : Audience.Of(by.Party, by.Role);

    /// <summary>By which an appropriation is sorted and found: <c>01/0006:0001/0014</c>; empty for none.</summary>
    public static string Place(Appropriation? it) => it is null ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $"{it.Area:00}/{string.Join(':', it.Item.Split(':').Select(part => part.PadLeft(4, '0')))}/{it.Post:0000}");

    public static IEnumerable<AppropriationRow> Of(Dossier it)
    {
        if (it.Grant.Terms is null || it.Agreement.Status == AgreementStatus.Draft)
            return [];
        var parties = it.Agreement.Terms.Parties;
        var viewers = parties.Select(party => party.Key).Distinct()
            .SelectMany(party => Enum.GetValues<Role>().Where(role => role != Role.Admin)
                .Select(role => new Actor(PersonId.System, party, role)))
            .Append(new(PersonId.System, "", Role.Admin));
        // Those who see the same are told the same.
        return
        [
            .. viewers.GroupBy(actor => (Whole: Sight.SeesEveryShare(it, actor), Books: Sight.SeesBooks(it, actor)))
                .Select(group => (group.Key.Whole, SeenBy: group.Select(Viewer).Distinct().ToList(),
                    Figures: Figures(Sight.Seen(it, group.First()))))
                .SelectMany(told => told.Figures.Select(of => new AppropriationRow(it.Id, it.Agreement.Terms.DiaryNumber.ToString(),
                    it.Agreement.Terms.Title, of.Appropriation, of.Year, told.SeenBy,
                    told.Whole ? of.Sums : of.Sums with { Used = default, Returned = default }, told.Whole)))
        ];
    }

    static IEnumerable<(Appropriation? Appropriation, int Year, AppropriationSums Sums)> Figures(Dossier it) =>
        InstalmentFigures.Of(it.Grant)
            .GroupBy(of => (of.Instalment?.Appropriation, Year: of.Instalment is { } instalment
                ? YearOf(instalment, it.Agreement.Terms.Period) : LastPaid(it)))
            .Select(of => (of.Key.Appropriation, of.Key.Year, of.Select(figures => new AppropriationSums(figures.Decided,
                figures.Conditional, figures.Requisitioned, figures.Paid, figures.Used, figures.Returned))
                .Aggregate(AppropriationSums.None, (sum, each) => sum + each)));

    /// <summary>The year that an instalment is for: the one that it is called by, or else that of its last day to requisition, its
    /// decision, or the agreement's beginning.</summary>
    public static int YearOf(Instalment it, DateSpan period) =>
        it.Key.Split('-', '/', ' ')
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : 0)
            .FirstOrDefault(year => year >= period.From.Year - 1 && year <= period.To.Year + 1) is > 0 and var called ? called
        : it.RequisitionDueOn?.Year ?? it.Released?.DecidedOn.Year ?? period.From.Year;

    // What was received on no instalment.
    static int LastPaid(Dossier it) => it.Grant.Standing(PaymentDirection.In).Where(payment => payment.Requisition is null)
        .Select(payment => payment.PaidOn.Year).DefaultIfEmpty(it.Agreement.Terms.Period.From.Year).Max();
}
