using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.Tests.Azure;

public class AzureAccountTests(Azurite azurite)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_to_all_three_services_are_signed_with_the_key()
    {
        var account = Parse(azurite.FreshAccount());

        foreach (var ask in Services)
            await ask(account);
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_one_line()
    {
        var account = Parse(azurite.FreshAccount().Replace("AccountKey=", "AccountKey=AAAA", StringComparison.Ordinal));

        foreach (var ask in Services)
        {
            var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => ask(account));
            Assert.Matches("^The storage account at 127.0.0.1:[0-9]+ refuses us .*check the key", e.Message);
        }
    }

    [Fact]
    public async Task An_account_that_does_not_answer_is_told_in_one_line()
    {
        var account = Parse("AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1/a");

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => Tables(account));
        Assert.Matches("^The storage account at 127.0.0.1:1 does not answer: [^\n]+$", e.Message);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("AccountName=mr2014;AccountKey=AAAA", "mr2014", "https://mr2014.table.core.windows.net/")]
    [InlineData("mr2014", "mr2014", "https://mr2014.table.core.windows.net/")]
    [InlineData("https://mr2014.blob.core.windows.net/", "mr2014", "https://mr2014.table.core.windows.net/")]
    [InlineData("https://mr2014.z01.blob.storage.azure.net", "mr2014.z01", "https://mr2014.z01.table.storage.azure.net/")]
    public void An_account_is_given_by_connection_string_name_or_address(string storage, string name, string tables)
    {
        var account = Parse(storage);

        Assert.Equal((name, tables), (account.Name, account.Tables.Uri.AbsoluteUri));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AccountName=mr2014")]
    [InlineData("AccountName=mr2014;AccountKey=?")]
    [InlineData("AccountName=mr2014;AccountKey=AAAA;TableEndpoint=nowhere")]
    [InlineData("http://mr2014.blob.core.windows.net")]
    [InlineData("https://example.org")]
    public void Anything_else_is_refused_in_one_line(string storage)
    {
        var e = Assert.Throws<StoreRefusedException>(() => Parse(storage));
        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains("storage", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_can_not_be_had_is_told_in_one_line()
    {
        var account = AzureAccount.Parse("mr2014", () => new NoToken(), Azurite.Quick);

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => Tables(account));
        Assert.Equal("The storage account at mr2014.table.core.windows.net does not answer: Nobody is signed in.", e.Message);
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_time_is_fetched_anew_once_and_used_from_then_on()
    {
        var (tokens, server) = (new Tokens(), new TokenServer { Accepted = "token-2" });
        var account = AzureAccount.Parse("mr2014", () => tokens, Azurite.Quick, new HttpClientTransport(server));

        await Tables(account);
        await Blobs(account);
        Assert.Equal(["token-1", "token-2", "token-2"], server.Shown);
        Assert.Equal(2, tokens.Given);
    }

    [Fact]
    public async Task An_identity_whose_every_token_is_refused_is_told_in_one_line()
    {
        var (tokens, server) = (new Tokens(), new TokenServer { Accepted = "none" });
        var account = AzureAccount.Parse("mr2014", () => tokens, Azurite.Quick, new HttpClientTransport(server));

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => Tables(account));
        Assert.Equal("The storage account at mr2014.table.core.windows.net refuses us (InvalidAuthenticationInfo): check the key, or the rights of the identity that the program runs as.", e.Message);
        Assert.Equal(["token-1", "token-2"], server.Shown);
    }

    static AzureAccount Parse(string storage) => AzureAccount.Parse(storage, () => new NoToken(), Azurite.Quick);

    static Func<AzureAccount, Task>[] Services => [Tables, Blobs, Queues];

    static Task Tables(AzureAccount account) => Asked(account.Tables.QueryAsync((string?)null, 3).AsPages().Told(account.Tables.Uri, Cancellation));

    // A name that is escaped in the address is signed as it is.
    static Task Blobs(AzureAccount account) => Asked(account.Blobs.GetBlobContainersAsync(prefix: "å/").AsPages().Told(account.Blobs.Uri, Cancellation));

    static Task Queues(AzureAccount account) => Asked(account.Queues.GetQueuesAsync().AsPages().Told(account.Queues.Uri, Cancellation));

    static async Task Asked<T>(IAsyncEnumerable<global::Azure.Page<T>> pages)
        where T : notnull =>
        Assert.Empty((await pages.SingleAsync(Cancellation)).Values);

    /// <summary>Another token each time, none of which has an end that is near.</summary>
    sealed class Tokens : TokenCredential
    {
        public int Given { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new($"token-{++Given}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>An account that takes one token and refuses all others, as one does that has expired.</summary>
    sealed class TokenServer : HttpMessageHandler
    {
        public required string Accepted { get; init; }
        public List<string> Shown { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Shown.Add(request.Headers.Authorization!.Parameter!);
            var answer = new HttpResponseMessage(Shown[^1] == Accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized) 
            {
                Content = request.RequestUri!.Host.Contains("table", StringComparison.Ordinal)
                    ? new StringContent("""{"value":[]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"))
                    : new StringContent("<EnumerationResults><Containers /></EnumerationResults>", new System.Net.Http.Headers.MediaTypeHeaderValue("application/xml"))
            };
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
                answer.Headers.Add("x-ms-error-code", "InvalidAuthenticationInfo");
            return Task.FromResult(answer);
        }
    }

    sealed class NoToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody is signed in.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody is signed in.");
    }
}
