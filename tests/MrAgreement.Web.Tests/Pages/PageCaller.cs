using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Somebody who gets pages and sends forms without a browser.</summary>
sealed partial class PageCaller : IDisposable
{
    readonly HttpClient client;
    readonly CookieContainer cookies;

    PageCaller(Uri host, CookieContainer cookies) => (this.cookies, client) = (cookies, new(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = host });

    public static async Task<PageCaller> SignIn(RunningHost host, string person)
    {
        var caller = new PageCaller(host.Address, new());
        await caller.Send("/sign-in", "/sign-in", ("person", person));
        return caller;
    }

    /// <summary>Somebody who is not signed in.</summary>
    /// <param name="who">Whom a provider signs in when it is asked to.</param>
    public static PageCaller Of(RunningHost host, string? who = null)
    {
        var caller = new PageCaller(host.Address, new());
        if (who is not null)
            caller.Give("who", who);
        return caller;
    }

    /// <summary>Gives the browser a cookie, which all of this machine is sent.</summary>
    public void Give(string name, string value) => cookies.Add(client.BaseAddress!, new Cookie(name, value, "/"));

    /// <summary>The same person with the same cookies at another instance of the host.</summary>
    public PageCaller At(RunningHost another) => new(another.Address, cookies);

    /// <summary>Has something in front of the host add a header to each request.</summary>
    public void Add(string header, string value) => client.DefaultRequestHeaders.Add(header, value);

    /// <summary>A cookie as it is sent.</summary>
    public string Cookie(string name) => $"{name}={cookies.GetCookies(client.BaseAddress!)[name]!.Value}";

    /// <summary>The way to a provider by the invitation that was followed last, as its page has it.</summary>
    public string Accepting => "/sign-in/alfa?invitation="
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cookies.GetCookies(client.BaseAddress!)["mragreement-invitation"]!.Value)));

    public async Task<PageAnswer> Get(string path)
    {
        using var response = await client.GetAsync(path);
        return await Read(response);
    }

    /// <summary>Where an address leads in the end, and how that is answered.</summary>
    public async Task<(int Status, string Path)> Ends(string address)
    {
        var answer = await Get(address);
        return (answer.Status, answer.Path);
    }

    /// <summary>What comes as it stands on the wire, after what it led on to.</summary>
    public async Task<(int Status, string Path, string? MediaType, string Text)> Look(string address)
    {
        using var response = await client.GetAsync(address);
        return ((int)response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The bytes that come, and how they are packed.</summary>
    public async Task<(byte[] Bytes, string? Encoding)> Raw(string address, string accepts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        using var response = await client.SendAsync(request);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    /// <summary>Sends fields as they are, and tells what comes as it stands on the wire.</summary>
    public async Task<(int Status, string Text)> Post(string action, IEnumerable<(string Name, string Value)> fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var response = await client.PostAsync(action, form);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends fields as a plain form does; tells how that was answered.</summary>
    public async Task<int> Submit(string action, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await client.PostAsync(action, form);
        return (int)response.StatusCode;
    }

    /// <summary>Sends a form as the page has it, with what is typed in.</summary>
    public Task<PageAnswer> Send(string page, string action, params (string Field, string Value)[] typed) => Send(page, action, null, typed);

    /// <param name="file">Name and content of what is chosen in the field <c>file</c>.</param>
    public Task<PageAnswer> Send(string page, string action, (string Name, byte[] Content)? file, params (string Field, string Value)[] typed) =>
        Send(page, action, "file", file, typed);

    public async Task<PageAnswer> Send(string page, string action, string fileField, (string Name, byte[] Content)? file, params (string Field, string Value)[] typed)
    {
        var shown = await Get(page);
        using var form = new MultipartFormDataContent { { new StringContent(Token().Match(shown.Text).Groups[1].Value), "__RequestVerificationToken" } };
        foreach (var (field, value) in typed)
            form.Add(new StringContent(value), field);
        if (file is { } chosen)
            form.Add(new ByteArrayContent(chosen.Content), fileField, chosen.Name);
        using var response = await client.PostAsync(action, form);
        return await Read(response);
    }

    public void Dispose() => client.Dispose();

    static async Task<PageAnswer> Read(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>The page that came, after what it led on to.</summary>
sealed record PageAnswer(int Status, string Path, string Text)
{
    /// <summary>The version that every form of the page has that has one.</summary>
    public string Version => Regex.Matches(Text, "name=\"version\" value=\"([0-9]+)\"").Select(it => it.Groups[1].Value).Distinct().Single();
}
