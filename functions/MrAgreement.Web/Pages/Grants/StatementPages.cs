using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>The statements (ekonomisk redovisning): drawn up, attested, handed in.</summary>
static class StatementPages
{
    /// <summary>First part of the name of an explanation's field; the category follows.</summary>
    public const string Explanations = "explanations";

    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "statements", ShowList);
        GrantPages.Page(pages, "statements/{number:int}", ShowOne);
        foreach (var kind in Enum.GetValues<StatementKind>())
        {
            pages.MapPost($"{GrantPages.Route}/statements/{Step(kind)}",
                (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => Prepare(http, id, kind, post, visitor));
            GrantPages.Back(pages, "statements", Step(kind));
        }
        OnOne("attestation", filled => new AttestStatement(filled.Number));
        OnOne("withdrawal", filled => new WithdrawPrepared(PreparedKind.Statement, filled.Number, filled.Text("reason")));
        OnOne("send-back", filled => new SendBackPrepared(PreparedKind.Statement, filled.Number, filled.Text("reason")));

        void OnOne(string step, Func<Filled, Command> fill) => GrantPages.Form(pages, "statements/{number:int}", step, ShowOne, fill,
            (dossier, filled) => dossier.Grant.Statements.Find(filled.Number)?.Touched);
    }

    public static string Step(StatementKind kind) => kind == StatementKind.Annual ? "annual" : "final";

    static IResult? ShowList(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesMoney(dossier, visitor.Actor)
            ? GrantPages.Result<StatementsPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;

    static IResult? ShowOne(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesMoney(dossier, visitor.Actor)
        && dossier.Grant.Statements.ElementAtOrDefault(int.Parse((string)http.Request.RouteValues["number"]!,
        System.Globalization.CultureInfo.InvariantCulture) - 1) is { } statement
        && Sight.Sees(dossier, visitor.Actor, statement)
            ? GrantPages.Result<StatementPage>(refused, new { Dossier = dossier, Attempt = refused, Statement = statement })
            : null;

    static Task<IResult> Prepare(HttpContext http, Guid id, StatementKind kind, FormPost post, PageVisitor visitor)
    {
        var command = (PrepareStatement?)null;
        return post.Answer(
            http, new(id), new(http.Request.Form, http.Request.RouteValues), filled => command = Fill(kind, filled), dossier =>
                dossier.Grant.Touched,
            (dossier, refused) => ShowList(http, dossier, visitor, refused) ?? GrantPages.Nowhere,
            after => $"/agreements/{id}/grant/statements/{StatementDecisions.Same(after, command!, visitor.Actor.Id, visitor.Today)!.Number}?{FormPost.Saved}");
    }

    static PrepareStatement Fill(StatementKind kind, Filled filled) => new(
        kind, new DateSpan(filled.Date("period/from"), filled.Date("period/to")),
        [.. filled.Form.Keys.Where(key => key.StartsWith($"{Explanations}/", StringComparison.Ordinal))
            .Select(key => new Explanation(key[(Explanations.Length + 1)..], filled.Text(key))).Where(e => e.Text.Length > 0)],
            filled.Ticked("sure"));
}
