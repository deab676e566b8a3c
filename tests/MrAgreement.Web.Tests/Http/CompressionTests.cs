using System.IO.Compression;
using System.Net.Http.Headers;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Http;

public class CompressionTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task Pages_lists_and_assets_come_compressed_and_say_the_same()
    {
        var path = await Posted.Agreement(host);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var plain = await lead.Raw($"/{path}/obligations", "identity");
        foreach (var encoding in new[] { "br", "gzip" })
        {
            var packed = await lead.Raw($"/{path}/obligations", encoding);
            Assert.Equal(encoding, packed.Encoding);
            Assert.InRange(packed.Bytes.Length, 1, plain.Bytes.Length / 3);
            using Stream unpacked = encoding == "br" ? new BrotliStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress) : new GZipStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress);
            Assert.Contains("</html>", await new StreamReader(unpacked).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.Equal("br", (await lead.Raw(new Html((await lead.Look("/")).Text).All("link").Select(it => it["href"]).First(href => href!.Contains(".css", StringComparison.Ordinal))!, "br")).Encoding);
        using var list = new HttpRequestMessage(HttpMethod.Get, $"{host.Address}api/v1/{path}/obligations?limit=5");
        list.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        list.Headers.Authorization = new("Bearer", "demo-officer");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(list, TestContext.Current.CancellationToken);
        Assert.Equal((200, "br"), ((int)answer.StatusCode, answer.Content.Headers.ContentEncoding.SingleOrDefault()));
    }

    // Words of a stranger's choice beside what only this person may see.
    [Theory]
    [InlineData("/?overdue=true")]
    [InlineData("/me")]
    [InlineData("/me/messages")]
    [InlineData("/people")]
    [InlineData("/no-such-page?word=guess")]
    public async Task Where_an_address_says_what_is_shown_or_a_secret_of_the_person_is_nothing_is_compressed(string address)
    {
        using var lead = await PageCaller.SignIn(host, "adam.berg");
        var answer = await lead.Raw(address, "br, gzip");
        Assert.Null(answer.Encoding);
        Assert.NotEmpty(answer.Bytes);
    }
}
