namespace MrAgreement.Documents;

/// <summary>The formats that a document can have: those that can be read for long, or kept
/// beside such a one, and that run nothing when opened (docs/decisions/0024).</summary>
public static class FileFormat
{
    static readonly IReadOnlyDictionary<string, string> mediaTypes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
        [".xml"] = "application/xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff"
    };

    /// <summary>How their names end, as people are told and as a file field takes them: <c>.pdf, .docx</c>.</summary>
    public static string Endings { get; } = string.Join(", ", mediaTypes.Keys);

    /// <summary>The media type of what a file is named as; null for what no document can
    /// be. What a browser states is not asked: it differs with what is installed.</summary>
    public static string? MediaTypeOf(string fileName) => mediaTypes.GetValueOrDefault(Path.GetExtension(fileName));
}
