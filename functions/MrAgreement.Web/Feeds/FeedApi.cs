using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Pages.Log;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Feeds;

/// <summary>What has happened as an Atom feed to subscribe to, at a secret address that its owner can take back.</summary>
static partial class FeedApi
{
    const int MostEntries = 50;

    /// <summary>Where the feeds are.</summary>
    public static readonly SecretPath Path = new("/feeds", ".atom");

    // What a sentence may name without giving away reasons, amounts, or what people have written.
    static readonly string[] open = ["actor", "date", "days", "duty", "instalment", "kind", "number", "obligation", "party", "payments",
        "row", "transaction"];

    public static void MapFeedAddress(this RouteGroupBuilder api)
    {
        var mine = api.MapGroup("/me/feed").WithTags("Log");
        mine.MapPost("", Give).Answers<FeedAddress>(StatusCodes.Status201Created).Describe("Get a feed's address",
            "A new secret address of an Atom feed of what happens; an earlier one stops working. For whoever may read logs.");
        mine.MapDelete("", Take).Produces(StatusCodes.Status204NoContent)
            .Describe("Revoke the feed's address", "The address stops working.");
    }

    public static void MapFeeds(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path.Hidden, Feed).AllowAnonymous().ExcludeFromDescription();

    public static bool May(Person person) => Rights.MaySomewhere(person.Actor, Right.ReadLog);

    /// <summary>Gives the person a new address, in the place of any earlier one.</summary>
    public static async Task<string> Renew(PersonId person, FeedAddresses addresses, HttpRequest request)
    {
        var token = CalendarToken.New();
        await addresses.Set(person, token, request.HttpContext.Connection.RemoteIpAddress?.ToString(), request.HttpContext.RequestAborted);
        return Path.Of(token.Secret, request);
    }

    static async Task<IResult> Give(Desk desk, FeedAddresses addresses, HttpRequest request)
    {
        if (!May(desk.Person))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        var address = await Renew(desk.Person.Id, addresses, request);
        request.HttpContext.Response.Headers.Location = address;
        return Results.Json(new FeedAddress(address), ViewJson.Options, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> Take(Desk desk, FeedAddresses addresses, HttpContext http)
    {
        await addresses.Set(desk.Person.Id, null, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted);
        return Results.NoContent();
    }

    static async Task<IResult> Feed(FeedAddresses addresses, IPeople people, ChangeReading changes, KeptRegister register,
        HttpContext http)
    {
        try
        {
            return await Written(addresses, people, changes, register, http);
        }
        // Readers come again by themselves.
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            http.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> Written(FeedAddresses addresses, IPeople people, ChangeReading changes, KeptRegister register,
        HttpContext http)
    {
        var cancellation = http.RequestAborted;
        if (await addresses.Find(new(Path.SecretOf(http)), cancellation) is not { } id
            || people.Find(id).Where(May).ToList() is not { Count: > 0 } roles)
            return Results.NotFound();
        var found = new List<(Change Change, Person By)>();
        foreach (var role in roles)
            found.AddRange((await changes.Newest(role.Actor, MostEntries, IsTold, cancellation)).Select(it => (it, role)));
        var language = Language.For(register.Now[id]?.Language ?? http.Request.Headers.AcceptLanguage.ToString());
        var written = Write([.. found.DistinctBy(it => (it.Change.Dossier.Id, it.Change.Row.Sequence))
            .OrderByDescending(it => it.Change.Place.Place).ThenByDescending(it => it.Change.Row.Sequence).Take(MostEntries)],
            id, language, people, $"{http.Request.Scheme}://{http.Request.Host}");
        var tag = new EntityTagHeaderValue($"\"{Sha256.Of(written)}\"");
        http.Response.GetTypedHeaders().ETag = tag;
        http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(written, "application/atom+xml; charset=utf-8");
    }

    // Most rows of a log are of its mail, which whoever is told of has. Programs that follow changes have those too.
    static bool IsTold(string type) => EventJson.Types[type] is var happened && !happened.IsAssignableTo(typeof(MessageEvent))
        && !happened.IsAssignableTo(typeof(ReminderEvent));

    static byte[] Write(IReadOnlyList<(Change Change, Person By)> entries, PersonId of, Language language, IPeople people, string root)
    {
        var feed = new SyndicationFeed(language.Say("feed.name"), language.Say("feed.about"), new(root), IdOf($"feed/{of}"),
            entries is [var newest, ..] ? newest.Change.Row.At.ToDateTimeOffset() : DateTimeOffset.UnixEpoch)
        {
            Language = language.Code,
            Items = [.. entries.Select(it => Entry(it.Change, it.By, language, people, root))]
        };
        feed.Authors.Add(new() { Name = "MrAgreement" });
        // Where it was got from (RFC 3986, 4.4): readers know the address, and whoever is handed the file is not handed its secret.
        feed.Links.Add(SyndicationLink.CreateSelfLink(new("", UriKind.Relative)));
        using var written = new MemoryStream();
        using (var xml = XmlWriter.Create(written, new() { Encoding = new UTF8Encoding(false) }))
            feed.SaveAsAtom10(xml);
        return written.ToArray();
    }

    static SyndicationItem Entry(Change it, Person by, Language language, IPeople people, string root)
    {
        var (dossier, row) = (it.Dossier, it.Row);
        return new(Said(it, by, language, people), $"{dossier.Agreement.Terms.DiaryNumber} {dossier.Agreement.Terms.Title}",
            new($"{root}{LogAddress.Of(dossier.Id, row.Sequence)}"), IdOf($"{dossier.Id}/{row.Sequence}"), row.At.ToDateTimeOffset())
        {
            PublishDate = row.At.ToDateTimeOffset()
        };
    }

    // The same at whatever address the host is reached; made of a digest (RFC 9562, 5.8).
    static string IdOf(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"mragreement/{name}")).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }

    [GeneratedRegex(@"\{([a-z-]+)\}")]
    private static partial Regex Places();

    // The log's own sentence; where something in that is confidential, the one that leaves it out.
    static string Said(Change it, Person by, Language language, IPeople people)
    {
        var sentence = LogEntry.Sentence(it.Row, it.Dossier, new LogTeller(by.Actor, language,
            person => person == PersonId.System ? language.Say("layout.system") : people.NameOf(person)));
        return IsOpen(language.Say(sentence.Key)) ? language.Say(sentence)
            : language.Say($"feed.{sentence.Key["event.".Length..]}", [.. sentence.Values.Where(it => open.Contains(it.Place))]);
    }

    static bool IsOpen(string text) => Places().Matches(text).All(place => open.Contains(place.Groups[1].Value));
}

/// <summary>People's secret feed addresses, kept as those of their calendars are.</summary>
sealed class FeedAddresses(IKeptRecords settings, SecurityLog security) : CalendarAddresses(settings, security, "feed");

/// <summary>A secret address to subscribe to.</summary>
/// <param name="Url">The address; whoever has it sees what happens.</param>
public sealed record FeedAddress(string Url);
