using System.Net;
using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>A page as the host wrote it, read tag by tag: what our own components write is well formed.</summary>
sealed partial class Html
{
    // What the browser sets among the words of a line; all else begins one of its own, or a box.
    static readonly HashSet<string> inline = ["a", "span", "strong", "em", "b", "i", "time", "code", "abbr", "small", "sup", "sub", "ins", "del", "mark", "bdi"];
    static readonly HashSet<string> unread = ["style", "script", "svg", "textarea", "option", "title"];

    public Html(string text)
    {
        foreach (Match piece in Pieces().Matches(text))
            Tags.Add(new(piece.Groups["close"].Length > 0, piece.Groups["name"].Value.ToLowerInvariant(), Attributes(piece.Groups["attributes"].Value), WebUtility.HtmlDecode(piece.Groups["text"].Value)));
    }

    /// <summary>Opened, closed, and the texts between them.</summary>
    public List<Tag> Tags { get; } = [];

    public IEnumerable<Tag> All(string name) => Tags.Where(tag => tag.Name == name && !tag.IsClosing);

    public IEnumerable<string> Ids => Tags.Select(tag => tag["id"]).OfType<string>();

    /// <summary>What stands in each element of these names.</summary>
    public IEnumerable<string> Texts(params string[] names)
    {
        System.Text.StringBuilder? inside = null;
        foreach (var tag in Tags)
            if (names.Contains(tag.Name) && !tag.IsClosing)
                inside = new();
            else if (names.Contains(tag.Name) && inside is not null)
            {
                yield return Spaces().Replace(inside.ToString(), " ").Trim();
                inside = null;
            }
            else
                inside?.Append(tag.Text);
    }

    /// <summary>Every form, with where it is sent and the values that its fields have.</summary>
    public IEnumerable<(string Method, string Action, List<(string Name, string Value)> Fields)> Forms
    {
        get
        {
            (string Method, string Action, List<(string, string)> Fields)? form = null;
            (string Name, string? First, string? Chosen)? select = null;
            foreach (var tag in Tags)
                switch (tag)
                {
                    case { Name: "form", IsClosing: false }:
                        form = (tag["method"] ?? "get", tag["action"] ?? "", []);
                        break;
                    case { Name: "form" } when form is { } whole:
                        yield return whole;
                        form = null;
                        break;
                    case { Name: "input", IsClosing: false } when form is { } around && tag["name"] is { } name && tag["type"] is not ("file" or "submit") && (tag["type"] is not ("checkbox" or "radio") || tag["checked"] is not null):
                        around.Fields.Add((name, tag["value"] ?? ""));
                        break;
                    case { Name: "textarea", IsClosing: false } when form is { } around && tag["name"] is { } name:
                        around.Fields.Add((name, ""));
                        break;
                    case { Name: "select", IsClosing: false } when tag["name"] is { } name:
                        select = (name, null, null);
                        break;
                    case { Name: "option", IsClosing: false } when select is { } choice:
                        select = choice with { First = choice.First ?? tag["value"] ?? "", Chosen = tag["selected"] is null ? choice.Chosen : tag["value"] };
                        break;
                    case { Name: "select" } when select is { } ended:
                        form?.Fields.Add((ended.Name, ended.Chosen ?? ended.First ?? ""));
                        select = null;
                        break;
                }
        }
    }

    /// <summary>The text as it stands on the page, a line for each block; where two pieces of a line meet in a tag, letter to letter, stands <c>¦</c>.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            var (line, seam, depth) = (new System.Text.StringBuilder(), false, 0);
            foreach (var tag in Tags)
            {
                if (unread.Contains(tag.Name))
                    depth += tag.IsClosing ? -1 : tag.IsEmpty ? 0 : 1;
                if (depth > 0)
                    continue;
                if (tag.Name.Length > 0 && !inline.Contains(tag.Name))
                {
                    if (line.ToString().Trim() is { Length: > 0 } whole)
                        yield return whole;
                    line.Clear();
                }
                seam |= tag.Name.Length > 0;
                if (tag.Text.Length == 0)
                    continue;
                var text = Spaces().Replace(tag.Text, " ");
                if (seam && line.Length > 0 && char.IsLetterOrDigit(line[^1]) && char.IsLetterOrDigit(text[0]))
                    line.Append('¦');
                line.Append(text);
                seam = false;
            }
        }
    }

    static Dictionary<string, string> Attributes(string written) =>
        Attribute().Matches(written).GroupBy(it => it.Groups[1].Value.ToLowerInvariant()).ToDictionary(it => it.Key, it => WebUtility.HtmlDecode(it.First().Groups[2].Value));

    [GeneratedRegex("""<!--.*?-->|<!DOCTYPE[^>]*>|<(?<close>/?)(?<name>[A-Za-z][A-Za-z0-9]*)(?<attributes>(?:\s+[^\s=>/"]+(?:="[^"]*")?|\s*/)*)\s*>|(?<text>[^<]+)""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Pieces();

    [GeneratedRegex("""([^\s=>/"]+)(?:="([^"]*)")?""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Spaces();

    /// <param name="Name">Of the tag; empty for text.</param>
    public sealed record Tag(bool IsClosing, string Name, Dictionary<string, string> Attributes, string Text)
    {
        public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

        public bool IsEmpty => Name is "input" or "br" or "img" or "link" or "meta" or "hr";
    }
}
