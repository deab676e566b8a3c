using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Web.Tests.Webhooks;

/// <summary>A system that is told of changes: a server of its own that answers as it is told to.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication app;

    Receiver(WebApplication app) => this.app = app;

    public string Address => $"{app.Urls.Single()}/hear";

    /// <summary>Everything that it was sent, taken or not.</summary>
    public ConcurrentQueue<Heard> Sent { get; } = new();

    /// <summary>How it answers: a status, or 0 to hang.</summary>
    public Func<Heard, int> Answer { get; set; } = _ => 204;

    public IReadOnlyList<Heard> Taken => [.. Sent.Where(it => it.Status is 200 or 204)];

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var it = new Receiver(app);
        app.MapPost("/hear", it.Hear);
        await app.StartAsync();
        return it;
    }

    /// <summary>Waits until it has what was meant; tells what it has when that takes too long.</summary>
    public async Task Until(Func<bool> met, int seconds = 20)
    {
        for (var waited = 0; !met(); waited++)
        {
            Assert.True(waited < seconds * 20, $"It was sent {string.Join(", ", Sent.Select(it => $"{it.Id} {it.Type} {it.Status}"))}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var once = new CancellationTokenSource();
        once.Cancel();
        await app.StopAsync(once.Token);
        await app.DisposeAsync();
    }

    async Task Hear(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var heard = new Heard(http.Request.Headers["webhook-id"]!, long.Parse(http.Request.Headers["webhook-timestamp"]!), http.Request.Headers["webhook-signature"]!, http.Request.ContentType!, body.ToArray());
        heard.Status = Answer(heard);
        Sent.Enqueue(heard);
        if (heard.Status == 0)
            await Task.Delay(TimeSpan.FromMinutes(1), http.RequestAborted);
        if (heard.Status is 302 or 307)
            http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
        http.Response.StatusCode = heard.Status;
    }
}

/// <summary>What a receiver was sent.</summary>
sealed record Heard(string Id, long At, string Signatures, string ContentType, byte[] Body)
{
    public int Status { get; set; }

    public JsonElement Event => JsonElement.Parse(Body);

    public string Type => Event.GetProperty("type").GetString()!;

    public bool IsSignedWith(string secret) => Signatures.Split(' ').Contains(WebhookSender.Sign(secret, Id, At, Body));

    public override string ToString() => Encoding.UTF8.GetString(Body);
}
