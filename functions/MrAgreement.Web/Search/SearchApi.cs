using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Pages.Search;

namespace MrAgreement.Web.Search;

/// <summary>Search in all agreements, or in one.</summary>
static class SearchApi
{
    public static void MapSearch(this RouteGroupBuilder api) =>
        api.MapGet("/search", Search).WithTags("Search").Answers<SearchView>().Describe("Search",
            "Agreements, obligations, documents, people and what was decided, in what the caller sees: each kind a list of its own, by diary number. All words of q must begin a word of what is found; å, ä and ö are also found as a and o. q has 2 to 100 characters and at most ten words.");

    static async Task<IResult> Search(Paging paging, Searching searching, HttpRequest request, string? q = null, string? kind = null,
        Guid? agreement = null)
    {
        if (!Choice.Read<SearchKind>(kind, out var one))
            return Problem.Malformed("kind");
        var (words, refused) = Searching.Read(q);
        if (refused is not null)
            return Problem.Result(refused);
        IReadOnlyList<SearchKind> kinds = one is { } asked ? [asked] : Searching.Kinds;
        var cancellation = request.HttpContext.RequestAborted;
        var found = agreement is { } id
            ? await searching.InOne(new(id), words, kinds, paging.Page, paging.Limit, cancellation)
            : await searching.InAll(words, kinds, paging.Page, paging.Limit, cancellation);
        return found is null ? Problem.Result(new Refused("no-such-agreement", RefusalKind.NotFound))
            : Results.Json(new SearchView([.. found.Select(it => new FoundListing(it.Kind, it.HasMore,
                paging.Of<FoundView>(request, [.. it.Items.Select(FoundView.Of)], it.Total)))]), ViewJson.Options);
    }
}

/// <param name="Groups">One for each kind that was asked for, also where nothing is found.</param>
public sealed record SearchView(IReadOnlyList<FoundListing> Groups);

/// <param name="Kind">What is found.</param>
/// <param name="HasMore">Whether there are more than are counted: then write one word more.</param>
/// <param name="Found">The page of it.</param>
public sealed record FoundListing(SearchKind Kind, bool HasMore, Listing<FoundView> Found);

/// <summary>Something that was found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">The agreement's diary number.</param>
/// <param name="Matter">The agreement's title.</param>
/// <param name="Title">What it is called: of what was decided, its reference or what it concerns.</param>
/// <param name="Note">A number, a clause or a party; null for nothing.</param>
/// <param name="Obligation">Key of the obligation; null of all else.</param>
/// <param name="Document">Id of the document; null of all else.</param>
/// <param name="Event">Sequence in the log; null of all else.</param>
/// <param name="Type">Type of that event; null of all else.</param>
/// <param name="Role">Of somebody who works in a party; null of all else.</param>
/// <param name="Agreements">Of such a person, in how many of the caller's agreements; else 1.</param>
/// <param name="HasLeft">Whether such a person works there no longer.</param>
/// <param name="Page">Path and fragment of the page that it stands on.</param>
public sealed record FoundView(SearchKind Kind, AgreementId Agreement, string DiaryNumber, string Matter, string Title, string? Note,
    string? Obligation, Guid? Document, long? Event, string? Type, Role? Role, int Agreements, bool HasLeft, string Page)
{
    internal static FoundView Of(Found it) => new(it.Kind, it.Agreement, it.DiaryNumber, it.Matter, it.Title, it.Note,
        it.Kind == SearchKind.Obligation ? it.Subject : null, it.Document, it.Act?.Sequence,
        it.Act is { } act ? EventJson.NameOf(act.Happened) : null, it.Role, it.Agreements, it.HasLeft, SearchPlace.Of(it));
}
