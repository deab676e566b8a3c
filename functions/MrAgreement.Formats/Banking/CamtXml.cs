using System.Text;
using System.Xml;

namespace MrAgreement.Formats.Banking;

/// <summary>Walks through XML that may be hostile: no document type, nothing fetched, no deep nesting, no long text.</summary>
sealed class CamtXml(Stream file) : IDisposable
{
    // The message has some 15 levels; supplementary data may have more.
    const int MostDepth = 60;

    static readonly XmlReaderSettings safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false
    };

    // Null until opened.
    XmlReader xml = null!;
    readonly LeadingSpace beginning = new(file);
    readonly char[] buffer = new char[MostText];

    /// <summary>Longer text is cut. The longest that the message has is 500 characters.</summary>
    public const int MostText = 600;

    public int Line => Math.Max(1, (xml as IXmlLineInfo)?.LineNumber ?? 1) + beginning.Lines;

    /// <summary>The line that is broken.</summary>
    public int LineOf(XmlException broken) => Math.Max(1, broken.LineNumber) + beginning.Lines;

    /// <summary>Whether something stands before the XML that is no white space.</summary>
    public bool IsPreceded => beginning.IsText && xml.Depth == 0;
    public string Name => xml.LocalName;
    public string Namespace => xml.NamespaceURI;

    public string? Attribute(string name) => xml.GetAttribute(name);

    /// <summary>Goes to the outermost element; the first that is read of the file.</summary>
    public void Open()
    {
        xml = XmlReader.Create(beginning, safe);
        while (xml.NodeType != XmlNodeType.Element && Next()) { }
    }

    /// <summary>Each element directly inside this one, by local name. Whoever gets one may read it or leave it.</summary>
    public Children Inside() => new(this);

    /// <summary>This element's own text, without the white space around it.</summary>
    /// <param name="child">Gets each element directly inside it; may read it or leave it.</param>
    public string Text(Action? child = null)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        StringBuilder? longer = null;
        var only = "";
        while (Next() && xml.Depth > depth)
        {
            if (xml.Depth == depth + 1 && xml.NodeType == XmlNodeType.Element)
                child?.Invoke();
            if (xml.Depth != depth + 1 || xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                continue;
            var chunk = Chunk();
            if (only.Length == 0)
                only = chunk;
            else if ((longer ??= new(only)).Length < MostText)
                longer.Append(chunk);
        }
        return (longer?.ToString() ?? only).Trim();
    }

    /// <summary>The text of the first element of that name inside this one, or null.</summary>
    public string? TextOf(string name)
    {
        string? text = null;
        foreach (var child in Inside())
        {
            if (child == name)
                text ??= Text();
        }
        return text;
    }

    public void ToEnd()
    {
        while (Next()) { }
    }

    public void Dispose() => xml?.Dispose();

    string Chunk()
    {
        if (!xml.CanReadValueChunk)
            return xml.Value is { Length: > MostText } whole ? whole[..MostText] : xml.Value;
        var count = 0;
        while (count < buffer.Length && xml.ReadValueChunk(buffer, count, buffer.Length - count) is > 0 and var more)
            count += more;
        return new(buffer, 0, count);
    }

    bool Next()
    {
        var more = xml.Read();
        return xml.Depth <= MostDepth ? more : throw new CamtRefusedException("xml-too-deep", ("max", MostDepth));
    }

    internal struct Children(CamtXml camt)
    {
        readonly int depth = camt.xml.Depth;
        bool done = camt.xml.IsEmptyElement;

        public readonly string Current => camt.xml.LocalName;

        public readonly Children GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!done && camt.Next() && camt.xml.Depth > depth)
            {
                if (camt.xml.NodeType == XmlNodeType.Element && camt.xml.Depth == depth + 1)
                    return true;
            }
            done = true;
            return false;
        }
    }
}
