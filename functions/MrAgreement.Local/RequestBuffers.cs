using System.Text;
using MrAgreement.Storage;

namespace MrAgreement.Local;

/// <summary>Where the server keeps what is too large for memory while it comes in: in a
/// folder that only this process uses, so that what a killed one has left can go.</summary>
static class RequestBuffers
{
    // Read by ASP.NET Core when it buffers for the first time.
    const string Setting = "ASPNETCORE_TEMP";

    /// <param name="held">A folder that this process has locked.</param>
    /// <exception cref="StoreRefusedException">The folder for it can't be written.</exception>
    public static void Begin(string held)
    {
        held = Path.GetFullPath(held);
        // Where somebody has chosen a place for it, others may use that too: ours is known by the folder that is ours.
        var folder = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } chosen
            ? Path.Combine(chosen, $"mragreement-{Sha256.Of(Encoding.UTF8.GetBytes(held)).ToString()[..16]}")
            : Path.Combine(held, "temp");
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            // What people send may be confidential.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException(
                $"The folder {folder} can't be written ({e.Message}); give this user the right to write there.", e);
        }
        Environment.SetEnvironmentVariable(Setting, folder);
    }
}
