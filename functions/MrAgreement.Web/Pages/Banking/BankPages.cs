using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Banking;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.Ledgers;
using Sent = MrAgreement.Web.Http.Upload;

namespace MrAgreement.Web.Pages.Banking;

/// <summary>The recipient's bank files: which transactions are the grant's payments.</summary>
static class BankPages
{
    const string Import = "bank/{import:guid}";
    const string Transaction = "transactions/{number:int}";

    /// <summary>Known transactions on a page.</summary>
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        GrantPages.Page(pages, "bank", ShowList);
        GrantPages.Page(pages, Import, ShowImport);
        pages.MapPost($"{GrantPages.Route}/bank", Take).WithMetadata(new LargestUpload(BankApi.MaxBytes));
        // The same act from two forms: among what is proposed, or among all there is.
        foreach (var step in (string[])[$"{Transaction}/match", $"{Transaction}/other-match"])
        {
            pages.MapPost($"{GrantPages.Route}/{Import}/{step}",
                (HttpContext http, Guid id, Guid import, int number, FormPost post, Dossiers dossiers, BankImporter importer,
                PageVisitor visitor) =>
                Match(http, id, import, number, step, post, dossiers, importer, visitor));
            GrantPages.Back(pages, Import, step);
        }
        Act("dismissal", (import, pair, filled) => new DismissTransaction(import, pair.Transaction.Number, filled.Text("reason"),
            pair.Transaction, filled.Ticked("sure")));
        Act("recognition/{of:guid}/{other:int}",
            (import, pair, _) => new RecogniseTransaction(import, pair.Transaction, pair.Other.At, pair.Other.Transaction));
        Act("distinction", (import, pair, _) => new DistinguishTransaction(import, pair.Transaction.Number));
        GrantPages.Form(pages, Import, $"{Transaction}/reopening", ShowImport,
            filled => new ReopenTransaction(filled.Id("import"), filled.Number), Touched);
        GrantPages.Form(pages, Import, $"{Transaction}/match-withdrawal", ShowImport,
            filled => new UnmatchTransaction(filled.Id("import"), filled.Number, filled.Text("reason")), Touched);

        // The acts that go by what the files tell.
        void Act(string name, Func<Guid, (BankTransaction Transaction, (Telling At, BankTransaction Transaction) Other), Filled,
            Command> fill)
        {
            var step = $"{Transaction}/{name}";
            pages.MapPost($"{GrantPages.Route}/{Import}/{step}", async (
                HttpContext http, Guid id, Guid import, int number, FormPost post, Dossiers dossiers, BankImporter importer,
                PageVisitor visitor) =>
            {
                if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !GrantPages.SeesLedger(dossier, visitor.Actor)
                    || dossier.Grant.BankImport(import) is not { } taken
                    || JudgedImport.Pair(dossier, taken, await importer.Files(dossier, null, http.RequestAborted), number,
                    Chosen(http.Request.RouteValues)) is not { } pair)
                    return GrantPages.Nowhere;
                var filled = new Filled(http.Request.Form, http.Request.RouteValues);
                return await post.Answer(http, new(id), filled, f => fill(import, pair, f), d => Touched(d, filled),
                    (d, refused) => ShowImport(http, d, visitor, refused) ?? GrantPages.Nowhere,
                    $"{GrantPages.Above(http, step)}?{FormPost.Saved}");
            });
            GrantPages.Back(pages, Import, step);
        }
    }

    // Which of those that a transaction may be.
    static Telling? Chosen(RouteValueDictionary route) =>
        route["of"] is string of && route["other"] is string other
            ? new(Guid.Parse(of), int.Parse(other, CultureInfo.InvariantCulture))
            : null;

    /// <summary>What a transaction may be matched with, as it stands in a form.</summary>
    public static string Written(BankCandidateView it) => it switch
    {
        { Requisitions.Count: > 0 } => $"requisition:{string.Join(',', it.Requisitions)}",
        { Repayment: { } repayment } => $"repayment:{repayment}",
        { Payment: { } payment } => $"payment:{payment}",
        _ => ""
    };

    static IReadOnlyList<MatchTarget> Targets(AgreementId id, Filled filled)
    {
        var (kind, numbers) = filled.Text("target").Split(':') is [var before, var after]
            ? (before, after.Split(',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0).ToList())
            : ("", []);
        IReadOnlyList<MatchTarget> targets = kind switch
        {
            "requisition" => [.. numbers.Select(n => new RequisitionTarget(id, n))],
            "repayment" => [.. numbers.Take(1).Select(n => new RepaymentTarget(id, n))],
            "payment" => [.. numbers.Take(1).Select(n => new PaymentTarget(id, n))],
            _ => []
        };
        if (targets.Count == 0)
            filled.Note(new Fault("/target", "choice-unknown"));
        return targets;
    }

    static IResult? ShowList(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesLedger(dossier, visitor.Actor)
            ? GrantPages.Result<BankPage>(refused, new { Dossier = dossier, Attempt = refused })
            : null;

    static IResult? ShowImport(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        GrantPages.SeesLedger(dossier, visitor.Actor)
            && dossier.Grant.BankImport(Guid.Parse((string)http.Request.RouteValues["import"]!)) is { } import
            ? GrantPages.Result<BankImportPage>(refused, new
            {
                Dossier = dossier, Import = import, Attempt = refused,
                Page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0
                ? page
                : 1
            })
            : WithdrawalPages.Gone(dossier, visitor, Guid.Parse((string)http.Request.RouteValues["import"]!));

    static async Task<IResult> Take(HttpContext http, Guid id, FormPost post, Dossiers dossiers, IDocumentStore store,
        BankImporter importer, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !Sight.Sees(dossier.Agreement, visitor.Actor))
            return GrantPages.Nowhere;
        // Nobody who may not import leaves bytes behind.
        if (!Rights.May(visitor.Actor, Right.PrepareMoney, dossier.Agreement.Terms.Parties))
            return await Back(new("forbidden", RefusalKind.Forbidden, ("role", visitor.Actor.Role)));
        if (filled.Form.Files.GetFile("file") is not { Length: > 0 } sent)
            return await Back(Refused.Invalid(new Fault("/file", "file-missing")));
        return await Sent.Bringing(sent, store, BankApi.MaxBytes, dossier, TakeIn, http.RequestAborted);

        async Task<IResult> TakeIn(DocumentFile stored, StoredDocument put)
        {
            var (file, transactions, refused) = await importer.Read(Guid.CreateVersion7(), stored, http.RequestAborted);
            if (file is null)
                return await Back(refused);
            var seen = await importer.Files(dossier, null, http.RequestAborted);
            return await post.Answer(
                http, new(id), filled, _ => new ImportBankFile(file, transactions, seen,
                    dossier.Grant.BankImports.LastOrDefault()?.Read.File.Import, dossier.Grant.WithdrawnFiles.Count), _ => null, Show,
                after => after.Grant.BankImports.Find(i => i.Read.File.Address == stored.Sha256)!.Read.File.Import is var import
                    && import == file.Import
                    ? $"{http.Request.Path}/{import}?{FormPost.Saved}"
                    : $"{http.Request.Path}/{import}?again");
        }

        IResult Show(Dossier d, Attempt a) => ShowList(http, d, visitor, a) ?? GrantPages.Nowhere;
        Task<IResult> Back(Refused? why) => post.Back(http, new(id), filled, Show, why);
    }

    static async Task<IResult> Match(
        HttpContext http, Guid id, Guid import, int number, string step, FormPost post, Dossiers dossiers, BankImporter importer,
        PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || !GrantPages.SeesLedger(dossier, visitor.Actor)
            || dossier.Grant.BankImport(import) is not { } taken)
            return GrantPages.Nowhere;
        var transactions = await importer.Transactions(taken.Read.File, http.RequestAborted);
        if (number < 1 || number > transactions.Count)
            return GrantPages.Nowhere;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        return await post.Answer(
            http, new(id), filled, f => new MatchTransaction(import, transactions[number - 1], Targets(new(id), f), f.Ticked("sure")), d =>
                Touched(d, filled),
            (d, refused) => ShowImport(http, d, visitor, refused) ?? GrantPages.Nowhere,
            $"{GrantPages.Above(http, step)}?{FormPost.Saved}");
    }

    static long? Touched(Dossier dossier, Filled filled) => dossier.Grant.BankImport(filled.Id("import"))?.Touched;
}
