using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Payments;

/// <summary>What is to be paid and what is to come back across agreements, and payments of several requisitions at once.</summary>
static class PaymentApi
{
    public static void MapPayments(this RouteGroupBuilder api)
    {
        var payments = api.MapGroup("/payments").WithTags("Payments");
        payments.MapGet("/desk", (Paging paging, PaymentsDesk payers, Desk desk, HttpRequest request) =>
                List(MoneyKind.ToPay, paging, payers, desk, request, row => Task.FromResult(ToPayView.Of(row))))
            .Answers<Listing<ToPayView>>().Describe("List what is to be paid",
            "Requisitions that were sent and are not paid in full, in all of the caller's agreements; what has waited for longest first. A requisition is no receivable: dueOn is the day that the terms give the payment, if any.");
        payments.MapGet("/demands", (Paging paging, PaymentsDesk payers, Desk desk, HttpRequest request) =>
                List(MoneyKind.Demand, paging, payers, desk, request, async row => DemandView.Of(row, desk.Today,
                    await payers.Interest(row, request.HttpContext.RequestAborted))))
            .Answers<Listing<DemandView>>().Describe("List what is to come back",
            "What decisions claim back and, once the final accounts are in, what was not spent, in all of the caller's agreements; the soonest first.");
        payments.MapPost("/confirmations", Confirm).KeepsAnswers().Answers<PaymentsView>()
            .Describe("Record payments of several requisitions",
            "Each becomes a payment in its own agreement. What is refused is told for itself, and holds up no other; sent again, none is recorded twice.");
    }

    static async Task<IResult> List<T>(MoneyKind kind, Paging paging, PaymentsDesk payers, Desk desk, HttpRequest request,
        Func<MoneyRow, Task<T>> view)
    {
        if (Denied(desk) is { } denied)
            return denied;
        var page = await payers.Rows(kind, paging.Page, paging.Limit, request.HttpContext.RequestAborted);
        var items = new List<T>();
        foreach (var row in page.Rows)
            items.Add(await view(row));
        return Results.Json(paging.Of<T>(request, items, page.Total), ViewJson.Options);
    }

    static async Task<IResult> Confirm(Body<PaymentsRequest> body, PaymentsDesk payers, Desk desk, HttpContext http)
    {
        if (!PaymentsDesk.Records(desk.Person.Actor))
            return Forbidden(desk);
        var all = body.Value.Payments;
        if (all.Count is 0 or > PaymentsDesk.MostAtOnce)
            return Problem.Result(Refused.Invalid(new Fault("/payments", "payments-at-once", ("max", PaymentsDesk.MostAtOnce))));
        var outcomes = new List<PaidOutcome>();
        foreach (var paid in all)
            outcomes.Add(await payers.Pay(paid, isSure: true, http.RequestAborted));
        return Results.Json(new PaymentsView(
            [.. outcomes.Select(it => PaidView.Of(it, http))], outcomes.Count(it => it.IsNew),
            outcomes.Count(it => it.Refused is not null)), ViewJson.Options);
    }

    static IResult? Denied(Desk desk) => PaymentsDesk.IsFor(desk.Person.Actor) ? null : Forbidden(desk);

    static IResult Forbidden(Desk desk) => Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
}
