using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Portfolio;

namespace MrAgreement.Web.Tests.Portfolio;

/// <summary>What is kept of saved views, whoever has written it.</summary>
public sealed class SavedViewsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nothing of ours")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{\"name\":null,\"list\":\"agreements\",\"query\":\"\"}]")]
    public async Task What_no_program_has_written_is_as_good_as_not_there_and_is_named_where_it_is_none(string written)
    {
        using var folder = new TemporaryFolder();
        using var database = SqliteDatabase.Open(folder["data"]);
        var (kept, person) = (new SqliteKeptRecords(database), new PersonId("erik.ek"));
        await kept.Put(new(SavedViews.Kind, $"{person}", System.Text.Encoding.UTF8.GetBytes(written), null), Instant.MinValue, Cancellation);
        var views = new SavedViews(kept);

        Assert.Empty(await views.Of(person, Cancellation));
        Assert.Equal(written is "nothing of ours" or "[null]", (await KeptExamination.Strange(kept, Cancellation)).Contains((SavedViews.Kind, $"{person}")));

        Assert.Null(await views.Save(person, null, new("Mina", ViewedList.Agreements, "?status=active"), Cancellation));
        Assert.Equal("Mina", Assert.Single(await views.Of(person, Cancellation)).Name);
    }
}
