using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>A store that takes nothing more says so to whoever saves, to whoever asks whether it is ready, and seldom in the log.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task What_can_t_be_written_is_told_as_such_and_the_host_is_not_ready_until_it_can()
    {
        using var folder = new TemporaryFolder();
        var log = new KeptLog();
        await using var host = await RunningHost.Start(folder: folder["data"], log: log);
        var path = await Posted.Agreement(host);
        Assert.Equal("ready", (await host.Nobody.Get("/health/ready")).Is(200).Text("status"));

        var incoming = Path.Combine(folder["data"], "documents", "incoming");
        Directory.Delete(incoming, recursive: true);
        await File.WriteAllTextAsync(incoming, "in the way", TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            (await Upload()).IsProblem(503, "storage-unwritable");
        (await host.Nobody.Get("/health/ready")).IsProblem(503, "storage-unwritable");
        Assert.Equal(200, (await host.Lead.Get(path)).Status);
        Assert.Single(log.Lines, line => line.Contains("Requests fail (storage-unwritable)", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("/documents failed", StringComparison.Ordinal));

        File.Delete(incoming);
        Directory.CreateDirectory(incoming);
        Assert.Equal("ready", (await host.Nobody.Get("/health/ready")).Is(200).Text("status"));
        (await Upload()).Is(201);

        Task<WireAnswer> Upload() => host.Lead.Post($"{path}/documents", Posted.Form("Rapport"u8.ToArray(), "rapport.txt", ("title", "Rapport"), ("kind", "report")));
    }
}
