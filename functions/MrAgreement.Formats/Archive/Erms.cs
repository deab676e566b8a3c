using System.Xml.Linq;
using static MrAgreement.Formats.Archive.ArchiveXml;

namespace MrAgreement.Formats.Archive;

/// <summary>The case and its records. Source: E-ARK CITS ERMS 2.1, which is FGS Ärendehantering 2.0.</summary>
static class Erms
{
    /// <summary>Among the data that it describes, as CITS ERMS 2.1.0 has it (3.2); paths in it are relative to it.</summary>
    public const string Path = "erms.xml";

    static readonly XNamespace ns = "https://DILCIS.eu/XML/ERMS";

    public static XElement Of(ArchivePackage package, ArchiveContents contents) => new(ns + "erms",
        new XAttribute("xmlns", ns), new XAttribute(XNamespace.Xmlns + "xsi", Xsi), SchemaLocation(3, (ns, ArchiveSchemas.Erms)),
        Control(package), new XElement(ns + "aggregations", Case(package.Case, contents)));

    static XElement Control(ArchivePackage package) => new(ns + "control",
        new XElement(ns + "identification", new XAttribute("identificationType", "package"), package.Id),
        new XElement(ns + "maintenanceInformation",
            new XElement(ns + "maintenanceStatus", new XAttribute("value", "new")),
            new XElement(ns + "maintenanceAgency",
                package.Case.Creator.OrganisationNumber is { } number
                    ? new XElement(ns + "agencyCode", new XAttribute("type", "organisationNumber"), number)
                    : null,
                new XElement(ns + "agencyName", package.Case.Creator.Name)),
            new XElement(ns + "maintenanceHistory",
                new XElement(ns + "maintenanceEvent",
                    new XElement(ns + "eventType", new XAttribute("value", "created")),
                    new XElement(ns + "eventDateTime", At(package.MadeAt)),
                    Other("software", $"{Software} {package.SoftwareVersion}")))));

    static XElement Case(ArchivedCase it, ArchiveContents contents) => new(ns + "aggregation",
        new XAttribute("systemIdentifier", it.Id), new XAttribute("aggregationType", "caseFile"),
        new XElement(ns + "objectId", it.Id),
        new XElement(ns + "extraId", new XAttribute("extraIdType", "diaryNumber"), it.DiaryNumber),
        new XElement(ns + "title", it.Title),
        new XElement(ns + "status", new XAttribute("value", it.Closed ? "closed" : "open")),
        Appendices(contents.Others),
        new XElement(ns + "agents", Agent("creator", it.Creator),
            it.Parties.Select(party => Agent("other", party, new XAttribute("otherAgentType", "party")))),
        new XElement(ns + "dates", Date("created", At(it.OpenedAt)), Date("start", On(it.From)), Date("end", On(it.To)),
            it.ClosedOn is { } day ? Date("closed", On(day)) : null),
        contents.Records.Select(record => Record(record.Record, record.Versions, it)));

    static XElement Record(ArchivedRecord it, IReadOnlyList<DataFile> versions, ArchivedCase @case) => new(ns + "record",
        new XAttribute("systemIdentifier", it.Id), new XAttribute("recordType", it.Kind),
        new XElement(ns + "objectId", it.Id),
        new XElement(ns + "title", it.Title),
        new XElement(ns + "runningNumber", it.Number),
        it.CopyOf is { } original
            ? new XElement(ns + "relation", new XAttribute("relationType", "is_redacted_version_of"), original)
            : null,
        it.Confidential ? new XElement(ns + "restriction", new XAttribute("restrictionType", "confidential"),
            new XElement(ns + "regulation", it.LegalGround ?? "not stated")) : null,
        it.Markings.Select(Marked),
        Direction(it.Direction),
        new XElement(ns + "agents",
            Party(it.Party, @case),
            versions.Select(version => version.By!).Distinct().Select(name => Other("registrar", name))),
        new XElement(ns + "dates",
            Date("created", On(it.RegisteredOn)),
            it.ReceivedOn is { } day ? Date(it.Direction is ArchivedDirection.Incoming ? "received" : "originated", On(day)) : null),
        Appendices(versions));

    static XElement? Appendices(IReadOnlyList<DataFile> files) =>
        files.Count == 0 ? null : new(ns + "additionalInformation", files.Select(file => new XElement(ns + "appendix",
        new XAttribute("name", file.Name), new XAttribute("description", file.Description), new XAttribute("fileFormat", file.MediaType),
        new XAttribute("path", PackagePaths.Href(file.Path)))));

    static XElement Marked(ArchivedMarking it) => new(ns + "restriction", new XAttribute("restrictionType", "other_type"),
        new XAttribute("otherRestrictionType", "secrecyMarking"), new XElement(ns + "explanatoryText", it.Authority),
        new XElement(ns + "regulation", it.LegalGround), new XElement(ns + "dates", Date("created", On(it.On))));

    static XElement Direction(ArchivedDirection direction) => direction switch
    {
        ArchivedDirection.Incoming => new(ns + "direction", new XAttribute("directionDefinition", "incoming")),
        ArchivedDirection.Outgoing => new(ns + "direction", new XAttribute("directionDefinition", "outgoing")),
        ArchivedDirection.Internal =>
            new(ns + "direction", new XAttribute("directionDefinition", "other"), new XAttribute("otherDirectionDefinition", "internal"))
    };

    static XElement Party(string key, ArchivedCase @case) =>
        @case.Parties.Prepend(@case.Creator).FirstOrDefault(party => party.Key == key) is { } party ? Agent("creator", party)
        : new(ns + "agent", new XAttribute("agentType", "creator"), new XElement(ns + "name", key));

    static XElement Agent(string type, ArchivedParty party, params object[] attributes) =>
        new(ns + "agent", new XAttribute("agentType", type), attributes,
        new XElement(ns + "name", party.Name),
        party.OrganisationNumber is { } number
            ? new XElement(ns + "idNumber", new XAttribute("idNumberType", "organisationNumber"), number)
            : null,
        new XElement(ns + "role", Json.NameOf(party.Role)));

    static XElement Other(string type, string name) =>
        new(ns + "agent", new XAttribute("agentType", "other"), new XAttribute("otherAgentType", type), new XElement(ns + "name", name));

    static XElement Date(string type, string value) => new(ns + "date", new XAttribute("dateType", type), value);
}
