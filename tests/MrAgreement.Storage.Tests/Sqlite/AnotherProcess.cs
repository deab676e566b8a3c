using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>This test program once more, as a process that holds a folder's database and appends to it until it is killed.</summary>
sealed class AnotherProcess : IDisposable
{
    const string FolderToHold = "MRAGREEMENT_TEST_HOLDS";

    readonly Process process;

    AnotherProcess(Process process) => this.process = process;

    /// <summary>Starts it, and waits until it holds the folder.</summary>
    public static async Task<AnotherProcess> Holding(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(AnotherProcess).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[FolderToHold] = folder;
        var other = new AnotherProcess(Process.Start(start)!);
        Assert.Equal("holding", await other.process.StandardOutput.ReadLineAsync());
        return other;
    }

    /// <summary>How many events it has been told are appended, after its sudden death: so many milliseconds after the first of them,
    /// or at once.</summary>
    public async Task<int> Kill(int after = 0)
    {
        var first = after > 0 ? await process.StandardOutput.ReadLineAsync() : null;
        await Task.Delay(after);
        process.Kill();
        var told = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        return int.Parse(told is [.., var last] ? last : first ?? "0", CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    // Before the tests' own beginning: the environment says that this is the other process.
    [ModuleInitializer]
    internal static void Hold()
    {
        if (Environment.GetEnvironmentVariable(FolderToHold) is not { } folder)
            return;
        using var database = SqliteDatabase.Open(folder);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        output.Write("holding\n");
        var (store, last) = (new SqliteEventStore(database), (StoredEvent?)null);
        while (true)
        {
            var append = Stored.Append(Stored.Agreement(), last);
            store.Append(append).GetAwaiter().GetResult();
            last = append.Events[0];
            output.Write($"{last.Sequence}\n");
        }
    }
}
