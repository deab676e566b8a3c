using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Ledgers;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;
using MrAgreement.Web.Pages.Layout;
using Sent = MrAgreement.Web.Http.Upload;

namespace MrAgreement.Web.Pages.Ledgers;

/// <summary>The recipient's ledger: files taken in while a page shows how far they are, what was read, and every row that counts.</summary>
static class LedgerPages
{
    /// <summary>Rows on a page.</summary>
    public const int PageSize = 50;

    const string Progress = "ledger/in-progress/{import:guid}";
    const string RefreshSeconds = "2";

    // As long as a page may be kept waiting for an import to stop.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "ledger", ShowList);
        GrantPages.Page(pages, "ledger/rows", (_, dossier, visitor, refused) => GrantPages.SeesLedger(dossier, visitor.Actor) ? GrantPages.Result<LedgerRowsPage>(refused, new { Dossier = dossier }) : null);
        GrantPages.Page(pages, "ledger/{import:guid}", ShowImport);
        GrantPages.Page(pages, Progress, ShowProgress);
        pages.MapPost($"{GrantPages.Route}/ledger", Import).WithMetadata(new LargestUpload(LedgerApi.MaxBytes));
        pages.MapPost($"{GrantPages.Route}/{Progress}/cancellation", Cancel);
        GrantPages.Back(pages, Progress, "cancellation");
    }

    static IResult? ShowList(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesLedger(dossier, visitor.Actor) ? GrantPages.Result<LedgerPage>(refused, new { Dossier = dossier, Attempt = refused }) : null;

    static IResult? ShowImport(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesLedger(dossier, visitor.Actor) && dossier.Grant.Ledger.Imports.Find(i => i.Read.Import == Asked(http)) is { } import
            ? GrantPages.Result<LedgerImportPage>(refused, new { Dossier = dossier, Import = import })
            : null;

    // Shows how far it is until it is done, and then what came of it.
    static IResult? ShowProgress(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused)
    {
        if (!GrantPages.SeesLedger(dossier, visitor.Actor))
            return null;
        var (running, import, list) = (http.RequestServices.GetRequiredService<RunningImports>(), Asked(http), $"/agreements/{dossier.Id}/grant/ledger");
        if (running.Find(dossier.Id, import) is { } it)
        {
            if (visitor.Asked("still").Length == 0)
                http.Response.Headers["Refresh"] = RefreshSeconds;
            return GrantPages.Result<LedgerProgressPage>(null, new { Dossier = dossier, Running = it });
        }
        var ended = running.Ended(dossier.Id, import);
        return ended?.End switch
        {
            ImportEnd.Imported done => Results.LocalRedirect($"{list}/{done.Import}"),
            ImportEnd.Cancelled => Results.LocalRedirect($"{list}?cancelled"),
            ImportEnd.Failed => Failures.Page(StatusCodes.Status500InternalServerError),
            ImportEnd.Refused { Why: var why } => GrantPages.Result<LedgerPage>(
                null, new { Dossier = dossier, Attempt = Attempt.Of(list, new Filled(ended.Typed, []), why, visitor.Language) }),
            _ => Results.LocalRedirect(dossier.Grant.Ledger.Imports.Exists(i => i.Read.Import == import) ? $"{list}/{import}" : $"{list}?lost")
        };
    }

    static async Task<IResult> Import(HttpContext http, Guid id, FormPost post, Dossiers dossiers, IDocumentStore store, LedgerRuns runs, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !Rights.Sees(visitor.Actor, dossier.Agreement))
            return GrantPages.Nowhere;
        // Nobody who may not import leaves bytes behind.
        if (!dossier.Agreement.IsRunning || !Rights.May(visitor.Actor, Right.PrepareMoney, dossier.Agreement.Terms.Parties))
            return await Back(dossier.Agreement.IsRunning ? new("forbidden", RefusalKind.Forbidden, ("role", visitor.Actor.Role)) : new("agreement-closed"));
        var sent = Sent.Of(filled.Form);
        foreach (var fault in LedgerFields.Faults(sent))
            filled.Note(fault);
        if (filled.Form.Files.GetFile("file") is not { Length: > 0 } file)
            filled.Note(new("/file", "file-missing"));
        else if (filled.Faults.Count == 0)
        {
            var order = LedgerFields.Order(sent, Guid.CreateVersion7(), await Sent.Stored(file, store, LedgerApi.MaxBytes, http.RequestAborted));
            var known = dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen, order.Texts);
            if (known is null)
                runs.Start(dossier.Id, order, visitor.Occasion, new FormCollection(filled.Form.ToDictionary()));
            return FormPost.Go(http, known is null ? $"{http.Request.Path}/in-progress/{order.Import}" : $"{http.Request.Path}/{known.Import}?again");
        }
        return await Back(null);

        Task<IResult> Back(Refused? refused) => post.Back(http, new(id), filled, (d, a) => ShowList(http, d, visitor, a) ?? GrantPages.Nowhere, refused);
    }

    static async Task<IResult> Cancel(HttpContext http, Guid id, Guid import, Dossiers dossiers, RunningImports running, PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !GrantPages.SeesLedger(dossier, visitor.Actor))
            return GrantPages.Nowhere;
        if (!Rights.May(visitor.Actor, Right.PrepareMoney, dossier.Agreement.Terms.Parties))
            return Failures.Page(StatusCodes.Status403Forbidden);
        if (running.Find(dossier.Id, import) is { } it)
        {
            it.Cancel();
            await Task.WhenAny(it.Work, Task.Delay(patience, http.RequestAborted));
        }
        return FormPost.Go(http, GrantPages.Above(http, "cancellation"));
    }

    static Guid Asked(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["import"]!);
}
