using System.Text;
using MrAgreement.Documents;
using MrAgreement.Formats.Archive;
using MrAgreement.Parties;

namespace MrAgreement.Formats.Tests.Archive;

/// <summary>A package of the 2014 agreement, and what its parts may be exchanged for.</summary>
static class SomePackage
{
    public static readonly Instant MadeAt = Instant.FromUtc(2018, 3, 1, 9, 30, 0);

    static readonly ArchivedParty skr = new("SKR", "Sveriges Kommuner och Regioner", OrganisationNumber.Parse("222000-0315"), PartyRole.Recipient);
    static readonly ArchivedParty government = new("RK", "Regeringskansliet", OrganisationNumber.Parse("202100-3831"), PartyRole.Grantor);

    public static ArchivePackage With(IEnumerable<ArchivedRecord>? records = null, IEnumerable<ArchivedFile>? files = null, string title = "Mänskliga rättigheter på lokal nivå") => new(
        "MRA-2014-1", new(Case, DiaryNumber.Parse("A2014/2289/DISK"), title, Instant.FromUtc(2014, 6, 13, 8, 0), new(2014, 6, 13), new(2017, 12, 31), true, new(2018, 2, 15), skr, [skr, government]),
        [.. records ?? [Report, Decision, Memo]], [.. files ?? [Log, Ledger]], "0.1.0", MadeAt);

    public static readonly AgreementId Case = AgreementId.Parse("5f1c8a52-0d7e-4a7e-9a53-2f6d0c3b1e44");

    public static ArchivedRecord Report => Record(1, "report", ArchivedDirection.Outgoing, Version(1, "Slutrapport, utkast.docx"), Version(2, "Slutrapport 100 % åäö #2.pdf"));
    public static ArchivedRecord Decision => Record(2, "decision", ArchivedDirection.Incoming, Version(1, "beslut.pdf")) with { Party = "RK", ReceivedOn = new(2014, 6, 16) };
    public static ArchivedRecord Memo => Record(3, "memo", ArchivedDirection.Internal, Version(1, "PM.txt")) with { Confidential = true, LegalGround = "21 kap. 7 § OSL (2009:400)" };
    public static ArchivedFile Log => File("log/events.jsonl", "{\"sequence\":1}\n");
    public static ArchivedFile Ledger => File("ledger/import-1.se", "#FLAGGA 0\r\n") with { Content = null };

    public static ArchivedRecord Record(int number, string kind, ArchivedDirection direction, params ArchivedVersion[] versions) => new(
        new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), number, $"Handling {number}", kind, "SKR", new(2015, 2, number), null, direction, false, null, versions);

    /// <summary>Holds its own name.</summary>
    public static ArchivedVersion Version(int number, string name) =>
        new(number, name, "application/pdf", Sha256.Of(Bytes(name)), Bytes(name).Length, MadeAt - Duration.FromDays(1000 - number), "Anna Öberg");

    public static ArchivedFile File(string path, string content) =>
        new(path, "text/plain", "Något som hör till ärendet", MadeAt - Duration.FromDays(1), Sha256.Of(Bytes(content)), Bytes(content).Length, Bytes(content));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Opens what the package's versions hold, and its ledger.</summary>
    public static Task<Stream?> Open(ArchivePackage package, Sha256 address) => Task.FromResult<Stream?>(new MemoryStream(
        package.Records.SelectMany(r => r.Versions).Select(v => Bytes(v.Name)).Append(Bytes("#FLAGGA 0\r\n")).First(content => Sha256.Of(content) == address)));
}
