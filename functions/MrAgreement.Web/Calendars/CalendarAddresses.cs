using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MrAgreement.People;
using MrAgreement.Running;

namespace MrAgreement.Web.Calendars;

/// <summary>People's secret calendar addresses among the settings: one each,
/// by the hash of its token, so that stolen settings give none away.</summary>
/// <param name="of">What they are of.</param>
class CalendarAddresses(IKeptRecords settings, SecurityLog security, string of = "calendar")
{
    /// <summary>The person whose address has that token, or null.</summary>
    public async Task<PersonId?> Find(CalendarToken token, CancellationToken cancellation = default) =>
        await settings.Setting(Person(token.Hash), cancellation) is { } person
        && await settings.Setting(Hash(new(person)), cancellation) == token.Hash.ToString() ? new PersonId(person) : null;

    /// <summary>Whether the person has one; which it is, nobody can tell any more.</summary>
    public async Task<bool> Has(PersonId person, CancellationToken cancellation = default) =>
        await settings.Setting(Hash(person), cancellation) is not null;

    /// <summary>Gives the person this address in the place of any earlier one; null takes it away. The log of security events tells of
    /// it.</summary>
    /// <param name="network">The address that the request came from.</param>
    public async Task Set(PersonId person, CalendarToken? token, string? network, CancellationToken cancellation = default)
    {
        if (token is not null || await Has(person, cancellation))
            await security.Write(token is null ? SecurityEvent.AddressRevoked : SecurityEvent.AddressMade, person, $"/me#{of}", network,
                null, cancellation);
        if (await settings.Setting(Hash(person), cancellation) is { } earlier)
            await settings.Set(Person(Sha256.Parse(earlier)), null, cancellation);
        await settings.Set(Hash(person), token?.Hash.ToString(), cancellation);
        if (token is { } given)
            await settings.Set(Person(given.Hash), person.Value, cancellation);
    }

    // From a person to the token's hash, and back.
    string Person(Sha256 hash) => $"{of}-person:{hash}";

    string Hash(PersonId person) => $"{of}-hash:{person}";
}

/// <summary>The secret in a calendar address; calendar programs can't sign in.</summary>
public readonly record struct CalendarToken(string Secret)
{
    public static CalendarToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)));

    /// <summary>What is stored of it.</summary>
    public Sha256 Hash => Sha256.Of(Encoding.UTF8.GetBytes(Secret));
}
