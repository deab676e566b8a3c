using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Obligations;

/// <summary>A consultation: its agenda, the parties' views, and what came of it.</summary>
static class ConsultationApi
{
    public static void MapConsultations(this RouteGroupBuilder api)
    {
        var one = api.MapGroup("/agreements/{agreementId:guid}/obligations/{key}").WithTags("Obligations");
        one.MapGet("/consultation", Show).Answers<ConsultationView>()
            .Describe("Show a consultation",
            "What it must treat, what is delivered before it, each party's views and how they were considered, who took part and what was decided.");
        one.MapPost("/agenda/{item}/views", Give).Answers<ConsultationView>()
            .Describe("Give a view", "One's own party's view on an item of the agenda; a newer one takes its place.");
    }

    static Task<IResult> Show(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at =>
        !at.Agreement.Obligations.TryGetValue(key, out var it)
            ? Problem.Result(new Refused("no-such-obligation", RefusalKind.NotFound, ("key", key)))
        : it.Agenda.Count == 0 ? Problem.Result(new Refused("no-agenda", RefusalKind.NotFound, ("obligation", it.Title)))
        : desk.Found(ConsultationView.Of(it, at), it.Touched));

    static Task<IResult> Give(AgreementId agreementId, string key, string item, Body<ViewRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new GiveView(key, item, body.Value.Text),
            it => it.Agreement.Obligations.GetValueOrDefault(key)?.Touched,
            at => Reply.Ok(ConsultationView.Of(at.Agreement.Obligations[key], at)));
}

/// <param name="Text">The view, in the party's own words.</param>
public sealed record ViewRequest(string Text);

/// <param name="Items">Each item of the agenda that was treated: all but those that are treated when needed.</param>
/// <param name="Participants">Who took part: bodies and functions, no names of people.</param>
/// <param name="Decisions">What was decided. A new date is set at once where the parties may schedule it, and is an amendment
/// otherwise; so is a plan that is revised, which brings a duty of its own, due on the day given or on none.</param>
public sealed record ConsultationRequest(IReadOnlyList<TreatedItem> Items, IReadOnlyList<Participant>? Participants = null,
    IReadOnlyList<ConsultationDecision>? Decisions = null)
{
    internal ConsultationRecord Record => new(Items, Participants ?? [], Decisions ?? []);
}

/// <summary>A consultation as it stands, or stood at the end of a day.</summary>
/// <param name="DueOn">The last day for it.</param>
/// <param name="ScheduledOn">When it is to take place.</param>
/// <param name="Time">When and where, as it was last agreed, or else proposed; null when nobody has proposed
/// one or it was called off.</param>
/// <param name="HeldOn">When it took place; null until it is recorded.</param>
/// <param name="Confirmed">Whether the other party has confirmed the record.</param>
/// <param name="Agenda">What it must treat, by the agreement.</param>
/// <param name="Before">What is to be delivered before it.</param>
/// <param name="Papers">What else there is to read before it, beside what each item of the agenda has.</param>
/// <param name="Participants">Who took part.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="Amendment">Number of the amendment that its decisions came to.</param>
/// <param name="Revision">Key of the duty to revise the plan that it brought; null for none, and while that waits.</param>
/// <param name="Minutes">Documents recorded with it.</param>
public sealed record ConsultationView(
    LocalDate? DueOn, LocalDate? ScheduledOn, ProposedTimeView? Time, LocalDate? HeldOn, bool Confirmed,
    IReadOnlyList<AgendaItemView> Agenda,
    IReadOnlyList<BeforeView> Before, IReadOnlyList<PaperView> Papers,
    IReadOnlyList<Participant> Participants, IReadOnlyList<ConsultationDecision> Decisions, int? Amendment, string? Revision,
    IReadOnlyList<SubmittedDocumentView> Minutes)
{
    internal static ConsultationView Of(Obligation it, Viewpoint at)
    {
        var held = it.Completions is [.., var last] ? last : null;
        var record = at.SeesSubmissions ? held?.Consultation : null;
        var time = at.SeesSubmissions ? it.AgreedTime ?? it.OpenTime : null;
        return new(it.DueOn, it.ScheduledOn, time is null ? null : ProposedTimeView.Of(time, at), held?.DoneOn,
    held?.ConfirmedBy is not null,
            [.. it.Agenda.Select(item => AgendaItemView.Of(item, it, record, at))],
            [.. at.Agreement.Before(it).Select(o => new BeforeView(o.Key, o.Title, at.Agreement.StatusOf(o), o.DueOn, o.DeliveredOn))],
            PaperView.Of(AgendaPapers.Others(at.Agreement, it), at),
            record?.Participants ?? [], record?.Decisions ?? [], record?.Amendment,
            record is null ? null : ConsultationConsequences.RevisionOf(at.Agreement, it)?.Key,
            at.SeesSubmissions && held is not null ? SubmittedDocumentView.Of(held.Documents, at) : []);
    }
}

/// <param name="Key">Key of the item.</param>
/// <param name="Title">What is treated.</param>
/// <param name="WhenNeeded">Whether it is treated only when there is a need.</param>
/// <param name="Views">Each party's latest view.</param>
/// <param name="Considered">How they were taken into account; null until recorded, or when it was not treated.</param>
/// <param name="Papers">What is to be read for it, as far as the caller may see it.</param>
public sealed record AgendaItemView(string Key, string Title, bool WhenNeeded, IReadOnlyList<GivenViewView> Views, string? Considered,
    IReadOnlyList<PaperView> Papers)
{
    internal static AgendaItemView Of(AgendaItem item, Obligation it, ConsultationRecord? record, Viewpoint at) => new(
        item.Key, item.Title, item.WhenNeeded is true,
        at.SeesSubmissions ? [.. it.Views.Where(v => v.Item == item.Key)
            .Select(v => new GivenViewView(v.Party, v.Text, at.Name(v.By), v.At))] : [],
        record?.Items.FirstOrDefault(treated => treated.Item == item.Key)?.Considered,
        PaperView.Of(AgendaPapers.On(at.Agreement, it, item), at));
}

/// <summary>Something to be read before a consultation: what stands of what was delivered.</summary>
/// <param name="Obligation">Key of what was delivered.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Submission">Number of the submission; null while nothing has come in.</param>
/// <param name="Documents">Its documents.</param>
public sealed record PaperView(string Obligation, string Title, ObligationStatus Status, int? Submission,
    IReadOnlyList<SubmittedDocumentView> Documents)
{
    internal static IReadOnlyList<PaperView> Of(IEnumerable<Obligation> papers, Viewpoint at) => at.SeesSubmissions
        ? [.. papers.Select(o => new PaperView(o.Key, o.Title, at.Agreement.StatusOf(o), o.Standing?.Number,
            SubmittedDocumentView.Of(o.Standing?.Documents ?? [], at)))]
        : [];
}

/// <param name="Party">Key of the party.</param>
/// <param name="Text">Its view.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When.</param>
public sealed record GivenViewView(string Party, string Text, PersonView By, Instant At);

/// <param name="Key">Key of the obligation.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DueOn">Its nominal date.</param>
/// <param name="DeliveredOn">The day on which it came in.</param>
public sealed record BeforeView(string Key, string Title, ObligationStatus Status, LocalDate? DueOn, LocalDate? DeliveredOn);
