using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace MrAgreement.Web.Documents;

/// <summary>Where clamd listens; null where nothing is scanned.</summary>
public sealed record ScannerAddress(string? Host, int Port)
{
    public static readonly ScannerAddress None = new(null, 0);

    /// <summary>As in <c>localhost:3310</c>; null for what is no such address.</summary>
    public static ScannerAddress? Read(string written) =>
        written.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(written[(colon + 1)..], System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var port) && port > 0
            ? new(written[..colon], port)
            : null;
}

/// <summary>The scanner did not answer, or not as it should; what it was to look at waits.</summary>
public sealed class ScannerUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether nothing came, rather than something else than was asked for.</summary>
    public bool IsSilent => InnerException is not null;
}

/// <summary>clamd, spoken to by INSTREAM. Source: clamd(8).</summary>
static class Clamd
{
    const int ChunkBytes = 64 * 1024, LongestAnswer = 4096, LongestName = 200;

    // It is asked for a while; whether it is there shows at once.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30), there = TimeSpan.FromSeconds(5);

    /// <summary>What was found in the content; null for nothing.</summary>
    /// <exception cref="ScannerUnavailableException">It is not there, or it could not look.</exception>
    public static async Task<string?> Find(ScannerAddress at, Stream content, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using var client = new TcpClient();
            limited.CancelAfter(there);
            await client.ConnectAsync(at.Host!, at.Port, limited.Token);
            limited.CancelAfter(patience);
            await using var talk = client.GetStream();
            await talk.WriteAsync("zINSTREAM\0"u8.ToArray(), limited.Token);
            var chunk = new byte[4 + ChunkBytes];
            for (int read; (read = await content.ReadAsync(chunk.AsMemory(4), limited.Token)) > 0;)
            {
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                await talk.WriteAsync(chunk.AsMemory(0, 4 + read), limited.Token);
                limited.CancelAfter(patience);
            }
            await talk.WriteAsync(new byte[4], limited.Token);
            return Found(await Answer(talk, limited.Token));
        }
        catch (Exception e) when (e is SocketException or IOException || e is OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            throw new ScannerUnavailableException($"The scanner at {at.Host}:{at.Port} does not answer.", e);
        }
    }

    static async Task<string> Answer(Stream talk, CancellationToken cancellation)
    {
        var (answer, length) = (new byte[LongestAnswer], 0);
        for (int read; length < answer.Length && (read = await talk.ReadAsync(answer.AsMemory(length), cancellation)) > 0;)
        {
            length += read;
            if (answer[length - 1] == 0)
                break;
        }
        // What was cut off may have gone on otherwise.
        return length > 0 && answer[length - 1] == 0
            ? HiddenLetters.Without(Encoding.UTF8.GetString(answer, 0, length - 1))
            : throw new IOException("It broke off.");
    }

    // "stream: OK", "stream: Eicar-Signature FOUND"; all else is an error of its own.
    static string? Found(string answer) => answer switch
    {
        "stream: OK" => null,
        _ when answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) =>
            Short(answer[8..^6]),
        _ => throw new ScannerUnavailableException($"The scanner answers: {Short(answer)}.")
    };

    static string Short(string text) => text.Length > LongestName ? text[..LongestName] : text;
}
