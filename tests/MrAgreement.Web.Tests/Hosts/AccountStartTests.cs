using Azure.Data.Tables;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>The host as a process on a storage account: what it refuses to start on, in one clear line.</summary>
public class AccountStartTests(Azurite azurite)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("somewhere else", "The storage must be")]
    [InlineData("AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1/a", "does not answer")]
    public Task What_it_can_not_start_on_is_named_in_one_line(string storage, string says) => Refuses(storage, says);

    [Fact]
    public async Task It_does_not_start_with_a_wrong_key() =>
        await Refuses(azurite.FreshAccount().Replace("AccountKey=", "AccountKey=AAAA", StringComparison.Ordinal), "refuses us");

    [Fact]
    public async Task It_does_not_start_on_an_account_that_never_answers()
    {
        await using var tables = new FaultyProxy(azurite.TablePort) { Faults = _ => WireFault.Silent };
        await Refuses(azurite.Connection(azurite.NextName(), azurite.BlobPort, tables.Port), "does not answer: nothing came in time.");
        Assert.InRange(tables.Passed().Count, 1, 2);
    }

    [Fact]
    public async Task It_does_not_start_on_what_a_newer_version_has_written()
    {
        var storage = azurite.FreshAccount();
        var account = AzureAccount.Parse(storage, () => throw new InvalidOperationException("The key is enough."));
        using (var folder = new TemporaryFolder())
        using (await AzureStores.Open(account, folder.Path, Cancellation))
            await account.Tables.GetTableClient(AzureStores.TableName)
                .UpsertEntityAsync(new TableEntity("meta", "layout") { ["Version"] = 99, ["Shards"] = 4 }, TableUpdateMode.Replace, Cancellation);

        await Refuses(storage, "written by a newer MrAgreement (version 99 of the layout");
    }

    static async Task Refuses(string storage, string says)
    {
        using var folder = new TemporaryFolder();
        using var host = HostProcess.Start(folder.Path, "--urls", "http://127.0.0.1:0", "--data", folder["data"], "--demo", "--storage", storage);
        var (code, errors) = await host.End();
        Assert.Equal(1, code);
        Assert.Contains(says, Assert.Single(errors), StringComparison.Ordinal);
    }
}
