using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MrAgreement.Web.Http;

/// <summary>How much of what requests bring with them is held at once, whoever asks (docs/decisions/0031).</summary>
sealed class Bounds
{
    /// <summary>Connections that are open at once; one more is closed.</summary>
    public const int Connections = 1000;

    /// <summary>Requests whose bodies may stand on the temporary disk at once: of the largest files 16 GB.</summary>
    public const int Uploads = 16;

    /// <summary>Bytes of a body that is held in memory.</summary>
    public const int InMemory = 64 * 1024;

    int uploads;

    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxConcurrentConnections = Connections;
        // One that says nothing makes room for others.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        // Nothing here is anything but requests and their answers.
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
    }

    /// <summary>Whether a body may be larger than what is held in memory.</summary>
    public static bool IsLong(HttpRequest request) => !(request.ContentLength <= InMemory);

    /// <summary>Gives a request its turn to put a body on the disk, until it has been answered and what stood there is gone.</summary>
    /// <exception cref="StoreBusyException">So many are at it already.</exception>
    public void Take(HttpContext http)
    {
        if (!IsLong(http.Request))
            return;
        if (Interlocked.Increment(ref uploads) > Uploads)
        {
            Interlocked.Decrement(ref uploads);
            throw new StoreBusyException();
        }
        http.Response.RegisterForDispose(new Turn(this));
    }

    sealed class Turn(Bounds of) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref of.uploads);
    }
}
