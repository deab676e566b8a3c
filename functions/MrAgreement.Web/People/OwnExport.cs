using Microsoft.AspNetCore.Http;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Feeds;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Portfolio;
using MrAgreement.Web.Service;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Web.People;

/// <summary>All that is held of one person: the register, sessions, the log of security events, and what they did in agreements.</summary>
public sealed class OwnExport(KeptRegister register, Sessions sessions, SecurityLog security, IEventStore logs, IKeptRecords kept,
    IClock clock, Visits visits, Openings openings, SavedViews views, Postman? postman = null, Bounces? bounces = null)
{
    public async Task<OwnExportView> Of(PersonId person, CancellationToken cancellation)
    {
        var all = await register.ReadAfresh(cancellation);
        // What can be read is told, and of which agreement something can't.
        var (acts, told, unread) = (new List<OwnActView>(), new List<OwnMailView>(), new HashSet<AgreementId>());
        await foreach (var agreement in logs.ListAgreements(cancellation))
            foreach (var (_, row) in (await logs.Examine(agreement, 0, cancellation)).Rows)
                if (row is null)
                    unread.Add(agreement);
                else if (row.Actor == person)
                    acts.Add(new(agreement, row.Sequence, row.At, row.Type, $"/agreements/{agreement}/log#e{row.Sequence}"));
                else if (Mail(row, agreement) is { } mail)
                    told.Add(mail);
        return new(person, clock.GetCurrentInstant(), all[person] is { } it ? RegisteredPersonView.Of(it) : null,
            all[person]?.Identities ?? [],
            [.. all.People.SelectMany(other => other.Deputies.Where(deputy => deputy.For == person)
                .Select(deputy => new OwnDeputyView(other.Id, deputy.From, deputy.To, deputy.Party)))],
            [.. (await sessions.List(person, cancellation)).Select(SessionView.Of)], await security.Of(person, cancellation), acts,
            await new CalendarAddresses(kept, security).Has(person, cancellation),
            await new FeedAddresses(kept, security).Has(person, cancellation),
            await Webhooks(person, cancellation), await Runs(person, cancellation),
            MailChoiceView.Of(await MailChoiceApi.ChoiceOf(person, postman, cancellation), postman),
            [.. (await visits.Of(person, cancellation))
                .Select(it => new OwnVisitView(it.Agreement, it.Latest.At, it.Latest.Sequence))],
            [.. (await openings.By(person, cancellation)).Select(it => new OwnOpeningView(it.Agreement, it.It.Message.Of, it.It.At))],
            await Drafts(person, cancellation), [.. told, .. await new OwnMail(postman, bounces).Of(person, cancellation)],
            [.. (await views.Of(person, cancellation)).Select(SavedViewView.Of)],
            [.. unread]);

        OwnMailView? Mail(StoredEvent row, AgreementId agreement)
        {
            try
            {
                return OwnMail.In(row, agreement, person);
            }
            catch (Exception e) when (e is UnknownEventException || UnreadableRowException.Is(e))
            {
                unread.Add(agreement);
                return null;
            }
        }
    }

    // What they began, wrote last, said, or have read, of drafts that are still kept.
    async Task<IReadOnlyList<OwnDraftView>> Drafts(PersonId person, CancellationToken cancellation)
    {
        var drafts = new KeptDrafts(kept, clock);
        var read = await drafts.LastRead(person, cancellation);
        return
        [
            .. (await drafts.All(cancellation)).Select(it => new OwnDraftView(it.Id, it.By == person,
                    [.. it.Sections.Where(section => section.By == person).Select(section => section.Key)],
                    [.. it.Comments.Where(comment => comment.By == person).Select(comment => comment.Text)], read.ContainsKey(it.Id)))
                .Where(it => it.Began || it.Read || it.Wrote.Count > 0 || it.Said.Count > 0),
            .. (await new KeptPlanDrafts(kept, clock).LastWrittenBy(person, cancellation))
                .Select(id => new OwnDraftView(id, false, ["plan"], [], false)),
            .. (await new KeptReportDrafts(kept, clock).LastWrittenBy(person, cancellation))
                .Select(id => new OwnDraftView(id, false, ["report"], [], false))
        ];
    }

    async Task<IReadOnlyList<WebhookView>> Webhooks(PersonId person, CancellationToken cancellation)
    {
        var (all, found) = (new KeptWebhooks(kept), new List<WebhookView>());
        foreach (var it in await all.All(person, cancellation))
            if (await all.ProgressOf(it.Id, cancellation) is var (progress, _))
                found.Add(WebhookView.Of(it, progress));
        return found;
    }

    async Task<IReadOnlyList<OwnRunView>> Runs(PersonId person, CancellationToken cancellation)
    {
        var archives = await new KeptRunRecords<KeptArchive>(kept, ArchiveRuns.Family).Range("", cancellation);
        var imports = await new KeptRunRecords<KeptImport>(kept, LedgerRuns.Family).Range("", cancellation);
        return
        [
            .. archives.Select(run => run.It.Run.Ordered).Where(it => it.Person == person.Value)
                .Select(it => it.AsOrder()).Select(it => new OwnRunView("archive", it.Id, it.On.Now,
                    [.. it.Packages.Select(package => package.Agreement).Distinct()])),
            .. imports.Select(run => run.It.Run.Ordered).Where(it => it.Person == person.Value)
                .Select(it => new OwnRunView("ledger-import", it.Import, it.On().Now, [new(it.Agreement)]))
        ];
    }

    /// <summary>As a file.</summary>
    public async Task<IResult> Answer(PersonId person, HttpContext http)
    {
        http.Response.Headers.ContentDisposition = "attachment; filename=\"mragreement-export.json\"";
        return Results.Json(await Of(person, http.RequestAborted), ViewJson.Options);
    }
}

/// <summary>All that is held of the person who asks.</summary>
/// <param name="Person">The id that stands for them.</param>
/// <param name="At">When this was put together.</param>
/// <param name="Profile">What the register of people has; null for the made-up people of the demo.</param>
/// <param name="Identities">As which they sign in, at which provider.</param>
/// <param name="Deputies">Who stands in for them, and when.</param>
/// <param name="Sessions">Where they are signed in.</param>
/// <param name="Security">What the log of security events tells of them, oldest first.</param>
/// <param name="Acts">What they did, by its place in the logs. What they wrote stands there.</param>
/// <param name="CalendarAddress">Whether they have a secret calendar address; of the secret only a hash is kept.</param>
/// <param name="FeedAddress">Whether they have a secret address of a feed, likewise.</param>
/// <param name="Webhooks">Other systems that they have told of changes; their secrets stay sealed.</param>
/// <param name="Runs">Archive packages and imports that they ordered, as long as it is kept how those went.</param>
/// <param name="Messages">When they want mail.</param>
/// <param name="Visits">Which agreements they looked at last when, as long as that is kept to tell them what has changed since.</param>
/// <param name="Opened">Of which messages they have opened the page since, and when.</param>
/// <param name="Drafts">Drafts of agreements that they have had a hand in, with their comments.</param>
/// <param name="Mail">What they were written, as the logs tell it, and then what is remembered of the sending.</param>
/// <param name="Views">What they have saved of the lists across agreements.</param>
/// <param name="Unread">UUIDs of the agreements whose logs can't be read whole: what stands there of the person may be lacking here.</param>
public sealed record OwnExportView(PersonId Person, Instant At, RegisteredPersonView? Profile, IReadOnlyList<Identity> Identities,
    IReadOnlyList<OwnDeputyView> Deputies, IReadOnlyList<SessionView> Sessions, IReadOnlyList<SecurityEntry> Security,
    IReadOnlyList<OwnActView> Acts, bool CalendarAddress, bool FeedAddress, IReadOnlyList<WebhookView> Webhooks,
    IReadOnlyList<OwnRunView> Runs, MailChoiceView Messages, IReadOnlyList<OwnVisitView> Visits, IReadOnlyList<OwnOpeningView> Opened,
    IReadOnlyList<OwnDraftView> Drafts, IReadOnlyList<OwnMailView> Mail, IReadOnlyList<SavedViewView> Views,
    IReadOnlyList<AgreementId> Unread);

/// <param name="Id">UUID of the draft; of a plan's that of its agreement.</param>
/// <param name="Began">Whether the person began it.</param>
/// <param name="Wrote">Sections that the person saved last.</param>
/// <param name="Said">The person's comments.</param>
/// <param name="Read">Whether it is kept how far the person has read it.</param>
public sealed record OwnDraftView(Guid Id, bool Began, IReadOnlyList<string> Wrote, IReadOnlyList<string> Said, bool Read);

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Of">Sequence of the event that the message was about.</param>
/// <param name="At">When the page was opened first after it.</param>
public sealed record OwnOpeningView(AgreementId Agreement, long Of, Instant At);

/// <param name="Person">Who stands in.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Party">Key of the party in whose roles only; null for all.</param>
public sealed record OwnDeputyView(PersonId Person, LocalDate From, LocalDate To, string? Party);

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Sequence">Place in its log.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Type">Stored name of the event.</param>
/// <param name="Href">Where it stands on the pages.</param>
public sealed record OwnActView(AgreementId Agreement, long Sequence, Instant At, string Type, string Href);

/// <param name="Kind">archive or ledger-import.</param>
/// <param name="Id">Of the order, or the import.</param>
/// <param name="At">When it was ordered.</param>
/// <param name="Agreements">UUIDs of the agreements that it is of.</param>
public sealed record OwnRunView(string Kind, Guid Id, Instant At, IReadOnlyList<AgreementId> Agreements);

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="At">When they last came to it.</param>
/// <param name="Sequence">The last event that there was when they looked.</param>
public sealed record OwnVisitView(AgreementId Agreement, Instant At, long Sequence);
