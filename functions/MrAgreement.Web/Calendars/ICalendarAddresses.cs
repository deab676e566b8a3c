using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MrAgreement.EventSourcing;

namespace MrAgreement.Web.Calendars;

/// <summary>Where people's secret calendar addresses are kept: one each, by the hash of its token, so that a stolen database gives none away.</summary>
public interface ICalendarAddresses
{
    /// <summary>The person whose address has that token, or null.</summary>
    Task<PersonId?> Find(CalendarToken token, CancellationToken cancellation = default);

    /// <summary>Gives the person this address in the place of any earlier one; null takes it away.</summary>
    Task Set(PersonId person, CalendarToken? token, CancellationToken cancellation = default);
}

/// <summary>The secret in a calendar address; calendar programs can't sign in.</summary>
public readonly record struct CalendarToken(string Secret)
{
    public static CalendarToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)));

    /// <summary>What is stored of it.</summary>
    public Sha256 Hash => Sha256.Of(Encoding.UTF8.GetBytes(Secret));
}
