using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>From what waits for the payer to a payment that both sides know of.</summary>
public partial class PaymentPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task What_waits_for_the_payer_leads_to_the_requisition_with_its_payment_filled_in()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.Contains($"<a href=\"/{agreement}/grant/requisitions#requisition-1\">Betala rekvisition 1", (await payer.Get($"/{agreement}")).Text, StringComparison.Ordinal);
        var row = Row((await payer.Get($"/{agreement}/grant/requisitions")).Text, "requisition-1");
        var form = row[row.IndexOf($"action=\"/{agreement}/grant/requisitions/1/payment\"", StringComparison.Ordinal)..];
        foreach (var typed in (string[])["name=\"amount\" type=\"text\" value=\"4\u00A0000\u00A0000\"", "name=\"reference\" type=\"text\" value=\"A2014/2289/DISK\"", "name=\"paidOn\" type=\"date\" value=\"2014-06-13\""])
            Assert.Contains(typed, form, StringComparison.Ordinal);
        // It is the payer's turn: the form stands open, above the refusal that is folded away.
        Assert.True(row.IndexOf("/payment\"", StringComparison.Ordinal) < row.IndexOf("<details", StringComparison.Ordinal));

        Assert.Equal(200, (await Pay(payer, agreement, "4 000 000")).Status);
        Assert.Equal("paid", (await host.Finance.Get($"{agreement}/grant/requisitions/1")).Is(200).Text("status"));
    }

    [Fact]
    public async Task Another_amount_and_no_requisition_are_asked_about_before_they_count()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var payer = await PageCaller.SignIn(host, "petra.palm");

        var other = await Pay(payer, agreement, "3 999 999");
        Assert.Equal(422, other.Status);
        Assert.Contains("är inte det som är kvar att betala på rekvisition 1: 4\u00A0000\u00A0000\u00A0kr", other.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"sure\"", Row(other.Text, "requisition-1"), StringComparison.Ordinal);
        Assert.Contains("value=\"3 999 999\"", other.Text, StringComparison.Ordinal);
        (string, string)[] none = [("version", await Version(agreement)), ("direction", "In"), ("paidOn", "2014-06-13"), ("amount", "3 999 999"), ("reference", "fel ref"), ("requisition", "")];
        Assert.Equal(422, (await payer.Send($"/{agreement}", $"/{agreement}/grant/payments", none)).Status);
        Assert.Equal(0m, (await host.Payer.Get($"{agreement}/grant")).Is(200).Number("balances.received"));

        var done = await payer.Send($"/{agreement}", $"/{agreement}/grant/payments", [.. none, ("sure", "true")]);

        // What belongs to no instalment is a row of its own, so that the sums agree.
        Assert.Equal(200, done.Status);
        var sums = Flat((await payer.Get($"/{agreement}/grant")).Text);
        Assert.Matches("Utan årsbelopp.*3\u00A0999\u00A0999\u00A0kr", sums);
        Assert.Matches("<tfoot>.*Summa.*4\u00A0000\u00A0000\u00A0kr.*3\u00A0999\u00A0999\u00A0kr.*</tfoot>", sums);
    }

    [Fact]
    public async Task Finance_says_which_requisition_a_payment_belongs_to_by_confirming_it()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 1000, reference = "fel ref" })).Is(201);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        Assert.Contains($"<a href=\"/{agreement}/grant/payments#payment-1\">Bekräfta betalning 1 och ange vilken rekvisition", (await finance.Get($"/{agreement}")).Text, StringComparison.Ordinal);
        var row = Row((await finance.Get($"/{agreement}/grant/payments")).Text, "payment-1");
        Assert.Contains("Rekvisition 1, 4\u00A0000\u00A0000\u00A0kr kvar att betala", row, StringComparison.Ordinal);

        var done = await finance.Send($"/{agreement}", $"/{agreement}/grant/payments/1/confirmation",
            ("version", Written().Match(row).Groups[1].Value), ("paidOn", "2014-06-13"), ("reference", "Bg 7"), ("requisition", "1"));

        Assert.Equal(200, done.Status);
        Assert.DoesNotContain("Bekräfta betalning 1", done.Text, StringComparison.Ordinal);
        var payment = (await host.Finance.All($"{agreement}/grant/payments")).Single();
        Assert.Equal((1m, 1000m), (payment.Number("requisition"), payment.Number("amount")));
        Assert.Equal(1000m, (await host.Finance.Get($"{agreement}/grant")).Is(200).Number("instalments.0.received"));
    }

    [Fact]
    public async Task The_payer_confirms_just_the_payment_back_that_finance_has_recorded_of_no_other_amount_or_far_off_day()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4_000_000, reference = "1", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{agreement}/grant/payments", new { direction = "out", paidOn = "2014-06-13", amount = 312_450, reference = "ÅTER" })).Is(201);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        var page = (await payer.Get($"/{agreement}")).Text;
        Assert.Contains($"<a href=\"/{agreement}/grant/payments#payment-2\">Bekräfta betalning 2</a>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"amount\">312\u00A0450\u00A0kr</span>", page, StringComparison.Ordinal);
        var row = Row((await payer.Get($"/{agreement}/grant/payments")).Text, "payment-2");
        Assert.Contains("Du bekräftar att 312\u00A0450\u00A0kr har betalats", row, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"amount\"", row, StringComparison.Ordinal);

        (string, string)[] typed = [("version", Written().Match(row).Groups[1].Value), ("reference", "KAMK 9")];
        var far = await payer.Send($"/{agreement}", $"/{agreement}/grant/payments/2/confirmation", [.. typed, ("paidOn", "2014-06-07")]);
        Assert.Equal(422, far.Status);
        Assert.Contains("ska den som har registrerat betalningen återföra den", Row(far.Text, "payment-2"), StringComparison.Ordinal);
        // Whatever amount is sent along, it is that payment.
        Assert.Equal(200, (await payer.Send($"/{agreement}", $"/{agreement}/grant/payments/2/confirmation", [.. typed, ("paidOn", "2014-06-13"), ("amount", "300 000")])).Status);

        Assert.Equal([4_000_000m, 312_450m], (await host.Finance.All($"{agreement}/grant/payments")).Select(p => p.Number("amount")));
        Assert.Equal(312_450m, (await host.Finance.Get($"{agreement}/grant")).Is(200).Number("balances.repaid"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_done_once_and_leads_to_the_same_page()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        var version = Written().Match(Row((await payer.Get($"/{agreement}/grant/requisitions")).Text, "requisition-1")).Groups[1].Value;
        (string, string)[] form = [("version", version), ("seen", "1"), ("paidOn", "2014-06-13"), ("amount", "4 000 000"), ("reference", "A2014/2289/DISK")];
        var address = $"/{agreement}/grant/requisitions/1/payment";

        foreach (var _ in (int[])[1, 2])
        {
            var done = await payer.Send($"/{agreement}", address, form);
            Assert.Equal(200, done.Status);
            Assert.Contains("Sparat.", done.Text, StringComparison.Ordinal);
        }
        // Of another content, it is a form that was overtaken.
        Assert.Equal(412, (await payer.Send($"/{agreement}", address, [.. form.Where(f => f.Item1 != "reference"), ("reference", "Annan")])).Status);

        Assert.Equal([4_000_000m], (await host.Finance.All($"{agreement}/grant/payments")).Select(p => p.Number("amount")));
    }

    [Fact]
    public async Task A_repayment_is_recorded_on_its_row_too()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4_000_000, reference = "1", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{agreement}/grant/repayments", new { amount = 1000, reference = "ÅTER" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/repayments/1/attestation")).Is(200);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        var row = Row((await payer.Get($"/{agreement}/grant/payments")).Text, "repayment-1");
        Assert.Contains("value=\"1\u00A0000\"", row, StringComparison.Ordinal);

        (string, string)[] typed = [("version", Written().Match(row).Groups[1].Value), ("paidOn", "2014-06-13"), ("reference", "ÅTER")];
        Assert.Equal(422, (await payer.Send($"/{agreement}", $"/{agreement}/grant/repayments/1/payment", [.. typed, ("amount", "999")])).Status);
        Assert.Equal(200, (await payer.Send($"/{agreement}", $"/{agreement}/grant/repayments/1/payment", [.. typed, ("amount", "1 000")])).Status);
        Assert.Equal("done", (await host.Finance.All($"{agreement}/grant/repayments")).Single().Text("status"));
    }

    static async Task<PageAnswer> Pay(PageCaller payer, string agreement, string amount) => await payer.Send($"/{agreement}", $"/{agreement}/grant/requisitions/1/payment",
        ("version", Written().Match(Row((await payer.Get($"/{agreement}/grant/requisitions")).Text, "requisition-1")).Groups[1].Value), ("paidOn", "2014-06-13"), ("amount", amount), ("reference", "A2014/2289/DISK"));

    async Task<string> Version(string agreement) => (await host.Payer.Get($"{agreement}/grant")).ETag!.Trim('"');

    static string Row(string page, string id) => page[page.IndexOf($"<tr id=\"{id}\"", StringComparison.Ordinal)..] is var rest ? rest[..rest.IndexOf("</tr>", StringComparison.Ordinal)] : "";

    static string Flat(string page) => page.Replace('\n', ' ');

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex Written();
}
