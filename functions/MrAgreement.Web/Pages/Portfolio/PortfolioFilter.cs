using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>What somebody looks for in the portfolio, and in which order; stands in the address.</summary>
public sealed record PortfolioFilter(string Search, string? Status, string? Party, bool OverdueOnly, PortfolioOrder Order, int Page)
{
    const int LongestKey = 40;

    public static readonly IReadOnlyList<string> Statuses = ["draft", "active", "terminated", "closed"];

    public bool IsForAll => this is { Search: "", Status: null, Party: null, OverdueOnly: false };

    /// <summary>What can't be read in the address is not looked for.</summary>
    public static PortfolioFilter In(IQueryCollection address) => new(
        address["q"].ToString().Trim(),
        Statuses.FirstOrDefault(status => status == address["status"]),
        address["party"].ToString() is { Length: > 0 and <= LongestKey } party ? party : null,
        address.ContainsKey("overdue"),
        Enum.GetValues<PortfolioOrder>().FirstOrDefault(order => Json.NameOf(order) == address["order"]),
        PageNumber.Of(address["page"]));

    public PortfolioQuery Query(Actor by, LocalDate today, int limit) => new(
        today, by.SeesEveryAgreement ? null : by.Party, by.Role != Role.Reader, Status, Party,
        Search.Length == 0 ? null : Projection.Folded(Search), Page, limit)
    {
        OverdueOnly = OverdueOnly, Order = Order
    };

    /// <summary>The address of this search but for the page.</summary>
    public string Address
    {
        get
        {
            var address = new QueryBuilder();
            foreach (var (name, value) in new[]
            {
                ("q", Search), ("status", Status), ("party", Party), ("overdue", OverdueOnly ? "true" : null),
                ("order", Order == PortfolioOrder.NextDeadline ? null : Json.NameOf(Order))
            })
                if (value is { Length: > 0 })
                    address.Add(name, value);
            return string.Create(CultureInfo.InvariantCulture, $"/{address}");
        }
    }
}
