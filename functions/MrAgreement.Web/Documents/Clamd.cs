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

    // What it says of content beyond its StreamMaxLength, and, where AlertExceedsMax is on, beyond its other limits.
    const string tooLong = "INSTREAM size limit exceeded. ERROR", beyond = "Heuristics.Limits.Exceeded";

    // It is asked for a while; whether it is there shows at once.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30), there = TimeSpan.FromSeconds(5);

    /// <summary>Clean, infected by what was found, or too large for it.</summary>
    /// <exception cref="ScannerUnavailableException">It is not there, or it could not look.</exception>
    public static async Task<(ScanState State, string? Found)> Look(ScannerAddress at, Stream content, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using var client = new TcpClient();
            limited.CancelAfter(there);
            await client.ConnectAsync(at.Host!, at.Port, limited.Token);
            limited.CancelAfter(patience);
            await using var talk = client.GetStream();
            await Send("zINSTREAM\0"u8.ToArray());
            var chunk = new byte[4 + ChunkBytes];
            for (int read; (read = await content.ReadAsync(chunk.AsMemory(4), limited.Token)) > 0;)
            {
                BinaryPrimitives.WriteInt32BigEndian(chunk, read);
                if (!await Send(chunk.AsMemory(0, 4 + read)))
                    break;
                limited.CancelAfter(patience);
            }
            await Send(new byte[4]);
            return Read(await Answer(talk, limited.Token));

            // It hangs up on what is too long; what it said before stands.
            async Task<bool> Send(ReadOnlyMemory<byte> bytes)
            {
                try
                {
                    await talk.WriteAsync(bytes, limited.Token);
                    return true;
                }
                catch (IOException)
                {
                    return false;
                }
            }
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
    static (ScanState, string?) Read(string answer) => answer switch
    {
        "stream: OK" => (ScanState.Clean, null),
        tooLong => (ScanState.TooLarge, null),
        _ when answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) =>
            answer[8..^6] is var found && found.StartsWith(beyond, StringComparison.Ordinal)
                ? (ScanState.TooLarge, null)
                : (ScanState.Infected, Short(found)),
        _ => throw new ScannerUnavailableException($"The scanner answers: {Short(answer)}.")
    };

    static string Short(string text) => text.Length > LongestName ? text[..LongestName] : text;
}
