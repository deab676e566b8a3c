using System.Globalization;
using System.Text.Json;
using MrAgreement.Erasures;

namespace MrAgreement.Storage;

/// <summary>How the list of erasures is written: a file for each row, by a name that is always the same.</summary>
static class ErasureFile
{
    public const string Folder = "erasures";
    public const string Ending = ".json";

    public static string NameOf(ListedErasure it) =>
        string.Create(CultureInfo.InvariantCulture, $"{it.Agreement.Value:N}-{it.Row:D10}-{$"{it.Hash}"[..16]}")
            + (it.Document is null ? "" : "-document")
            // What somebody else put there first must not keep out what is listed.
            + (it.Seal is null ? Ending : $".{it.Seal[..Math.Min(it.Seal.Length, 16)]}{Ending}");

    public static byte[] Write(ListedErasure it) => JsonSerializer.SerializeToUtf8Bytes(it, Json.Options);

    /// <exception cref="StoreUnavailableException">It is not what was written.</exception>
    public static ListedErasure Read(ReadOnlySpan<byte> file, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<ListedErasure>(file, Json.Stored) is { } it && NameOf(it) == Path.GetFileName(name)
                ? it
                : throw new JsonException("It is another's.");
        }
        catch (JsonException e)
        {
            throw new StoreUnavailableException($"The list of erasures can't be read at {name}; put it back from a copy.", e);
        }
    }
}
