using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Agreements;

/// <summary>What an agreement's wake-ups are for, and its life as the documentation draws it.</summary>
public class LifecycleTests
{
    [Fact]
    public void Every_wake_up_of_three_years_is_for_just_what_happens_then()
    {
        var story = Story.Of2014();
        var wakeUps = 0;
        while (Lifecycle.NextWakeUp(story.Dossier) is { } next && next < Some.Utc("2018-01-01T00:00:00Z"))
        {
            var meant = WaitedFor.At(story.Agreement, next);
            var sent = story.At(next).Advance().OfType<ReminderSent>().ToList();
            Assert.Equal(sent.Select(e => (Reminder: (string?)e.Obligation, Rung: (int?)e.Rung, On: e.DueOn)).Order(), meant.Select(w => (w.Obligation, w.Rung, w.On)).Order());
            Assert.All(meant, w => Assert.Equal(w.Rung > 0, w.Kind == WaitedForKind.OverdueNotice));
            wakeUps++;
        }
        Assert.InRange(wakeUps, 50, 200);
    }

    [Fact]
    public void A_draft_and_a_closed_agreement_wait_for_nothing() =>
        Assert.Empty(WaitedFor.At(Story.Draft(Some.Terms2014).Agreement, Some.Utc("2014-11-03T07:00:00Z")));

    [Fact]
    public void The_documentation_draws_the_life_of_the_2014_agreement_as_its_terms_have_it()
    {
        var meant = LifecycleDiagram.Of(Some.Terms2014);
        var file = Path.Combine(Root(), "docs", "lifecycle.md");
        var parts = System.IO.File.ReadAllText(file).Split("```");
        Assert.Equal(3, parts.Length);

        // To draw it anew, as after a change of the terms.
        if (Environment.GetEnvironmentVariable("MRAGREEMENT_DRAW") is not null)
            System.IO.File.WriteAllText(file, $"{parts[0]}```mermaid\n{meant}```{parts[2]}");
        else
            Assert.Equal($"mermaid\n{meant}", parts[1]);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "MrAgreement.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
