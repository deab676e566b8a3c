using MrAgreement.Formats.Tables;
using MrAgreement.Overviews;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Whom efforts have reached, as a table to download.</summary>
static class EffortSheet
{
    public static Sheet Of(EffortCoverage it, Language language)
    {
        var kinds = Enum.GetValues<EffectKind>();
        var name = language.Say("efforts.coverage-file");
        return new(name,
        [
            Text("key"), Text("title"), Number("efforts"), Number("municipalities"), Number("municipalities-of"), Number("regions"),
            Number("regions-of"), Number("county-boards"), Number("county-boards-of"), Number("all"), Number("all-of"), Number("left"),
            Text("highest"), .. kinds.Select(kind => new Column(language.Word(kind), ColumnKind.Number))
        ],
        [
            .. it.Rows.Append(it.InAll).Select(row => (IReadOnlyList<Cell>)
            [
                row.Key ?? "", row == it.InAll ? language.Say("efforts.in-all") : row.Title ?? "", row.Efforts,
                row.Reached.Municipalities.In,
                row.Reached.Municipalities.Of, row.Reached.Regions.In, row.Reached.Regions.Of, row.Reached.CountyBoards.In,
                row.Reached.CountyBoards.Of, row.Reached.All.In, row.Reached.All.Of, row.Reached.All.Of - row.Reached.All.In,
                row.Highest ?? "", .. kinds.Select(kind => (Cell)(long)row.Effects.GetValueOrDefault(kind))
            ])
        ]);

        Column Text(string heading) => new(language.Say($"efforts.column-{heading}"), ColumnKind.Text, 28);
        Column Number(string heading) => new(language.Say($"efforts.column-{heading}"), ColumnKind.Number);
    }
}
