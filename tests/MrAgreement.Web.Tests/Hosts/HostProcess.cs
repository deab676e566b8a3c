using System.Diagnostics;
using System.Text;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>The built local host as a process of its own.</summary>
sealed class HostProcess : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly StringBuilder errors = new();
    readonly StringBuilder output = new();
    readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    HostProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            output.AppendLine(line.Data);
            if (line.Data?.StartsWith("MrAgreement: http", StringComparison.Ordinal) == true)
                ready.TrySetResult(line.Data.Split(' ')[1]);
        };
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The host stopped before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public static HostProcess Start(string workingDirectory, params string[] args) => Start(workingDirectory, [], args);

    static HostProcess Start(string workingDirectory, (string Name, string Value)[] environment, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "MrAgreement.Local.dll"), .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingDirectory
        };
        // Nothing of this machine's own settings.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MRAGREEMENT_", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(start);
    }

    /// <summary>Starts it on a folder and a free port, with the demo people and a simulated clock, and waits until it listens.</summary>
    public static async Task<HostProcess> Serving(string folder, string clock = "2014-06-13", params (string Name, string Value)[] environment)
    {
        var host = Start(Path.GetTempPath(), environment, ["--urls", "http://127.0.0.1:0", "--data", folder, "--demo", "--clock", clock]);
        await host.Ready();
        return host;
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it holds, and has held at most.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public Caller As(string role) => new(Address, $"demo-{role}");

    public async Task Ready()
    {
        try
        {
            Address = new(await ready.Task.WaitAsync(patience));
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            throw new Xunit.Sdk.XunitException($"{e.Message} {errors}");
        }
    }

    /// <summary>SIGKILL: it has no chance to tidy up.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: it is asked to end.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The lines it wrote to standard output, once it has ended.</summary>
    public IReadOnlyList<string> Output => output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>How it ended by itself: exit code, and the lines it wrote to standard error.</summary>
    public async Task<(int Code, IReadOnlyList<string> Errors)> End()
    {
        await process.WaitForExitAsync(new CancellationTokenSource(patience).Token);
        return (process.ExitCode, errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
