using System.Text.Json;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class SharingPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_board_sees_its_own_part_and_report_and_nobody_else_s()
    {
        var agreement = await Boards2024.Attested(host);
        using var uppsala = await PageCaller.SignIn(host, "farid.falk@LST-C");
        using var sörmland = await PageCaller.SignIn(host, "farid.falk@LST-D");
        using var reader = await PageCaller.SignIn(host, "rut.ros@LST-C");

        Assert.Contains("300\u00A0000,50\u00A0kr", (await uppsala.Get($"/{agreement}/grant/allocation-reports/1")).Text, StringComparison.Ordinal);
        var parts = (await sörmland.Get($"/{agreement}/grant/allocations/1")).Text;
        Assert.Contains("Länsstyrelsen i Södermanlands län", parts, StringComparison.Ordinal);
        Assert.DoesNotContain("Länsstyrelsen i Uppsala län", parts, StringComparison.Ordinal);
        Assert.Equal(404, (await sörmland.Get($"/{agreement}/grant/allocation-reports/1")).Status);
        var compiled = (await sörmland.Get($"/{agreement}/grant/compilation?year=2024&party=LST-C")).Text;
        Assert.DoesNotContain("300\u00A0000,50", compiled, StringComparison.Ordinal);
        foreach (var page in (string[])["", "/grant/allocations", "/grant/compilation"])
            Assert.DoesNotContain("300\u00A0000,50", (await sörmland.Get($"/{agreement}{page}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("300\u00A0000,50", (await sörmland.Get("/")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/grant/allocation-reports/1", compiled, StringComparison.Ordinal);
        Assert.DoesNotContain("Fördela ett belopp", (await uppsala.Get($"/{agreement}/grant/allocations")).Text, StringComparison.Ordinal);
        foreach (var page in (string[])["allocations", "allocations/1", "allocation-reports", "allocation-reports/1", "compilation"])
            Assert.Equal(403, (await reader.Get($"/{agreement}/grant/{page}")).Status);
    }

    [Fact]
    public async Task Each_form_is_offered_to_the_one_whose_turn_it_is_and_refused_to_the_others()
    {
        var agreement = await Boards2024.Attested(host);
        var report = $"/{agreement}/grant/allocation-reports/1";
        var version = (await host.Officer.Get($"{agreement}/grant/allocation-reports/1")).ETag!.Trim('"');
        using var finance = await PageCaller.SignIn(host, "farid.falk@LST-C");
        using var coordinator = await PageCaller.SignIn(host, "lena.lind@LST-Y");

        Assert.DoesNotContain("Granska rapport 1", (await finance.Get(report)).Text, StringComparison.Ordinal);
        Assert.Equal(403, (await finance.Send(report, $"{report}/acceptance", ("version", version))).Status);
        Assert.Contains("Granska rapport 1", (await coordinator.Get(report)).Text, StringComparison.Ordinal);
        // Shown before somebody else's change: nothing is done.
        Assert.Equal(412, (await coordinator.Send(report, $"{report}/acceptance", ("version", "1"))).Status);
        Assert.Equal("attested", (await host.Officer.Get($"{agreement}/grant/allocation-reports/1")).Is(200).Text("status"));
    }

    [Theory]
    [InlineData("13/4:2/7", "13 4:2 7")]
    [InlineData("13, 4:2", "13 4:2")]
    [InlineData("13/2:2/", "13 2:2")]
    [InlineData("", null)]
    public async Task Any_appropriation_can_be_written_and_the_grant_s_own_are_suggested(string written, string? expected)
    {
        var agreement = await Boards2024.Allocated(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk@LST-T");
        var page = $"/{agreement}/grant/allocations";
        Assert.Contains("<option value=\"13/2:2/\">Utgiftsområde 13, anslag 2:2</option>", (await finance.Get(page)).Text, StringComparison.Ordinal);

        Assert.Contains("Skriv utgiftsområde, anslag och anslagspost", (await Allocate("trettonde")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await Allocate(written)).Status);

        var made = (await host.As("finance@LST-T").All($"{agreement}/grant/allocations")).Single(a => a.Number("amount") == 1).At("appropriation");
        Assert.Equal(expected, made.ValueKind == JsonValueKind.Null ? null : $"{made.Number("area")} {made.Text("item")} {made.At("post")}".TrimEnd());

        async Task<PageAnswer> Allocate(string appropriation) => await finance.Send(page, $"{page}/new",
            ("version", (await host.As("finance@LST-T").Get($"{agreement}/grant")).ETag!.Trim('"')), ("amount", "1"), ("year", "2024"), ("party", "LST-C"), ("category", ""), ("appropriation", appropriation), ("reference", $"Beslut {appropriation}"));
    }

    [Fact]
    public async Task An_agreement_that_nobody_shares_has_no_pages_of_sharing()
    {
        var agreement = await Posted.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        Assert.DoesNotContain("/grant/allocations", (await finance.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);
        foreach (var page in (string[])["allocations", "allocation-reports", "compilation"])
            Assert.Equal(404, (await finance.Get($"/{agreement}/grant/{page}")).Status);
    }

    [Fact]
    public async Task The_reconciliation_of_a_shared_grant_leads_to_its_allocations_and_is_not_called_clean_for_those_who_may_not_see_it()
    {
        var agreement = await Boards2024.Attested(host);
        using var holder = await PageCaller.SignIn(host, "lena.lind@LST-W");
        using var board = await PageCaller.SignIn(host, "farid.falk@LST-D");

        var seen = await holder.Get($"/{agreement}/grant/reconciliation");
        Assert.Contains($"/{agreement}/grant/allocations/1\"", seen.Text, StringComparison.Ordinal);
        Assert.Contains($"/{agreement}/grant/allocation-reports/1\"", seen.Text, StringComparison.Ordinal);
        var hidden = (await board.Get($"/{agreement}/grant/reconciliation")).Text;
        Assert.Contains("Avstämningen gäller hela bidraget.", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("Inga avvikelser", hidden, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_right_to_charge_no_form_asks_for_what_the_rules_refuse()
    {
        var agreement = await Boards2024.Allocated(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk@LST-T");

        var page = (await finance.Get($"/{agreement}/grant/adjustments")).Text + (await finance.Get($"/{agreement}/grant")).Text;
        foreach (var action in (string[])["requisitions", "payments", "repayments"])
            Assert.DoesNotContain($"action=\"/{agreement}/grant/{action}\"", page, StringComparison.Ordinal);
        Assert.Contains($"action=\"/{agreement}/grant/adjustments\"", page, StringComparison.Ordinal);
    }
}
