using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Mail;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.People;
using MrAgreement.Web.Tests.SignIn;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>What people of the register get, each in their own language, through a real server.</summary>
public sealed class DeliveredTextsTests(OpenIdProvider provider)
{
    [Fact]
    public async Task A_nudged_review_and_a_returned_report_reach_each_in_their_own_language()
    {
        await using var real = await RealHost.Start(provider);
        foreach (var (who, party, role) in new[] { ("anna", "RK", Role.Officer), ("erin", "RK", Role.Officer), ("bo", "SKR", Role.ProjectLead), ("dan", "SKR", Role.ProjectLead) })
            (await real.Enter(who, party, role)).Dispose();
        foreach (var who in new[] { "erin", "dan" })
        {
            var person = await real.Person(who);
            Assert.True(await real.Register.Put(person with { Language = "en" }, real.Register.Tag(person.Id)!, TestContext.Current.CancellationToken));
        }
        var (anna, bo) = (await Calls("anna"), await Calls("bo"));
        var terms = Posted.Terms();
        terms["reminders"] = new JsonObject { ["before"] = new JsonArray(7), ["overdue"] = new JsonArray(1), ["review"] = new JsonArray(14, 28) };
        var path = $"agreements/{(await anna.Post("agreements?sure=true", terms)).Is(201).Text("id")}";
        (await anna.Post($"{path}/signature", Posted.Signature())).Is(200);
        (await bo.Post("simulation/clock", new { now = "2015-01-29" })).Is(200);
        var document = await Posted.Document(bo, path, "Rapporten");
        (await bo.Post($"{path}/obligations/report/submissions", new { summary = "Härmed", documents = new[] { document } })).Is(201);

        await using var server = MailServer.Start();
        await using var box = new SmtpPostbox(MailSettings.Read(server.Address(), null), TimeProvider.System);
        var services = real.Host.Services;
        var clock = services.GetRequiredService<IClock>();
        var texts = new MailTexts(new(new("https://avtal.example.se")), services.GetRequiredService<IPeople>());
        var postman = new Postman(services.GetRequiredService<IEventStore>(), services.GetRequiredService<Dossiers>(), services.GetRequiredService<IKeptRecords>(), box,
            new RegisteredRecipients(real.Register, clock), texts.Write, texts.Together, SystemClock.Instance);
        await postman.BeginWithWhatIsThere(TestContext.Current.CancellationToken);

        (await bo.Post("simulation/clock", new { now = "2015-02-13" })).Is(200);
        Assert.Equal(["anna: Fi2014/1: Rapport har väntat på er granskning i 14 dagar", "erin: Fi2014/1: Rapport has been waiting 14 days for your review"], await Delivered());
        (await bo.Post("simulation/clock", new { now = "2015-02-27" })).Is(200);
        Assert.Equal(
        [
            "anna: Fi2014/1: Rapport har väntat på er granskning i 28 dagar", "bo: Fi2014/1: Rapport har väntat på granskning i 28 dagar, och den som granskar har fått en påminnelse",
            "dan: Fi2014/1: Rapport has been waiting 28 days for review, and the reviewer has been reminded", "erin: Fi2014/1: Rapport has been waiting 28 days for your review"
        ], await Delivered());
        (await anna.Post($"{path}/obligations/report/submissions/1/return", new { reason = "Tabell 3 saknas", completeBy = "2015-03-20" })).Is(200);
        Assert.Equal(["bo: Fi2014/1: Rapport behöver kompletteras senast 20 mars 2015", "dan: Fi2014/1: Rapport needs to be completed by 20 March 2015"], await Delivered());
        await Reaches_a_shared_mailbox_once_for_both(real, server, bo, path, Delivered);

        async Task<IReadOnlyList<string>> Delivered()
        {
            server.Taken.Clear();
            Assert.Null(await postman.Deliver(AgreementId.Parse(path["agreements/".Length..], null), clock.GetCurrentInstant(), TestContext.Current.CancellationToken));
            foreach (var (to, mail) in server.Taken)
            {
                var isEnglish = to.Split('@')[0] is "erin" or "dan";
                Assert.Equal(isEnglish ? "en" : "sv", mail.Body!.Headers["Content-Language"]);
                Assert.Contains(isEnglish ? "Open in MrAgreement" : "Öppna i MrAgreement", mail.TextBody, StringComparison.Ordinal);
                Assert.Contains(isEnglish ? "This is about " : "Det gäller: ", mail.HtmlBody, StringComparison.Ordinal);
                Assert.DoesNotContain("Tabell 3", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
            }
            return [.. server.Taken.Where(it => it.Message.Subject!.Contains("Rapport ", StringComparison.Ordinal)).Select(it => $"{it.To.Split('@')[0]}: {it.Message.Subject}").Order(StringComparer.Ordinal)];
        }

        Task<MrAgreement.Testing.Caller> Calls(string who) => real.Calls(new { sub = who, scope = "agreements" });
    }

    // From now on both of the Government Offices read one mailbox, as its registrar's: one mail in the first one's language, for both.
    static async Task Reaches_a_shared_mailbox_once_for_both(RealHost real, MailServer server, MrAgreement.Testing.Caller bo, string path, Func<Task<IReadOnlyList<string>>> delivered)
    {
        var (anna, erin) = (await real.Person("anna"), await real.Person("erin"));
        Assert.True(await real.Register.Put(erin with { Mail = anna.Mail.ToUpperInvariant() }, real.Register.Tag(erin.Id)!, TestContext.Current.CancellationToken));
        var document = await Posted.Document(bo, path, "Rapporten igen");
        (await bo.Post($"{path}/obligations/report/submissions", new { summary = "Nu", documents = new[] { document } })).Is(201);
        await delivered();
        var mail = Assert.Single(server.Taken, it => it.To.StartsWith("anna", StringComparison.OrdinalIgnoreCase)).Message;
        Assert.DoesNotContain(server.Taken, it => it.To.StartsWith("erin", StringComparison.OrdinalIgnoreCase));
        Assert.Equal($"{anna.Name}, {erin.Name}", mail.To.Mailboxes.Single().Name);
        Assert.Contains($"Hej {anna.Name}, {erin.Name},", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"{anna.Name} (handläggare för ", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("som har samma e-postadress", mail.TextBody, StringComparison.Ordinal);
        var last = (await bo.All($"{path}/events")).Last(it => it.Text("type") == "message-handed-over");
        Assert.Equal(new[] { anna.Id.Value, erin.Id.Value }.Order(), last.At("data.to").EnumerateArray().Select(it => it.GetString()!).Order());
    }
}
