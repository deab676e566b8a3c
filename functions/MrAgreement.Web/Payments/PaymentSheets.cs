using MrAgreement.Formats.Tables;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Payments;

/// <summary>The payer's desk as tables, to calculate on or to take into another system.</summary>
sealed class PaymentSheets(Language language)
{
    public Sheet ToPay(IReadOnlyList<MoneyRow> rows) => new(language.Say("desk.to-pay"),
        [
            Text("desk.diary", 20), Text("desk.matter", 50), Text("desk.party", 34), Column("desk.requisition", ColumnKind.Number),
            Text("desk.instalment-key"), Column("instalments.amount", ColumnKind.Amount), Column("desk.left", ColumnKind.Amount),
            Text("account.bankgiro"), Text("account.plusgiro"), Text("payments.reference", 30), Text("instalments.status"),
            Column("desk.since", ColumnKind.Date), Column("desk.due-on", ColumnKind.Date), Column("desk.area", ColumnKind.Number),
            Text("desk.item"), Column("desk.post", ColumnKind.Number), Text("desk.account-before", 20)
        ],
        [
            .. rows.Select(it => (IReadOnlyList<Cell>)[it.DiaryNumber, it.Title, it.Party, it.Number, it.Instalment, it.Amount, it.Left,
                it.Bankgiro?.ToString(), it.Plusgiro?.ToString(), it.Reference, it.Status is { } status ? language.Word(status) : null,
                Day(it.Waiting), Day(it.DueOn), Whole(it.Appropriation?.Area), it.Appropriation?.Item, Whole(it.Appropriation?.Post),
                it.AccountBefore])
        ]);

    public Sheet Demands(IReadOnlyList<(MoneyRow Row, Kronor? Interest)> rows, LocalDate today) => new(language.Say("desk.demands"),
        [
            Text("desk.diary", 20), Text("desk.matter", 50), Text("desk.party", 34), Text("desk.claim", 30),
            Column("instalments.amount", ColumnKind.Amount), Column("desk.come", ColumnKind.Amount),
            Column("desk.left-to-come", ColumnKind.Amount), Column("desk.due-on", ColumnKind.Date), Text("desk.late"),
            Column("desk.on-its-way", ColumnKind.Amount), Column("desk.interest", ColumnKind.Amount)
        ],
        [
            .. rows.Select(of => (IReadOnlyList<Cell>)[of.Row.DiaryNumber, of.Row.Title, of.Row.Party, Claim(of.Row, language),
                of.Row.Amount, of.Row.Come, of.Row.Left, Day(of.Row.DueOn), of.Row.IsLate(today) ? language.Say("desk.late") : null,
                of.Row.OnItsWay, of.Interest])
        ]);

    /// <summary>What a demand rests on.</summary>
    public static string Claim(MoneyRow it, Language language) => it.Reference is { } reference
        ? language.Say("desk.claimed-by", ("reference", reference))
        : language.Say("desk.unspent");

    Column Text(string heading, int width = 16) => new(language.Say(heading), ColumnKind.Text, width);

    Column Column(string heading, ColumnKind kind) => new(language.Say(heading), kind);

    static Cell Day(LocalDate? day) => day is { } on ? on : default(Cell);

    static Cell Whole(int? number) => number is { } known ? known : default(Cell);
}
