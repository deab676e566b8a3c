using Microsoft.AspNetCore.Routing;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>The forms about money on the agreement's page.</summary>
static class GrantForms
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        Form(pages, "instalments/{key}/release", "instalments", Release, (grant, f) => grant.Instalment(f.Key)?.Touched);
        Form(pages, "instalments/{key}/release/correction", "instalments", f => new CorrectRelease(Release(f), f.Optional("reason")),
            (grant, f) => grant.Instalment(f.Key)?.Touched);
        Form(pages, "instalments/{key}/release/withdrawal", "instalments", f => new WithdrawRelease(f.Key, f.Text("reason")),
            (grant, f) => grant.Instalment(f.Key)?.Touched);
        Form(pages, "instalments/{key}/lapse", "instalments", f => new LapseInstalment(f.Key, f.Text("reason")),
            (grant, f) => grant.Instalment(f.Key)?.Touched);
        Form(pages, "instalments/{key}/lapse/withdrawal", "instalments", f => new WithdrawLapse(f.Key, f.Text("reason")),
            (grant, f) => grant.Instalment(f.Key)?.Touched);

        Form(pages, "requisitions", "requisitions", f => new PrepareRequisition(
            f.Text("instalment"), f.Amount("amount"), f.OptionalValue<Bankgiro>("bankgiro"), f.OptionalValue<Plusgiro>("plusgiro"),
            f.Text("reference"), Period(f), f.Ticked("sure")));
        OnRequisition("attestation", f => new AttestRequisition(f.Number));
        OnRequisition("dispatch", f => new DispatchRequisition(f.Number));
        OnRequisition("receipt", f => new ReceiveRequisition(f.Number));
        OnRequisition("refusal", f => new RefuseRequisition(f.Number, f.Text("reason")));
        OnRequisition("ending", f => new EndRequisition(f.Number, f.Text("reason")));

        OnRequisition("withdrawal", f => new WithdrawPrepared(PreparedKind.Requisition, f.Number, f.Text("reason")));
        OnRequisition("send-back", f => new SendBackPrepared(PreparedKind.Requisition, f.Number, f.Text("reason")));

        OnRequisition("set-off", f => new SetOffDebt(f.Number, f.Amount("amount"), f.Date("decidedOn"), f.Text("reference"),
            f.Text("reason"), f.Ticked("sure")));

        OnRequisition("payment", f => Paid(f, PaymentDirection.In, f.Number));

        Form(pages, "payments", "payments", f => Paid(f, f.Choice<PaymentDirection>("direction"), f.OptionalValue<int>("requisition")));
        Form(pages, "payments/{number:int}/confirmation", "payments",
            f => new ConfirmPayment(f.Number, f.Date("paidOn"), f.Text("reference"), f.OptionalValue<int>("requisition")),
            (grant, f) => grant.Payments.Find(p => p.Number == f.Number)?.Touched);
        Form(pages, "payments/{number:int}/contest", "payments", f => new ContestPayment(f.Number, f.Text("reason")),
            (grant, f) => grant.Payments.Find(p => p.Number == f.Number)?.Touched);
        Form(pages, "payments/{number:int}/reversal", "payments", f => new ReversePayment(f.Number, f.Date("on"), f.Text("reason")),
            (grant, f) => grant.Payments.Find(p => p.Number == f.Number)?.Touched);
        Form(pages, "adjustments", "adjustments", f => new PrepareAdjustment(
            f.Choice<AdjustmentKind>("kind"), f.Amount("amount"), new(f.Date("period/from"), f.Date("period/to")), f.Optional("voucher"),
            f.Text("reason"), f.Optional("category"),
            f.Ticked("sure")));
        OnAdjustment("attestation", f => new AttestAdjustment(f.Number));
        OnAdjustment("withdrawal", f => new WithdrawPrepared(PreparedKind.Adjustment, f.Number, f.Text("reason")));
        OnAdjustment("send-back", f => new SendBackPrepared(PreparedKind.Adjustment, f.Number, f.Text("reason")));
        Form(pages, "repayments", "repayments", f => new PrepareRepayment(f.Amount("amount"), f.Text("reference"),
            f.OptionalValue<Bankgiro>("bankgiro"), f.OptionalValue<Plusgiro>("plusgiro")));
        Form(pages, "repayments/{number:int}/attestation", "repayments", f => new AttestRepayment(f.Number),
            (grant, f) => grant.Repayments.Find(r => r.Number == f.Number)?.Touched);
        Form(pages, "repayments/{number:int}/withdrawal", "repayments", f => new WithdrawRepayment(f.Number, f.Text("reason")),
            (grant, f) => grant.Repayments.Find(r => r.Number == f.Number)?.Touched);
        Form(pages, "repayments/{number:int}/send-back", "repayments",
            f => new SendBackPrepared(PreparedKind.Repayment, f.Number, f.Text("reason")),
            (grant, f) => grant.Repayments.Find(r => r.Number == f.Number)?.Touched);
        Form(pages, "repayments/{number:int}/payment", "repayments", f => Paid(f, PaymentDirection.Out, null, f.Number),
            (grant, f) => grant.Repayments.Find(r => r.Number == f.Number)?.Touched);

        void OnAdjustment(string step, Func<Filled, Command> fill) =>
            Form(pages, $"adjustments/{{number:int}}/{step}", "adjustments", fill,
                (grant, f) => grant.Adjustments.Find(a => a.Number == f.Number)?.Touched);

        void OnRequisition(string step, Func<Filled, Command> fill) =>
            Form(pages, $"requisitions/{{number:int}}/{step}", "requisitions", fill,
                (grant, f) => grant.Requisitions.Find(r => r.Number == f.Number)?.Touched);
    }

    static RecordPayment Paid(Filled f, PaymentDirection direction, int? requisition, int? repayment = null) =>
        new(direction, f.Date("paidOn"), f.Amount("amount"), f.Text("reference"), requisition, f.Ticked("sure"), repayment);

    static ReleaseInstalment Release(Filled f) => new(
        f.Key, f.Date("decidedOn"), f.Text("reference"), f.Date("requisitionDueOn"), f.Optional("riksdagReference"),
        f.OptionalAmount("amount"),
        Appropriation(f), f.OptionalDate("repayBy"), Conditions(f), f.Ticked("sure"));

    // One a line.
    static string[]? Conditions(Filled f) =>
        f.Optional("conditions")?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Named only where the decision takes the money from elsewhere.
    static Appropriation? Appropriation(Filled f) =>
        f.Optional("appropriation/area") is null && f.Optional("appropriation/item") is null && f.Optional("appropriation/post") is null
            ? null
            : new(f.Value<int>("appropriation/area"), f.Text("appropriation/item"), f.OptionalValue<int>("appropriation/post"));

    static DateSpan? Period(Filled f) =>
        f.Optional("period/from") is null && f.Optional("period/to") is null ? null : new(f.Date("period/from"), f.Date("period/to"));

    static void Form(IEndpointRouteBuilder pages, string route, string section, Func<Filled, Command> fill,
        Func<Grant, Filled, long?>? touched = null) =>
        AgreementPages.Form(pages, $"grant/{route}", fill, section,
            (dossier, f) => touched is null ? dossier.Grant.Touched : touched(dossier.Grant, f));
}
