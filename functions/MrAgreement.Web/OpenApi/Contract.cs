using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.OpenApi;

/// <summary>The contract as OpenAPI 3.1, generated from the endpoints; after the Swedish national REST API profile.</summary>
static class Contract
{
    const string Base = "/api/v1";

    static readonly int[] problems = [400, 401, 403, 404, 409, 412, 413, 415, 422, 503];

    public static IServiceCollection AddContract(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(Values);
        options.AddOperationTransformer(Operation);
        options.AddDocumentTransformer(Document);
    });

    public static void MapContract(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi($"{Base}/openapi.json").AllowAnonymous().Add(KeepAnswer);
        routes.MapOpenApi($"{Base}/openapi.yaml").AllowAnonymous().Add(KeepAnswer);
    }

    // The document is the same for everybody who calls us by the same address, and costs a tenth of a second and tens of megabytes to make.
    static void KeepAnswer(EndpointBuilder endpoint)
    {
        var make = endpoint.RequestDelegate!;
        Kept? kept = null;
        endpoint.RequestDelegate = async http =>
        {
            var address = $"{http.Request.Scheme}://{http.Request.Host}";
            if (kept is not { } known || known.Address != address)
            {
                var first = kept is null;
                kept = known = new(address, await Made(make, http), http.Response.ContentType);
                // A host that sleeps most of the time would hold on to what the making leaves behind.
                if (first)
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            }
            http.Response.ContentType = known.ContentType;
            http.Response.ContentLength = known.Document.Length;
            await http.Response.Body.WriteAsync(known.Document, http.RequestAborted);
        };
    }

    static async Task<byte[]> Made(RequestDelegate make, HttpContext http)
    {
        var body = http.Response.Body;
        using var made = new MemoryStream();
        http.Response.Body = made;
        try
        {
            await make(http);
            return made.ToArray();
        }
        finally
        {
            http.Response.Body = body;
        }
    }

    sealed record Kept(string Address, byte[] Document, string? ContentType);

    static Task Values(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var text = type switch
        {
            _ when type == typeof(LocalDate) => ("date", null),
            _ when type == typeof(Instant) => ("date-time", null),
            _ when type == typeof(YearMonth) => (null, "^[0-9]{4}-[0-9]{2}$"),
            _ when type == typeof(LocalTime) => (null, "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
            _ when type == typeof(AgreementId) => ("uuid", null),
            _ when type == typeof(Sha256) => (null, "^[0-9a-f]{64}$"),
            _ when type == typeof(Salt) => (null, "^[0-9a-f]{32}$"),
            _ when type == typeof(DiaryNumber) || type == typeof(Bankgiro) || type == typeof(Plusgiro)
                || type == typeof(OrganisationNumber) => (null, null),
            _ => ((string?, string?)?)null
        };
        if (text is var (format, pattern))
        {
            schema.Type = JsonSchemaType.String | (schema.Type & JsonSchemaType.Null ?? 0);
            (schema.Format, schema.Pattern) = (format, pattern);
        }
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetValues(type).Cast<Enum>().Select(value => (JsonNode)Json.NameOf(value))];
        }
        if (type == typeof(Kronor))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Description ??= "Kronor, exact, at most two decimals.";
            schema.Pattern = null;
        }
        if (Examples.Of(type) is JsonValue example)
#pragma warning disable CS0618 // The national REST API profile asks for example, which OpenAPI 3.1 has replaced by examples.
            schema.Example = Examples.Of(type, context.JsonPropertyInfo?.Name) ?? example;
#pragma warning restore CS0618
        return Task.CompletedTask;
    }

    static Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        operation.Responses ??= [];
        // Read off the request by itself, so that nobody else tells of it.
        if (metadata.OfType<MethodInfo>().Any(method => method.GetParameters().Any(it => it.ParameterType == typeof(Paging))))
            foreach (var (name, usual) in new[] { ("page", 1), ("limit", Paging.Usual) })
                if (operation.Parameters.All(it => it.Name != name))
                    operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Default = usual,
                        Maximum = name == "limit" ? $"{Paging.MaxLimit}" : null
                    } });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name ?? "");
        if (context.Description.HttpMethod == "POST")
            operation.Parameters.Add(Header("Idempotency-Key",
                "The same key with the same request gets the same answer; with another request it is refused.", "3f0c6a1e-retry-1"));
        if (context.Description.HttpMethod is "POST" or "PUT")
            operation.Parameters.Add(Header("If-Match", "ETag of the resource as last seen; a stale one is refused with 412.", "\"17\""));
        operation.Parameters.Add(Header("Accept-Language", "sv (default) or en: the language of texts and errors.", "sv"));
        operation.Parameters.Add(Header("traceparent", "W3C Trace Context.", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        foreach (var (status, response) in operation.Responses)
            Answer((OpenApiResponse)response,
                metadata.OfType<IProducesResponseTypeMetadata>().FirstOrDefault(p => $"{p.StatusCode}" == status)?.Type,
                context.Description.HttpMethod == "POST");
        if (operation.RequestBody is OpenApiRequestBody { Content: { } contents }
            && metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType is { } request)
            foreach (var content in contents.Values)
                content.Example = contents.ContainsKey("application/json") ? Examples.Of(request) : null;

        var anonymous = metadata.OfType<IAllowAnonymous>().Any();
        foreach (var status in problems.Where(s => Concerns(s, context.Description.HttpMethod, anonymous) || s == 409
            && metadata.OfType<Describing.StoredContent>().Any()))
            operation.Responses[$"{status}"] = new OpenApiResponseReference($"Problem{status}", context.Document);
        operation.Responses["default"] = new OpenApiResponseReference("Problem500", context.Document);
        if (anonymous)
            operation.Security = [];
        return Task.CompletedTask;
    }

    static bool Concerns(int status, string? method, bool anonymous) => status switch
    {
        401 or 403 or 404 => !anonymous,
        412 => method is "POST" or "PUT",
        409 or 413 or 415 => method == "POST",
        _ => true
    };

    static void Answer(OpenApiResponse response, Type? type, bool changes)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers["traceparent"] = new OpenApiHeader { Description = "W3C Trace Context.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        if (changes)
            response.Headers["ETag"] = new OpenApiHeader { Description = "The last event that touched the resource.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        foreach (var (kind, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            if (kind == "application/json" && type is not null)
                content.Example = Examples.Of(type);
    }

    static OpenApiResponse ProblemResponse(int status, OpenApiDocument document) => new()
    {
        Description = $"{Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}, as a problem (RFC 9457).",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document),
                Example = Examples.Problem(status) }
        }
    };

    static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = false,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example
    };

    static async Task Document(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new()
        {
            Title = "MrAgreement",
            Version = ServiceApi.Version,
            Description = "Följer överenskommelser mellan regeringen och deras mottagare, från undertecknande till slutavräkning: åtaganden, frister, dokument och medlens väg. "
                + "Tracks agreements between the Government and their recipients from signature to settlement: obligations, deadlines, documents and the way of the money. "
                + "Begränsning (limit): högst 100 poster per svar, dokument högst 100 MB (at most 100 items a page, documents of at most 100 MB).",
            TermsOfService = new("https://eupl.eu/1.2/sv"),
            Contact = new() { Name = "MrAgreement", Url = new("https://mragreement.example"), Email = "info@mragreement.example" },
            License = new() { Name = "EUPL-1.2", Url = new("https://eupl.eu/1.2/sv") }
        };
        document.ExternalDocs = new() { Description = "Dokumentation och SLA", Url = new("https://mragreement.example/docs") };
        document.Servers = [new() { Url = Server(context), Description = "This service" }];
        document.Paths = Shortened(document.Paths);
        document.Components ??= new();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Problem"] = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation);
        document.Components.Responses = problems.Append(500)
            .ToDictionary(status => $"Problem{status}", status => (IOpenApiResponse)ProblemResponse(status, document));
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer",
                Description = "A bearer token; with --demo one of demo-<role>." }
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
    }

    static string Server(OpenApiDocumentTransformerContext context) =>
        context.ApplicationServices.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request is { } request
            ? $"{request.Scheme}://{request.Host}{Base}"
            : Base;

    // The server's address holds the base path, the paths are what follows it.
    static OpenApiPaths Shortened(OpenApiPaths paths)
    {
        var shorter = new OpenApiPaths();
        foreach (var (path, item) in paths)
            shorter[path[Base.Length..]] = item;
        return shorter;
    }

    static readonly Dictionary<string, string> Parameters = new()
    {
        ["agreementId"] = "UUID of the agreement.",
        ["since"] = "Where one is: next of the answer before, or now; absent for the very beginning.",
        ["webhookId"] = "UUID of the webhook.",
        ["documentId"] = "UUID of the document.",
        ["key"] = "Key of the obligation, instalment, party, body, group, focus area, measure or indicator.",
        ["period"] = "A month, as in 2016-05, or a quarter, as in 2016-Q2.",
        ["name"] = "What the saved view is called.",
        ["responsible"] = "Only what this party owes, alone or with others.",
        ["code"] = "Id of the organisation: 0114, region-01, lst-AB.",
        ["kind"] = "Only those of this kind.",
        ["county"] = "Only those of this county, by its letter.",
        ["group"] = "Only members of the group with this key.",
        ["on"] = "The day that is meant, as in 2016-05-20; today when absent.",
        ["draftId"] = "UUID of the draft of terms.",
        ["section"] = "Key of the section: about, parties, goals, obligation-1 and so on, grant, reminders.",
        ["personId"] = "UUID of the person.",
        ["sessionId"] = "UUID of the session.",
        ["invitationId"] = "UUID of the invitation.",
        ["sure"] = "Whether it is meant so, though it may look like a slip.",
        ["informed"] = "Only those that the other side was told of, or was not: true or false.",
        ["body"] = "Only those of this review body, or of this writer of a report.",
        ["theme"] = "Only those with this theme.",
        ["of"] = "What is to be covered: recommendations, findings, goals or principles.",
        ["by"] = "By what: measures, findings, efforts or indicators; of whom efforts have reached step, county, organisation or size-class.",
        ["dimension"] = "Only those of this dimension: structure, process or result.",
        ["principle"] = "Only those tagged by this principle.",
        ["rows"] = "measures or focus-areas; measures when absent.",
        ["columns"] = "principles or dimensions; principles when absent.",
        ["step"] = "Only those on the step with this key.",
        ["measure"] = "Only those of the measure with this key.",
        ["item"] = "Key of the item of the agenda.",
        ["number"] = "Number within the agreement, from 1.",
        ["importId"] = "UUID of the import.",
        ["series"] = "Series of a voucher; empty where its file gives none. With voucherDate.",
        ["voucher"] = "Number that a voucher is known by, as a row has it. With voucherDate.",
        ["voucherDate"] = "Date of a voucher: only its rows.",
        ["packageId"] = "UUID of the archive package.",
        ["runId"] = "UUID of the verification.",
        ["orderId"] = "UUID of the order of archive packages.",
        ["Prefer"] = "respond-async (RFC 7240) to be answered 202 at once.",
        ["entry"] = "Number of the transaction in the file, from 1.",
        ["rule"] = "Name of the check.",
        ["account"] = "Only rows on this account.",
        ["category"] = "Only costs of this category.",
        ["date"] = "A day in Stockholm, as in 2016-05-20.",
        ["asOf"] = "As the log stood at the end of that day in Stockholm, as in 2016-05-20.",
        ["page"] = "Page, from 1.",
        ["limit"] = "Items a page, 1 to 100.",
        ["status"] = "Only those with this status.",
        ["party"] = "Only those of this party.",
        ["q"] = "Words to search for.",
        ["from"] = "First day, inclusive; of versions of a plan, the one to compare with, the one before when absent.",
        ["to"] = "Last day, inclusive.",
        ["agreement"] = "Only those of this agreement.",
        ["year"] = "Calendar year; this year when absent.",
        ["format"] = "pdf, docx, xlsx, csv or json; of reports md and html too.",
        ["reportId"] = "UUID of the report, also once it is frozen.",
        ["version"] = "The version wanted; the newest when absent."
    };
}
