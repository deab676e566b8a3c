using System.Text;
using static MrAgreement.Formats.Letters.PdfObjects;

namespace MrAgreement.Formats.Letters;

/// <summary>One A4 page being filled, in points from its upper left corner.</summary>
/// <param name="index">From 0.</param>
sealed class PdfPage(int index)
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    // Black by a calibrated scale: archive formats want no colours that depend on the device.
    readonly StringBuilder content = new("/Grey cs 0 sc /Grey CS 0 SC\n");
    int marks;

    public byte[] Content => Encoding.ASCII.GetBytes(content.ToString());

    /// <summary>What is drawn belongs to the text, as part of that element.</summary>
    public void Draw(Tag tag, Action draw)
    {
        tag.Mark(index, marks);
        content.Append(Invariant($"/{tag.Role} << /MCID {marks++} >> BDC\n"));
        draw();
        content.Append("EMC\n");
    }

    /// <summary>What is drawn says nothing that the text does not say.</summary>
    public void Adorn(Action draw)
    {
        content.Append("/Artifact BMC\n");
        draw();
        content.Append("EMC\n");
    }

    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="slant">How far a letter leans to the right, of its height.</param>
    public void Write(string text, PdfFont font, double size, double x, double baseline, double slant = 0) => content.Append(
        Invariant($"BT /{font.Key} {size:0.##} Tf 1 0 {slant:0.##} 1 {x:0.##} {Height - baseline:0.##} Tm {font.Shown(text)} Tj ET\n"));

    public void Line(double x, double y, double to, double thickness) =>
        content.Append(Invariant($"{thickness:0.##} w {x:0.##} {Height - y:0.##} m {to:0.##} {Height - y:0.##} l S\n"));
}
