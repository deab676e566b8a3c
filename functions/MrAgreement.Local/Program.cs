using System.Net.Sockets;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Local;
using MrAgreement.Local.Demo;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Web.SignIn;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(HostSettings.Usage);
    return 0;
}
// What it could not do, when it stops with a refusal.
var task = "start";
try
{
    var settings = HostSettings.Read(args, Environment.GetEnvironmentVariable);
    task = settings.Task;
    StoreFolder.KeepPrivate(settings.Data);
    if (settings.Backup is { } to)
        return await Backups.Take(settings.Data, to, SystemClock.Instance, Console.Out, Console.Error);
    if (settings.Restore is { } from)
        return await Backups.Restore(from, settings.Data, Console.Out, Console.Error);
    if (settings.Rebuild || settings.Sweep || settings.Verify || settings.Admin is not null)
    {
        using var kept = await Stores.Open(settings);
        return settings.Admin is { } mail
            ? await FirstAdministrator.Invite(kept, settings, mail, SystemClock.Instance, Console.Out, Console.Error)
            : settings.Verify ? await Verification.Run(kept, Console.Out, Console.Error)
            : settings.Rebuild ? await Upkeep.Rebuild(kept, Console.Out, Console.Error)
            : await Upkeep.Sweep(kept, settings.IsSure, SystemClock.Instance.GetCurrentInstant(), Console.Out, Console.Error);
    }
    if (settings is { Demo: false, SignIn: null })
        throw new UsageException("Nobody could sign in: no identity provider is configured. Name one with --sign-in, or start with --demo to admit the made-up people of the demo.");
    if (settings.Story)
        await Story2014.TellOnce(settings.Data);

    var begun = Task.Run(() => LocalHost.Begin(settings));
    using var stores = await Stores.Open(settings);
    if (stores.HasListsAnew)
        Console.Error.WriteLine("The lists, or the index of words, could not be read: somebody has written there past the program. They are made anew; --verify looks through the rest.");
    await WhoIsLetIn.Keep(stores.Kept, settings.SignIn is null, SystemClock.Instance);
    RequestBuffers.Begin(stores.Folder);
    await using var app = await LocalHost.Build(await begun, settings, stores);
    if (!await Listens(app))
        return 0;
    var clock = app.Services.GetRequiredService<IClock>();
    Console.WriteLine($"MrAgreement: {string.Join(' ', app.Urls)} ({stores.Where}{(settings.Clock is null ? "" : $", clock at {StockholmTime.DateOf(clock.GetCurrentInstant()):uuuu'-'MM'-'dd}")}). Stop with Ctrl+C.");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (UsageException e)
{
    return Stop($"{e.Message} (--help lists the options.)");
}
catch (SignInRefusedException e)
{
    return Stop(e.Message);
}
catch (StoreRefusedException e)
{
    return Stop(e.Message);
}
catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
{
    return Stop(e.Message);
}
catch (LetterTemplateException e)
{
    return Stop(e.Message);
}
catch (UnreadableLogException e)
{
    return Stop(e.Message);
}
catch (UnknownEventException e)
{
    return Stop(e.Message);
}

// Whether it does: not where it was told to stop meanwhile.
static async Task<bool> Listens(WebApplication app)
{
    try
    {
        await app.StartAsync();
        return true;
    }
    catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException
        && app.Lifetime.ApplicationStopping.IsCancellationRequested)
    {
        return false;
    }
    catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or SocketException)
    {
        throw new UsageException($"The address can't be listened on: {e.Message} Choose another with --urls.");
    }
}

// One clear line, and exit code 1.
int Stop(string why)
{
    Console.Error.WriteLine($"MrAgreement could not {task}: {why.ReplaceLineEndings(" ")}");
    return 1;
}
