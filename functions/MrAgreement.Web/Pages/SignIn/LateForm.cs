using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>
/// A form that comes after the sign-in has ended: the page that answers it holds what was typed, to be sent when the person has signed in
/// again. Anybody may send one, so a stranger's is short, and only so many are held at once.
/// </summary>
sealed class LateForm(Upload upload, IPeople people, Sessions sessions, IDataProtectionProvider protection, FilesOfLimited limited)
{
    // Within it somebody signs in again and goes on; afterwards files are chosen anew.
    static readonly TimeSpan mayBeLate = TimeSpan.FromDays(1);

    // All that is typed stands in the page twice.
    const int MostText = 1024 * 1024;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    static readonly SemaphoreSlim late = new(2);
    static readonly SemaphoreSlim strangers = new(16);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("MrAgreement.LateForm").ToTimeLimitedDataProtector();

    /// <summary>What tells in a form with files whom it was shown to: nobody else's files are taken in without a sign-in.</summary>
    public string Mark(PersonId shownTo) => protector.Protect(shownTo.Value, mayBeLate);

    /// <summary>Answers with that page. A form of which nothing can be kept is answered with the way to sign in.</summary>
    public async Task Answer(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !Guid.TryParse(http.Request.RouteValues["id"] as string, out var agreement))
        {
            await Failures.Page(StatusCodes.Status401Unauthorized).ExecuteAsync(http);
            return;
        }
        var isLate = SessionCookie.KeyOf(http) is { } key && await sessions.HasJustRunOut(key, http.RequestAborted);
        // A stranger who sends slowly keeps nobody's turn.
        if (!isLate)
            await LargestUpload.ReadStrangers(http);
        var turns = isLate ? late : strangers;
        if (!await turns.WaitAsync(patience, http.RequestAborted))
        {
            http.Response.Headers.RetryAfter = "30";
            await Failures.Page(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
            return;
        }
        try
        {
            await Shown(http, new(await http.Request.ReadFormAsync(http.RequestAborted), http.Request.RouteValues), agreement);
        }
        finally
        {
            turns.Release();
        }
    }

    async Task Shown(HttpContext http, Filled filled, Guid agreement)
    {
        if (filled.Form.Sum(field => field.Key.Length + field.Value.Sum(text => (long)(text?.Length ?? 0))) > MostText)
            throw new BadHttpRequestException("More text than a page holds.", StatusCodes.Status413PayloadTooLarge);
        if (ShownTo(filled.Form[FormPost.By]) is { } person && people.Find(person) is [var known, ..])
            await upload.Hold(new(agreement), filled, known.Actor, http.RequestAborted);
        await Page(http, filled, null).ExecuteAsync(http);
    }

    /// <summary>The same page for whoever is signed in, and must show again who they are before this is done.</summary>
    public static IResult Again(HttpContext http, Filled filled, StepUp.Demand demand) =>
        new Waiting(Page(http, filled, demand.Provider?.Key));

    /// <summary>A page for whoever has asked for too much at once; a form that a person has sent waits in it, to be sent again.</summary>
    public async Task Wait(HttpContext http, PersonId? asker, int seconds)
    {
        Filled? filled = null;
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType)
        {
            await (asker is null ? LargestUpload.ReadStrangers(http) : LargestUpload.Read(http));
            filled = new(await http.Request.ReadFormAsync(http.RequestAborted), http.Request.RouteValues);
            if (asker is { } person && people.Find(person) is [var known, ..]
                && Guid.TryParse(http.Request.RouteValues["id"] as string, out var agreement) && limited.MayWait(person))
                await upload.Hold(new(agreement), filled, known.Actor, http.RequestAborted);
        }
        http.User = (await http.AuthenticateAsync(SessionCookie.Scheme)).Principal ?? http.User;
        await new RazorComponentResult<TooManyPage>(new { Seconds = seconds, Action = http.Request.Path.Value, filled?.Form,
            Files = (IReadOnlyList<SentFile>)(filled?.Files ?? []) })
        {
            StatusCode = StatusCodes.Status429TooManyRequests,
            PreventStreamingRendering = true
        }.ExecuteAsync(http);
    }

    static RazorComponentResult<LateFormPage> Page(HttpContext http, Filled filled, string? again) =>
        new(new { Action = http.Request.Path.Value, filled.Form, filled.Files, Again = again })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
            PreventStreamingRendering = true
        };

    // Its files wait too, apart from the documents.
    sealed class Waiting(IResult page) : IResult, Http.IRefusal
    {
        public Task ExecuteAsync(HttpContext httpContext) => page.ExecuteAsync(httpContext);
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
