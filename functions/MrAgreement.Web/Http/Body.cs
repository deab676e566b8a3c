using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using MrAgreement.Agreements;

namespace MrAgreement.Web.Http;

/// <summary>Something read off a request that may have failed to read.</summary>
interface IReadFromRequest
{
    /// <summary>Status and reason when it could not be read; null when it could.</summary>
    (int Status, Refused Refused)? Failure { get; }
}

/// <summary>Something that was read off a request as bytes.</summary>
interface IHasBytes
{
    byte[] Bytes { get; }
}

/// <summary>A JSON body, read strictly: unknown fields, wrong types, impossible
/// dates and inexact amounts are refused with the place where they stand.</summary>
public sealed class Body<T> : IReadFromRequest, IHasBytes, IEndpointParameterMetadataProvider where T : class
{
    const int MaxBytes = 1024 * 1024;

    Body(T? value, byte[] bytes, (int, Refused)? failure) => (Read, Bytes, Failure) = (value, bytes, failure);

    T? Read { get; }

    public T Value => Read ?? throw new InvalidOperationException("A body that failed to read has no value.");

    /// <summary>As sent; for the idempotency key's hash.</summary>
    public byte[] Bytes { get; }

    public (int Status, Refused Refused)? Failure { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
            return Failed(StatusCodes.Status415UnsupportedMediaType, new("unsupported-media-type"));
        if (request.ContentLength > MaxBytes)
            return Failed(StatusCodes.Status413PayloadTooLarge, new("too-large", ("max", MaxBytes)));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaxBytes)
            {
                // Given back: what is read and kept would make the server break off the connection.
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return Failed(StatusCodes.Status413PayloadTooLarge, new("too-large", ("max", MaxBytes)));
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return Parsed(bytes);
            }
            // Nothing is taken until all of it is there.
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    static Body<T> Parsed(byte[] bytes)
    {
        try
        {
            // What terms are written by is no part of them.
            var read = typeof(T) == typeof(Terms) ? TermsSchema.Without(bytes) : bytes;
            using var document = JsonDocument.Parse(read, new JsonDocumentOptions { MaxDepth = Json.Options.MaxDepth });
            var faults = StrictJson.Faults(document.RootElement, typeof(T));
            return faults.Count > 0
                ? new(null, bytes, (StatusCodes.Status422UnprocessableEntity, Refused.Invalid(faults)))
                : new(JsonSerializer.Deserialize<T>(read, Json.Options), bytes, null);
        }
        catch (JsonException malformed)
        {
            return new(null, bytes, (StatusCodes.Status400BadRequest, new("malformed-json", ("line", (malformed.LineNumber ?? 0) + 1))));
        }
    }

    static Body<T> Failed(int status, Refused refused) => new(null, [], (status, refused));

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>Answers with the problem when something could not be read off the request; the handler then never runs.</summary>
static class ReadFailures
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<IReadFromRequest>().Select(read => read.Failure)
            .FirstOrDefault(failure => failure is not null) is { } failed
            ? Problem.Result(failed.Status, failed.Refused)
            : await next(context);
}
