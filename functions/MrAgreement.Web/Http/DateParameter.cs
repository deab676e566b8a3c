using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using MrAgreement.Calendars;
using NodaTime.Text;

namespace MrAgreement.Web.Http;

/// <summary>A date in the query, as in <c>asOf=2016-05-20</c>.</summary>
public sealed record DateParameter(string Written, LocalDate? Date) : IParsable<DateParameter>, IReadFromRequest
{
    (int Status, Refused Refused)? IReadFromRequest.Failure =>
        Date is null ? (StatusCodes.Status400BadRequest, new("malformed-parameter", ("name", Written))) : null;

    public static DateParameter Parse(string s, IFormatProvider? provider) =>
        new(s, LocalDatePattern.Iso.Parse(s) is { Success: true, Value: var date } && DateRange.Holds(date.Year) ? date : null);

    // What is no date is read too, to be refused with its own problem, not with the framework's; only what is not there is not read.
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DateParameter result)
    {
        result = s is null ? null : Parse(s, provider);
        return result is not null;
    }
}
