namespace MrAgreement.Formats.Archive;

/// <summary>The schemas that a package follows and carries (Schemas/README.md tells their licences).</summary>
static class ArchiveSchemas
{
    public const string Folder = "schemas";

    public const string Mets = "mets.xsd";
    public const string Csip = "DILCISExtensionMETS.xsd";
    public const string Xlink = "xlink.xsd";
    public const string Erms = "ERMS_v2_1_2.xsd";
    public const string Premis = "premis-v3-0.xsd";

    public static IEnumerable<(string Name, byte[] Content)> All =>
        new[] { Mets, Csip, Xlink, Erms, Premis }.Select(name => (name, Resource($"Schemas/{name}")));

    public static byte[] Resource(string name)
    {
        using var stream = typeof(ArchiveSchemas).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
