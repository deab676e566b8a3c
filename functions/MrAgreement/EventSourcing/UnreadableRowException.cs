namespace MrAgreement.EventSourcing;

/// <summary>A row holds what no program has written. Where it can be made anew from what it comes from, it is; else it is named, and
/// stops nothing else.</summary>
public sealed class UnreadableRowException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Whether a read failed on what it read, and not on its store.</summary>
    public static bool Is(Exception e) => e is ArgumentException or InvalidCastException or FormatException or ArithmeticException
        or KeyNotFoundException or System.Text.Json.JsonException or NotSupportedException or NullReferenceException
        || e is InvalidOperationException and not ObjectDisposedException;
}
