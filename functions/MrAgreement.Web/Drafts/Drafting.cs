using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Drafts;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Agreements;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Drafts;

/// <summary>What is done with drafts of terms, by pages and programs alike.</summary>
sealed class Drafting(KeptDrafts kept, Dossiers dossiers, IPeople people, DiaryNumbers numbers)
{
    /// <summary>The refusal of whoever may not know of a draft, or of one that there is none of.</summary>
    public static readonly Refused Unknown = new("no-such-draft", RefusalKind.NotFound);

    public bool Writes(Actor by) => DraftSight.Writes(by, people.MayGrant(by.Party));

    public bool Writes(TermsDraft draft, Actor by) => DraftSight.Writes(draft, by, people.MayGrant(by.Party));

    /// <summary>The drafts that somebody may read, the latest first.</summary>
    public async Task<IReadOnlyList<TermsDraft>> Seen(Actor by, CancellationToken cancellation) =>
        [.. (await kept.All(cancellation)).Where(draft => DraftSight.Sees(draft, by, people.MayGrant(by.Party)))];

    /// <summary>Which of these drafts others have changed, or said something of, since the person read them.</summary>
    public async Task<IReadOnlySet<Guid>> News(IReadOnlyList<TermsDraft> seen, PersonId to, CancellationToken cancellation)
    {
        var read = await kept.LastRead(to, cancellation);
        return seen.Where(draft => draft.MadeAt is null && draft.IsNews(to, read.GetValueOrDefault(draft.Id)))
            .Select(draft => draft.Id).ToHashSet();
    }

    /// <summary>The drafts that wait for somebody to read what others have written or said.</summary>
    public async Task<IReadOnlyList<TermsDraft>> Waiting(Actor to, CancellationToken cancellation) =>
        to.Acts ? [.. (await kept.Glance(cancellation)).WaitingFor(to, people.MayGrant(to.Party))] : [];

    /// <summary>A draft that somebody may read; null when there is none.</summary>
    public async Task<TermsDraft?> Find(Guid id, Actor by, CancellationToken cancellation) =>
        await kept.Find(id, cancellation) is { } draft && DraftSight.Sees(draft, by, people.MayGrant(by.Party)) ? draft : null;

    /// <summary>What stands against writing drafts at all.</summary>
    public Refused? AgainstWriting(Actor by) => !Rights.MaySomewhere(by, Right.CreateAgreement)
        ? new("forbidden", RefusalKind.Forbidden, ("role", by.Role))
        : people.MayGrant(by.Party) ? null : new("may-not-grant", RefusalKind.Forbidden, ("party", by.Party));

    /// <summary>Begins a draft from a template, or from the terms of an agreement that the person may read.</summary>
    public async Task<(TermsDraft? Draft, Refused? Refused)> Begin(Guid id, string? template, Guid? agreement, JsonObject? terms,
        Occasion on, CancellationToken cancellation)
    {
        if (AgainstWriting(on.By) is { } denied)
            return (null, denied);
        if (new object?[] { template, agreement, terms }.Count(given => given is not null) != 1)
            return (null, Refused.Invalid(new Fault("/template", "one-beginning")));
        if (template is not null && !DraftTemplates.All.Contains(template))
            return (null, Refused.Invalid(new Fault("/template", "unknown-template", ("names", string.Join(", ", DraftTemplates.All)))));
        if (terms is not null && DraftCheck.Against(JsonSerializer.SerializeToElement(terms, Json.Options)) is { } strange)
            return (null, strange);
        if (agreement is { } former)
        {
            var dossier = await dossiers.Read(new(former), cancellation);
            if (dossier is null || !Access.Sight.Sees(dossier.Agreement, on.By)
                || !Rights.May(on.By, Right.ReadLog, dossier.Agreement.Terms.Parties))
                return (null, Refused.Invalid(new Fault("/agreement", "no-such-former")));
            terms = JsonSerializer.SerializeToNode(TermsInForce.AsOne(dossier.Agreement), Json.Options)!.AsObject();
            // The new one has a number of its own.
            terms.Remove("diaryNumber");
        }
        var draft = DraftTerms.Begin(id, terms ?? DraftTemplates.Read(template!), on);
        return await kept.Add(draft, cancellation) is { } refused ? (null, refused) : (draft, null);
    }

    /// <summary>What stands against writing a draft; whoever may not know of it hears that there is none.</summary>
    public async Task<(TermsDraft? Draft, Refused? Refused)> ToWrite(Guid id, Actor by, CancellationToken cancellation) =>
        await Find(id, by, cancellation) is not { } seen ? (null, Unknown)
            : (seen, Writes(seen, by) ? null : new("not-your-draft", RefusalKind.Forbidden, ("party", seen.Party)));

    /// <summary>Changes a draft that is the person's to write.</summary>
    public async Task<(TermsDraft? Draft, Refused? Refused)> Change(Guid id, Actor by,
        Func<TermsDraft, (TermsDraft After, Refused? Refused)> change, CancellationToken cancellation)
    {
        if (await ToWrite(id, by, cancellation) is (var seen, { } denied))
            return (seen, denied);
        var (draft, refused) = await kept.Change(id, change, cancellation);
        return (draft, draft is null ? Unknown : refused);
    }

    /// <summary>Saves a section. What others call an obligation by follows when its key changes.</summary>
    public Task<(TermsDraft? Draft, Refused? Refused)> Save(Guid id, string section, int version, JsonObject content, Occasion on,
        CancellationToken cancellation) => Change(id, on.By, draft =>
    {
        var was = DraftTerms.TextOf(draft[section]?.Content["key"]);
        var (after, refused) = draft.With(section, version, content, on);
        return (refused is null && was is not null && after[section]!.IsObligation
            && DraftTerms.TextOf(content["key"]) is { } key && key != was ? after.Renaming(was, key) : after, refused);
    }, cancellation);

    /// <summary>Puts other terms in place of all that it says.</summary>
    /// <param name="version">The version of the whole that they are to stand in place of; null for whatever it is.</param>
    public Task<(TermsDraft? Draft, Refused? Refused)> Replace(Guid id, int? version, JsonObject terms, Occasion on,
        CancellationToken cancellation) => Change(id, on.By, draft => draft.MadeAt is not null ? (draft, new("draft-made"))
        : version is { } known && known != draft.Version ? (draft, new Refused("draft-changed").NotSo())
        : (draft.Replaced(terms, on), null), cancellation);

    /// <summary>Comments on a section; whoever may read the draft may.</summary>
    public async Task<(TermsDraft? Draft, Refused? Refused)> Comment(Guid id, string section, string text, Occasion on,
        CancellationToken cancellation)
    {
        if (await Find(id, on.By, cancellation) is null)
            return (null, Unknown);
        var (draft, refused) = await kept.Change(id, it => it.Commented(section, text, on), cancellation);
        return (draft, draft is null ? Unknown : refused);
    }

    /// <summary>Shows a draft to these parties, and no others.</summary>
    /// <param name="version">The version of the whole that was looked at; null for whatever it is.</param>
    public Task<(TermsDraft? Draft, Refused? Refused)> Show(Guid id, int? version, IReadOnlyList<string> parties, Actor by,
        CancellationToken cancellation) => Change(id, by, draft => version is { } known && known != draft.Version
        ? (draft, new Refused("draft-changed").NotSo())
        : draft.Showing(parties), cancellation);

    /// <summary>Throws a draft away.</summary>
    public async Task<Refused?> Discard(Guid id, Actor by, CancellationToken cancellation)
    {
        var (draft, refused) = await Change(id, by, it => (it, null), cancellation);
        if (refused is null)
            await kept.Delete(draft!.Id, cancellation);
        return refused;
    }

    /// <summary>Holds a draft still so that the agreement is made of just what it says; answers the command that makes it. Stopped
    /// before that is given, it can be made once more.</summary>
    /// <param name="version">The version of the whole that was looked at; null for whatever it is.</param>
    /// <param name="isSure">Whether what may be a slip is meant.</param>
    public async Task<(CreateAgreement? Command, Refused? Refused)> Freeze(Guid id, int? version, bool isSure, Occasion on,
        CancellationToken cancellation)
    {
        CreateAgreement? command = null;
        if (await Find(id, on.By, cancellation) is not { } before)
            return (null, Unknown);
        // A number that another agreement has is asked about with the rest.
        var asked = !isSure && before.MadeAt is null && DraftCheck.Of(before, on.Today).Terms is { } terms
            && await numbers.InUse(terms.DiaryNumber, before.Agreement, on.By, cancellation) is not null
            ? new Fault("/diaryNumber", "number-in-use", ("number", $"{terms.DiaryNumber}")) : null;
        var (_, refused) = await Change(id, on.By, draft =>
        {
            if (version is { } known && known != draft.Version)
                return (draft, new Refused("draft-changed").NotSo());
            var check = DraftCheck.Of(draft, on.Today);
            if (check.Terms is null)
                return (draft, Refused.Invalid(check.Faults));
            if (!isSure && draft.MadeAt is null && check.Doubts.Concat(asked is null ? [] : [asked]).ToList() is { Count: > 0 } doubts)
                return (draft, new Refused("draft-doubtful", RefusalKind.NotSo) { Faults = doubts });
            command = new(check.Terms);
            return draft.MadeAt is not null ? (draft, null)
                : new Dossier(draft.Agreement).Decide(command, on) is Refused against ? (draft, against)
                : (draft with { MadeAt = on.Now }, null);
        }, cancellation);
        return (refused is null ? command : null, refused);
    }

    /// <summary>Whether the agreement that a draft was held still for is there.</summary>
    public async Task<bool> IsMade(TermsDraft draft, CancellationToken cancellation) =>
        draft.MadeAt is not null && await dossiers.Read(draft.Agreement, cancellation) is not null;

    /// <summary>In what the draft differs from what this person has last said to have read; all of it when never.</summary>
    public async Task<(DraftAsRead? Read, IReadOnlyList<DraftDifference> Differences)> SinceRead(TermsDraft draft, JsonObject whole,
        PersonId by, CancellationToken cancellation)
    {
        var read = await kept.LastRead(draft.Id, by, cancellation);
        return (read, DraftDifference.Between(read?.Terms ?? [], whole));
    }

    /// <summary>Keeps what the person has read.</summary>
    public async Task<Refused?> MarkRead(Guid id, int version, Occasion on, CancellationToken cancellation)
    {
        if (await Find(id, on.By, cancellation) is not { } draft)
            return Unknown;
        if (draft.Version != version)
            return new Refused("draft-changed").NotSo();
        await kept.Keep(id, on.By.Id, new(DraftTerms.Whole(draft), on.Now, draft.Version, draft.Comments.Count), cancellation);
        return null;
    }
}
