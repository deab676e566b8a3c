using MrAgreement.Parties;
using MrAgreement.Web.Tests.SignIn;

namespace MrAgreement.Web.Tests.Calendars;

/// <summary>Who is invited to a meeting, and who learns how to reach them.</summary>
public sealed class InvitationTests(OpenIdProvider provider)
{
    [Fact]
    public async Task Those_who_are_invited_see_each_other_s_addresses_and_nobody_else_does()
    {
        await using var real = await RealHost.Start(provider);
        foreach (var (who, party, role) in new[] { ("anna", "RK", Role.Officer), ("bo", "SKR", Role.ProjectLead), ("cia", "SKR", Role.Finance), ("dag", "SKR", Role.ProjectLead), ("eva", "LST-C", Role.ProjectLead) })
            (await real.Enter(who, party, role)).Dispose();
        var (anna, bo, cia) = (await Calls("anna"), await Calls("bo"), await Calls("cia"));
        var path = $"agreements/{(await anna.Post("agreements?sure=true", Posted.Terms())).Is(201).Text("id")}";
        (await anna.Post($"{path}/signature", Posted.Signature())).Is(200);
        var meeting = $"{path}/obligations/meeting-2015";
        (await anna.Post($"{meeting}/times", new { on = "2015-05-19", start = "09:00", end = "12:00", form = "on-site", place = "Rosenbad" })).Is(201);
        (await bo.Post($"{meeting}/times/1/agreement")).Is(200);

        foreach (var invited in new[] { anna, bo })
        {
            var it = (await CalendarReader.Read((await invited.Get($"{meeting}/invitation")).Text)).GetProperty("events")[0];
            Assert.Equal("Anna Provsson <mailto:anna@example.se>", it.GetProperty("organizer").GetString());
            Assert.Equal(["Bo Provsson <mailto:bo@example.se> ACCEPTED", "Dag Provsson <mailto:dag@example.se> NEEDS-ACTION"], it.GetProperty("attendees").EnumerateArray().Select(guest => guest.GetString()!).Order());
        }
        var told = (await CalendarReader.Read((await cia.Get($"{meeting}/invitation")).Text)).GetProperty("events")[0];
        Assert.Equal(("Anna Provsson <invalid:nomail>", 0, "Rosenbad"), (told.GetProperty("organizer").GetString(), told.GetProperty("attendees").GetArrayLength(), told.GetProperty("location").GetString()));

        Task<Caller> Calls(string who) => real.Calls(new { sub = who, scope = "agreements" });
    }
}
