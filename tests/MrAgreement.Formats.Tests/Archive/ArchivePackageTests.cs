using System.Globalization;
using System.Xml.Linq;

namespace MrAgreement.Formats.Tests.Archive;

public class ArchivePackageTests
{
    const string Data = "representations/rep1/data/";
    const string RepresentationMets = "representations/rep1/METS.xml";

    [Fact]
    public async Task Everything_lies_where_the_specifications_have_it_and_METS_comes_last()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        Assert.Equal(
        [
            "documentation/readme.txt",
            "schemas/mets.xsd", "schemas/DILCISExtensionMETS.xsd", "schemas/xlink.xsd", "schemas/ERMS_v2_1_2.xsd", "schemas/premis-v3-0.xsd",
            Data + "documents/0001-report/v1/Slutrapport, utkast.docx", Data + "documents/0001-report/v2/Slutrapport 100 % åäö #2.pdf",
            Data + "documents/0002-decision/v1/beslut.pdf", Data + "documents/0003-memo/v1/PM.txt",
            Data + "log/events.jsonl", Data + "ledger/import-1.se", Data + "erms.xml",
            "metadata/preservation/premis.xml", "metadata/descriptive/dc.xml", RepresentationMets, "METS.xml"
        ], package.Paths);
        Assert.Equal("Slutrapport 100 % åäö #2.pdf", package.Text(Data + "documents/0001-report/v2/Slutrapport 100 % åäö #2.pdf"));
    }

    [Fact]
    public async Task Every_file_is_told_of_once_with_its_size_and_its_checksum()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        var told = package.Told("METS.xml").Concat(package.Told(RepresentationMets)).ToList();
        Assert.Equal(package.Paths.Where(path => path != "METS.xml").Order(), told.Select(it => it.Path).Order());
        Assert.All(told, it =>
        {
            var bytes = package.Read(it.Path);
            Assert.Equal(Sha256.Of(bytes).ToString(), it.Told.Attribute("CHECKSUM")!.Value);
            Assert.Equal("SHA-256", it.Told.Attribute("CHECKSUMTYPE")!.Value);
            Assert.Equal(bytes.Length.ToString(CultureInfo.InvariantCulture), it.Told.Attribute("SIZE")!.Value);
        });
    }

    [Fact]
    public async Task No_two_elements_of_the_package_have_the_same_id()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        var ids = new[] { "METS.xml", RepresentationMets }.SelectMany(path => package.Xml(path).DescendantsAndSelf()).Select(it => it.Attribute("ID")?.Value).OfType<string>().ToList();
        Assert.True(ids.Count > 20, string.Join(' ', ids));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task PREMIS_tells_of_every_file_in_the_data_folder()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        var premis = package.Xml("metadata/preservation/premis.xml");
        var files = premis.Elements().Where(it => it.Name.LocalName == "object" && it.Attributes().Any(a => a.Value == "premis:file")).ToList();
        Assert.Equal(package.Paths.Where(path => path.StartsWith(Data, StringComparison.Ordinal)).Order(), files.Select(it => One(it, "objectIdentifierValue")).Order());
        Assert.All(files, it => Assert.Equal(Sha256.Of(package.Read(One(it, "objectIdentifierValue"))).ToString(), One(it, "messageDigest")));
        Assert.Contains("Slutrapport 100 % åäö #2.pdf", files.SelectMany(it => it.Elements()).Where(it => it.Name.LocalName == "originalName").Select(it => it.Value));
        Assert.Equal(["registration", "registration", "registration", "registration", "fixity check", "information package creation"], All(premis, "eventType"));
        Assert.Equal(["Anna Öberg", "MrAgreement"], All(premis, "agentName"));
    }

    [Fact]
    public async Task ERMS_tells_of_the_case_its_records_and_where_their_files_lie()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        var @case = package.Xml(Data + "erms.xml").Descendants().Single(it => it.Name.LocalName == "aggregation");
        Assert.Equal((SomePackage.Case.ToString(), "caseFile", "A2014/2289/DISK"), (@case.Attribute("systemIdentifier")!.Value, @case.Attribute("aggregationType")!.Value, One(@case, "extraId")));
        Assert.Equal(["created 2014-06-13T08:00:00Z", "start 2014-06-13T00:00:00", "end 2017-12-31T00:00:00", "closed 2018-02-15T00:00:00"], Dates(@case));
        var records = @case.Elements().Where(it => it.Name.LocalName == "record").ToList();
        Assert.Equal(["outgoing", "incoming", "other"], records.Select(it => it.Descendants().Single(d => d.Name.LocalName == "direction").Attribute("directionDefinition")!.Value));
        Assert.Equal(["created 2015-02-02T00:00:00", "received 2014-06-16T00:00:00"], Dates(records[1]));
        Assert.Equal(["Regeringskansliet", "Anna Öberg"], All(records[1], "name"));
        Assert.Equal(["21 kap. 7 § OSL (2009:400)"], records.SelectMany(it => All(it, "regulation")));
        var files = @case.Descendants().Where(it => it.Name.LocalName == "appendix").Select(it => WrittenPackage.Resolved(Data + "erms.xml", it.Attribute("path")!.Value));
        Assert.Equal(package.Paths.Where(path => path.StartsWith(Data, StringComparison.Ordinal) && path != Data + "erms.xml").Order(), files.Order());
    }

    [Fact]
    public async Task The_archive_creator_hands_it_over_and_has_an_organisation_number() =>
        Assert.Equal(["CREATOR MrAgreement 0.1.0", "ARCHIVIST Sveriges Kommuner och Regioner ORG:222000-0315", "CREATOR Sveriges Kommuner och Regioner ORG:222000-0315"],
            (await WrittenPackage.Of(SomePackage.With())).Xml("METS.xml").Descendants().Where(it => it.Name.LocalName == "agent")
                .Select(it => string.Join(' ', it.Elements().Where(e => e.Name.LocalName is "name" or "note").Select(e => e.Value).Prepend(it.Attribute("ROLE")!.Value))));

    [Fact]
    public async Task A_case_without_documents_is_a_package_too()
    {
        var package = await WrittenPackage.Of(SomePackage.With([], []));
        Assert.Equal([Data + "erms.xml"], package.Told(RepresentationMets).Select(it => it.Path));
        Assert.Equal([Data + "erms.xml"], package.Paths.Where(path => path.StartsWith(Data, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_package_is_the_same_bytes_and_of_the_moment_it_was_made()
    {
        var bytes = await WrittenPackage.Bytes(SomePackage.With());
        Assert.Equal(bytes, await WrittenPackage.Bytes(SomePackage.With()));
        Assert.All(new WrittenPackage(bytes).Times, at => Assert.Equal(SomePackage.MadeAt.ToDateTimeUtc(), at));
    }

    [Fact]
    public async Task What_XML_cannot_hold_is_replaced_and_the_rest_is_kept()
    {
        var title = "a\0b\u0001c\uD800d\uFFFEe\tf\r\ng😀<&>\"'";
        var package = await WrittenPackage.Of(SomePackage.With(title: title));
        const string kept = "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\tf\r\ng😀<&>\"'";
        Assert.Equal(kept, One(package.Xml(Data + "erms.xml"), "title"));
        Assert.Equal("A2014/2289/DISK " + kept, package.Xml("METS.xml").Attribute("LABEL")!.Value);
    }

    static string One(XElement within, string name) => All(within, name).First();

    static IEnumerable<string> All(XElement within, string name) => within.Descendants().Where(it => it.Name.LocalName == name).Select(it => it.Value);

    static IEnumerable<string> Dates(XElement of) => of.Elements().Single(it => it.Name.LocalName == "dates").Elements().Select(it => $"{it.Attribute("dateType")!.Value} {it.Value}");
}
