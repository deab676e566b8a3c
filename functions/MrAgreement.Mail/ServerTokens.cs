using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace MrAgreement.Mail;

/// <summary>Tokens for a mail server that takes no password.</summary>
sealed class ServerTokens(TokenSource source, string secret, TimeProvider clock) : IDisposable
{
    // One that is about to end is not begun with.
    static readonly TimeSpan margin = TimeSpan.FromMinutes(2);

    readonly HttpClient http = new();
    readonly SemaphoreSlim turn = new(1);
    (string Token, DateTimeOffset Until) last = ("", DateTimeOffset.MinValue);

    public async Task<string> Get(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (last.Until > clock.GetUtcNow() + margin)
                return last.Token;
            var asked = new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = source.Client, ["client_secret"] = secret
            };
            if (source.Scope is { } scope)
                asked["scope"] = scope;
            using var answer = await http.PostAsync(source.Address, new FormUrlEncodedContent(asked), cancellation);
            answer.EnsureSuccessStatusCode();
            var got = await answer.Content.ReadFromJsonAsync<Answer>(cancellation)
                ?? throw new HttpRequestException("No token came.");
            last = (got.Token, clock.GetUtcNow() + TimeSpan.FromSeconds(got.Lasts));
            return got.Token;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
    }

    sealed record Answer([property: JsonPropertyName("access_token")] string Token, [property: JsonPropertyName("expires_in")] int Lasts);
}
