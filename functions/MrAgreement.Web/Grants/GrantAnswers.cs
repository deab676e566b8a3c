using Microsoft.AspNetCore.Http;
using MrAgreement.Grants;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Grants;

/// <summary>What the ways of the money answer alike: one of a kind, a list of it, and one that was added.</summary>
static class GrantAnswers
{
    public static Task<IResult> One<T>(
        AgreementId agreementId, DateParameter? asOf, int number, Desk desk, Func<Viewpoint, IReadOnlyList<T>> all,
        Func<T, Viewpoint, bool> seen, Func<T, Grant, long> touched, Func<T, Viewpoint, object> view, string missing) where T : class =>
        desk.Show(agreementId, asOf, at => at.SeesSubmissions && all(at).Find(number) is { } it && seen(it, at)
            ? desk.Found(view(it, at), touched(it, at.Dossier.Grant))
            : Problem.Result(new Refused(missing, RefusalKind.NotFound, ("number", number))));

    public static Task<IResult> One<T>(
        AgreementId agreementId, DateParameter? asOf, int number, Desk desk, Func<Viewpoint, IReadOnlyList<T>> all,
        Func<T, Viewpoint, bool> seen, Func<T, long> touched, Func<T, Viewpoint, object> view, string missing) where T : class =>
        One(agreementId, asOf, number, desk, all, seen, (it, _) => touched(it), view, missing);

    public static Task<IResult> List<T>(AgreementId agreementId, DateParameter? asOf, Paging paging, Desk desk, HttpRequest request,
        Func<Viewpoint, IEnumerable<T>> items) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, at.SeesSubmissions ? items(at).ToList() : []),
            ViewJson.Options));

    // Adds one of a kind and answers with it; a retry is answered with what is already there.
    public static Task<IResult> Add<T>(
        AgreementId agreementId, byte[] body, Command command, string kind, Func<Viewpoint, T> added, Func<T, int> number,
        Func<T, Viewpoint, object> view, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Touched, at =>
        {
            var it = added(at);
            return Reply.Created(view(it, at), $"/agreements/{agreementId}/grant/{kind}/{number(it)}");
        });
}
