using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace MrAgreement.Web.OpenApi;

/// <summary>What an endpoint takes and answers, said where it is mapped.</summary>
static class Describing
{
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.Produces<T>(status, "application/json");

    public static RouteHandlerBuilder AnswersContent(this RouteHandlerBuilder endpoint, string mediaType = "application/octet-stream",
        params string[] others) =>
        endpoint.Produces<Stream>(StatusCodes.Status200OK, mediaType, others).WithMetadata(new StoredContent());

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string description) =>
        endpoint.WithSummary(summary).WithDescription(description);

    /// <typeparam name="T">The form's fields.</typeparam>
    public static RouteHandlerBuilder TakesUpload<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.DisableAntiforgery().WithMetadata(new AcceptsMetadata(["multipart/form-data"], typeof(T)));

    /// <summary>Bytes that may be damaged where they are stored, which is told with 409.</summary>
    public sealed record StoredContent;

    sealed class AcceptsMetadata(string[] contentTypes, Type type) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => contentTypes;
        public Type RequestType => type;
        public bool IsOptional => false;
    }
}
