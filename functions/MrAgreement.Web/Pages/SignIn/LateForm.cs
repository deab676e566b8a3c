using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MrAgreement.EventSourcing;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>A form that comes after the sign-in has ended: the page that answers it holds what was typed, to be sent when the person has signed in again.</summary>
sealed class LateForm(Upload upload, DemoPeople people, IDataProtectionProvider protection)
{
    // Within it somebody signs in again and goes on; afterwards files are chosen anew.
    static readonly TimeSpan mayBeLate = TimeSpan.FromDays(1);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("MrAgreement.LateForm").ToTimeLimitedDataProtector();

    /// <summary>What tells in a form with files whom it was shown to: nobody else's files are taken in without a sign-in.</summary>
    public string Mark(PersonId shownTo) => protector.Protect(shownTo.Value, mayBeLate);

    public async Task<IResult> Answer(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !Guid.TryParse(http.Request.RouteValues["id"] as string, out var agreement))
            return Failures.Page(StatusCodes.Status401Unauthorized);
        var filled = new Filled(await http.Request.ReadFormAsync(http.RequestAborted), http.Request.RouteValues);
        if (ShownTo(filled.Form[FormPost.By]) is { } person && people.Find(person) is { } known)
            await upload.Hold(new(agreement), filled, known.Actor, http.RequestAborted);
        return new RazorComponentResult<LateFormPage>(new { Action = http.Request.Path.Value, filled.Form, filled.Files })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
            PreventStreamingRendering = true
        };
    }

    PersonId? ShownTo(string? mark)
    {
        try
        {
            return mark is null ? null : new(protector.Unprotect(mark));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
