using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Indicators, their readings, and how the plan is followed by them.</summary>
static class IndicatorApi
{
    public static void MapIndicators(this RouteGroupBuilder api)
    {
        var indicators = api.MapGroup("/agreements/{agreementId:guid}/indicators").WithTags("Indicators");
        indicators.MapGet("", List).Answers<Listing<IndicatorView>>()
            .Describe("List indicators", "By key, those that have ended too; dimension and principle as they are told.");
        indicators.MapPost("", Define).Answers<IndicatorView>(StatusCodes.Status201Created).Describe("Define an indicator",
            "Of a measure, a focus area or a goal of the plan. Its kind, its unit and whether it is cumulative stay once it is read.");
        indicators.MapGet("/heat-map", ShowHeatMap).Answers<HeatMapView>().Describe("Show the heat map",
            "Measures or focus areas by principles or dimensions: which indicators follow each, and how they stand. "
            + "Empty cells are not followed.");
        var one = indicators.MapGroup("/{key}");
        one.MapGet("", Show).Answers<IndicatorView>().Describe("Show an indicator", "With its latest reading.");
        one.MapPut("", Revise).Answers<IndicatorView>().Describe("Revise an indicator", "The whole of it anew; its targets stay as they are where none are told.");
        one.MapPost("/targets", Aim).Answers<IndicatorView>()
            .Describe("Set a target", "What is to be reached by a day; set anew, it is that.");
        one.MapPost("/ending", End).Answers<IndicatorView>().Describe("End an indicator", "What was read stays, and can be corrected.");
        one.MapGet("/readings", Readings).Answers<Listing<ReadingView>>()
            .Describe("List readings of an indicator", "In the order in which they were recorded, those that were corrected too.");
        one.MapPost("/readings", Read).Answers<ReadingView>(StatusCodes.Status201Created).Describe("Record a reading",
            "Readings are never changed: a correction names the one that it stands in place of. Of results it tells who is left out. "
            + "What may be a slip is asked about unless sure.");
        one.MapGet("/trend", ShowTrend).Answers<TrendView>()
            .Describe("Show the trend of an indicator", "Readings that stand, by their days, with the change since the one before.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, string? dimension = null,
        string? principle = null, DateParameter? asOf = null) =>
        !Choice.Read<WorkDimension>(dimension, out var wanted) ? Task.FromResult(Problem.Malformed("dimension"))
        : !Choice.Read<Principle>(principle, out var tagged) ? Task.FromResult(Problem.Malformed("principle"))
        : desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, [.. at.Dossier.Grounds.Indicators.Values
            .Where(it => at.SeesWork && (wanted is null || it.Content.Dimension == wanted)
                && (tagged is not { } tag || it.Content.Principles.Contains(tag)))
            .Select(it => IndicatorView.Shown(it, at))]), ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        Seen(agreementId, key, desk, asOf, (it, at) => desk.Found(IndicatorView.Shown(it, at), it.Touched));

    static Task<IResult> Seen(AgreementId agreementId, string key, Desk desk, DateParameter? asOf,
        Func<Indicator, Viewpoint, IResult> show) =>
        desk.Show(agreementId, asOf, at => at.SeesWork && at.Dossier.Grounds.Indicators.GetValueOrDefault(key) is { } it ? show(it, at)
            : Problem.Result(new Refused("no-such-indicator", RefusalKind.NotFound, ("key", key))));

    static Task<IResult> Define(AgreementId agreementId, Body<IndicatorRequest> body, Desk desk)
    {
        var key = body.Value.Key?.Trim() ?? "";
        return desk.Do(agreementId, body.Bytes, new DefineIndicator(key, body.Value.Content), it => Touched(it, key),
            at => Reply.Created(IndicatorView.Shown(at.Dossier.Grounds.Indicators[key], at),
                $"/agreements/{agreementId}/indicators/{key}"));
    }

    // Whoever may not do it hears that first.
    static async Task<IResult> Revise(AgreementId agreementId, string key, Body<IndicatorRequest> body, Desk desk) =>
        body.Value.Key is { } named && named.Trim() != key
            ? (await desk.Allowed(agreementId, Right.FollowWork)).Denied
                ?? Problem.Result(Refused.Invalid(new Fault("/key", "key-stays", ("key", key))))
            : await Change(agreementId, key, body.Bytes,
                new ReviseIndicator(key, body.Value.Content, KeepsTargets: body.Value.Targets is null), desk);

    static Task<IResult> Aim(AgreementId agreementId, string key, Body<TargetRequest> body, Desk desk) =>
        Change(agreementId, key, body.Bytes, new SetTarget(key, new(body.Value.By, body.Value.Value)), desk);

    static Task<IResult> End(AgreementId agreementId, string key, Body<IndicatorEndingRequest> body, Desk desk) =>
        Change(agreementId, key, body.Bytes, new EndIndicator(key, body.Value.Reason), desk);

    static Task<IResult> Change(AgreementId agreementId, string key, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => Touched(it, key),
            at => Reply.Ok(IndicatorView.Shown(at.Dossier.Grounds.Indicators[key], at)));

    static Task<IResult> Readings(AgreementId agreementId, string key, Paging paging, Desk desk, HttpRequest request,
        DateParameter? asOf = null) => Seen(agreementId, key, desk, asOf, (it, at) => Results.Json(
            paging.Of(request, [.. it.Readings.Select(reading => ReadingView.Of(it, reading, at))]), ViewJson.Options));

    static Task<IResult> Read(AgreementId agreementId, string key, Body<ReadingRequest> body, Desk desk, bool sure = false)
    {
        var told = body.Value.Told;
        return desk.Do(agreementId, body.Bytes, new RecordReading(key, told, body.Value.Corrects, sure), it => Touched(it, key), at =>
        {
            var it = at.Dossier.Grounds.Indicators[key];
            // What was there already is answered with, wherever it stands among them.
            var reading = it.Readings.FindLast(one => one.By == desk.Person.Id && one.Corrects == body.Value.Corrects
                && one.Content.On == told.On && one.Content.Figure == told.Figure.Plain()) ?? it.Readings[^1];
            return Reply.Created(ReadingView.Of(it, reading, at), $"/agreements/{agreementId}/indicators/{key}/readings");
        });
    }

    static Task<IResult> ShowTrend(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        Seen(agreementId, key, desk, asOf, (it, at) => Results.Json(TrendView.Of(it, at), ViewJson.Options));

    static Task<IResult> ShowHeatMap(AgreementId agreementId, Desk desk, string? rows = null, string? columns = null,
        DateParameter? asOf = null) =>
        !Choice.Read<HeatRows>(rows, out var down) ? Task.FromResult(Problem.Malformed("rows"))
        : !Choice.Read<HeatColumns>(columns, out var across) ? Task.FromResult(Problem.Malformed("columns"))
        : desk.Show(agreementId, asOf, at => Results.Json(HeatMapView.Of(at.SeesWork
            ? HeatMap.Of(at.Dossier, down ?? HeatRows.Measures, across ?? HeatColumns.Principles) : new([], []),
            down ?? HeatRows.Measures, across ?? HeatColumns.Principles), ViewJson.Options));


    static long? Touched(Dossier it, string key) => it.Grounds.Indicators.GetValueOrDefault(key)?.Touched;
}
