using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MrAgreement.Mail;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.People;
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

        // What goes by mail is the same meeting, without the way in and what is to be discussed.
        await using var server = MailServer.Start();
        await using var box = new SmtpPostbox(MailSettings.Read(server.Address(), null), TimeProvider.System);
        var services = real.Host.Services;
        var clock = services.GetRequiredService<IClock>();
        var texts = new MailTexts(new(new("https://avtal.example.se")), services.GetRequiredService<IPeople>());
        var postman = new Postman(services.GetRequiredService<IEventStore>(), services.GetRequiredService<Dossiers>(), services.GetRequiredService<IKeptRecords>(), box,
            new RegisteredRecipients(real.Register, clock), texts.Write, texts.Together, SystemClock.Instance);
        await postman.BeginWithWhatIsThere(TestContext.Current.CancellationToken);
        (await bo.Post($"{meeting}/times", new { on = "2015-05-19", start = "13:00", end = "15:00", form = "both", place = "Rosenbad", link = "https://mote.example/1" })).Is(201);
        Assert.Equal(["anna REQUEST CONFIRMED 2 2015-05-19T07:00:00Z"], await Mailed());
        (await anna.Post($"{meeting}/times/2/agreement")).Is(200);
        Assert.Equal(["anna REQUEST CONFIRMED 3 2015-05-19T11:00:00Z", "bo REQUEST CONFIRMED 3 2015-05-19T11:00:00Z", "dag REQUEST CONFIRMED 3 2015-05-19T11:00:00Z"], await Mailed());
        (await bo.Post($"{meeting}/times/2/calling-off", new { reason = "Sjukdom i familjen" })).Is(200);
        Assert.Equal(["anna CANCEL CANCELLED 4 2015-05-19T11:00:00Z", "bo CANCEL CANCELLED 4 2015-05-19T11:00:00Z", "dag CANCEL CANCELLED 4 2015-05-19T11:00:00Z"], await Mailed());

        async Task<IReadOnlyList<string>> Mailed()
        {
            server.Taken.Clear();
            Assert.Null(await postman.Deliver(AgreementId.Parse(path["agreements/".Length..], null), clock.GetCurrentInstant(), TestContext.Current.CancellationToken));
            var told = new List<string>();
            foreach (var (to, mail) in server.Taken)
            {
                var file = Assert.IsType<TextPart>(Assert.Single(mail.Attachments));
                Assert.Equal(("text/calendar", "Fi2014-1-meeting-2015.ics"), (file.ContentType.MimeType, file.FileName));
                Assert.DoesNotContain("mote.example", file.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("Sjukdom", file.Text + mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
                var calendar = await CalendarReader.Read(file.Text);
                var it = calendar.GetProperty("events")[0];
                Assert.Equal($"meeting-meeting-2015.{path["agreements/".Length..]}@mragreement", it.GetProperty("uid").GetString());
                Assert.Equal(calendar.GetProperty("method").GetString(), file.ContentType.Parameters["method"]);
                told.Add($"{to.Split('@')[0]} {calendar.GetProperty("method").GetString()} {it.GetProperty("status").GetString()} {it.GetProperty("sequence").GetInt32()} {it.GetProperty("start").GetString()}");
            }
            return [.. told.Order(StringComparer.Ordinal)];
        }

        Task<MrAgreement.Testing.Caller> Calls(string who) => real.Calls(new { sub = who, scope = "agreements" });
    }
}
