using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using MrAgreement.Web.Pages.Deadlines;
using MrAgreement.Web.Pages.Portfolio;

namespace MrAgreement.Web.Portfolio;

/// <summary>A list across agreements that can be narrowed down.</summary>
public enum ViewedList
{
    Agreements,
    Deadlines
}

/// <summary>What somebody looks for in a list, saved under a name.</summary>
/// <param name="Query">As it stands in the address of the list: <c>?status=active</c>; empty for all of it.</param>
public sealed record SavedView(string Name, ViewedList List, string Query)
{
    /// <summary>Where the list is shown so.</summary>
    public string Address => $"{(List == ViewedList.Agreements ? "/" : "/deadlines")}{Query}";

    /// <summary>By which pages know it.</summary>
    public string Key => Sha256.Of(Encoding.UTF8.GetBytes(Name)).ToString()[..12];
}

/// <summary>The lists as people have them narrowed down, under names of their own: kept for each person, and shown to nobody else.
/// </summary>
public sealed class SavedViews(IKeptRecords kept)
{
    public const string Kind = "views";

    /// <summary>The most that a person has.</summary>
    public const int Most = 40;

    public const int LongestName = 60;

    const int LongestQuery = 600;
    const int Tries = 8;

    // What another process has saved shows when it is so old.
    static readonly TimeSpan glance = TimeSpan.FromMinutes(1);

    const int MostAtHand = 1000;

    readonly ConcurrentDictionary<PersonId, (long At, IReadOnlyList<SavedView> Views)> atHand = new();

    public async Task<IReadOnlyList<SavedView>> Of(PersonId person, CancellationToken cancellation) =>
        (await Read(person, cancellation)).Views;

    /// <summary>The same as it stood a moment ago, for lists, which ask the store for nothing more than themselves.</summary>
    public async Task<IReadOnlyList<SavedView>> Glance(PersonId person, CancellationToken cancellation)
    {
        if (atHand.TryGetValue(person, out var known) && Stopwatch.GetElapsedTime(known.At) < glance)
            return known.Views;
        if (atHand.Count >= MostAtHand)
            atHand.Clear();
        var (now, views) = (Stopwatch.GetTimestamp(), await Of(person, cancellation));
        atHand[person] = (now, views);
        return views;
    }

    /// <summary>Saves a view, or gives one that there is another name or content.</summary>
    /// <param name="name">What it is called now; null for one that is new.</param>
    /// <returns>What stands against it; null when it is saved.</returns>
    public async Task<Refused?> Save(PersonId person, string? name, SavedView view, CancellationToken cancellation)
    {
        if (Against(view) is { } refused)
            return refused;
        return await Change(person, views =>
        {
            var place = name is null ? -1 : views.FindIndex(it => Same(it.Name, name));
            if (name is not null && place < 0)
                return NoSuch;
            if (views.FindIndex(it => Same(it.Name, view.Name)) is >= 0 and var other && other != place)
                return new Refused("view-name-taken", ("name", views[other].Name)).NotSo();
            if (place < 0 && views.Count >= Most)
                return new Refused("views-full", ("max", Most));
            if (place < 0)
                views.Add(view);
            else
                views[place] = view;
            views.Sort((one, than) => string.Compare(one.Name, than.Name, StringComparison.OrdinalIgnoreCase));
            return null;
        }, cancellation);
    }

    /// <summary>Forgets a view; answers what stands against it, null when it is gone.</summary>
    public Task<Refused?> Delete(PersonId person, string name, CancellationToken cancellation) =>
        Change(person, views => views.RemoveAll(it => Same(it.Name, name)) > 0 ? null : NoSuch, cancellation);

    public static Refused NoSuch => new("no-such-view", RefusalKind.NotFound);

    public static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A view of what is asked for, in the way in which the list itself writes it, with what can't be read of it left out.
    /// </summary>
    public static SavedView Plain(string name, ViewedList list, string? query, LocalDate today)
    {
        var asked = new QueryCollection(QueryHelpers.ParseQuery(query?.Trim()));
        var address = list == ViewedList.Agreements ? PortfolioFilter.In(asked).Address : DeadlineFilter.In(asked, today).Address;
        return new(name.Trim(), list, address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var from ? address[from..] : "");
    }

    /// <summary>What of a query the list would not look for; null when there is nothing.</summary>
    public static Fault? Unread(SavedView plain, string? query)
    {
        if (query?.Length > LongestQuery)
            return new("/query", "text-length", ("max", LongestQuery));
        var read = QueryHelpers.ParseQuery(plain.Query);
        foreach (var (name, value) in QueryHelpers.ParseQuery(query?.Trim()))
            if (name != "page" && !string.IsNullOrWhiteSpace(value) && !read.ContainsKey(name)
                && (name, $"{value}") != ("order", "next-deadline"))
                return new("/query", "view-unread", ("part", $"{name}={value}"));
        return null;
    }

    // In the address of the API a name is one part of the path.
    static Refused? Against(SavedView view)
    {
        var faults = new List<Fault>();
        if (HiddenLetters.AreIn(view.Name))
            faults.Add(new("/name", "hidden-letters"));
        else if (view.Name.AsSpan().ContainsAny('/', '\\') || view.Name is "." or "..")
            faults.Add(new("/name", "view-name"));
        else
            faults.AddText("/name", view.Name, LongestName);
        return faults.Count > 0 ? Refused.Invalid(faults) : null;
    }

    async Task<Refused?> Change(PersonId person, Func<List<SavedView>, Refused?> change, CancellationToken cancellation)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (views, etag) = await Read(person, cancellation);
            if (change(views) is { } refused)
                return refused;
            if (views.Count == 0
                ? await kept.Delete(Kind, $"{person}", etag, cancellation)
                : await kept.Put(new(Kind, $"{person}", JsonSerializer.SerializeToUtf8Bytes(views, Json.Options), etag ?? KeptRecord.New),
                    Instant.MinValue, cancellation) is not null)
            {
                atHand.TryRemove(person, out _);
                return null;
            }
        }
        throw new StoreBusyException();
    }

    async Task<(List<SavedView> Views, string? ETag)> Read(PersonId person, CancellationToken cancellation) =>
        await kept.Find(Kind, $"{person}", Instant.MinValue, cancellation) is { } record
            ? (record.Understood(it => JsonSerializer.Deserialize<List<SavedView?>>(it.Data.Span, Json.Options)!)?
                .OfType<SavedView>().ToList() ?? [], record.ETag)
            : ([], null);
}
