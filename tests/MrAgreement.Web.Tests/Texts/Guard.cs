namespace MrAgreement.Web.Tests.Texts;

/// <summary>A search over sources or texts that is to find nothing; what it finds is told in full.</summary>
static class Guard
{
    public static void FindsNothing<T>(IEnumerable<T> found)
    {
        var all = found.Select(one => $"{one}").Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}
