using System.Net;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Fuzz;

/// <summary>Requests made of the pages: along their links, and of their forms with what nobody types.</summary>
sealed class FuzzedPages : IDisposable
{
    const int MostAddresses = 400;

    static readonly string[] people = ["lena.lind", "farid.falk", "astrid.alm", "erik.ek", "petra.palm", "agnes.asp", "rut.ros", "adam.berg"];
    static readonly string[] outside = ["/health/live", "/health/ready", "/calendars/x.ics", "/calendars/%00.ics", "/checkpoints", "/checkpoints/1", "/checkpoints/consistency?from=1&to=2", "/sign-in", "/sign-in?why=x&returnUrl=//evil.example", "/sign-out/x/back-channel", "/invitations/x", "/invitation", "/static/../x", "/nowhere"];

    readonly Strange strange;
    readonly FuzzedApi api;
    readonly Uri host;
    readonly Dictionary<string, HttpClient> signedIn = [];
    readonly List<string> addresses = ["/", "/deadlines", "/turns", "/payments", "/people", "/parties", "/me", "/accessibility", .. outside];

    // The page that was seen last, whose forms are sent next.
    (string Person, Html Page)? seen;

    public FuzzedPages(Strange strange, FuzzedApi api, Uri host) => (this.strange, this.api, this.host) = (strange, api, host);

    /// <summary>The next request, and whom it is of.</summary>
    public async Task<(HttpClient By, HttpRequestMessage Request, string Person)> Next()
    {
        strange.IsMeant = false;
        if (seen is { } last && strange.Is(0.8) && last.Page.Forms.Where(form => form.Method == "post" && form.Action.StartsWith('/') && form.Action != "/sign-out").ToList() is { Count: > 0 } forms)
        {
            seen = null;
            var (_, action, fields) = strange.Of(forms);
            return (signedIn[last.Person], new(HttpMethod.Post, At(action)) { Content = Form(fields) }, last.Person);
        }
        var person = strange.Is(0.1) ? "" : strange.Of(people);
        var address = strange.Of(addresses);
        if (strange.Is(0.1))
            address += $"{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{strange.Of(["page", "q", "from", "asOf", "returnUrl", "status", "sort", "version", "å"])}={Uri.EscapeDataString(strange.Line())}";
        if (strange.Is(0.03))
            address = $"{address.Split('?')[0]}/{Uri.EscapeDataString(strange.Line())}";
        return (await By(person), new(HttpMethod.Get, At(address)), person);
    }

    /// <summary>Goes on from the page that came.</summary>
    public void Heard(string person, HttpResponseMessage answer, string? text)
    {
        // Signed out, by a form or by an end of all sessions: the next time it signs in again.
        if (answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true && signedIn.Remove(person, out var before))
            {
            seen = null;
            before.Dispose();
        }
        if (text is null || !signedIn.ContainsKey(person))
            return;
        var page = new Html(text);
        seen = (person, page);
        foreach (var link in page.All("a").Select(it => it["href"]).OfType<string>().Where(link => link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal)).Select(link => link.Split('#')[0]))
            if (!addresses.Contains(link))
                if (addresses.Count < MostAddresses)
                    addresses.Add(link);
                else
                    addresses[strange.Number(20, MostAddresses)] = link;
    }

    async Task<HttpClient> By(string person)
    {
        if (signedIn.TryGetValue(person, out var known))
            return known;
        var client = signedIn[person] = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { Timeout = TimeSpan.FromSeconds(60) };
        if (person.Length == 0)
            return client;
        var token = new Html(await client.GetStringAsync(At("/sign-in"))).Forms.SelectMany(form => form.Fields).First(field => field.Name == Token).Value;
        using var form = new FormUrlEncodedContent([new("person", person), new(Token, token)]);
        using var answer = await client.PostAsync(At("/sign-in"), form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return client;
    }

    const string Token = "__RequestVerificationToken";

    HttpContent Form(List<(string Name, string Value)> fields)
    {
        var sent = new List<(string Name, string Value)>();
        foreach (var (name, value) in fields)
            for (var times = strange.Is(0.03) ? 2 : strange.Is(0.04) ? 0 : 1; times > 0; times--)
                sent.Add((name, name == Token ? strange.Is(0.95) ? value : strange.Line() : strange.Is(0.4) ? strange.Text() : value.Length > 0 ? value : strange.Of(["1", "2016-05-01", "Text", "report", "1000,50"])));
        if (strange.Is(0.05))
            sent.Add((strange.Of(["colour", "acting", "å", "version"]), strange.Text()));
        if (strange.Is(0.3))
            return new FormUrlEncodedContent(sent.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in sent)
            form.Add(new StringContent(value), name.Length > 0 ? name : "x");
        if (strange.Is(0.4))
            form.Add(new ByteArrayContent(api.File()), strange.Of(["file", "file", "document", "report"]), strange.Of(["bok.se", "bank.xml", "rapport.txt", "rapport.pdf", "å", "x.exe"]));
        return form;
    }

    Uri At(string address) => new($"{host.Scheme}://{host.Authority}{address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public void Dispose()
    {
        foreach (var client in signedIn.Values)
            client.Dispose();
    }
}
