using System.Text;
using MrAgreement.Formats.Letters;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Grants;

/// <summary>How a requisition is worded in each language: as it ships, or as a file
/// <c>requisition.sv.txt</c> or <c>requisition.en.txt</c> of one's own says.</summary>
public sealed class RequisitionTemplates
{
    readonly Dictionary<Language, Lazy<LetterTemplate>> templates = [];

    RequisitionTemplates()
    {
    }

    public LetterTemplate this[Language language] => templates[language].Value;

    /// <summary>Reads one's own at once, so that a start tells what is wrong
    /// with them; a changed file counts from the next start.</summary>
    /// <param name="folder">Where one's own are; it need not exist.</param>
    /// <exception cref="LetterTemplateException">A file of one's own can't be used.</exception>
    public static RequisitionTemplates In(string? folder = null)
    {
        var all = new RequisitionTemplates();
        foreach (var language in new[] { Language.Swedish, Language.English })
        {
            var file = $"requisition.{language.Code}.txt";
            var own = folder is null ? null : Path.Combine(folder, file);
            all.templates[language] = own is not null && File.Exists(own)
                ? new(LetterTemplate.Read(own, Text(File.ReadAllBytes(own), own), RequisitionLetter.Places))
                : new(() => LetterTemplate.Read(file, Shipped(file), RequisitionLetter.Places));
        }
        return all;
    }

    static string Shipped(string file)
    {
        using var reader = new StreamReader(typeof(RequisitionTemplates).Assembly.GetManifestResourceStream($"Templates/{file}")!);
        return reader.ReadToEnd();
    }

    static string Text(byte[] bytes, string file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new LetterTemplateException(
                $"{file}, line {bytes.AsSpan(0, e.Index).Count((byte)'\n') + 1}: it is not written in UTF-8.");
        }
    }
}
