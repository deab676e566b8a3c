using System.IO.Compression;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Work;

namespace MrAgreement.Web.Tests.Work;

/// <summary>Drafts of plans of which somebody has made something else.</summary>
public class PlanDraftRecordTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"party\":\"SKR\",\"content\":null}")]
    [InlineData("{\"party\":\"SKR\",\"content\":{}}")]
    public async Task Such_a_one_is_as_good_as_not_there_and_is_written_over(string written)
    {
        using var folder = new TemporaryFolder();
        using var database = SqliteDatabase.Open(folder["data"]);
        var (kept, agreement, person) = (new SqliteKeptRecords(database), new AgreementId(Guid.NewGuid()), new PersonId("lena.lind"));
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(System.Text.Encoding.UTF8.GetBytes(written));
        await kept.Put(new(KeptPlanDrafts.Kind, $"{agreement}/SKR", packed.ToArray(), null), Instant.MinValue, Cancellation);
        var drafts = new KeptPlanDrafts(kept, SystemClock.Instance);

        Assert.Null(await drafts.Find(agreement, "SKR", Cancellation));
        Assert.Empty(await drafts.LastWrittenBy(person, Cancellation));
        await drafts.Change(agreement, "SKR", new("SKR", PlanContent.Empty, person, Instant.MinValue), draft => (draft with { Content = PlanContent.Empty with { Analysis = "Ny" } }, null), Cancellation);
        Assert.Equal("Ny", (await drafts.Find(agreement, "SKR", Cancellation))!.Content.Analysis);
        Assert.Equal([agreement.Value], await drafts.LastWrittenBy(person, Cancellation));
    }
}
