using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Formats.Tables;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Payments;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Payments;

/// <summary>The payer's desk: what is to be paid, what is to come back, both as files, and payments of several at once.</summary>
static class PaymentsDeskPages
{
    public const string Address = "/payments";

    /// <summary>In the address of the desk after a form: how many payments it has recorded.</summary>
    public const string Paid = "paid";

    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, PaymentsDesk desk, PageVisitor visitor) => Show(http, desk, visitor, null));
        pages.MapPost(Address, Pay);
        File("payments.csv", "desk.file", async (desk, sheets, _, cancellation) =>
            Csv.Write(sheets.ToPay(await All(desk, MoneyKind.ToPay, cancellation))));
        File("payments/demands.csv", "desk.demands-file", async (desk, sheets, today, cancellation) =>
            Csv.Write(sheets.Demands(await Demands(desk, cancellation), today)));
        File("payments.xlsx", "desk.file", async (desk, sheets, today, cancellation) => Workbook.Write([
            sheets.ToPay(await All(desk, MoneyKind.ToPay, cancellation)), sheets.Demands(await Demands(desk, cancellation), today)]));

        void File(string path, string name, Func<PaymentsDesk, PaymentSheets, LocalDate, CancellationToken, Task<byte[]>> write) =>
            pages.MapGet($"/{path}", async (HttpContext http, PaymentsDesk desk, PageVisitor visitor) =>
                PaymentsDesk.IsFor(visitor.Actor)
                    ? Attachment.Of(await write(desk, new(visitor.Language), visitor.Present, http.RequestAborted),
                        path.EndsWith("csv", StringComparison.Ordinal) ? Csv.MediaType : Workbook.MediaType,
                        $"{Attachment.Name(visitor.Language.Say(name), LocalDatePattern.Iso.Format(visitor.Present))}.{path.Split('.')[^1]}")
                    : Failures.Page(StatusCodes.Status403Forbidden));
    }

    static async Task<IReadOnlyList<MoneyRow>> All(PaymentsDesk desk, MoneyKind kind, CancellationToken cancellation) =>
        (await desk.Rows(kind, 1, int.MaxValue, cancellation)).Rows;

    static async Task<IReadOnlyList<(MoneyRow, Kronor?)>> Demands(PaymentsDesk desk, CancellationToken cancellation) =>
        await WithInterest(desk, await All(desk, MoneyKind.Demand, cancellation), cancellation);

    static async Task<IReadOnlyList<(MoneyRow, Kronor?)>> WithInterest(PaymentsDesk desk, IReadOnlyList<MoneyRow> rows,
        CancellationToken cancellation)
    {
        var all = new List<(MoneyRow, Kronor?)>();
        foreach (var row in rows)
            all.Add((row, await desk.Interest(row, cancellation)));
        return all;
    }

    static async Task<IResult> Show(HttpContext http, PaymentsDesk desk, PageVisitor visitor, Attempt? attempt)
    {
        if (!PaymentsDesk.IsFor(visitor.Actor))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var (page, demandsPage) = (PageNumber.Of(http.Request.Query["page"]), PageNumber.Of(http.Request.Query["demands"]));
        var toPay = await desk.Rows(MoneyKind.ToPay, page, PageSize, http.RequestAborted);
        var demands = await desk.Rows(MoneyKind.Demand, demandsPage, PageSize, http.RequestAborted);
        return Rendered.Page<PaymentsDeskPage>(new
        {
            ToPay = toPay, Page = page, Demands = await WithInterest(desk, demands.Rows, http.RequestAborted), DemandsPage = demandsPage,
            DemandsTotal = demands.Total, DemandsLeft = demands.Left, Size = PageSize, Attempt = attempt,
            JustPaid = int.TryParse(http.Request.Query[Paid], CultureInfo.InvariantCulture, out var paid) ? Math.Clamp(paid, 0,
                PaymentsDesk.MostAtOnce) : 0
        }, attempt);
    }

    // Each row for itself: what can't be read, or is refused, comes back beside its row; the others are recorded.
    static async Task<IResult> Pay(HttpContext http, PaymentsDesk desk, PageVisitor visitor)
    {
        if (!PaymentsDesk.Records(visitor.Actor))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var (recorded, faults) = (0, new List<FieldFault>());
        var chosen = http.Request.Form.Keys.Where(key => key.StartsWith("rows/", StringComparison.Ordinal)
            && key.EndsWith("/chosen", StringComparison.Ordinal)).Take(PaymentsDesk.MostAtOnce).ToList();
        foreach (var row in chosen.Select(key => key[..^"/chosen".Length]))
        {
            if (Read(filled, row) is not { } paid)
            {
                faults.Add(Told(row, new("/chosen", "row-unreadable"), visitor.Language));
                continue;
            }
            var own = filled.Faults.Where(fault => fault.Pointer.StartsWith($"/{row}/", StringComparison.Ordinal)
                || fault.Pointer == "/paidOn" && !filled.Form[$"{row}/paidOn"].ToString().Any(char.IsDigit)).ToList();
            if (own.Count > 0)
            {
                faults.AddRange(own.Select(fault => Told(fault.Pointer.Length > row.Length ? fault.Pointer[1..] : $"{row}/paidOn", fault,
                    visitor.Language)));
                continue;
            }
            var outcome = await desk.Pay(paid, filled.Ticked($"{row}/sure"), http.RequestAborted);
            recorded += outcome.Refused is null ? 1 : 0;
            if (outcome.Refused is { Faults.Count: > 0 } invalid)
                faults.AddRange(invalid.Faults.Select(fault => Told($"{row}{Field(fault.Pointer)}", fault, visitor.Language)));
            else if (outcome.Refused is { } refused)
                faults.Add(new($"{row}/chosen", Name(row), Attempt.Told(visitor.Language, refused.Slug, refused.Values)));
        }
        if (chosen.Count > 0 && faults.Count == 0)
            return FormPost.Go(http, $"{Address}?{Paid}={recorded}");
        var sentence = chosen.Count == 0 ? new Sentence("desk.none-chosen", [])
            : new Sentence(recorded == 0 ? "desk.none-paid" : "desk.some-paid", [("recorded", recorded), ("refused", chosen.Count - recorded)]);
        return await Show(http, desk, visitor, new(Address, http.Request.Form, chosen.Count == 0 ? StatusCodes.Status422UnprocessableEntity
            : StatusCodes.Status409Conflict, sentence, faults) { IsPartlyDone = recorded > 0 });

        FieldFault Told(string field, Fault fault, Language language) =>
            new(field, Name(field), Attempt.Told(language, fault.Rule, fault.Values));

        string? Name(string field) => filled.Form[$"{string.Join('/', field.Split('/').Take(2))}/name"].ToString() is { Length: > 0 } name
            ? name
            : null;
    }

    // What the row has no field for stands at its choice.
    static string Field(string pointer) => pointer is "/paidOn" or "/reference" or "/sure" ? pointer : "/chosen";

    // The day of all stands where the row has none of its own.
    static PaidRequisition? Read(Filled filled, string row) =>
        row.Split('/') is ["rows", var key] && key.Split('_') is [var agreement, var number]
            && Guid.TryParse(agreement, out var id) && int.TryParse(number, CultureInfo.InvariantCulture, out var requisition)
            && long.TryParse(filled.Form[$"{row}/version"], CultureInfo.InvariantCulture, out var version)
            && Kronor.TryParse(filled.Form[$"{row}/amount"].ToString().AsSpan(), out var amount)
            ? new(new(id), requisition, filled.OptionalDate($"{row}/paidOn") ?? filled.Date("paidOn"), amount,
                filled.Text($"{row}/reference"), version)
            : null;
}
