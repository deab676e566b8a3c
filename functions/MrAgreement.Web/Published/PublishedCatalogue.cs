using System.Text;
using System.Xml;
using System.Xml.Linq;
using MrAgreement.Calendars;
using MrAgreement.Formats.Tables;
using MrAgreement.Overviews;
using MrAgreement.Web.Pages.Accessibility;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Published;

/// <summary>What is published, described for data portals (DCAT-AP-SE 3.0.1, as RDF/XML).</summary>
static class PublishedCatalogue
{
    public const string MediaType = "application/rdf+xml; charset=utf-8";

    // Of the lists; what the material itself may be used for its publisher says.
    const string Licence = "http://creativecommons.org/publicdomain/zero/1.0/";

    static readonly XNamespace rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", dcterms = "http://purl.org/dc/terms/",
        dcat = "http://www.w3.org/ns/dcat#", foaf = "http://xmlns.com/foaf/0.1/", vcard = "http://www.w3.org/2006/vcard/ns#";

    static readonly Language[] languages = [Language.Swedish, Language.English];

    /// <param name="hasGrants">Whether there is any grant among the open data.</param>
    public static byte[] Write(Publisher authority, Contact contact, bool hasGrants, Uri root)
    {
        var (publisher, reached, material, grants) = (At("#publisher"), At("#contact"), At("#material"), At("#grants"));
        var written = new XDocument(new XElement(rdf + "RDF",
            new XAttribute(XNamespace.Xmlns + "rdf", rdf), new XAttribute(XNamespace.Xmlns + "dcterms", dcterms),
            new XAttribute(XNamespace.Xmlns + "dcat", dcat), new XAttribute(XNamespace.Xmlns + "foaf", foaf),
            new XAttribute(XNamespace.Xmlns + "vcard", vcard),
            Node(dcat + "Catalog", At("#catalogue"), Said(dcterms + "title", "catalogue.title"),
                Said(dcterms + "description", "published.explained"), To(dcterms + "publisher", publisher),
                To(dcterms + "license", Licence),
                To(foaf + "homepage", new Uri(root, PublishedAddress.All).ToString()),
                To(dcat + "dataset", material), hasGrants ? To(dcat + "dataset", grants) : null),
            Node(foaf + "Agent", publisher, new XElement(foaf + "name", authority.Name ?? root.Host),
                To(dcterms + "type", "http://purl.org/adms/publishertype/NationalAuthority")),
            Node(vcard + "Organization", reached, new XElement(vcard + "fn", contact.Written ?? authority.Name ?? root.Host),
                contact.Link is { } link ? To(vcard + (link.StartsWith("mailto:", StringComparison.Ordinal) ? "hasEmail" : "hasURL"), link)
                    : null),
            Dataset(material, "catalogue.material.title", "catalogue.material.description",
                [
                    (PublishedAddress.Api, "application/json"), (PublishedAddress.Table, "text/csv"),
                    (PublishedAddress.Feed, "application/atom+xml")
                ]),
            hasGrants ? Dataset(grants, "catalogue.grants.title", "catalogue.grants.description",
                [(PublishedAddress.Grants, "application/json")]) : null));
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false) }))
            written.Save(xml);
        return bytes.ToArray();

        string At(string part) => new Uri(root, PublishedAddress.Catalogue + part).ToString();

        IEnumerable<XElement> Dataset(string about, string title, string description,
            IReadOnlyList<(string Address, string MediaType)> files)
        {
            yield return Node(dcat + "Dataset", about, Said(dcterms + "title", title), Said(dcterms + "description", description),
                To(dcterms + "publisher", publisher),
                To(dcat + "contactPoint", reached), files.Select((_, i) => To(dcat + "distribution", $"{about}-{i + 1}")));
            for (var i = 0; i < files.Count; i++)
                yield return Node(dcat + "Distribution", $"{about}-{i + 1}",
                    To(dcat + "accessURL", new Uri(root, files[i].Address).ToString()),
                    To(dcterms + "license", Licence), new XElement(dcterms + "format", files[i].MediaType));
        }
    }

    static IEnumerable<XElement> Said(XName name, string key) => languages.Select(language =>
        new XElement(name, new XAttribute(XNamespace.Xml + "lang", language.Code), language.Say(key)));

    static XElement Node(XName type, string about, params IReadOnlyList<object?> content) =>
        new(type, [new XAttribute(rdf + "about", about), .. content]);

    static XElement To(XName name, string resource) => new(name, new XAttribute(rdf + "resource", resource));

    /// <summary>The same as a table.</summary>
    public static Sheet Sheet(IReadOnlyList<PublishedRow> rows, Language language, string root) => new(language.Say("published.heading"),
        [
            new(language.Say("publications.title"), ColumnKind.Text, 60), new(language.Say("publications.kind"), ColumnKind.Text),
            new(language.Say("publications.on"), ColumnKind.Date), new(language.Say("publications.language"), ColumnKind.Text),
            new(language.Say("published.by"), ColumnKind.Text, 30), new(language.Say("published.agreement"), ColumnKind.Text, 60),
            new(language.Say("published.opened"), ColumnKind.Date), new(language.Say("publications.address"), ColumnKind.Text, 60)
        ],
        [
            .. rows.Select(row => (IReadOnlyList<Cell>)
            [
                row.Material!.Title, language.Word(row.Material.Kind), row.Material.On, row.Material.Language, row.Material.Party,
                $"{row.Of!.DiaryNumber} {row.Of.Title}", StockholmTime.DateOf(row.At),
                root + PublishedAddress.Of(row.Agreement, row.Number)
            ])
        ]);
}
