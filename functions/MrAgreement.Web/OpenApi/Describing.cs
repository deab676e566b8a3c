using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace MrAgreement.Web.OpenApi;

/// <summary>What an endpoint takes and answers, said where it is mapped.</summary>
static class Describing
{
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.Produces<T>(status, "application/json");

    public static RouteHandlerBuilder AnswersContent(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream");

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string description) =>
        endpoint.WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder TakesUpload(this RouteHandlerBuilder endpoint, bool newDocument) =>
        endpoint.DisableAntiforgery().WithMetadata(
            new AcceptsMetadata(["multipart/form-data"], newDocument ? typeof(DocumentForm) : typeof(VersionForm)));

    sealed class AcceptsMetadata(string[] contentTypes, Type type) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => contentTypes;
        public Type RequestType => type;
        public bool IsOptional => false;
    }
}

/// <summary>The fields of an upload.</summary>
/// <param name="File">The bytes.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">As in report or statement: lower-case letters, digits and hyphens.</param>
/// <param name="ReceivedOn">The day it came in or was drawn up, when that is another than today.</param>
/// <param name="Confidential">true or false.</param>
/// <param name="LegalGround">The section of law; required when confidential.</param>
public sealed record DocumentForm(IFormFile File, string Title, string Kind, NodaTime.LocalDate? ReceivedOn = null, bool? Confidential = null, string? LegalGround = null);

/// <summary>The field of a newer version's upload.</summary>
/// <param name="File">The bytes.</param>
public sealed record VersionForm(IFormFile File);
