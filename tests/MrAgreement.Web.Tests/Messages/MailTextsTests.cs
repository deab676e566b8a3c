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
            texts.Write(message, telling.Dossier, new(new("erik.ek"), "Erik Ek", "erik@example.se", language, For: message.Key.Reason == MessageReason.Review ? "Anna Alm" : null), $"{Json.NameOf(message.Key.Reason)}-{message.Key.Of}-{language}")))];
        var told = mails.Select(mail => mail.Subject).ToHashSet();
        foreach (var expected in new[]
        {
            "Rapport har väntat på er granskning i 14 dagar", "Rapport has waited 14 days for your review",
            "Rapport har väntat på granskning i 28 dagar, och den som granskar har fått en påminnelse", "Rapport has waited 28 days for its review, and whoever reviews it has been reminded",
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
}
