using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Formats.Tables;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.People;
using MrAgreement.Web.People;
using MrAgreement.Web.Registry;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Registry;

/// <summary>What the visitor's party may dispose of, as a page and as CSV, and its periods by kind of document.</summary>
static class RetentionPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/retention", (HttpContext http, KeptRetention retention, DailyRegistry registry, PageVisitor visitor) =>
            Show(http, retention, registry, visitor, null));
        pages.MapPost("/retention", Set);
        pages.MapGet("/retention.csv", async (HttpContext http, KeptRetention retention, DailyRegistry registry, PageVisitor visitor) =>
        {
            if (!RetentionApi.MayList(visitor.Actor))
                return Failures.Page(StatusCodes.Status403Forbidden);
            var (plan, _) = await retention.Read(visitor.Actor.Party, http.RequestAborted);
            return Attachment.Of(Csv.Write(Sheet(await registry.Due(plan, visitor.Present, visitor.Actor, http.RequestAborted),
                visitor.Language)), Csv.MediaType,
                $"{Attachment.Name("gallring", visitor.Actor.Party, LocalDatePattern.Iso.Format(visitor.Present))}.csv");
        });
    }

    static async Task<IResult> Show(HttpContext http, KeptRetention retention, DailyRegistry registry, PageVisitor visitor,
        Attempt? attempt)
    {
        if (!RetentionApi.MaySee(visitor.Actor))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var (plan, tag) = await retention.Read(visitor.Actor.Party, http.RequestAborted);
        var due = RetentionApi.MayList(visitor.Actor)
            ? await registry.Due(plan, visitor.Present, visitor.Actor, http.RequestAborted)
            : null;
        return Rendered.Page<RetentionPage>(new { Plan = plan, Tag = RegisterTags.Of(tag), Due = due, Attempt = attempt }, attempt);
    }

    static async Task<IResult> Set(HttpContext http, KeptRetention retention, DailyRegistry registry, PageVisitor visitor)
    {
        if (!KeptRetention.MaySet(visitor.Actor))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var filled = new Filled(FormRows.Compacted(http.Request.Form, "periods", field => field("kind").Length > 0),
            http.Request.RouteValues);
        var (_, tag) = await retention.Read(visitor.Actor.Party, http.RequestAborted);
        RetentionPeriod[] periods = [.. Enumerable.Range(0, FormRows.Count(filled.Form, "periods")).Select(i => new RetentionPeriod(
            filled.Text($"periods/{i}/kind"), filled.OptionalValue<int>($"periods/{i}/years"), filled.Text($"periods/{i}/reference")))];
        var refused = RegisterTags.Of(tag) != filled.Text(PeoplePages.Tag)
            ? Attempt.Of(http.Request.Path, filled, Attempt.ChangedMeanwhile, visitor.Language)
            : (filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
                : await retention.Set(visitor.Actor, periods, tag, PeoplePages.Address(http), http.RequestAborted)) is { } why
                ? Attempt.Of(http.Request.Path, filled, why, visitor.Language)
                : null;
        return refused is null ? FormPost.Go(http, $"/retention?{FormPost.Saved}")
            : await Show(http, retention, registry, visitor, refused);
    }

    static Sheet Sheet(OutOfMany<Disposable> all, Language language) => new(language.Say("retention.due"),
        [
            new(language.Say("registry.diary"), ColumnKind.Text, 24), new(language.Say("registry.matter"), ColumnKind.Text, 60),
            new(language.Say("documents.number"), ColumnKind.Number), new(language.Say("documents.kind"), ColumnKind.Text, 30),
            new(language.Say("documents.title"), ColumnKind.Text, 60), new(language.Say("documents.registered"), ColumnKind.Date),
            new(language.Say("retention.years"), ColumnKind.Number), new(language.Say("retention.reference"), ColumnKind.Text, 24),
            new(language.Say("retention.since"), ColumnKind.Date),
            new(language.Say("documents.party"), ColumnKind.Text)
        ],
        [
            .. all.Rows.Select(it => (IReadOnlyList<Cell>)[$"{it.Diary}", it.Matter, it.Document.Number,
                DocumentKinds.Word(it.Document.Kind, language), it.Document.Title, it.On, it.Period.Years!.Value, it.Period.Reference,
                it.Since, it.Document.Party]),
            .. all.Unread.Select(number => (IReadOnlyList<Cell>)[number, language.Say("registry.unread"), "", "", "", "", "", "", "", ""])
        ]);
}
