using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace MrAgreement.Formats.Tests.Archive;

public class ArchiveSchemasTests
{
    static readonly XName schemaLocation = XName.Get("schemaLocation", "http://www.w3.org/2001/XMLSchema-instance");

    static readonly (string Path, string Root)[] documents =
        [("METS.xml", "mets"), ("representations/rep1/METS.xml", "mets"), ("representations/rep1/data/erms.xml", "erms"), ("metadata/preservation/premis.xml", "premis")];

    [Fact]
    public async Task Each_XML_file_keeps_to_the_schema_that_the_package_carries()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        Assert.All(documents, it => Assert.Empty(Faults(package, it.Path, package.Text(it.Path))));
    }

    [Fact]
    public async Task So_do_those_of_an_empty_case_that_is_not_closed()
    {
        var whole = SomePackage.With([], []);
        var package = await WrittenPackage.Of(whole with { Case = whole.Case with { Closed = false, ClosedOn = null, Creator = whole.Case.Creator with { OrganisationNumber = null }, Parties = [] } });
        Assert.All(documents, it => Assert.Empty(Faults(package, it.Path, package.Text(it.Path))));
    }

    [Theory]
    [InlineData("METS.xml", "TYPE=\"PHYSICAL\"", "SHAPE=\"PHYSICAL\"")]
    [InlineData("METS.xml", "citserms_v2_1", "something")]
    [InlineData("METS.xml", "xlink:type=\"simple\"", "xlink:type=\"plain\"")]
    [InlineData("representations/rep1/METS.xml", "SIZE=\"", "SIZE=\"x")]
    [InlineData("representations/rep1/data/erms.xml", "caseFile", "case")]
    [InlineData("metadata/preservation/premis.xml", "premis:fixity>", "premis:firmness>")]
    public async Task One_that_does_not_is_found(string path, string text, string other)
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        var written = package.Text(path);
        Assert.Contains(text, written, StringComparison.Ordinal);
        Assert.NotEmpty(Faults(package, path, written.Replace(text, other, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_XML_file_says_where_its_schemas_lie()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        Assert.All(documents, it =>
        {
            var told = package.Xml(it.Path).Attribute(schemaLocation)!.Value.Split(' ');
            Assert.All(told.Where((_, i) => i % 2 == 1), schema => Assert.Contains(WrittenPackage.Resolved(it.Path, schema), package.Paths));
            Assert.Contains(package.Xml(it.Path).Name.NamespaceName, told);
        });
    }

    // As they are in the package itself; what they import from elsewhere is here too, so nothing is fetched.
    static List<string> Faults(WrittenPackage package, string path, string xml)
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        foreach (var schema in package.Paths.Where(it => it.StartsWith("schemas/", StringComparison.Ordinal)))
        {
            using var from = XmlReader.Create(new MemoryStream(package.Read(schema)));
            schemas.Add(null, from);
        }
        schemas.Compile();
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas, ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings };
        settings.ValidationEventHandler += (_, fault) => faults.Add($"{path}: {fault.Message}");
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }
        return faults;
    }
}
