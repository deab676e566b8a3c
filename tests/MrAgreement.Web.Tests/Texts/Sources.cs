using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>The sources of <c>functions/</c> as text, for guards over what they say.</summary>
static partial class Sources
{
    /// <summary>The folder that holds <c>MrAgreement.sln</c>.</summary>
    public static readonly string Root = RootAbove(new(AppContext.BaseDirectory));

    /// <summary>Every C# and Razor file, its comments left out.</summary>
    public static readonly IReadOnlyList<Source> All = [.. Directory.EnumerateFiles(Path.Combine(Root, "functions"), "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Select(file => (File: file, Name: Path.GetRelativePath(Root, file).Replace('\\', '/')))
        .Where(source => !source.Name.Split('/').Any(folder => folder is "bin" or "obj"))
        .Select(source => new Source(source.Name, Comment().Replace(File.ReadAllText(source.File), "")))];

    static string RootAbove(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MrAgreement.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No MrAgreement.sln above {AppContext.BaseDirectory}.");
    }

    // On a line of its own, or after code with white space on both sides, as our comments are; an address in a string has none.
    [GeneratedRegex(@"(?m)(^|[ \t])[ \t]*//([ \t/].*)?$")]
    private static partial Regex Comment();
}

/// <param name="Name">Path from the root, with slashes.</param>
sealed record Source(string Name, string Text)
{
    /// <summary>The calls whose text up to and with the opening parenthesis is this.</summary>
    public IEnumerable<Call> Calls(Regex opening) =>
        opening.Matches(Text).Select(match => new Call(
            $"{Name}:{Text.AsSpan(0, match.Index).Count('\n') + 1}", match, StatementBefore(match.Index), CSharpText.Arguments(Text, match.Index + match.Length)));

    string StatementBefore(int index) => Text[(Text.LastIndexOfAny([';', '{', '}'], Math.Max(0, index - 1)) + 1)..index];
}

/// <param name="Before">What stands before it in the same statement.</param>
/// <param name="Arguments">As written.</param>
sealed record Call(string Where, Match Opening, string Before, IReadOnlyList<string> Arguments)
{
    /// <summary>The places that it gives values for; null when they can't be told from the text.</summary>
    public IReadOnlySet<string>? Places(int first)
    {
        var given = Arguments.Skip(first).Where(argument => !argument.StartsWith("RefusalKind.", StringComparison.Ordinal)).ToList();
        return given.All(CSharpText.IsPlace) ? given.Select(CSharpText.Place).ToHashSet() : null;
    }
}
