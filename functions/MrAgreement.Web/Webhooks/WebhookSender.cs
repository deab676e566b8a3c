using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Http.Resilience;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Log;
using NodaTime.Text;
using Polly;
using Polly.Timeout;

namespace MrAgreement.Web.Webhooks;

/// <summary>Tells a system of a change: a CloudEvent that says where to look, signed as Standard Webhooks has it.</summary>
public sealed class WebhookSender(HttpClient http, IDataProtectionProvider keys, WebhookSettings settings)
{
    const string Prefix = "whsec_";
    const string MediaType = "application/cloudevents+json";

    readonly IDataProtector protector = keys.CreateProtector("MrAgreement.Webhooks");

    /// <summary>A new secret, as whoever receives is told it once.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public string Seal(string secret) => protector.Protect(secret);

    /// <summary>How a host reaches receivers: by no proxy, to no other address than the one that was named.</summary>
    public static SocketsHttpHandler Handler(WebhookSettings settings) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        ConnectTimeout = settings.Timeout,
        ConnectCallback = (context, cancellation) =>
            PublicNetwork.Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, settings.Loopback, cancellation)
    };

    /// <summary>The tries within one delivery; each has its own time.</summary>
    public static void Retry(ResiliencePipelineBuilder<HttpResponseMessage> tries, WebhookSettings settings) => tries
        .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 2, Delay = settings.Pause, BackoffType = DelayBackoffType.Exponential,
            UseJitter = true, ShouldRetryAfterHeader = false })
        .AddTimeout(settings.Timeout);

    /// <summary>Null when it was taken, or gone when the receiver is.</summary>
    /// <exception cref="CryptographicException">The secret can't be unsealed.</exception>
    public async Task<(WebhookFailure? Failure, bool IsGone)> Send(Webhook to, Change change, Instant now, CancellationToken cancellation)
    {
        var (id, body) = (IdOf(change), Body(change));
        var at = now.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType) { CharSet = "utf-8" };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{at}");
        request.Headers.Add("webhook-signature", string.Join(' ', Secrets(to, now).Select(secret => Sign(secret, id, at, body))));
        try
        {
            // What it says beside the status is not read.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return (answer.IsSuccessStatusCode ? null : WebhookFailure.Refused, answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (TimeoutRejectedException)
        {
            return (WebhookFailure.TimedOut, false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (WebhookFailure.TimedOut, false);
        }
        catch (HttpRequestException e)
        {
            return (Causes(e).Any(cause => cause is PrivateAddressException) ? WebhookFailure.Private : WebhookFailure.Unreachable, false);
        }
        catch (Exception e) when (e is PrivateAddressException or SocketException or IOException)
        {
            return (e is PrivateAddressException ? WebhookFailure.Private : WebhookFailure.Unreachable, false);
        }
    }

    /// <summary>The same for the same event, whenever it is told: by it a receiver knows what it has.</summary>
    public static string IdOf(Change it) => $"{it.Dossier.Id}:{it.Row.Sequence}";

    /// <summary>As whoever receives reckons it too.</summary>
    public static string Sign(string secret, string id, long at, ReadOnlySpan<byte> body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body]));

    byte[] Body(Change it) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        specversion = "1.0",
        id = IdOf(it),
        source = $"{new Uri(settings.Root, "/api/v1/agreements/")}{it.Dossier.Id}",
        type = $"mragreement.{it.Row.Type}",
        subject = $"{it.Dossier.Id}",
        time = InstantPattern.ExtendedIso.Format(it.Row.At),
        datacontenttype = "application/json",
        data = new { agreement = $"{it.Dossier.Id}", sequence = it.Row.Sequence,
            link = $"{new Uri(settings.Root, LogAddress.Of(it.Dossier.Id, it.Row.Sequence))}" }
    });

    IEnumerable<string> Secrets(Webhook it, Instant now)
    {
        yield return protector.Unprotect(it.Secret);
        if (it.Former is { } former && now < it.FormerUntil)
            yield return protector.Unprotect(former);
    }

    static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
