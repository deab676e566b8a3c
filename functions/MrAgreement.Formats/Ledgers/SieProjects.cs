using MrAgreement.EventSourcing;
using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Ledgers;

/// <summary>What a file has in place of a project that no row of it carries.</summary>
public static class SieProjects
{
    const int MostNamed = 10;

    /// <summary>Why the project can't be taken out of the file; null where the file knows it, though no row of the current file carries it.</summary>
    public static Fault? Absent(SieAccounts file, Project project)
    {
        var all = file.Objects.Keys.Union(file.Charged).ToList();
        if (all.Contains(new(project.Dimension, project.Code)))
            return null;
        if (all.Count == 0)
            return new("/file", "project-nowhere");
        return all.Find(it => it.Code == project.Code) is { Dimension: > 0 } elsewhere
            ? new("/dimension", "project-in-other-dimension", ("project", project.Code), ("found", elsewhere.Dimension), ("dimension", project.Dimension))
            : new("/project", "project-not-in-ledger", ("project", project.Code), ("dimension", project.Dimension), ("codes", Codes(all, project.Dimension)));
    }

    // Those of the dimension; where it has none, those of the others. The word is the same in Swedish and English.
    static string Codes(List<LedgerObject> all, int dimension) => all.FindAll(it => it.Dimension == dimension) is { Count: > 0 } own
        ? Named(own)
        : string.Join("; ", all.GroupBy(it => it.Dimension).OrderBy(of => of.Key).Select(of => $"dimension {of.Key}: {Named([.. of])}"));

    static string Named(IReadOnlyList<LedgerObject> codes) =>
        string.Join(", ", codes.Select(it => it.Code).Order(StringComparer.Ordinal).Take(MostNamed)) + (codes.Count > MostNamed ? " …" : "");
}
