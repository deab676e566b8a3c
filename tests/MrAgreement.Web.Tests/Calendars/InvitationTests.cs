using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Mail;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Tests.Messages;
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

        // By mail it comes as it stands, to those who are invited, without the way in.
        (await anna.Post($"{meeting}/times", new { on = "2015-05-19", start = "13:00", end = "15:00", form = "both", place = "Rosenbad", link = "https://mote.example/hemlig" })).Is(201);
        await using var server = MailServer.Start();
        await using var box = new SmtpPostbox(MailSettings.Read(server.Address(), null), TimeProvider.System);
        var services = real.Host.Services;
        var texts = new MailTexts(new(new("https://avtal.example.se")), services.GetRequiredService<Web.People.IPeople>());
        var postman = new Postman(services.GetRequiredService<IEventStore>(), services.GetRequiredService<Dossiers>(), services.GetRequiredService<IKeptRecords>(), box,
            new RegisteredRecipients(real.Register, services.GetRequiredService<IClock>()), texts.Write, texts.Together, SystemClock.Instance);
        await Deliver();
        Assert.Equal(("REQUEST", "CONFIRMED", 2, "2015-05-19T07:00:00Z"), await Mailed("bo"));
        (await bo.Post($"{meeting}/times/2/agreement")).Is(200);
        await Deliver();
        // Anna proposed it and hears that it is agreed: other hours of the same day too.
        Assert.Equal(("REQUEST", "CONFIRMED", 3, "2015-05-19T11:00:00Z"), await Mailed("anna"));
        (await bo.Post($"{meeting}/times/2/calling-off", new { reason = "Sjukdom hos en viss person" })).Is(200);
        await Deliver();
        Assert.Equal(("CANCEL", "CANCELLED", 4, "2015-05-19T11:00:00Z"), await Mailed("anna"));
        Assert.StartsWith("Fi2014/1: Mötet är inställt: Möte 2015", To("anna").Subject, StringComparison.Ordinal);
        Assert.All(server.Taken, mail => Assert.DoesNotContain("hemlig", mail.Message.ToString(), StringComparison.Ordinal));
        Assert.All(server.Taken, mail => Assert.DoesNotContain("Sjukdom", mail.Message.ToString(), StringComparison.Ordinal));

        Task Deliver() => postman.Deliver(AgreementId.Parse(path.Split('/')[^1], null), services.GetRequiredService<IClock>().GetCurrentInstant(), TestContext.Current.CancellationToken);

        MimeKit.MimeMessage To(string who) => server.Taken.Last(mail => mail.To == $"{who}@example.se").Message;

        async Task<(string?, string?, int, string?)> Mailed(string who)
        {
            var file = Assert.IsType<MimeKit.TextPart>(Assert.Single(To(who).Attachments));
            var read = await CalendarReader.Read(file.Text);
            Assert.Equal(("text/calendar", "Fi2014-1-meeting-2015.ics", read.GetProperty("method").GetString()), (file.ContentType.MimeType, file.FileName, file.ContentType.Parameters["method"]));
            var it = Assert.Single(read.GetProperty("events").EnumerateArray());
            // The page's file has the same name and the same sequence.
            var page = (await CalendarReader.Read((await anna.Get($"{meeting}/invitation")).Text)).GetProperty("events")[0];
            Assert.Equal((page.GetProperty("uid").GetString(), page.GetProperty("sequence").GetInt32()), (it.GetProperty("uid").GetString(), it.GetProperty("sequence").GetInt32()));
            Assert.Contains("Bo Provsson <mailto:bo@example.se>", string.Join(' ', it.GetProperty("attendees").EnumerateArray().Append(it.GetProperty("organizer"))), StringComparison.Ordinal);
            return (read.GetProperty("method").GetString(), it.GetProperty("status").GetString(), it.GetProperty("sequence").GetInt32(), it.GetProperty("start").GetString());
        }

        Task<Caller> Calls(string who) => real.Calls(new { sub = who, scope = "agreements" });
    }
}
