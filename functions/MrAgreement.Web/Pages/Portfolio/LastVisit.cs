using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>The day of the person's last visit before today's, from a cookie; or a day that they choose in the address.</summary>
static class LastVisit
{
    const string Cookie = "visits";
    const int FirstTime = 30;

    /// <summary>At the first visit, the day a month ago.</summary>
    public static LocalDate Of(HttpContext http, PageVisitor visitor)
    {
        var today = visitor.Today;
        var (latest, before) = Read(http.Request.Cookies[Cookie], visitor.Person.Id.Value) ?? (today, today.PlusDays(-FirstTime));
        if (latest < today)
            before = latest;
        http.Response.Cookies.Append(Cookie, string.Join('/', visitor.Person.Id, Written(today), Written(before)), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps
        });
        return Day(http.Request.Query["since"]) is { } chosen && chosen <= today ? chosen : before;
    }

    // Of somebody else on the same computer it tells nothing.
    static (LocalDate Latest, LocalDate Before)? Read(string? cookie, string person) =>
        cookie?.Split('/') is [var whose, var latest, var before] && whose == person && Day(latest) is { } last
            && Day(before) is { } earlier ? (last, earlier) : null;

    static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: var day } ? day : null;

    static string Written(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
