namespace MrAgreement.EventSourcing;

/// <summary>What is numbered from 1 in the order in which it came.</summary>
public static class Numbering
{
    /// <summary>The one of that number; null when there is none.</summary>
    public static T? Find<T>(this IReadOnlyList<T> all, int number) where T : class => all.ElementAtOrDefault(number - 1);
}
