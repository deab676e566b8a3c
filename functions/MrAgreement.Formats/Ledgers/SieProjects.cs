using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Ledgers;

/// <summary>What a file has in place of a project that no row of it carries.</summary>
public static class SieProjects
{
    const int MostNamed = 10;

    /// <summary>Why the project can't be taken out of the file; null where the file knows it, though nothing is booked on it.</summary>
    public static Fault? Absent(SieAccounts file, Project project)
    {
        var asked = new LedgerObject(project.Dimension, project.Code);
        if (file.Charged.Contains(asked))
            return null;
        // What is booked tells more than what is declared: a code may be declared for one dimension and used in another.
        var isDeclared = file.Objects.ContainsKey(asked);
        var all = isDeclared ? [.. file.Charged] : file.Objects.Keys.Union(file.Charged).ToList();
        if (!isDeclared && all.Count == 0)
            return new("/file", "project-nowhere");
        var elsewhere = all.Where(it => it.Code == project.Code).Select(it => it.Dimension).Distinct().Order().ToList();
        if (elsewhere.Count > 0)
            return new("/dimension", "project-in-other-dimension",
                ("project", project.Code), ("found", string.Join(", ", elsewhere)), ("dimension", project.Dimension));
        return isDeclared && !all.Exists(it => it.Dimension == project.Dimension && Bare(it.Code) == Bare(project.Code))
            ? null
            : new("/project", "project-not-in-ledger", ("project", project.Code), ("dimension", project.Dimension),
            ("codes", Codes(all, project.Dimension)));
    }

    // The same code spelled otherwise.
    static string Bare(string code) => string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // Those of the dimension; where it has none, those of the others. The word is the same in Swedish and English.
    static string Codes(List<LedgerObject> all, int dimension) => all.FindAll(it => it.Dimension == dimension) is { Count: > 0 } own
        ? Named(own)
        : string.Join("; ", all.GroupBy(it => it.Dimension).OrderBy(of => of.Key).Select(of => $"dimension {of.Key}: {Named([.. of])}"));

    static string Named(IReadOnlyList<LedgerObject> codes) =>
        string.Join(", ", codes.Select(it => it.Code).Order(StringComparer.Ordinal).Take(MostNamed))
            + (codes.Count > MostNamed ? " …" : "");
}
