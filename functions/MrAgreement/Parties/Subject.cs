namespace MrAgreement.Parties;

/// <summary>What an act is done to, by how it is named; nothing of it for the agreement as a whole.</summary>
/// <param name="Key">Of an obligation, an instalment, a party or a check.</param>
/// <param name="Number">Within the agreement, or within what <paramref name="Key"/> or <paramref name="Id"/> name; or a year.</param>
/// <param name="Id">Of a document, or of an import.</param>
public readonly record struct Subject(string? Key = null, int Number = 0, Guid Id = default)
{
    public static implicit operator Subject(string key) => new(key);

    public static implicit operator Subject(int number) => new(Number: number);

    public static implicit operator Subject(Guid id) => new(Id: id);
}
