using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Ledgers;

/// <summary>Imports of the recipient's ledger, and its rows down to the voucher.</summary>
static class LedgerApi
{
    public const long MaxBytes = 1024L * 1024 * 1024;

    public static void MapLedger(this RouteGroupBuilder api)
    {
        var grant = api.MapGroup("/agreements/{agreementId:guid}/grant").WithTags("Grant");
        var imports = grant.MapGroup("/ledger-imports");
        imports.MapGet("", List).Answers<Listing<LedgerImportView>>()
            .Describe("List ledger imports", "Imports in order; for the recipient and the auditors.");
        imports.MapPost("", Import).TakesUpload<LedgerForm>().Answers<LedgerImportView>(StatusCodes.Status201Created)
            .Answers<RunningImportView>(StatusCodes.Status202Accepted)
            .Describe("Import a ledger", "A SIE 4 file (4E or 4I): the project's costs by account and day. All or nothing; the same file again imports nothing. "
                + "202 where the caller prefers not to wait, or the file is too large for that: Location is then where its progress is shown, and in the end what came of it.");
        imports.MapLedgerProgress();
        imports.MapGet("/{importId:guid}", Show).Answers<LedgerImportView>()
            .Describe("Show a ledger import", "One import; 410 where it was withdrawn, with by whom and why.");
        grant.MapGet("/vouchers", Rows).Answers<Listing<LedgerRowView>>()
            .Describe("List the ledger's rows",
            "The project's rows that count, by day and account: where a figure comes from. Those of one voucher by its series, voucher and voucherDate, as a row has them.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, Seen(at).Select(i => LedgerImportView.Of(i, at)).ToList()),
            ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, Guid importId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Seen(at).FirstOrDefault(i => i.Read.Import == importId) is { } it
            ? desk.Found(LedgerImportView.Of(it, at), it.ReckonedAt ?? it.Touched)
            : WithdrawalApi.Gone(at, importId));

    static async Task<IResult> Import(AgreementId agreementId, Desk desk, LedgerImporter importer, AwaitedImports here, ILedgerRuns runs,
        IDocumentStore store, HttpRequest request, [FromHeader(Name = "Prefer")] string? prefer = null)
    {
        var aborted = request.HttpContext.RequestAborted;
        var (dossier, denied) = await desk.AllowedMoney(agreementId);
        if (dossier is null)
            return denied!;
        var (upload, failure) = await Upload.Read(request, MaxBytes, LedgerFields.All, LedgerFields.Faults);
        if (upload is null)
            return failure!;
        return await Upload.Bringing(upload.File, store, MaxBytes, dossier, TakeIn, aborted);

        async Task<IResult> TakeIn(DocumentFile file, StoredDocument put)
        {
            var order = LedgerFields.Order(upload, desk.NewId(), file) with { Put = put };
            if (dossier.Grant.Ledger.Same(file.Sha256, order.Project, order.Chosen, order.Texts) is { } known)
                return await Append(new(known, null, dossier.Grant.WithdrawnFiles.Count));
            if (LedgerProgress.IsPreferred(prefer) || file.Size > runs.MostAwaited)
                return desk.Against(dossier.Grant.Touched)
                    ?? await LedgerProgress.Begin(dossier, order, desk, runs, LedgerProgress.IsPreferred(prefer), request.HttpContext);

            using var import = here.Begin(LedgerRun.Begun(agreementId, order, desk.Occasion,
                ImmutableDictionary<string, string>.Empty), aborted);
            IResult? answer = null;
            try
            {
                // Reading is work of its own: the request's thread is not for that.
                var refused = await Task.Run(() => importer.Import(agreementId, order, import.Note,
                    async command => answer = await Append(command), import.Cancellation), import.Cancellation);
                return refused is null ? answer! : Problem.Result(refused);
            }
            catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
            {
                return Problem.Result(new Refused("import-cancelled"));
            }

            Task<IResult> Append(ImportLedger command) =>
                desk.Do(agreementId, upload.Signature(file.Sha256), command, it => it.Grant.Touched, at =>
            {
                var ledger = at.Dossier.Grant.Ledger;
                var it = ledger.Imports.Find(i => i.Read == ledger.Same(file.Sha256, order.Project, order.Chosen, order.Texts))!;
                return Reply.Created(LedgerImportView.Of(it, at, again: it.Read.Import != order.Import),
                    $"/agreements/{agreementId}/grant/ledger-imports/{it.Read.Import}");
            });
        }
    }

    static async Task<IResult> Rows(
        AgreementId agreementId, Paging paging, Desk desk, LedgerImporter importer, HttpRequest request,
        string? account = null, string? category = null, DateParameter? from = null, DateParameter? to = null, string? series = null,
        string? voucher = null, DateParameter? voucherDate = null, DateParameter? asOf = null)
    {
        var (at, failure) = await desk.See(agreementId, asOf);
        if (at is null)
            return failure!;
        if (!Sight.SeesLedger(at.Dossier, at.By))
            return Results.Json(paging.Of(request, Array.Empty<LedgerRowView>()), ViewJson.Options);
        // All rows for an answer would be taken for the voucher's.
        if ((series ?? voucher) is not null && voucherDate?.Date is null)
            return Problem.Result(Refused.Invalid(new Fault("/voucherDate", "required", ("field", "voucherDate"))));
        var ledger = at.Dossier.Grant.Ledger;
        var search = Search(at.Dossier.Grant, account, category, from?.Date, to?.Date);
        if (voucherDate?.Date is { } date)
            search = search with { Voucher = new(series ?? "", voucher ?? "", date) };
        var found = await importer.Read(at.Dossier, rows => rows.Find(agreementId, [.. ledger.Imports.Select(i => i.Read.Import)], search,
            (paging.Page - 1) * paging.Limit, paging.Limit, request.HttpContext.RequestAborted), request.HttpContext.RequestAborted);
        return Results.Json(paging.Of(request, [.. found.Select(row => LedgerRowView.Of(row, at))],
            search.Voucher is null ? ledger.Rows(search) : found.Count), ViewJson.Options);
    }

    /// <summary>The rows on an account or in a cost category; all of the project's when neither is said.</summary>
    internal static RowSearch Search(Grant grant, string? account, string? category, LocalDate? from, LocalDate? to) => new(
        [.. grant.Ledger.Accounts.Values.Where(a => account is null ? category is null
            || (a.Kind == AccountKind.Cost && grant.Categories.Of(a.Number) == category) : a.Number == account).Select(a => a.Number)],
        from ?? LocalDate.MinIsoValue, to ?? LocalDate.MaxIsoValue);

    static IEnumerable<LedgerImport> Seen(Viewpoint at) => Sight.SeesLedger(at.Dossier, at.By) ? at.Dossier.Grant.Ledger.Imports : [];

    internal static Refused NoSuch(Guid import) => new("no-such-import", RefusalKind.NotFound, ("import", import));
}

/// <summary>The fields of a ledger's upload.</summary>
static class LedgerFields
{
    public static readonly IReadOnlyList<string> All = ["dimension", "project", "accounts", "texts"];

    public static IEnumerable<Fault> Faults(Upload it)
    {
        if (it["project"].Trim().Length is 0 or > 100)
            yield return new("/project", "text-length", ("max", 100));
        if (Dimension(it) is null)
            yield return new("/dimension", "dimension");
        if (it.Optional("accounts") is not null && Accounts(it) is null)
            yield return new("/accounts", "account-range", ("accounts", it["accounts"]));
        if (it.Optional("texts") is not (null or "true" or "false"))
            yield return new("/texts", "invalid-choice", ("choices", "true, false"));
    }

    public static LedgerOrder Order(Upload it, Guid import, DocumentFile file) =>
        new(import, file, new(Dimension(it)!.Value, it["project"].Trim()), Accounts(it), it["texts"] == "true");

    static int? Dimension(Upload it) =>
        it.Optional("dimension") is not { } written ? 6
        : int.TryParse(written, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && number > 0 ? number : null;

    static IReadOnlyList<AccountRange>? Accounts(Upload it)
    {
        var ranges = it["accounts"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => AccountRange.TryParse(text, null, out var range) ? range : (AccountRange?)null).ToList();
        return ranges.Count == 0 || ranges.Contains(null) ? null : [.. ranges.Select(r => r!.Value)];
    }
}

/// <summary>The fields of a ledger's upload.</summary>
/// <param name="File">A SIE file of type 4.</param>
/// <param name="Project">The project's code, as in P 2289.</param>
/// <param name="Dimension">The dimension that the code belongs to; 6, projects, when absent.</param>
/// <param name="Accounts">Accounts or ranges that count as costs, separated by
/// commas; 4000-7999, and those that the file calls costs, when absent.</param>
/// <param name="Texts">true to keep the vouchers' texts, which may name people.</param>
public sealed record LedgerForm(IFormFile File, string Project, int? Dimension = null, string? Accounts = null, bool? Texts = null);
