using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Reports;

/// <summary>A report as it reads to whoever writes it, on a day: its blocks made, its figures looked up, and what it lacks.</summary>
public sealed class ReportWriting
{
    readonly ReportDraft draft;
    readonly ReportTables tables;

    /// <param name="it">Whole; it is seen through the eyes of the person.</param>
    public ReportWriting(Dossier it, ReportDraft draft, Actor by, LocalDate today)
    {
        this.draft = draft;
        Figures = new(Sight.Seen(it, by).NamedOn(today), by, today);
        tables = new(Figures, draft.Kind, draft.Period);
    }

    public ReportFigures Figures { get; }

    /// <summary>What a block tells now; null of a text, and where there is nothing to tell.</summary>
    public ReportTable? Of(ReportBlock block) => tables.Of(block);

    /// <summary>Measures of a block that wait for a reason.</summary>
    public IEnumerable<Measure> Unassessed(ReportBlock block) => tables.Unassessed(block);

    /// <summary>The section as it is kept: each block with what it tells now.</summary>
    public ReportSection Looked(ReportSection section) => section with
    {
        Blocks = [.. section.Blocks.Select(block => block with { Seen = tables.Of(block) })]
    };

    /// <summary>What stands against keeping a section: what is no block at all.</summary>
    public IReadOnlyList<Fault> Unkeepable(ReportSection section)
    {
        var faults = section.Faults().ToList();
        if (!PlanContent.IsKey(section.Key))
            faults.Add(new("/key", "plan-key", ("key", section.Key)));
        faults.AddRange(section.Blocks.Take(ReportSection.MostBlocks).Index().Where(it => !tables.Knows(it.Item))
            .Select(it => new Fault($"/blocks/{it.Index}", "unknown-block", ("kind", Json.NameOf(it.Item.Kind)), ("of", it.Item.Of ?? ""))));
        var contents = Obligation?.Contents ?? [];
        faults.AddRange(section.Contents.Index().Where(it => contents.All(item => item.Key != it.Item))
            .Select(it => new Fault($"/contents/{it.Index}", "unknown-content", ("key", it.Item))));
        return faults;
    }

    Obligations.Obligation? Obligation => draft.Obligation is { } key ? Figures.Dossier.Agreement.Obligations.GetValueOrDefault(key) : null;

    /// <summary>What stands against freezing a section as things are.</summary>
    public IEnumerable<Fault> Faults(ReportSection section)
    {
        foreach (var fault in Unkeepable(section))
            yield return fault;
        foreach (var (i, block) in section.Blocks.Index())
        {
            foreach (var reference in FigureReference.In(block.Text ?? "").Distinct())
                if (Figures.Find(reference) is null)
                    yield return new($"/blocks/{i}/text", "figure-unknown", ("figure", reference));
            if (block is { Kind: ReportBlockKind.Figure, Of: { } figure } && Figures.Find(figure) is null)
                yield return new($"/blocks/{i}/of", "figure-unknown", ("figure", figure));
            if (block is { Kind: ReportBlockKind.Statement, Of: not (null or "final") }
                && tables.StatementOf(block.Of) is not { AttestedBy: not null })
                yield return new($"/blocks/{i}/of", "statement-not-attested", ("number", block.Of));
        }
    }

    /// <summary>What stands against freezing it as things are, each at its place.</summary>
    public IEnumerable<Fault> Faults() => draft.Sections.SelectMany((section, i) =>
        Faults(section).Select(fault => fault with { Pointer = $"/sections/{i}{fault.Pointer}" }));

    /// <summary>What it lacks: told, and in nobody's way.</summary>
    public IEnumerable<ReportLack> Missing()
    {
        foreach (var item in (Obligation?.Contents ?? []).Where(item => item.Must == true
            && !draft.Sections.Any(section => section.Contents.Contains(item.Key) && Says(section))))
            yield return new(ReportLackKind.Content, item.Key, item.Title);
        foreach (var section in draft.Sections.Where(section => section.Must && section.Contents.Count == 0 && !Says(section)))
            yield return new(ReportLackKind.Section, section.Key, section.Title);
        foreach (var block in draft.Sections.SelectMany(section => section.Blocks))
        {
            if (block.Kind == ReportBlockKind.Measures)
                foreach (var measure in Unassessed(block))
                    yield return new(ReportLackKind.Assessment, measure.Key, measure.Title);
            if (block is { Kind: ReportBlockKind.Statement, Of: null or "final" } && tables.Of(block) is null)
                yield return new(ReportLackKind.Statement, block.Of ?? "", "");
        }
        if (draft.Kind != ReportKind.Final)
            yield break;
        var told = draft.Sections.SelectMany(section => section.Blocks).Where(block => block.Kind == ReportBlockKind.Measures)
            .SelectMany(block => tables.MeasuresOf(block.Of)).Select(measure => measure.Key).ToHashSet();
        foreach (var measure in tables.MeasuresOf(null).Where(measure => !told.Contains(measure.Key)))
            yield return new(ReportLackKind.Measure, measure.Key, measure.Title);
    }

    bool Says(ReportSection section) =>
        section.Blocks.Any(block => block.Kind == ReportBlockKind.Text ? !string.IsNullOrWhiteSpace(block.Text)
            : tables.Of(block) is not null);

    /// <summary>All that it says, with every figure in it.</summary>
    public ReportContent Content() => new(draft.Kind, draft.Title, draft.Obligation, draft.Period, Figures.Today,
        [.. draft.Sections.Select(section => new MadeSection(section.Key, section.Title, section.Must, section.Contents,
            [.. section.Blocks.Select(block => new MadeBlock(block.Kind, block.Of, block.Text, tables.Of(block)))]))],
        [.. draft.Sections.SelectMany(section => section.Blocks).SelectMany(block => FigureReference.In(block.Text ?? "")).Distinct()
            .Order(StringComparer.Ordinal).Select(Figures.Find).OfType<PinnedFigure>()],
        [.. Missing()]);
}
