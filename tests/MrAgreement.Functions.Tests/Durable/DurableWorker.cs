using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Tests.Messages;
using MrAgreement.Mail;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>The app's agreements on the real backend as a process of its own, which tells of every look and can be killed at any time.</summary>
sealed class DurableWorker : IDisposable
{
    const string Command = "durable-worker";

    readonly Process process;

    DurableWorker(Process process) => this.process = process;

    /// <summary>This test program once more, as that process; waits until it works.</summary>
    /// <param name="holdsAt">The look after whose append it goes no further, counted from 1.</param>
    /// <param name="mail">The folder in which it lays mail; null where it sends none.</param>
    /// <param name="holdsBy">The step of the mail, as <see cref="SteppedPost"/> names it, after which it goes no further.</param>
    public static async Task<DurableWorker> Start(string account, string clock, int holdsAt = int.MaxValue, string mail = "", string holdsBy = "")
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(DurableWorker).Assembly.Location, Command, account, clock, holdsAt.ToString(CultureInfo.InvariantCulture), mail, holdsBy]) { RedirectStandardOutput = true };
        var worker = new DurableWorker(Process.Start(start)!);
        Assert.Equal("works", await worker.Heard());
        return worker;
    }

    /// <summary>What it tells next: works, looked, or holds.</summary>
    public async Task<string?> Heard() => await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    static int Main(string[] args)
    {
        if (args is [Command, var account, var clock, var holdsAt, var mail, var holdsBy])
            return Work(account, clock, int.Parse(holdsAt, CultureInfo.InvariantCulture), mail, holdsBy).GetAwaiter().GetResult();
        // As xunit's own beginning.
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }

    static async Task<int> Work(string account, string clockFile, int holdsAt, string mail, string holdsBy)
    {
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(account, () => throw new InvalidOperationException("The key is enough.")), folder.Path);
        var clock = new MovedClock(clockFile);
        var (looks, output) = (0, TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true }));
        var post = new SteppedPost(new MailFolder(mail), stores.Kept, async step =>
        {
            if (step != holdsBy)
                return;
            await output.WriteAsync("holds\n");
            await Task.Delay(Timeout.Infinite);
        });
        var postman = new Postman(stores.Events, new(stores.Events, Guid.CreateVersion7), post, post, new SomebodyInEach(), SomebodyInEach.Write, SomebodyInEach.Together, clock);
        var advance = new AgreementAdvance(new(stores.Events), new(stores.ReadModels, new(stores.Events, Guid.CreateVersion7), (_, e) => throw e), clock,
            mail.Length > 0 ? new(postman, clock, NullLogger<MailRounds>.Instance) : null);
        RealEngine? working = null;
        await using var engine = working = await RealEngine.OnAccount(account, tasks => tasks
            .AddOrchestratorFunc<IReadOnlyList<Guid>, int>(Waking.Name, (context, _) => Waking.Run(context))
            .AddActivityFunc<IReadOnlyList<Guid>, int>(WakeSome.Name,
                (_, some) => new WakeSome(NullLogger<WakeSome>.Instance).Run(some, working!.Client, default))
            .AddOrchestratorFunc<string>(MailDelivery.Name, (context, _) => MailDelivery.Run(context))
            .AddActivityFunc<string, Round>(DeliverMail.Name, async (_, agreement) =>
                new(clock.When((await new DeliverMail(clock, postman).Run(agreement, default)).Until)))
            .AddOrchestratorFunc<string?>(AgreementLife.Name, (context, _) => AgreementLife.Run(context))
            .AddActivityFunc<string, Sleep>(AgreementAdvance.Name, async (_, poke) =>
            {
                var sleep = await advance.Run(poke, working!.Client, default);
                if (Interlocked.Increment(ref looks) == holdsAt)
                {
                    await output.WriteAsync("holds\n");
                    await Task.Delay(Timeout.Infinite);
                }
                await output.WriteAsync("looked\n");
                // The engine's timers go by the real clock.
                return sleep with { Until = clock.When(sleep.Until) };
            }));
        await output.WriteAsync("works\n");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
