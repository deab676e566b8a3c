using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Who writes the draft of a plan, and who reads it: the people of the party whose it is.</summary>
sealed class PlanDrafting(KeptPlanDrafts kept)
{
    /// <summary>Whether the person may read their party's draft: only a party that writes plans has one.</summary>
    public static bool Reads(Dossier it, Actor by) => Sight.SeesWork(it, by) && it.Agreement.Party(by.Party) is not null
        && Rights.May(new(PersonId.System, by.Party, Role.ProjectLead), Right.WritePlan, it.Agreement.Terms.Parties);

    /// <summary>What stands against the person writing it; null for nothing.</summary>
    public static Refused? Against(Dossier it, Occasion on) => Acts.Against(it, Act.MakePlanVersion, default, on);

    /// <summary>The draft of the person's party, or what it would begin as.</summary>
    public async Task<PlanDraft> Find(Dossier it, Actor by, CancellationToken cancellation) =>
        await kept.Find(it.Id, by.Party, cancellation) ?? Begin(it, by);

    /// <summary>Puts another plan in place of what the draft says.</summary>
    /// <param name="tag">Of the draft as it was; null for whatever it is.</param>
    public Task<(PlanDraft Draft, Refused? Refused)> Replace(Dossier it, string? tag, PlanContent content, Occasion on,
        CancellationToken cancellation) => Change(it, on, draft => content.Trimmed() is var after && after.SaysSame(draft.Content)
            ? (draft, null)
            : tag is not null && tag != draft.Tag ? (draft, new Refused("plan-draft-changed").NotSo())
            : (draft with { Content = after, By = on.By.Id, At = on.Now }, null), cancellation);

    /// <summary>Saves a section.</summary>
    public Task<(PlanDraft Draft, Refused? Refused)> Save(Dossier it, string section, string tag, Func<PlanContent, PlanContent> change,
        Occasion on, CancellationToken cancellation) =>
        Change(it, on, draft => draft.With(section, tag, change, on.By.Id, on.Now), cancellation);

    /// <summary>A version was made of what the draft said: what nobody has changed since has served.</summary>
    public Task Served(AgreementId agreement, string party, string tag, CancellationToken cancellation) =>
        kept.Delete(agreement, party, tag, cancellation);

    async Task<(PlanDraft Draft, Refused? Refused)> Change(Dossier it, Occasion on,
        Func<PlanDraft, (PlanDraft After, Refused? Refused)> change, CancellationToken cancellation)
    {
        var begin = Begin(it, on.By);
        return Against(it, on) is { } refused ? (begin, refused) : await kept.Change(it.Id, on.By.Party, begin, change, cancellation);
    }

    // As the last version says, or with the goals of the agreement.
    static PlanDraft Begin(Dossier it, Actor by) => it.Grounds.Plans.LastOrDefault() is { } last
        ? new(by.Party, last.Content, last.By, last.At)
        : new(by.Party, PlanContent.Empty with
        {
            Goals = [.. (it.Agreement.Terms.Goals ?? []).Select(goal => new PlanTopic(goal.Key, goal.Title))]
        }, by.Id, it.LastAt);
}
