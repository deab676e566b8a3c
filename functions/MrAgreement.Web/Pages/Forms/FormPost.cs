using Microsoft.AspNetCore.Http;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.Log;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>From a form to a command and back to a page: on to the next page when it was done, back to the form when it was refused.</summary>
sealed class FormPost(Dossiers dossiers, IEventStore store, PageVisitor visitor)
{
    /// <summary>The hidden field with the version that the form was shown at.</summary>
    public const string Version = "version";

    /// <summary>The hidden field with the last event in the log when the form was shown.</summary>
    public const string Seen = "seen";

    // Of what others did meanwhile, the latest are told.
    const int MostTold = 5;

    /// <summary>In the address of the page that a form leads to when it was done.</summary>
    public const string Saved = "saved";

    /// <summary>Key of the sender's party.</summary>
    public string Party => visitor.Actor.Party;

    /// <summary>To a page, after a form: the browser asks for it anew.</summary>
    public static IResult Go(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <param name="touched">The version of what the form is about as it stands; null when there is none to compare with.</param>
    /// <param name="show">The page with the form.</param>
    /// <param name="next">Where to go when it was done.</param>
    public Task<IResult> Answer(
        HttpContext http, AgreementId id, Filled filled, Func<Filled, Command> fill, Func<Dossier, long?> touched, Func<Dossier, Attempt, IResult> show, string next) =>
        Answer(http, id, filled, fill, touched, show, _ => next);

    /// <param name="next">Where to go when it was done, from the dossier after it.</param>
    public async Task<IResult> Answer(
        HttpContext http, AgreementId id, Filled filled, Func<Filled, Command> fill, Func<Dossier, long?> touched, Func<Dossier, Attempt, IResult> show, Func<Dossier, string> next)
    {
        var command = fill(filled);
        if (filled.Faults.Count > 0)
            return await Back(http, id, filled, show);
        var request = new Request(null, default, Overtaken, _ => throw new InvalidOperationException("A form has no idempotency key."));
        var execution = await dossiers.Execute(id, command, visitor.Occasion, request, http.RequestAborted);
        if (execution.Refused is not { } refused)
            return Go(http, next(execution.Dossier));
        var meanwhile = refused.Kind == RefusalKind.Rule && Sees(execution.Dossier) ? await Meanwhile(execution.Dossier, filled, http.RequestAborted) : [];
        return Shown(http, execution.Dossier, filled, refused, show, meanwhile);

        // Whoever may not see the agreement, or not do this at all, is left to the rules, which say so.
        Refused? Overtaken(Dossier now) =>
            Sees(now) && Rights.May(visitor.Actor, Rights.For(command), now.Agreement.Terms.Parties) && touched(now) is { } version && version != filled.Version ? Attempt.ChangedMeanwhile : null;
    }

    /// <summary>Back to the form, with what stands against it; its own faults when nothing else does.</summary>
    public async Task<IResult> Back(HttpContext http, AgreementId id, Filled filled, Func<Dossier, Attempt, IResult> show, Refused? refused = null) =>
        await dossiers.Read(id, http.RequestAborted) is { } dossier
            ? Shown(http, dossier, filled, refused ?? Refused.Invalid(filled.Faults), show)
            : Failures.Page(StatusCodes.Status404NotFound);

    IResult Shown(HttpContext http, Dossier dossier, Filled filled, Refused refused, Func<Dossier, Attempt, IResult> show, IReadOnlyList<Sentence>? meanwhile = null) =>
        Sees(dossier)
            ? show(dossier, Attempt.Of(http.Request.Path, filled, refused, visitor.Language) with { Meanwhile = meanwhile ?? [] })
            : Failures.Page(StatusCodes.Status404NotFound);

    // What people have done since the form was shown, for those who may read it in the log.
    async Task<IReadOnlyList<Sentence>> Meanwhile(Dossier dossier, Filled filled, CancellationToken cancellation)
    {
        if (filled.Seen is not { } seen || seen >= dossier.Sequence || !Rights.May(visitor.Actor, Right.ReadLog, dossier.Agreement.Terms.Parties))
            return [];
        var rows = await store.ReadSince(dossier.Id, seen, cancellation);
        return [.. rows.Where(row => row.Actor != PersonId.System && !Drafts.Hides(dossier, visitor.Actor, row)).TakeLast(MostTold).Reverse().Select(row => LogEntry.Sentence(row, dossier, visitor))];
    }

    bool Sees(Dossier dossier) => dossier.Exists && Rights.Sees(visitor.Actor, dossier.Agreement);
}
