using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Grants;
using MrAgreement.Reconciliations;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Reconciliations;

/// <summary>The reconciliation: every rule of the field on its own, exceptions first.</summary>
static class ReconciliationApi
{
    public static void MapReconciliation(this RouteGroupBuilder api)
    {
        var reconciliation = api.MapGroup("/agreements/{agreementId:guid}/grant/reconciliation").WithTags("Grant");
        reconciliation.MapGet("", Show).Answers<ReconciliationView>()
            .Describe("Show the reconciliation", "Each check with what was expected and what was found, exceptions first.");
        reconciliation.MapPost("/{rule}/waiver", Waive).Answers<CheckView>()
            .Describe("Accept an exception", "With a reason; holds as long as nothing changes.");
    }

    static Task<IResult> Show(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => desk.Found(ReconciliationView.Of(at), at.Dossier.Grant.Touched));

    static Task<IResult> Waive(AgreementId agreementId, string rule, Body<WaiverRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new WaiveException(rule, body.Value.Reason), it => it.Grant.Touched,
            at => Reply.Ok(CheckView.Of(Reconciliation.Of(at.Dossier, at.Today).First(c => c.Rule == rule), at)));
}

/// <param name="Reason">Why it is accepted.</param>
public sealed record WaiverRequest(string Reason);

/// <param name="Checks">Exceptions that nobody has accepted first.</param>
public sealed record ReconciliationView(IReadOnlyList<CheckView> Checks)
{
    internal static ReconciliationView Of(Viewpoint at) =>
        new(!at.SeesSubmissions || !Sight.SeesEveryShare(at.Dossier, at.By)
            ? []
            : [.. Reconciliation.Of(at.Dossier, at.Today).Where(c => !c.IsInternal || Sight.SeesLedger(at.Dossier, at.By))
            .Select(c => CheckView.Of(c, at))]);
}

/// <param name="Rule">Stable name of the rule.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Outcome">ok, warning, error or not-in-terms.</param>
/// <param name="Expected">An amount in kronor, a number or a word.</param>
/// <param name="Actual">What was found, likewise.</param>
/// <param name="Detail">How it came out, in words.</param>
/// <param name="Sources">The records that it rests on, as far as the caller may see them.</param>
/// <param name="Waived">Who has accepted the exception, and why.</param>
/// <param name="NotYet">Whether its day has not come, or what it compares is not there yet.</param>
public sealed record CheckView(
    string Rule, string Title, Outcome Outcome, object? Expected, object? Actual, string Detail, IReadOnlyList<Source> Sources,
    WaivedView? Waived, bool NotYet)
{
    internal static CheckView Of(Check it, Viewpoint at) => new(
        it.Rule, at.Language.Say($"check.{it.Rule}"), it.Outcome, it.Expected, it.Actual,
        Detailed(it, at.Language),
        [.. it.Sources.Where(source => Sight.Sees(at.Dossier, at.By, source))],
        it.Waived is { } waived ? new(at.Name(waived.By), waived.At, waived.What.Reason) : null, it.IsNotYet);

    static string Detailed(Check it, Language language) => it switch
    {
        { Outcome: Outcome.NotInTerms } => language.Say(it.IsNotYet ? "check.nothing-yet" : "check.not-in-terms"),
        { Remarks.Count: > 0 } => string.Join(' ',
            it.Remarks.Select(remark => language.Say($"check.{it.Rule}.{remark.Name}", remark.Values))),
        _ => language.Say($"check.{it.Rule}.{(it.IsException ? "exception" : it.IsNotYet ? "not-yet" : "ok")}", it.Values)
    };
}

/// <param name="By">Who accepted it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record WaivedView(PersonView By, Instant At, string Reason);
