using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Web.Tests.SignIn;

namespace MrAgreement.Web.Tests.Calendars;

/// <summary>The subscribed calendar of people who do more than one thing.</summary>
public sealed class SubscriptionTests(OpenIdProvider provider)
{
    [Fact]
    public async Task It_has_what_its_owner_sees_in_every_role_and_as_a_deputy_each_deadline_once_in_their_language()
    {
        await using var real = await RealHost.Start(provider);
        foreach (var (who, party, role) in new[] { ("anna", "RK", Role.Officer), ("bo", "SKR", Role.ProjectLead), ("dag", "LST-C", Role.Finance), ("eva", "LST-C", Role.Finance) })
            (await real.Enter(who, party, role)).Dispose();
        var anna = await Calls("anna");
        var path = $"agreements/{(await anna.Post("agreements?sure=true", Posted.Terms())).Is(201).Text("id")}";
        (await anna.Post($"{path}/signature", Posted.Signature())).Is(200);
        var (dag, eva) = (await Address("dag"), await Address("eva"));
        Assert.Equal((0, 0), (Count(await Feed(dag)), Count(await Feed(eva))));

        // One does something for a second party, twice; the other stands in for somebody of it for ten days.
        var from = new LocalDate(2014, 6, 1);
        await Put(await real.Person("eva") with { Language = "en", Memberships = [new("LST-C", Role.Finance, from), new("SKR", Role.ProjectLead, from), new("SKR", Role.Finance, from)] });
        await Put(await real.Person("dag") with { Deputies = [new((await real.Person("bo")).Id, new(2014, 6, 10), new(2014, 6, 20))] });
        foreach (var address in new[] { dag, eva })
            Assert.Equal((5, 5), (Count(await Feed(address)), Uids(await Feed(address)).Distinct().Count()));
        // The program that fetches it says nothing of a language, or another.
        Assert.Contains("X-WR-CALNAME:Deadlines in MrAgreement\r\n", await Feed(eva), StringComparison.Ordinal);
        Assert.Contains("X-WR-CALNAME:Deadlines in MrAgreement\r\n", (await real.Host.Nobody.Get(eva, ("Accept-Language", "sv"))).Text, StringComparison.Ordinal);
        Assert.Contains("X-WR-CALNAME:Frister i MrAgreement\r\n", await Feed(dag), StringComparison.Ordinal);

        // What is known is not told again, and a deputy is one for as long as it was said.
        var known = await real.Host.Nobody.Get(dag);
        Assert.Equal(304, (await real.Host.Nobody.Get(dag, ("If-None-Match", known["ETag"]!))).Status);
        (await (await Calls("bo")).Post("simulation/clock", new { now = "2014-06-21" })).Is(200);
        var afterwards = await real.Host.Nobody.Get(dag, ("If-None-Match", known["ETag"]!));
        Assert.Equal((200, 0, 5), (afterwards.Status, Count(afterwards.Text), Count(await Feed(eva))));

        async Task<string> Address(string who) => (await (await Calls(who)).Post("me/calendar")).Is(201).Text("url")!;

        async Task<string> Feed(string address) => (await real.Host.Nobody.Get(address)).Text.Replace("\r\n ", "", StringComparison.Ordinal);

        async Task Put(RegisteredPerson person) => Assert.True(await real.Register.Put(person, real.Register.Tag(person.Id)!));

        Task<MrAgreement.Testing.Caller> Calls(string who) => real.Calls(new { sub = who, scope = "agreements" });
    }

    static int Count(string feed) => feed.Split("BEGIN:VEVENT").Length - 1;

    static IEnumerable<string> Uids(string feed) => feed.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal));
}
