namespace MrAgreement.Web.Http;

/// <summary>A word in the query that is one of a few.</summary>
static class Choice
{
    /// <summary>Whether it is a name of <typeparamref name="T"/>; numbers and lists of names are not.</summary>
    public static bool Is<T>(string written) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(written, StringComparer.OrdinalIgnoreCase);
}
