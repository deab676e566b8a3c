using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Http;

/// <summary>Where one request is dealt with: who asks, when by the domain's clock, and the way to the dossier they ask about.</summary>
public sealed class Desk(IHttpContextAccessor accessor, Caller caller, Dossiers dossiers, IPeople people, StepUp stepUp)
{
    const int MaxKey = 255;

    readonly HttpContext http = accessor.HttpContext!;

    public Person Person { get; } = caller.Person;
    public Instant Now => caller.Now;
    public Occasion Occasion => new(Person.Actor, Now);
    public LocalDate Today => caller.Today;
    public Language Language => Language.For(http.Request.Headers.AcceptLanguage);

    /// <summary>The id of what the request creates: the one that its idempotency key stands for, or a fresh one.</summary>
    public Guid NewId() => Key(out var key) is null && key is not null
        ? AgreementId.FromKey(Person.Id, $"{http.Request.Path}\n{key}")
        : Guid.CreateVersion7();

    /// <summary>Shows something of an agreement as it stands, or stood at the end of a day.</summary>
    public async Task<IResult> Show(AgreementId id, DateParameter? asOf, Func<Viewpoint, IResult> show)
    {
        var (at, failure) = await See(id, asOf);
        return at is null ? failure! : show(at);
    }

    /// <summary>An agreement as it stands, or stood at the end of a day, as this person sees it; or why not.</summary>
    public async Task<(Viewpoint? At, IResult? Failure)> See(AgreementId id, DateParameter? asOf)
    {
        if (asOf?.Date is { } day && day > Today)
            return (null, Problem.Result(StatusCodes.Status422UnprocessableEntity, new("as-of-in-future", ("date", day))));
        var dossier = asOf?.Date is { } past
            ? await dossiers.ReadAt(id, StockholmTime.EndOfDay(past).Minus(Duration.Epsilon), http.RequestAborted)
            : await dossiers.Read(id, http.RequestAborted);
        return dossier is null || !Sight.Sees(dossier.Agreement, Person.Actor)
            ? (null, Problem.Result(new Refused("no-such-agreement", RefusalKind.NotFound)))
            : (At(dossier, asOf?.Date), null);
    }

    /// <summary>Before anything is taken in: the dossier in which this person may do something, or why not.</summary>
    public async Task<(Dossier? Dossier, IResult? Denied)> Allowed(AgreementId id, Right right)
    {
        var dossier = await dossiers.Read(id, http.RequestAborted);
        if (dossier is null || !Sight.Sees(dossier.Agreement, Person.Actor))
            return (null, Problem.Result(new Refused("no-such-agreement", RefusalKind.NotFound)));
        return Rights.May(Person.Actor, right, dossier.Agreement.Terms.Parties)
            ? (dossier, null)
            : (null, Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", Person.Role))));
    }

    /// <summary>The same for a file that concerns money: it is not read where the terms have none.</summary>
    public async Task<(Dossier? Dossier, IResult? Denied)> AllowedMoney(AgreementId id) => await Allowed(id, Right.PrepareMoney) switch
    {
        ({ Grant.Terms: null }, _) => (null, Problem.Result(new Refused("no-grant"))),
        var allowed => allowed
    };

    public PersonView Name(PersonId id) => new(id.Value, people.NameOf(id));

    public Viewpoint At(Dossier dossier, LocalDate? day = null) => new(dossier, day ?? Today, Person.Actor, Language, people);

    /// <summary>Shows one resource with its ETag.</summary>
    public IResult Found(object view, long touched) => Found(view, ETag(touched));

    public IResult Found(object view, string etag, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = etag;
        return Results.Json(view, ViewJson.Options, statusCode: status);
    }

    /// <summary>Carries out a command on an agreement and answers with what it touched.</summary>
    /// <param name="body">What the idempotency key's hash covers besides method and path.</param>
    /// <param name="touched">The last event that touched the resource that the request is about; null when there is no such thing.</param>
    /// <param name="reply">The answer, from the dossier after the change.</param>
    public async Task<IResult> Do(AgreementId id, byte[] body, Command command, Func<Dossier, long?> touched, Func<Viewpoint, Reply> reply)
    {
        if (Key(out var key) is { } badKey)
            return Problem.Result(StatusCodes.Status400BadRequest, badKey);
        if (Match(out var tags) is { } badMatch)
            return Problem.Result(StatusCodes.Status400BadRequest, badMatch);

        if (await stepUp.Before(command.Act.Right()) is { } demand)
            return demand;

        Refused? stale = null;
        var hash = Sha256.Of([.. Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"), .. body]);
        var done = await dossiers.Execute(id, command, Occasion, new(key, hash, Stale, Kept), http.RequestAborted);
        if (done.Repeated is { Body: [] })
            return Problem.Result(new Refused("answer-erased"));
        if (done.Repeated is { } repeated)
            return new Sent(repeated.Status, repeated.Location, repeated.ETag, repeated.Body);
        if (done.Refused is { Slug: "idempotency-key-reused" })
            return KeyReused();
        if (done.Refused is { } refused)
            return ReferenceEquals(refused, stale)
                ? Problem.Result(StatusCodes.Status412PreconditionFailed, refused)
                : Problem.Result(refused);
        var answer = done.Answer ?? Kept(done.Dossier);
        return new Sent(!done.Changed && answer.Status == StatusCodes.Status201Created ? StatusCodes.Status200OK : answer.Status,
            answer.Location, answer.ETag, answer.Body);

        // Whoever may not do it, or may not know of it, hears that first.
        Refused? Stale(Dossier before) =>
            tags is null || !before.Exists || !Sight.Sees(before.Agreement, Person.Actor) || touched(before) is not { } now
                || tags.Contains(ETag(now))
            || before.Decide(command, Occasion) is Refused { Kind: RefusalKind.Forbidden or RefusalKind.NotFound }
                ? null
                : stale = new("stale-if-match", ("etag", ETag(now)));

        Answer Kept(Dossier after)
        {
            var sent = reply(At(after));
            var location = sent.Location is { } path ? $"{http.Request.Scheme}://{http.Request.Host}/api/v1{path}" : null;
            return new(Person.Id, "", hash, sent.Status, location, ETag(touched(after) ?? after.Touched),
                JsonSerializer.SerializeToUtf8Bytes(sent.View, ViewJson.Options));
        }
    }

    /// <summary>What stands against a change that goes on by itself, before it is begun: headers
    /// that can't be read, or a stale <c>If-Match</c>; null when nothing does.</summary>
    /// <param name="touched">The last event that touched the resource; null when there is none to compare with.</param>
    public IResult? Against(long? touched) => Against(touched is { } version ? ETag(version) : null);

    /// <param name="etag">Of the resource as it stands; null when there is none to compare with.</param>
    public IResult? Against(string? etag)
    {
        if (Key(out _) is { } badKey)
            return Problem.Result(StatusCodes.Status400BadRequest, badKey);
        if (Match(out var tags) is { } badMatch)
            return Problem.Result(StatusCodes.Status400BadRequest, badMatch);
        return etag is not null && tags?.Contains(etag) == false
            ? Problem.Result(StatusCodes.Status412PreconditionFailed, new("stale-if-match", ("etag", etag)))
            : null;
    }

    /// <summary>What is said when the request's idempotency key stands for another request than this.</summary>
    public IResult KeyReused() =>
        Problem.Result(new Refused("idempotency-key-reused", RefusalKind.Invalid,
        ("key", http.Request.Headers["Idempotency-Key"].ToString())));

    static string ETag(long touched) => $"\"{touched}\"";

    Refused? Key(out string? key)
    {
        key = http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } one] ? one : null;
        var given = http.Request.Headers.ContainsKey("Idempotency-Key");
        if (given && (key is null || key.Length > MaxKey || key.Any(c => c is < ' ' or > '~')))
            return new("malformed-idempotency-key");
        // Whoever has several roles uses it in each of them for something else.
        if (key is not null && caller.Roles.Count > 1)
            key = $"{Caller.Name(Person)}\n{key}";
        return null;
    }

    // If-Match: * holds for whatever there is; weak tags never match.
    Refused? Match(out IReadOnlySet<string>? tags)
    {
        tags = null;
        var header = http.Request.Headers.IfMatch.ToString();
        if (header.Length == 0 || header.Trim() == "*")
            return null;
        var all = header.Split(',', StringSplitOptions.TrimEntries).ToHashSet();
        tags = all;
        return all.All(tag => tag.Length >= 2 && tag.TrimStart('W', '/') is ['"', .., '"']) ? null : new("malformed-if-match");
    }
}

/// <summary>What a change answers with.</summary>
/// <param name="Location">Path below <c>/api/v1</c> of what was created.</param>
public sealed record Reply(int Status, object View, string? Location = null)
{
    public static Reply Ok(object view) => new(StatusCodes.Status200OK, view);
    public static Reply Created(object view, string location) => new(StatusCodes.Status201Created, view, location);
}

/// <summary>A dossier as a person sees it on a day.</summary>
/// <param name="Today">The day on which derived states are judged.</param>
public sealed record Viewpoint(Dossier Dossier, LocalDate Today, Actor By, Language Language, IPeople People)
{
    /// <summary>With no more of the money than the person may see, and the parties called as on that day.</summary>
    public Dossier Dossier { get; } = Sight.Seen(Dossier, By).NamedOn(Today);

    /// <summary>Whether the person sees the whole of the money, and not their own party's share alone.</summary>
    public bool SeesWhole => Sight.SeesEveryShare(Dossier, By);

    public Agreement Agreement => Dossier.Agreement;

    /// <summary>Whether the person may see more than what is public.</summary>
    public bool SeesSubmissions => Rights.May(By, Right.ReadDocuments, Agreement.Terms.Parties);

    /// <summary>Whether the person may read recommendations and findings.</summary>
    public bool SeesWork => Sight.SeesWork(Dossier, By);

    public PersonView Name(PersonId id) => new(id.Value, People.NameOf(id));

    [return: NotNullIfNotNull(nameof(id))]
    public PersonView? Name(PersonId? id) => id is { } known ? Name(known) : null;
}

/// <param name="Id">The person's id in the register of people.</param>
/// <param name="Name">The person's name.</param>
public sealed record PersonView(string Id, string Name);
