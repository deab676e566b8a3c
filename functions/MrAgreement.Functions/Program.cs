using Azure.Identity;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MrAgreement.Formats.Letters;
using MrAgreement.Functions;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Service;
using MrAgreement.Web.SignIn;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    var settings = FunctionsSettings.Read(builder.Configuration);
    var account = AzureAccount.Parse(settings.Storage, () => new DefaultAzureCredential());
    // This instance's copies, and what is too large for memory while it comes in: all of it goes with the folder.
    var folder = StoreFolder.Temporary("mragreement-", SqliteDatabase.LockFileName);
    Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", Directory.CreateDirectory(Path.Combine(folder, "temp")).FullName);
    using var stores = await AzureStores.Open(account, folder);
    await WhoIsLetIn.Keep(stores.Kept, settings.SignIn is null, NodaTime.SystemClock.Instance);
    builder.ConfigureFunctionsWebApplication();
    // A level in host.json is the host's; the worker sends what its own says.
    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    builder.Services.AddMrAgreementTelemetry(Environment.GetEnvironmentVariable);
    builder.Services.AddMrAgreementStores(stores);
    builder.Services.AddMrAgreementFunctions(settings, stores.Events, new PokeQueue(account.Queues));
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception e) when (e is StartRefusedException or SignInRefusedException or StoreRefusedException or LetterTemplateException
    or UnknownEventException)
{
    // One clear line, and exit code 1.
    Console.Error.WriteLine($"MrAgreement could not start: {e.Message.ReplaceLineEndings(" ")}");
    return 1;
}
