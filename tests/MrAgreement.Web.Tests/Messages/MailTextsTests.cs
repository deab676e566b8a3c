using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Messages;
using MrAgreement.Overviews;
using MrAgreement.Web.Messages;
using MrAgreement.Web.People;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>What people read: sentences that somebody understands who sees their first one, in both languages. With MRAGREEMENT_MAIL_PICTURES
/// they are laid in that folder too, to be looked at.</summary>
public sealed class MailTextsTests
{
    static readonly string[] languages = ["sv", "en"];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reviewer_who_is_nudged_a_report_that_is_returned_and_a_deputy_are_told_in_sentences()
    {
        await using var host = await RunningHost.Start();
        var terms = Posted.Terms();
        terms["reminders"] = new JsonObject { ["before"] = new JsonArray(7), ["overdue"] = new JsonArray(1), ["review"] = new JsonArray(14, 28) };
        var path = await Posted.Agreement(host, terms);
        var report = $"{path}/obligations/report";
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-29" })).Is(200);
        var document = await Posted.Document(host.Lead, path, "Rapporten");
        (await host.Lead.Post($"{report}/submissions", new { summary = "Härmed", documents = new[] { document } })).Is(201);
        (await host.Lead.Post("simulation/clock", new { now = "2015-03-01" })).Is(200);
        (await host.Officer.Post($"{report}/submissions/1/return", new { reason = "Tabell 3 saknas", completeBy = "2015-03-20" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/accounts/waiver", new { reason = "Behövs inte alls", reference = "A1" })).Is(200);

        var id = AgreementId.Parse(path.Split('/')[^1], null);
        var telling = new Telling(new(id));
        var messages = (await host.Services.GetRequiredService<IEventStore>().ReadSince(id, 0, Cancellation)).SelectMany(telling.Of).ToList();
        var texts = new MailTexts(new(new("https://avtal.example.se")), host.Services.GetRequiredService<IPeople>());
        IReadOnlyList<MailMessage> mails = [.. messages.SelectMany(message => languages.Select(language =>
            texts.Write([new(message, new(new("erik.ek"), "Erik Ek", "erik@example.se", language, For: message.Key.Reason == MessageReason.Review ? "Anna Alm" : null))], telling.Dossier, $"{Json.NameOf(message.Key.Reason)}-{message.Key.Of}-{language}")))];
        var told = mails.Select(mail => mail.Subject).ToHashSet();
        foreach (var expected in new[]
        {
            "Rapport har väntat på er granskning i 14 dagar", "Rapport has been waiting 14 days for your review",
            "Rapport har väntat på granskning i 28 dagar, och den som granskar har fått en påminnelse", "Rapport has been waiting 28 days for review, and the reviewer has been reminded",
            "Rapport behöver kompletteras senast 20 mars 2015", "Rapport needs to be completed by 20 March 2015",
            "Sista dagen för Rapport är 1 februari 2015", "The last day for Rapport is 1 February 2015",
            "Redovisning behöver inte längre göras", "Redovisning no longer needs to be done"
        })
            Assert.Contains($"Fi2014/1: {expected}", told);
        Assert.Contains(mails, mail => mail.Text.Contains("som ersättare för Anna Alm, handläggare för Regeringskansliet.", StringComparison.Ordinal));
        Assert.Contains(mails, mail => mail.Text.Contains("as deputy for Anna Alm, officer for Regeringskansliet.", StringComparison.Ordinal));
        // No reasons go by mail.
        Assert.All(mails, mail => Assert.DoesNotContain("Tabell 3", mail.Text + mail.Html, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.DoesNotContain("Behövs inte alls", mail.Text + mail.Html, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("MRAGREEMENT_MAIL_PICTURES") is { Length: > 0 } folder)
            foreach (var mail in mails)
                await File.WriteAllTextAsync(Path.Combine(folder, $"{mail.Id}.html"), mail.Html, Cancellation);
    }

    [Fact]
    public async Task A_meeting_s_time_that_stands_is_told_with_its_hours_and_its_form()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var meeting = $"{path}/obligations/meeting-2015";
        var number = 0;
        // Agreed at first, then other hours of the same day, then two days.
        foreach (var time in new object[]
        {
            new { on = "2015-05-19", start = "09:00", end = "12:00", form = "on-site", place = "Rosenbad" },
            new { on = "2015-05-19", start = "13:00", end = "15:00", form = "video", link = "https://mote.example/1" },
            new { on = "2015-05-20", start = "13:00", end = "12:00", lastDay = "2015-05-21", form = "both", place = "Rosenbad", link = "https://mote.example/1" }
        })
        {
            (await host.Officer.Post($"{meeting}/times", time)).Is(201);
            (await host.Lead.Post($"{meeting}/times/{++number}/agreement")).Is(200);
        }
        // A day alone has no hours.
        (await host.Officer.Post($"{path}/obligations/meeting-2016/schedule", new { on = "2016-05-12" })).Is(200);

        var id = AgreementId.Parse(path.Split('/')[^1], null);
        var (telling, texts, told) = (new Telling(new(id)), new MailTexts(new(new("https://avtal.example.se")), host.Services.GetRequiredService<IPeople>()), new List<string>());
        // To the officer in both languages, as each is told right after it.
        foreach (var row in await host.Services.GetRequiredService<IEventStore>().ReadSince(id, 0, Cancellation))
            foreach (var message in telling.Of(row).Where(it => it.Key is { Reason: MessageReason.Moved, Party: "RK" }))
                told.AddRange(languages.Select(language => texts.Write([new(message, new(new("erik.ek"), "Erik Ek", "erik@example.se", language))], telling.Dossier, "0@mragreement")).Select(mail => mail.Subject));
        Assert.Equal(
        [
            "Fi2014/1: Tiden för Möte 2015 är bestämd: 19 maj 2015 kl. 09:00–12:00, på plats", "Fi2014/1: The time for Möte 2015 is set: 19 May 2015, 09:00–12:00, on site",
            "Fi2014/1: Tiden för Möte 2015 är bestämd: 19 maj 2015 kl. 13:00–15:00, videomöte", "Fi2014/1: The time for Möte 2015 is set: 19 May 2015, 13:00–15:00, video meeting",
            "Fi2014/1: Tiden för Möte 2015 är bestämd: 20 maj 2015 kl. 13:00 till 21 maj 2015 kl. 12:00, på plats och video", "Fi2014/1: The time for Möte 2015 is set: 20 May 2015, 13:00 to 21 May 2015, 12:00, on site and by video",
            "Fi2014/1: Nytt datum för Möte 2016: 12 maj 2016", "Fi2014/1: New date for Möte 2016: 12 May 2016"
        ], told);
    }
}
