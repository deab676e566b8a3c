using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Importing;
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

    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "ledger", ShowList);
        GrantPages.Page(pages, "ledger/rows",
            (_, dossier, visitor, refused) => GrantPages.SeesLedger(dossier, visitor.Actor)
            ? GrantPages.Result<LedgerRowsPage>(refused, new { Dossier = dossier })
            : null);
        GrantPages.Page(pages, "ledger/voucher", (_, dossier, visitor, refused) => GrantPages.SeesLedger(dossier, visitor.Actor)
            ? GrantPages.Result<VoucherPage>(refused, new { Dossier = dossier })
            : null);
        GrantPages.Page(pages, "ledger/{import:guid}", ShowImport);
        WithdrawalPages.Map(pages);
        pages.MapGet($"{GrantPages.Route}/{Progress}", ShowProgress);
        pages.MapPost($"{GrantPages.Route}/ledger", Import).WithMetadata(new LargestUpload(LedgerApi.MaxBytes));
        pages.MapPost($"{GrantPages.Route}/{Progress}/cancellation", Cancel);
        GrantPages.Back(pages, Progress, "cancellation");
    }

    static IResult? ShowList(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesLedger(dossier, visitor.Actor)
            ? GrantPages.Result<LedgerPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;

    static IResult? ShowImport(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesLedger(dossier, visitor.Actor) && dossier.Grant.Ledger.Imports.Find(i => i.Read.Import == Asked(http)) is { } import
            ? GrantPages.Result<LedgerImportPage>(refused, new { Dossier = dossier, Import = import })
            : WithdrawalPages.Gone(dossier, visitor, Asked(http));

    // Shows how far it is until it is done, and then what came of it.
    static async Task<IResult> ShowProgress(HttpContext http, Guid id, Guid import, Dossiers dossiers, ILedgerRuns runs,
        PageVisitor visitor)
    {
        // Before the log is read: an import that is over by then is in it.
        var run = await runs.Find(new(id), import, http.RequestAborted);
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !Sight.Sees(dossier.Agreement, visitor.Actor)
            || !GrantPages.SeesLedger(dossier, visitor.Actor))
            return GrantPages.Nowhere;
        var list = $"/agreements/{dossier.Id}/grant/ledger";
        if (run is { End: null })
        {
            if (visitor.Asked("still").Length == 0)
                http.Response.Headers["Refresh"] = RefreshSeconds;
            return GrantPages.Result<LedgerProgressPage>(null, new { Dossier = dossier, Running = run });
        }
        return run?.End switch
        {
            ImportEnd.Imported done => Results.LocalRedirect(Told(done.Import)),
            ImportEnd.Cancelled => Results.LocalRedirect($"{list}?cancelled"),
            ImportEnd.Failed => Failures.Page(StatusCodes.Status500InternalServerError),
            ImportEnd.Refused { Why: var why } => GrantPages.Result<LedgerPage>(
                null, new { Dossier = dossier, Attempt = Attempt.Of(list, new Filled(Form(run.Typed), []), why, visitor.Language) }),
            _ => Results.LocalRedirect(dossier.Grant.Ledger.Imports.Exists(i => i.Read.Import == import) ? Told(import) : $"{list}?lost")
        };

        string Told(Guid done) => $"{list}/{done}?{FormPost.Saved}={dossier.Grant.Ledger.Imports.Find(i => i.Read.Import == done)?.Touched}#{FormPost.Done}";
    }

    static async Task<IResult> Import(HttpContext http, Guid id, FormPost post, Dossiers dossiers, IDocumentStore store, ILedgerRuns runs,
        PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !Sight.Sees(dossier.Agreement, visitor.Actor))
            return GrantPages.Nowhere;
        // Nobody who may not import leaves bytes behind.
        if (!dossier.Agreement.IsRunning || !Rights.May(visitor.Actor, Right.PrepareMoney, dossier.Agreement.Terms.Parties))
            return await Back(dossier.Agreement.IsRunning
                ? new("forbidden", RefusalKind.Forbidden, ("role", visitor.Actor.Role))
                : new("agreement-closed"));
        var sent = Sent.Of(filled.Form);
        foreach (var fault in LedgerFields.Faults(sent))
            filled.Note(fault);
        if (filled.Form.Files.GetFile("file") is not { Length: > 0 } file)
            filled.Note(new("/file", "file-missing"));
        else if (filled.Faults.Count == 0)
            return await Sent.Bringing(file, store, LedgerApi.MaxBytes, dossier, Begin, http.RequestAborted);
        return await Back(null);

        async Task<IResult> Begin(DocumentFile stored, StoredDocument put)
        {
            var order = LedgerFields.Order(sent, Guid.CreateVersion7(), stored) with { Put = put };
            var known = dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen, order.Texts);
            if (known is null)
                await runs.Start(dossier.Id, order, visitor.Occasion,
                    filled.Form.ToDictionary(field => field.Key, field => field.Value.ToString()), http.RequestAborted);
            return FormPost.Go(http, known is null
                ? $"{http.Request.Path}/in-progress/{order.Import}"
                : $"{http.Request.Path}/{known.Import}?again");
        }

        Task<IResult> Back(Refused? refused) =>
            post.Back(http, new(id), filled, (d, a) => ShowList(http, d, visitor, a) ?? GrantPages.Nowhere, refused);
    }

    static async Task<IResult> Cancel(HttpContext http, Guid id, Guid import, Dossiers dossiers, ILedgerRuns runs, PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !GrantPages.SeesLedger(dossier, visitor.Actor))
            return GrantPages.Nowhere;
        if (!Rights.May(visitor.Actor, Right.PrepareMoney, dossier.Agreement.Terms.Parties))
            return Failures.Page(StatusCodes.Status403Forbidden);
        await runs.Cancel(dossier.Id, import, http.RequestAborted);
        return FormPost.Go(http, GrantPages.Above(http, "cancellation"));
    }

    static FormCollection Form(IReadOnlyDictionary<string, string> typed) =>
        new(typed.ToDictionary(field => field.Key, field => new StringValues(field.Value)));

    static Guid Asked(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["import"]!);
}
