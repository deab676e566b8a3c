using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;

namespace MrAgreement.Web.Pages.Allocations;

/// <summary>A shared grant: amounts shared out, what each party reports to have spent, and both put together.</summary>
static class AllocationPages
{
    const string Report = "allocation-reports/{number:int}";
    const string Prepare = "years/{year:int}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "allocations", ShowList);
        GrantPages.Page(pages, "allocations/{number:int}", (http, dossier, visitor, _) =>
            IsShared(dossier, visitor) && dossier.Grant.Allocations.Find(Number(http)) is { } it
                && AllocationView.Sees(it, visitor.At(dossier))
                ? GrantPages.Result<AllocationPage>(null, new { Dossier = dossier, Allocation = it })
                : null);
        pages.MapPost($"{GrantPages.Route}/allocations/new", Allocate);
        GrantPages.Back(pages, "allocations", "new");

        GrantPages.Page(pages, "allocation-reports", ShowReports);
        GrantPages.Page(pages, Report, ShowReport);
        pages.MapPost($"{GrantPages.Route}/allocation-reports/{Prepare}", PrepareReport);
        GrantPages.Back(pages, "allocation-reports", Prepare);
        OnReport("attestation", filled => new AttestAllocationReport(filled.Number));
        OnReport("withdrawal", filled => new WithdrawAllocationReport(filled.Number, filled.Text("reason")));
        OnReport("send-back", filled => new SendBackAllocationReport(filled.Number, filled.Text("reason")));
        OnReport("acceptance", filled => new AcceptAllocationReport(filled.Number, filled.Optional("comment")));
        OnReport("return", filled => new ReturnAllocationReport(filled.Number, filled.Text("reason")));

        GrantPages.Page(pages, "compilation", (_, dossier, visitor, _) =>
            IsShared(dossier, visitor) ? GrantPages.Result<CompilationPage>(null, new { Dossier = dossier }) : null);

        void OnReport(string step, Func<Filled, Command> fill) =>
            GrantPages.Form(pages, Report, step, ShowReport, fill,
                (dossier, filled) => dossier.Grant.AllocationReports.Find(filled.Number)?.Touched);
    }

    static bool IsShared(Dossier it, PageVisitor visitor) => GrantPages.SeesMoney(it, visitor.Actor) && GrantPages.IsShared(it);

    static IResult? ShowList(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        IsShared(dossier, visitor) ? GrantPages.Result<AllocationsPage>(refused, new { Dossier = dossier, Attempt = refused }) : null;

    static IResult? ShowReports(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        IsShared(dossier, visitor) ? GrantPages.Result<AllocationReportsPage>(refused, new { Dossier = dossier, Attempt = refused }) : null;

    static IResult? ShowReport(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        IsShared(dossier, visitor) && dossier.Grant.AllocationReports.Find(Number(http)) is { } it
            && Sight.Sees(dossier, visitor.Actor, it)
            ? GrantPages.Result<AllocationReportPage>(refused, new { Dossier = dossier, Attempt = refused, Report = it })
            : null;

    static Task<IResult> Allocate(HttpContext http, Guid id, FormPost post, PageVisitor visitor)
    {
        var command = (MakeAllocation?)null;
        return post.Answer(
            http, new(id), new(http.Request.Form, http.Request.RouteValues), filled => command = Filled(filled), dossier =>
                dossier.Grant.Touched,
            (dossier, refused) => ShowList(http, dossier, visitor, refused) ?? GrantPages.Nowhere,
            after => $"/agreements/{id}/grant/allocations/{Allocation.Same(after.Grant, command!)!.Number}?{FormPost.Saved}");

        static MakeAllocation Filled(Filled it) => new(
            it.Amount("amount"), it.Value<int>("year"), it.Text("reference"), it.Optional("category"),
            AppropriationChoice.Read(it, "appropriation"), it.Optional("party"));
    }

    static Task<IResult> PrepareReport(HttpContext http, Guid id, int year, FormPost post, PageVisitor visitor)
    {
        var command = (PrepareAllocationReport?)null;
        // What nothing was spent on is no line.
        var form = FormRows.Compacted(http.Request.Form, "lines", field => field("amount").Length > 0);
        return post.Answer(
            http, new(id), new(form, http.Request.RouteValues),
            filled => command = new(year,
                [.. Enumerable.Range(0, FormRows.Count(filled.Form, "lines")).Select(i => Line(filled, $"lines/{i}"))],
                filled.Optional("comment"), filled.Ticked("sure")),
            dossier => dossier.Grant.Touched,
            (dossier, refused) => ShowReports(http, dossier, visitor, refused) ?? GrantPages.Nowhere,
            after => $"/agreements/{id}/grant/allocation-reports/{AllocationReport.Same(after.Grant, command!, visitor.Actor)!.Number}?{FormPost.Saved}");
    }

    static SpendLine Line(Filled filled, string row)
    {
        if (filled.Optional($"{row}/category") is not { } category)
        {
            filled.Note(new($"/{row}/category", "required"));
            category = "";
        }
        return new(category, filled.Amount($"{row}/amount"), AppropriationChoice.Read(filled, $"{row}/appropriation"));
    }

    static int Number(HttpContext http) => int.Parse((string)http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
}
