using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.Log;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>From a form to a command and back to a page: on to the next
/// page when it was done, back to the form when it was refused.</summary>
sealed class FormPost(Dossiers dossiers, IEventStore store, PageVisitor visitor, StepUp stepUp)
{
    /// <summary>The hidden field with the version that the form was shown at.</summary>
    public const string Version = "version";

    /// <summary>The hidden field with the last event in the log when the form was shown.</summary>
    public const string Seen = "seen";

    /// <summary>The hidden field in a form with files that tells whom it was shown to.</summary>
    public const string By = "by";

    // Of what others did meanwhile, the latest are told.
    const int MostTold = 5;

    /// <summary>In the address of the page that a form leads to when it was
    /// done: with the sequence of the first event that it led to.</summary>
    public const string Saved = "saved";

    /// <summary>In that address: the part of the page that tells it. Nothing for the whole page.</summary>
    public const string At = "at";

    /// <summary>What the page says then can be gone to, which reads it out.</summary>
    public const string Done = "done";

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
        HttpContext http, AgreementId id, Filled filled, Func<Filled, Command> fill, Func<Dossier, long?> touched,
        Func<Dossier, Attempt, IResult> show, string next) =>
        Answer(http, id, filled, fill, touched, show, _ => next);

    /// <param name="next">Where to go when it was done, from the dossier after it.</param>
    public async Task<IResult> Answer(
        HttpContext http, AgreementId id, Filled filled, Func<Filled, Command> fill, Func<Dossier, long?> touched,
        Func<Dossier, Attempt, IResult> show, Func<Dossier, string> next)
    {
        if (filled.Language is { } language)
            return await dossiers.Read(id, http.RequestAborted) is { } seen && Sees(seen)
                ? Spoken(http, language, Attempt.Again(http.Request.Path, filled), seen, show)
                : Failures.Page(StatusCodes.Status404NotFound);
        if (filled.IsSearch)
            return await dossiers.Read(id, http.RequestAborted) is { } sought && Sees(sought)
                ? new ShownAgain(Attempt.Again(http.Request.Path, filled),
                    it => show(Sight.Seen(sought, visitor.Actor).NamedOn(visitor.Today), it))
                : Failures.Page(StatusCodes.Status404NotFound);
        await Upload.Number(dossiers, id, filled, visitor.Actor, http.RequestAborted);
        var command = fill(filled);
        if (filled.Faults.Count > 0)
            return await Back(http, id, filled, show, await Judged(id, command, filled, http.RequestAborted));
        if (await stepUp.Before(command.Act.Right()) is { } demand)
            return LateForm.Again(http, filled, demand);
        // The same form sent twice, as by a double click, is done once and leads to the same page.
        var sent = filled.Sent(http.Request.Path);
        var request = new Request(filled.Version is null ? null : $"form {sent}", sent, Overtaken,
            after => new(visitor.Actor.Id, "", sent, StatusCodes.Status303SeeOther, next(after), null, []));
        var execution = await dossiers.Execute(id, command, visitor.Occasion, request, http.RequestAborted);
        if (execution.Repeated is { Location: { } done })
            return Go(http, Place(done, null));
        if (execution.Refused is not { } refused)
            return Go(http, Place(next(execution.Dossier), execution.First));
        var rows = refused.Kind is RefusalKind.NotNow or RefusalKind.NotSo && Sees(execution.Dossier)
            ? await Meanwhile(execution.Dossier, filled, http.RequestAborted)
            : [];
        return Shown(http, execution.Dossier, filled, refused, show, rows);

        // Whoever may not see the agreement, or not do this at all, is left to the rules, which say so.
        Refused? Overtaken(Dossier now) =>
            Sees(now) && Rights.May(visitor.Actor, command.Act.Right(), now.Agreement.Terms.Parties) && touched(now) is { } version
                && version != filled.Version ? Attempt.ChangedMeanwhile : null;
    }

    // The page once more, in another language.
    ShownAgain Spoken(HttpContext http, string language, Attempt typed, Dossier dossier, Func<Dossier, Attempt, IResult> show)
    {
        LanguageChoice.Keep(http, Language.For(language));
        visitor.Speak(Language.For(language));
        return new(typed, it => show(Sight.Seen(dossier, visitor.Actor).NamedOn(visitor.Today), it));
    }

    /// <summary>Whether the sender may do something of the kind in the agreement at all.</summary>
    public async Task<bool> May(AgreementId id, Right right, CancellationToken cancellation) =>
        await dossiers.Read(id, cancellation) is { } dossier && Sees(dossier)
            && Rights.May(visitor.Actor, right, dossier.Agreement.Terms.Parties);

    /// <summary>Back to the form, with what stands against it; its own faults when nothing else does.</summary>
    public async Task<IResult> Back(HttpContext http, AgreementId id, Filled filled, Func<Dossier, Attempt, IResult> show,
        Refused? refused = null) =>
        await dossiers.Read(id, http.RequestAborted) is { } dossier
            ? Shown(http, dossier, filled, refused ?? Refused.Invalid(filled.Faults), show)
            : Failures.Page(StatusCodes.Status404NotFound);

    IResult Shown(HttpContext http, Dossier dossier, Filled filled, Refused refused, Func<Dossier, Attempt, IResult> show,
        IReadOnlyList<StoredEvent>? meanwhile = null)
    {
        if (!Sees(dossier))
            return Failures.Page(StatusCodes.Status404NotFound);
        var rows = meanwhile ?? [];
        var attempt = Attempt.Of(http.Request.Path, filled, InWords(refused, dossier.Agreement), visitor.Language,
            fault => Places.Of(dossier, visitor.Actor, fault) is { } place ? $"/agreements/{dossier.Id}{place}" : null) with
        {
            ChangedBy = rows.Count == 0 ? null
                : rows.All(row => row.Actor == visitor.Actor.Id) ? ChangedBy.Self
                : rows.All(row => row.Actor != visitor.Actor.Id) ? ChangedBy.Others
                : null,
            Meanwhile = Rights.May(visitor.Actor, Right.ReadLog, dossier.Agreement.Terms.Parties)
                ? [.. rows.TakeLast(MostTold).Reverse().Select(row => LogEntry.Sentence(row, dossier, visitor))]
                : []
        };
        return new ShownAgain(attempt, it => show(Sight.Seen(dossier, visitor.Actor).NamedOn(visitor.Today), it));
    }

    // What can be read is judged too, so that all there is to mend is told at once; whoever may not do it at all hears that.
    async Task<Refused?> Judged(AgreementId id, Command command, Filled filled, CancellationToken cancellation)
    {
        if (await dossiers.Read(id, cancellation) is not { } dossier || dossier.Decide(command, visitor.Occasion) is not Refused refused)
            return null;
        if (refused.Kind == RefusalKind.Forbidden)
            return refused;
        if (refused.Kind == RefusalKind.Invalid)
            foreach (var fault in refused.Faults.Where(fault =>
                filled.Faults.All(noted => !$"{noted.Pointer}/".StartsWith($"{fault.Pointer}/", StringComparison.Ordinal))).ToList())
                filled.Note(fault);
        return null;
    }

    // Known by its first event, a page tells what was done, where it was done.
    static string Place(string address, long? first) => (address.Split('#'), first) switch
    {
        (var parts, _) when !address.Contains($"?{Saved}", StringComparison.Ordinal) => address,
        ([var page, var section], { } sequence) => $"{page}={sequence}&{At}={section}#{Done}",
        ([var page, var section], null) => $"{page}&{At}={section}#{Done}",
        ([var page, ..], { } sequence) => $"{page}={sequence}#{Done}",
        ([var page, ..], null) => $"{page}#{Done}",
        _ => address
    };

    // One without faults stays the same one: who changed something meanwhile is told by it.
    static Refused InWords(Refused refused, Agreement it) => refused.Faults.Count == 0 ? refused : refused with
    {
        Faults = [.. refused.Faults.Select(fault => Attempt.InWords(fault, key => it.Obligations.GetValueOrDefault(key)?.Title
            ?? it.Terms.Obligations.FirstOrDefault(stated => stated.Key == key)?.Title))]
    };

    // What people have done since the form was shown, as far as this person may know of it.
    async Task<IReadOnlyList<StoredEvent>> Meanwhile(Dossier dossier, Filled filled, CancellationToken cancellation) =>
        filled.Seen is { } seen && seen < dossier.Sequence
            ? [.. (await store.ReadSince(dossier.Id, seen, cancellation))
            .Where(row => row.Actor != PersonId.System && !Sight.Hides(dossier, visitor.Actor, row))]
            : [];

    /// <summary>What a form that led to this page has done, as the log tells it: the rows of one append, by this person.</summary>
    public static async Task<IReadOnlyList<Sentence>> Told(IEventStore store, Dossier dossier, PageVisitor visitor, long first,
        CancellationToken cancellation)
    {
        if (first < 1 || first > dossier.Sequence)
            return [];
        var rows = await store.ReadSince(dossier.Id, first - 1, cancellation);
        return [.. rows.TakeWhile(row => row.At == rows[0].At && row.Actor == visitor.Actor.Id
            && !Sight.Hides(dossier, visitor.Actor, row)).Take(MostTold)
            .Select(row => ToSelf(LogEntry.Sentence(row, dossier, visitor))), .. Turn(dossier, visitor, rows)];

        Sentence ToSelf(Sentence told) =>
            told with { Values = [.. told.Values.Select(value => value.Place == "actor"
            ? ("actor", visitor.Language.Say("form.you"))
            : value)] };
    }

    // Whose turn it is with an obligation after this.
    static IEnumerable<Sentence> Turn(Dossier dossier, PageVisitor visitor, IReadOnlyList<StoredEvent> rows)
    {
        var touched = rows.Where(row => row.At == rows[0].At && row.Data is not null)
            .Select(row => (EventJson.Read(row.Type, row.Data!) as ObligationEvent)?.Obligation).OfType<string>().ToHashSet();
        var whose = WorkList.Of(dossier)
            .Where(turn => touched.Contains(turn.Subject) && turn.From <= visitor.Present
            && turn.Work is WorkKind.Review or WorkKind.NoteSubmission or WorkKind.Confirm or WorkKind.Complete or WorkKind.SignOff
                or WorkKind.RedoDraft or WorkKind.AnswerTime)
            .Where(turn => turn.NotBy != visitor.Actor.Id)
            .Select(turn => (turn.Party, turn.Role) == (visitor.Actor.Party, visitor.Actor.Role)
                ? visitor.Language.Say("form.turn-you")
                : visitor.NameOf(turn.Party, turn.Role)).Distinct().ToList();
        return whose.Count == 0 ? [] : [new("form.turn", [("names", string.Join(", ", whose))])];
    }

    bool Sees(Dossier dossier) => dossier.Exists && Sight.Sees(dossier.Agreement, visitor.Actor);
}
