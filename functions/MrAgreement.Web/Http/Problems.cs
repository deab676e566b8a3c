using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Http;

/// <summary>An error as <c>application/problem+json</c> (RFC 9457); flat, with the separate faults when there are several.</summary>
/// <param name="Type">Ends in a stable slug, as in <c>…/problems/requisition-exceeds-instalment</c>.</param>
/// <param name="Title">What sort of error it is, in the caller's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time and what to do.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Errors">The separate faults.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Instance, IReadOnlyList<ProblemError>? Errors)
{
    /// <summary>The problem that a refusal is, in the request's language.</summary>
    public static Problem Of(HttpContext http, int status, Refused refused)
    {
        var (request, language) = (http.Request, Language.For(http.Request.Headers.AcceptLanguage));
        return new(
            $"{request.Scheme}://{request.Host}/problems/{refused.Slug}",
            language.Say($"problem.{refused.Slug}"),
            status,
            language.Say($"problem.{refused.Slug}.detail", refused.Values),
            request.Path,
            refused.Faults.Count == 0 ? null
                : [.. refused.Faults.Select(f => ProblemError.Of(f, language))]);
    }

    public static Problem Of(HttpContext http, Refused refused) => Of(http, StatusOf(refused.Kind), refused);

    public static IResult Result(Refused refused) => Result(StatusOf(refused.Kind), refused);

    public static IResult Result(int status, Refused refused) => new ProblemResult(status, refused);

    /// <summary>A parameter of the address that can't be read.</summary>
    public static IResult Malformed(string name) =>
        Result(StatusCodes.Status400BadRequest, new("malformed-parameter", ("name", name)));

    public static async Task Write(HttpContext http, int status, Refused refused)
    {
        var problem = Of(http, status, refused);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentLanguage = Language.For(http.Request.Headers.AcceptLanguage).Code;
        await JsonSerializer.SerializeAsync(http.Response.Body, problem, Json.Options, http.RequestAborted);
    }

    static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotNow or RefusalKind.NotSo => StatusCodes.Status409Conflict,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound
    };

    sealed class ProblemResult(int status, Refused refused) : IResult, IRefusal
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, status, refused);
    }
}

/// <param name="Pointer">JSON pointer to the faulty place of the body.</param>
/// <param name="Line">Line of the uploaded file.</param>
/// <param name="Row">Row of an uploaded table, from 1, the headings counted.</param>
/// <param name="Column">Heading of the column of an uploaded table.</param>
/// <param name="Rule">Stable name of the broken rule.</param>
/// <param name="Message">What to do about it.</param>
public sealed record ProblemError(string? Pointer, int? Line, int? Row, string? Column, string Rule, string Message)
{
    internal static ProblemError Of(Fault it, Language language) => new(it.Line is null ? it.Pointer : null,
        it.Column is null ? it.Line : null, it.Column is null ? null : it.Line, it.Column, it.Rule, language.Say($"rule.{it.Rule}", it.Values));
}
