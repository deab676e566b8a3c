using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>The budget and the forecast, by cost category and year.</summary>
static class BudgetPages
{
    /// <summary>First part of a field's name; category and year follow.</summary>
    public const string Field = "amount";

    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "budget", Show);
        foreach (var kind in Enum.GetValues<BudgetKind>())
            GrantPages.Form(pages, "budget", Step(kind), Show, filled => Fill(kind, filled), (dossier, _) => dossier.Grant.Touched);
    }

    public static string Step(BudgetKind kind) => kind == BudgetKind.Budget ? "lines" : "forecast";

    static IResult? Show(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesMoney(dossier, visitor.Actor)
            ? GrantPages.Result<BudgetPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;

    // What is left empty is not budgeted.
    static SetBudget Fill(BudgetKind kind, Filled filled)
    {
        var lines = new List<BudgetLine>();
        foreach (var field in filled.Form.Keys.Where(key => key.StartsWith($"{Field}/", StringComparison.Ordinal)))
            if (field.Split('/') is [_, var category, var text]
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                && filled.OptionalAmount(field) is { } amount)
            {
                if (amount.IsNegative)
                    filled.Note(new Fault($"/{field}", "amount-negative"));
                lines.Add(new(category, year, amount));
            }
        return new(kind, lines, filled.Ticked("sure"));
    }
}
