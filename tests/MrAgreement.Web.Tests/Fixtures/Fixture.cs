using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Fixtures;

/// <summary>Made-up files of the kinds that finance staff import, and the agreement that they belong to.</summary>
static class Fixture
{
    public const string Ledger = "skr_example_4E_cp437.se";
    public const string TruncatedLedger = "skr_example_4E_truncated_ksumma.se";
    public const string BankFile = "camt.053.001.08_grant_and_repayment.xml";

    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>The path of a signed agreement whose recipient the files are from.</summary>
    public static async Task<string> Agreement(RunningHost host)
    {
        var terms = Posted.Terms2014();
        terms["parties"]![0]!["organisationNumber"] = "555555-5555";
        return await Posted.Agreement(host, terms);
    }

    /// <summary>Requisitions the first instalment, up to what the bank file pays.</summary>
    public static async Task Requisition(RunningHost host, string agreement)
    {
        (await host.Finance.Post($"{agreement}/grant/requisitions", new { instalment = "2014", amount = 4_000_000, bankgiro = "5050-1055", reference = "A2014/2289/DISK" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{agreement}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Payer.Post($"{agreement}/grant/requisitions/1/receipt")).Is(200);
    }
}
