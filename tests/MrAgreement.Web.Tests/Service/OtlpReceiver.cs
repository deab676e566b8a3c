using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MrAgreement.Web.Tests.Service;

/// <summary>A collector on loopback that keeps what it is sent over OTLP (http/protobuf).</summary>
sealed class OtlpReceiver : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly WebApplication app;
    readonly ConcurrentDictionary<string, ConcurrentQueue<Message>> sent = new();

    OtlpReceiver()
    {
        app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            sent.GetOrAdd(signal, _ => new()).Enqueue(new(body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
    }

    public static async Task<OtlpReceiver> Start()
    {
        var receiver = new OtlpReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    public string Address => app.Urls.Single();

    // opentelemetry/proto: every request holds resources (1), each with scopes (2), each with what was measured, traced or logged (2).
    IEnumerable<Message> Of(string signal) => sent.GetValueOrDefault(signal, []).SelectMany(r => r.All(1)).SelectMany(r => r.All(2)).SelectMany(s => s.All(2));

    /// <summary>The program by name and version, as in <c>service.name=mragreement</c>.</summary>
    public IEnumerable<string> Resources(string signal) => sent.GetValueOrDefault(signal, []).SelectMany(r => r.All(1)).SelectMany(r => r.All(1)).SelectMany(r => r.All(1)).Select(Attribute);

    /// <summary>As in <c>mragreement.commands {command} command=SignAgreement outcome=accepted</c>.</summary>
    public IEnumerable<string> Metrics =>
        from metric in Of("metrics")
        from data in metric.All(7).Select(sum => (Points: sum.All(1), Tags: 7)).Concat(metric.All(9).Select(histogram => (Points: histogram.All(1), Tags: 9)))
        from point in data.Points
        select string.Join(' ', [metric.Text(1), metric.Text(3), .. point.All(data.Tags).Select(Attribute).Order(StringComparer.Ordinal)]);

    public IEnumerable<Span> Spans => Of("traces").Select(s => new Span(Convert.ToHexStringLower(s.Bytes(1)), s.Text(5), [.. s.All(9).Select(Attribute)], [.. s.All(11).Select(e => e.Text(2))]));

    public IEnumerable<string> Logs => Of("logs").SelectMany(l => l.All(5)).Select(body => body.Text(1));

    /// <summary>Waits until something has been sent; fails with what was sent instead.</summary>
    public static async Task Until<T>(Func<IEnumerable<T>> sent, Func<IReadOnlyList<T>, bool> enough)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !enough([.. sent()]); await Task.Delay(50))
            Assert.True(waited.Elapsed < patience, $"Not sent. What was: {string.Join('\n', sent().Distinct())}");
    }

    static string Attribute(Message it) => $"{it.Text(1)}={string.Concat(it.All(2).Select(value => value.Text(1)))}";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public sealed record Span(string TraceId, string Name, IReadOnlyList<string> Tags, IReadOnlyList<string> Events)
    {
        public override string ToString() => $"{TraceId} {Name} {string.Join(' ', [.. Tags, .. Events])}";
    }

    /// <summary>A message of protocol buffers, field by field, without its schema.</summary>
    sealed class Message
    {
        readonly List<(int Number, byte[] Bytes)> fields = [];

        public Message(byte[] bytes)
        {
            for (var at = 0; at < bytes.Length;)
            {
                var key = Number();
                var length = (key & 7) switch { 0 => -1, 1 => 8, 2 => (int)Number(), 5 => 4, var kind => throw new InvalidDataException($"Wire type {kind}.") };
                if (length < 0)
                    Number();
                else
                    fields.Add(((int)(key >> 3), bytes[at..(at += length)]));

                ulong Number()
                {
                    var value = 0UL;
                    for (var shift = 0; ; shift += 7)
                    {
                        var part = bytes[at++];
                        value |= (ulong)(part & 0x7f) << shift;
                        if (part < 0x80)
                            return value;
                    }
                }
            }
        }

        public IEnumerable<Message> All(int number) => fields.Where(f => f.Number == number).Select(f => new Message(f.Bytes));

        public byte[] Bytes(int number) => fields.Find(f => f.Number == number).Bytes ?? [];

        public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));
    }
}
