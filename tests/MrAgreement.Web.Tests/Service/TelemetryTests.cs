using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Service;

public class TelemetryTests
{
    // Name, unit and tags: dashboard and alerts ask for them by these (docs/observability.md).
    static readonly string[] measures =
    [
        "mragreement.commands {command} command=CreateAgreement outcome=accepted",
        "mragreement.commands {command} command=DispatchRequisition outcome=refused",
        "mragreement.append.duration s outcome=appended",
        "mragreement.wakeup.lag s",
        "mragreement.reminders {reminder} outcome=sent",
        "mragreement.import.rows {row} format=camt.053.001.08"
    ];

    [Fact]
    public async Task The_host_sends_metrics_traces_and_logs_to_a_collector()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var collector = await OtlpReceiver.Start();
        using var folder = new TemporaryFolder();
        using var host = await HostProcess.Serving(folder["data"], environment:
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100")
        ]);

        var terms = Posted.Terms2014();
        terms["parties"]![0]!["organisationNumber"] = "555555-5555";
        var created = await host.As("officer").Post("agreements?sure=true", terms, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
        var path = $"agreements/{created.Is(201).Text("id")}";
        Assert.StartsWith($"00-{trace}-", created["traceparent"], StringComparison.Ordinal);
        (await host.As("officer").Post($"{path}/signature", Posted.Signature())).Is(200);
        (await host.As("finance").Post($"{path}/grant/requisitions/1/dispatch")).IsProblem(404, "no-such-requisition");
        (await host.As("finance").Post($"{path}/grant/bank-imports", Posted.Form(Fixture.Bytes(Fixture.BankFile), Fixture.BankFile))).Is(201);
        (await host.As("reader").Post("simulation/clock", new { now = "2014-08-02T09:00:00+02:00" })).Is(200);

        await OtlpReceiver.Until(() => collector.Metrics, metrics => measures.All(metrics.Contains));
        await OtlpReceiver.Until(() => collector.Spans, spans => spans.Any(s =>
            s.TraceId == trace && s.Name == "CreateAgreement" && s.Events.Contains("agreement-created") && s.Tags.Contains($"mragreement.agreement={path["agreements/".Length..]}")));
        Assert.Contains(collector.Spans, s => s.TraceId == trace && s.Tags.Contains("http.request.method=POST") && s.Tags.Contains("url.path=/api/v1/agreements"));
        Assert.Contains("service.name=mragreement", collector.Resources("metrics"));
        Assert.Contains("deployment.environment.name=test", collector.Resources("traces"));

        // A calendar's address is a secret: what is told of asking for it does not have it.
        var calendar = new Uri((await host.As("officer").Post("me/calendar")).Is(201).Text("url")!);
        (await host.As("officer").Get(calendar.AbsolutePath)).Ok();
        await OtlpReceiver.Until(() => collector.Spans, spans => spans.Any(s => s.Tags.Contains("url.path=/calendars/-.ics")));
        var secret = calendar.Segments[^1].Split('.')[0];
        Assert.DoesNotContain(collector.Spans, s => s.Name.Contains(secret, StringComparison.Ordinal) || s.Tags.Any(tag => tag.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(collector.Logs, line => line.Contains(secret, StringComparison.Ordinal));

        // Nor what people search for.
        (await host.As("officer").Get("search?q=sjukskriven")).Is(200);
        await OtlpReceiver.Until(() => collector.Spans, spans => spans.Any(s => s.Tags.Contains("url.path=/api/v1/search")));
        Assert.DoesNotContain(collector.Spans, s => s.Name.Contains("sjukskriven", StringComparison.Ordinal) || s.Tags.Any(tag => tag.Contains("sjukskriven", StringComparison.Ordinal)));
        Assert.DoesNotContain(collector.Logs, line => line.Contains("sjukskriven", StringComparison.Ordinal));

        // A disk that has gone: said to the caller, and to whoever watches.
        Directory.Delete(folder["data/documents"], recursive: true);
        File.WriteAllText(folder["data/documents"], "");
        Assert.InRange((await host.As("project-lead").Post($"{path}/documents", Posted.Form("Rapport"u8.ToArray(), "a.txt", ("title", "A"), ("kind", "report")))).Status, 500, 503);
        await OtlpReceiver.Until(() => collector.Logs, logs => logs.Any(l => l.Contains("Requests fail (storage-unwritable)", StringComparison.Ordinal)));
    }
}
