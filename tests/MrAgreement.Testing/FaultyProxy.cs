using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MrAgreement.Testing;

/// <summary>Stands between a store and Azurite: counts what passes, and does to it what a test asks.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    static readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
    static readonly TimeSpan later = Azurite.Quick.Timeout + TimeSpan.FromSeconds(1);

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly int server;
    readonly Task running;
    readonly ConcurrentQueue<string> passed = new();
    readonly ConcurrentQueue<Func<Task>> held = new();

    public FaultyProxy(int server)
    {
        this.server = server;
        listener.Start();
        running = Task.Run(Run);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What happens to a request, given its method and path.</summary>
    public Func<string, WireFault> Faults { get; set; } = _ => WireFault.None;

    /// <summary>Runs after the server has done what it was asked, before anybody hears of it.</summary>
    public Func<string, Task> Done { get; set; } = _ => Task.CompletedTask;

    /// <summary>Method and path of every request since the last time; of a transaction also those of its first write.</summary>
    public IReadOnlyList<string> Passed()
    {
        var all = new List<string>();
        while (passed.TryDequeue(out var one))
            all.Add(one);
        return all;
    }

    /// <summary>Lets what was held reach the server, and answers how much it was.</summary>
    public async Task<int> LetThrough()
    {
        var all = 0;
        for (; held.TryDequeue(out var one); all++)
            await one();
        return all;
    }

    public static bool IsBatch(string request) => request.Contains("$batch", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await running;
    }

    async Task Run()
    {
        while (true)
            try
            {
                var connection = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(connection));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
    }

    async Task Serve(TcpClient connection)
    {
        using (connection)
            try
            {
                var stream = connection.GetStream();
                while (await Head(stream) is [var first, .. var headers])
                {
                    var request = first[..first.LastIndexOf(' ')];
                    var length = headers.FirstOrDefault(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } header ? int.Parse(header.AsSpan(15), CultureInfo.InvariantCulture) : 0;
                    var fault = Faults(request);
                    var body = new byte[fault == WireFault.CutBefore ? length / 2 : length];
                    await stream.ReadExactlyAsync(body);
                    passed.Enqueue(IsBatch(request) ? $"{request}: {FirstOf(body)}" : request);
                    if (!await Answer(stream, fault, request, headers, body))
                        return;
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or HttpRequestException)
            {
                // Whoever asked has gone, or the test is over.
            }
    }

    // False when the connection is to be cut.
    async Task<bool> Answer(NetworkStream stream, WireFault fault, string request, string[] headers, byte[] body)
    {
        switch (fault)
        {
            case WireFault.InternalError:
                return await Refuse(stream, "500 Internal Server Error");
            case WireFault.Unavailable:
                return await Refuse(stream, "503 Service Unavailable");
            case WireFault.Throttled:
                return await Refuse(stream, "503 Service Unavailable", "Retry-After: 1");
            case WireFault.ThrottledForLong:
                return await Refuse(stream, "503 Service Unavailable", "Retry-After: 3600");
            case WireFault.AnotherTime:
                return await Refuse(stream, "403 Forbidden", $"Date: {DateTimeOffset.UtcNow.AddHours(1).ToString("R", CultureInfo.InvariantCulture)}");
            case WireFault.Retained:
                return await Refuse(stream, "409 Conflict", "x-ms-error-code: BlobImmutableDueToPolicy");
            case WireFault.Held:
                held.Enqueue(async () => (await Forward(request, headers, body)).Dispose());
                return false;
            case WireFault.Silent:
                // Until nobody waits for it any more.
                await stream.CopyToAsync(Stream.Null);
                return false;
            case WireFault.Older:
                using (var answer = await Forward(request, [.. headers.Select(h => h.StartsWith("x-ms-version:", StringComparison.OrdinalIgnoreCase) ? "x-ms-version: 2999-12-31" : h)], body))
                    await Return(stream, answer);
                return true;
            case WireFault.CutShort:
                using (var answer = await Forward(request, headers, body))
                    await Return(stream, answer, cutShort: true);
                return false;
            case WireFault.CutAfter or WireFault.Late:
                using (await Forward(request, headers, body))
                    await (fault == WireFault.Late ? Task.Delay(later) : Done(request));
                return false;
            case WireFault.None:
                using (var answer = await Forward(request, headers, body))
                    await Return(stream, answer);
                return true;
            default:
                return false;
        }
    }

    async Task<HttpResponseMessage> Forward(string request, string[] headers, byte[] body)
    {
        var (method, path) = request.Split(' ', 2) is [var m, var p] ? (m, p) : throw new InvalidOperationException(request);
        using var forwarded = new HttpRequestMessage(new(method), $"http://127.0.0.1:{server}{path}") { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers.Select(h => h.Split(':', 2)).Select(pair => (pair[0], pair[1].Trim())))
            if (name is not ("Host" or "Content-Length" or "Connection") && !forwarded.Headers.TryAddWithoutValidation(name, value))
                forwarded.Content.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(forwarded);
    }

    static async Task Return(NetworkStream stream, HttpResponseMessage answer, bool cutShort = false)
    {
        var content = await answer.Content.ReadAsByteArrayAsync();
        var head = new StringBuilder($"HTTP/1.1 {(int)answer.StatusCode} {answer.ReasonPhrase}\r\n");
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Content-Length" or "Transfer-Encoding" or "Connection" or "Keep-Alive"))
                head.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\r\n");
        if (answer.StatusCode != HttpStatusCode.NoContent)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n");
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{head}\r\n"), .. cutShort ? content[..(content.Length / 2)] : content]);
    }

    static async Task<bool> Refuse(NetworkStream stream, string status, params IReadOnlyList<string> headers)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Length: 0\r\n\r\n"));
        return true;
    }

    static string FirstOf(byte[] batch) => Encoding.UTF8.GetString(batch).Split('\n').FirstOrDefault(line => line.Contains(" HTTP/1.1", StringComparison.Ordinal)) ?? "";

    // Request line and headers; none when the client has closed.
    static async Task<string[]> Head(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one) == 0)
                return [];
            head.Add(one[0]);
        }
        return Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
