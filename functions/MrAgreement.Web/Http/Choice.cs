namespace MrAgreement.Web.Http;

/// <summary>A word in the query that is one of a few.</summary>
static class Choice
{
    /// <summary>Whether it is a name of <typeparamref name="T"/>; numbers and lists of names are not.</summary>
    public static bool Is<T>(string written) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(written, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads it as the API writes it, as in <c>county-board</c>: null when nothing is written; false when it is none of them.
    /// </summary>
    public static bool Read<T>(string? written, out T? value) where T : struct, Enum
    {
        var found = Enum.GetValues<T>().Where(it => Json.NameOf(it) == written).ToList();
        value = found is [var it] ? it : null;
        return string.IsNullOrEmpty(written) || value is not null;
    }
}
