using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Formats.Letters;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reports;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>What somebody begins a report as.</summary>
/// <param name="Obligation">Key of what it is to be delivered for; null for none.</param>
/// <param name="Kind">Null for what the obligation asks for.</param>
/// <param name="From">Number of a frozen report whose texts it begins with; null for none.</param>
sealed record BegunReport(Guid Id, string? Obligation, ReportKind? Kind, string? Title, DateSpan? Period, int? From);

/// <summary>Who writes the drafts of reports, and who reads them: the people of the party whose they are.</summary>
sealed class ReportDrafting(KeptReportDrafts kept, IDocumentStore store, Dossiers dossiers)
{
    const int LongestTitle = 300;
    const long MostBytes = 32 * 1024 * 1024;

    /// <summary>Whether the person may read their party's drafts: only a party that writes reports has any.</summary>
    public static bool Reads(Dossier it, Actor by) => Sight.SeesWork(it, by) && it.Agreement.Party(by.Party) is not null
        && new[] { Role.ProjectLead, Role.Officer }.Any(role =>
            Rights.May(new(PersonId.System, by.Party, role), Right.WriteReports, it.Agreement.Terms.Parties));

    /// <summary>What stands against the person writing any; null for nothing.</summary>
    public static Refused? Against(Dossier it, Occasion on) => Acts.Against(it, Act.FreezeReport, default, on);

    public async Task<IReadOnlyList<ReportDraft>> All(Dossier it, Actor by, CancellationToken cancellation) =>
        Reads(it, by)
            ? [.. (await kept.All(it.Id, by.Party, cancellation)).Where(draft => !it.Grounds.Reports.Exists(frozen =>
                frozen.Report == draft.Id))]
            : [];

    public async Task<ReportDraft?> Find(Dossier it, Actor by, Guid report, CancellationToken cancellation) =>
        Reads(it, by) ? await kept.Find(it.Id, by.Party, report, cancellation) : null;

    public async Task<(ReportDraft? Draft, Refused? Refused)> Begin(Dossier it, BegunReport begun, Language language, Occasion on,
        CancellationToken cancellation)
    {
        if ((Against(it, on) ?? ReportDecisions.AgainstWriting(it, begun.Obligation, on)) is { } refused)
            return (null, refused);
        var of = begun.Obligation is { } key ? it.Agreement.Obligations[key] : null;
        var kind = begun.Kind ?? ReportTemplate.KindOf(it, of, on.By.Party);
        var title = begun.Title?.Trim() is { Length: > 0 } said ? said : of?.Title ?? language.Word(kind);
        var faults = new List<Fault>();
        faults.AddText("/title", title, LongestTitle);
        if (begun.Period is { } period && period.From > period.To)
            faults.Add(new("/period/to", "period-reversed", ("earliest", period.From)));
        var former = begun.From is { } number ? Sight.Seen(it, on.By).Grounds.Reports
            .FirstOrDefault(report => report.Number == number && report.Party == on.By.Party) : null;
        if (begun.From is { } missing && former is null)
            faults.Add(new("/from", "unknown-report", ("number", missing)));
        if (faults.Count > 0)
            return (null, Refused.Invalid(faults));
        var draft = new ReportDraft(begun.Id, on.By.Party, kind, title, of?.Key, begun.Period ?? ReportTemplate.PeriodOf(it, kind,
            on.Today),
            [.. Sections(it, kind, of, former, language)], on.By.Id, on.Now);
        var writing = new ReportWriting(it, draft, on.By, on.Today);
        return await kept.Begin(it.Id, draft with { Sections = [.. draft.Sections.Select(writing.Looked)] }, cancellation);
    }

    static IEnumerable<ReportSection> Sections(Dossier it, ReportKind kind, Obligation? of, FrozenReport? former, Language language)
    {
        var begun = ReportTemplate.Sections(it, kind, of).Select(section => new ReportSection(section.Key,
            section.Title ?? Titled(section.Name), section.Must, section.Contents, section.Blocks)).ToList();
        if (former is null)
            return begun;
        // What people wrote stands again; what is made is made anew.
        return
        [
            .. begun.Select(section => former.Content.Section(section.Key) is { } then ? section with
            {
                Title = then.Title, Contents = then.Contents, Blocks = Again(then)
            } : section),
            .. former.Content.Sections.Where(then => begun.All(section => section.Key != then.Key)).Select(then =>
                new ReportSection(then.Key, then.Title, then.Must, then.Contents, Again(then), IsOwn: true))
        ];

        string Titled(string name) => language.Say($"work-report.section.{name}");
    }

    static IReadOnlyList<ReportBlock> Again(MadeSection then) => [.. then.Blocks.Select(block => new ReportBlock(block.Kind, block.Of,
        block.Text))];

    /// <summary>Saves a section, or adds one.</summary>
    /// <param name="tag">That of the section as it was when somebody began to change it; null of one that is new.</param>
    /// <returns>The draft as it is then, and what stood against it.</returns>
    public Task<(ReportDraft? Draft, Refused? Refused)> Save(Dossier it, Guid report, string? tag, ReportSection section, Occasion on,
        CancellationToken cancellation) => Change(it, report, on, draft =>
        {
            var writing = new ReportWriting(it, draft, on.By, on.Today);
            var trimmed = section.Trimmed();
            return writing.Unkeepable(trimmed) is { Count: > 0 } faults ? (draft, Refused.Invalid(faults))
                : draft.With(tag, writing.Looked(trimmed), on.By.Id, on.Now);
        }, cancellation);

    public Task<(ReportDraft? Draft, Refused? Refused)> Remove(Dossier it, Guid report, string key, string tag, Occasion on,
        CancellationToken cancellation) => Change(it, report, on, draft => draft.Without(key, tag, on.By.Id, on.Now), cancellation);

    /// <summary>Says anew what it is called and of which period it is.</summary>
    public Task<(ReportDraft? Draft, Refused? Refused)> Retitle(Dossier it, Guid report, string title, DateSpan period, Occasion on,
        CancellationToken cancellation) => Change(it, report, on, draft =>
        {
            var faults = new List<Fault>();
            faults.AddText("/title", title, LongestTitle);
            if (period.From > period.To)
                faults.Add(new("/period/to", "period-reversed", ("earliest", period.From)));
            return faults.Count > 0 ? (draft, Refused.Invalid(faults))
                : (draft with { Title = title.Trim(), Period = period, By = on.By.Id, At = on.Now }, null);
        }, cancellation);

    async Task<(ReportDraft? Draft, Refused? Refused)> Change(Dossier it, Guid report, Occasion on,
        Func<ReportDraft, (ReportDraft After, Refused? Refused)> change, CancellationToken cancellation) => Against(it, on) is { } refused
        ? (null, refused) : await kept.Change(it.Id, on.By.Party, report, change, cancellation);

    /// <summary>Throws a draft away, if it still says what the tag is of.</summary>
    public Task<bool> Discard(AgreementId agreement, string party, Guid report, string tag, CancellationToken cancellation) =>
        kept.Delete(agreement, party, report, tag, cancellation);

    /// <summary>Freezes a draft as it reads now: its documents are stored first, and taken back when it is refused.</summary>
    /// <param name="draft">Null of one that is frozen already.</param>
    public async Task<IResult> Freezing(Viewpoint at, Dossier whole, ReportDraft? draft, Guid report, Occasion on,
        Func<FreezeReport, Task<IResult>> act, CancellationToken cancellation)
    {
        if (draft is null)
            return await act(Nothing(whole, report, on));
        var writing = new ReportWriting(whole, draft, on.By, on.Today);
        var command = new FreezeReport(draft, writing.Content());
        // What can't be frozen leaves no documents.
        if (writing.Faults().Any() || Against(whole, on) is not null)
            return await act(command);
        var kind = draft.Obligation is { } key && whole.Agreement.Obligations.GetValueOrDefault(key)?.Documents is [var first, ..]
            ? first : "report";
        var print = new ReportPrint(command.Content, at, draft.Party, on.Now, whole.Grounds.Reports.Count + 1);
        var puts = new List<StoredDocument>();
        RegisterDocument[] documents =
        [
            await Stored(print.Pdf(), LetterPdf.MediaType, $"{print.FileName}.pdf"),
            await Stored(print.Docx(), LetterDocx.MediaType, $"{print.FileName}.docx")
        ];
        var answer = await act(command with { Enclosed = documents });
        // Whatever was answered, the log says whether it is frozen.
        if ((await dossiers.Read(whole.Id, cancellation))?.Grounds.Reports.Exists(it => it.Report == report) == true)
            await kept.Delete(whole.Id, draft.Party, draft.Id, draft.Tag, cancellation);
        else if (answer is IRefusal)
            foreach (var put in puts.Where(put => !whole.Bytes.ContainsKey(put.Address)))
                await store.Withdraw(put, CancellationToken.None);
        return answer;

        async Task<RegisterDocument> Stored(byte[] bytes, string mediaType, string name)
        {
            using var stream = new MemoryStream(bytes);
            var stored = await store.Put(stream, MostBytes, cancellation);
            puts.Add(stored);
            return new(Guid.CreateVersion7(), draft.Title, kind, new(name, mediaType, stored.Address, stored.Size), null, false, null);
        }
    }

    // What is frozen already is answered by its id alone.
    static FreezeReport Nothing(Dossier it, Guid report, Occasion on) => new(
        new(report, on.By.Party, ReportKind.Other, "", null, it.Agreement.Terms.Period, [], on.By.Id, on.Now),
        new(ReportKind.Other, "", null, it.Agreement.Terms.Period, on.Today, [], [], []));
}
