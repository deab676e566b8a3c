using MrAgreement.EventSourcing;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Calendars;

namespace MrAgreement.Local;

/// <summary>Calendar addresses among the settings in the database: from a person to the token's hash, and back.</summary>
sealed class CalendarAddresses(SqliteSettings settings) : ICalendarAddresses
{
    public async Task<PersonId?> Find(CalendarToken token, CancellationToken cancellation = default) =>
        await settings.Find(Person(token.Hash), cancellation) is { } person
        && await settings.Find(Hash(new(person)), cancellation) == token.Hash.ToString() ? new PersonId(person) : null;

    public async Task Set(PersonId person, CalendarToken? token, CancellationToken cancellation = default)
    {
        if (await settings.Find(Hash(person), cancellation) is { } earlier)
            await settings.Set(Person(Sha256.Parse(earlier)), null, cancellation);
        await settings.Set(Hash(person), token?.Hash.ToString(), cancellation);
        if (token is { } given)
            await settings.Set(Person(given.Hash), person.Value, cancellation);
    }

    static string Person(Sha256 hash) => $"calendar-person:{hash}";

    static string Hash(PersonId person) => $"calendar-hash:{person}";
}
