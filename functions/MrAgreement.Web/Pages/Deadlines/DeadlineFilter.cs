using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using MrAgreement.Calendars;
using MrAgreement.Web.Pages.Layout;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Deadlines;

/// <summary>What somebody looks for among the deadlines; stands in the address.</summary>
/// <param name="Status">A status of obligations or <c>overdue</c>; null for any.</param>
/// <param name="Month">The month to show; null for a list.</param>
public sealed record DeadlineFilter(string? Status, string? Party, AgreementId? Agreement, YearMonth? Month, int Page)
{
    /// <summary>Only what this party owes, alone or with others; null for all.</summary>
    public string? Responsible { get; init; }

    /// <summary>What a party owes and is late with.</summary>
    public static DeadlineFilter LateOf(string party) => new(Overdue, null, null, null, 1) { Responsible = party };

    public const string Overdue = "overdue";
    const string AsMonth = "month";
    const int LongestKey = 40;

    public static readonly IReadOnlyList<string> Statuses = [Overdue, "open", "waiting", "submitted", "returned", "done", "waived"];

    static readonly YearMonthPattern months = YearMonthPattern.Iso;

    /// <summary>Whether it is a list of what is overdue and what comes.</summary>
    public bool IsUpcoming => this is { Status: null, Month: null };

    /// <summary>What can't be read in the address is not looked for; a month that is not said is the present one.</summary>
    public static DeadlineFilter In(IQueryCollection address, LocalDate today) => new(
        Statuses.FirstOrDefault(status => status == address["status"]),
        Key(address["party"]),
        AgreementId.TryParse(address["agreement"], null, out var agreement) ? agreement : null,
        address["view"] != AsMonth ? null : months.Parse(address["month"].ToString()) is { Success: true, Value: var month }
            && DateRange.Holds(month.Year) ? month : today.ToYearMonth(),
        PageNumber.Of(address["page"]))
    {
        Responsible = Key(address["responsible"])
    };

    static string? Key(string? written) => written is { Length: > 0 and <= LongestKey } ? written : null;

    /// <summary>The address of this search but for the page.</summary>
    public string Address
    {
        get
        {
            var address = new QueryBuilder();
            foreach (var (name, value) in new[]
            {
                ("status", Status), ("party", Party), ("responsible", Responsible), ("agreement", Agreement?.ToString()), ("view", Month is null ? null : AsMonth),
                ("month", Month is { } month ? months.Format(month) : null)
            })
                if (value is not null)
                    address.Add(name, value);
            return $"/deadlines{address}";
        }
    }
}
