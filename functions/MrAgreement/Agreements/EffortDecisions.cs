using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on the support ladder, the efforts on its steps, and what municipalities declare.</summary>
static class EffortDecisions
{
    const int Most = 5000, MostVersions = 200, MostEffects = 1000, MostSteps = 20, MostReached = 400, Many = 50;

    /// <summary>What stands against an act as things are; null for nothing.</summary>
    public static Refused? Against(Dossier dossier, Act act, Subject of)
    {
        var it = dossier.Grounds.Support;
        return act switch
        {
            Act.SetSupportLadder => it.Ladders.Count < MostVersions ? null : new("ladder-versions-full", ("max", MostVersions)),
            Act.DeclareIntent => it.Intents.Count < Most ? null : new("intents-full", ("max", Most)),
            Act.RecordEffort => it.Ladder is null ? new("no-support-ladder") : it.Efforts.Count < Most ? null
                : new("efforts-full", ("max", Most)),
            Act.ReviseEffort or Act.CancelEffort or Act.RecordEffect => it.Efforts.Find(of.Number) switch
            {
                null => new("no-such-effort", RefusalKind.NotFound, ("number", of.Number)),
                { Cancelled: not null } => new("effort-cancelled", ("number", of.Number)),
                { Versions.Count: >= MostVersions } when act == Act.ReviseEffort => new("effort-versions-full", ("max", MostVersions)),
                { Effects.Count: >= MostEffects } when act == Act.RecordEffect => new("effects-full", ("max", MostEffects)),
                _ => null
            },
            _ => throw new UnreachableException($"No rule for {act}.")
        };
    }

    public static Decision Decide(Dossier it, SetSupportLadder command, Occasion on)
    {
        IReadOnlyList<LadderStep> steps = [.. command.Steps.OrderBy(step => step.Order).Select(step =>
            new LadderStep(step.Key.Trim(), step.Title.Trim(), step.Order, [.. step.Efforts.Distinct().Order()], step.Intent))];
        if (it.Grounds.Support.Ladder is { } before && Support.SaySame(before.Steps, steps))
            return new Nothing();
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var faults = new List<Fault>();
        if (command.Steps.Count is 0 or > MostSteps)
            faults.Add(command.Steps.Count == 0 ? new("/steps", "required", ("field", "steps"))
                : new("/steps", "too-many", ("max", MostSteps)));
        for (var i = 0; i < Math.Min(command.Steps.Count, MostSteps); i++)
        {
            var (step, at) = (command.Steps[i], $"/steps/{i}");
            if (!PlanContent.IsKey(step.Key.Trim()))
                faults.Add(new($"{at}/key", "plan-key", ("key", step.Key)));
            else if (command.Steps.Take(i).Any(other => other.Key.Trim() == step.Key.Trim()))
                faults.Add(new($"{at}/key", "key-taken", ("key", step.Key)));
            if (step.Order is < 1 or > 1000 || command.Steps.Take(i).Any(other => other.Order == step.Order))
                faults.Add(new($"{at}/order", "step-order", ("order", step.Order)));
            faults.AddText($"{at}/title", step.Title, 200);
        }
        return faults.Count > 0 ? Refused.Invalid(faults) : new SupportLadderSet(it.Grounds.Support.Ladders.Count + 1, steps, on.By.Party);
    }

    public static Decision Decide(Dossier it, DeclareIntent command, Occasion on)
    {
        var faults = DateRange.FaultsOfPast("/signedOn", command.SignedOn, on.Today).ToList();
        faults.AddName("/organisation", command.Organisation);
        faults.AddText("/area", command.Area, 200);
        faults.AddText("/text", command.Text, 4000);
        var (documents, unknown) = it.Documents.Own(command.Document is { } id ? [id] : [], on.By.Party);
        if (faults.Count > 0 || unknown is not null)
            return faults.Count > 0 ? Refused.Invalid(faults) : unknown!;
        var intents = it.Grounds.Support.Intents;
        var told = new IntentDeclared(intents.Count + 1, command.Organisation.Trim(), command.Area.Trim(), command.Text.Trim(),
            command.SignedOn, on.By.Party, documents is [var document] ? document : null);
        if (intents.Exists(same => same.By == on.By.Id && (same.Organisation, same.Area, same.Text, same.SignedOn, same.Document)
            == (told.Organisation, told.Area, told.Text, told.SignedOn, told.Document)))
            return new Nothing();
        return Against(it, command.Act, command.Subject) ?? (Decision)told;
    }

    public static Decision Decide(Dossier it, RecordEffort command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var (content, wrong) = Read(it, command.Effort, null, on);
        return wrong is not null ? wrong
            : it.Grounds.Support.Efforts.Exists(same => same.Cancelled is null && same.Versions[^1].By == on.By.Id
                && same.Content.SaysSame(content!)) ? new Nothing()
            : new EffortRecorded(it.Grounds.Support.Efforts.Count + 1, content!, on.By.Party);
    }

    public static Decision Decide(Dossier it, ReviseEffort command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var before = it.Grounds.Support.Efforts[command.Number - 1].Content;
        var (content, wrong) = Read(it, command.Effort, before, on);
        return wrong is not null ? wrong : before.SaysSame(content!) ? new Nothing()
            : new EffortRevised(command.Number, content!, on.By.Party);
    }

    public static Decision Decide(Dossier it, CancelEffort command, Occasion on)
    {
        var reason = command.Reason.Trim();
        return it.Grounds.Support.Efforts.Find(command.Number)?.Cancelled is { } done && (done.By, done.Reason) == (on.By.Id, reason)
            ? new Nothing()
            : Against(it, command.Act, command.Subject) ?? Refused.Text("/reason", reason, 2000)
                ?? (Decision)new EffortCancelled(command.Number, reason, on.By.Party);
    }

    public static Decision Decide(Dossier it, RecordEffect command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var (effort, told) = (it.Grounds.Support.Efforts[command.Number - 1], command.Effect);
        var faults = DateRange.FaultsOfPast("/on", told.On, on.Today).ToList();
        if (told.On < effort.Content.From && faults.Count == 0)
            faults.Add(new("/on", "effect-before-effort", ("date", effort.Content.From)));
        faults.AddText("/text", told.Text, 4000);
        faults.AddOptionalText("/evidence", told.Evidence, 1000);
        if (told.Organisation is { } organisation)
            faults.AddName("/organisation", organisation);
        if (faults.Count > 0)
            return Refused.Invalid(faults);
        var seen = new EffectContent(told.On, told.Kind, told.Text.Trim(), Filled(told.Organisation), Filled(told.Evidence));
        return effort.Effects.Exists(same => same.By == on.By.Id && same.Content == seen) ? new Nothing()
            : new EffectSeen(command.Number, effort.Effects.Count + 1, seen, on.By.Party);
    }

    static (EffortContent? Content, Refused? Refused) Read(Dossier it, ToldEffort told, EffortContent? before, Occasion on)
    {
        var support = it.Grounds.Support;
        var faults = DateRange.Faults(("/from", told.From), ("/to", told.To)).ToList();
        if (told.To < told.From)
            faults.Add(new("/to", "period-reversed", ("earliest", told.From)));
        faults.AddText("/title", told.Title, 300);
        var step = told.Step.Trim();
        // It stands on the step that it was made on, whatever the ladder has become.
        var ladder = before is not null && before.Step == step ? before.Ladder : support.Ladder!.Version;
        if (support.Ladders[ladder - 1].Step(step) is null)
            faults.Add(new("/step", "unknown-step", ("key", told.Step)));
        if (told.Measure is { } measure && measure.Trim() != before?.Measure
            && !new Plans(it).Has(plan => plan.Measure(measure.Trim()) is not null))
            faults.Add(new("/measure", "measure-not-in-plan", ("key", measure)));
        if (told.Participants is < 0 or > 1_000_000)
            faults.Add(new("/participants", "participants-range", ("max", 1_000_000)));
        faults.AddRange(OfReach(told.Reach));
        faults.AddRange(Names("/arrangers", told.Arrangers, Many));
        faults.AddRange(Names("/perspectives", told.Perspectives, Many));
        var (documents, unknown) = it.Documents.Own(told.Documents, on.By.Party);
        if (faults.Count > 0 || unknown is not null)
            return (null, faults.Count > 0 ? Refused.Invalid(faults) : unknown);
        return (new(told.Title.Trim(), told.Kind, step, ladder, told.From, told.Form, Trimmed(told.Arrangers),
            [.. told.Audience.Distinct().Order()],
            new(Trimmed(told.Reach.Organisations), Filled(told.Reach.Group), Trimmed(told.Reach.Counties)), Trimmed(told.Perspectives),
            documents, told.To, told.Participants, Filled(told.Measure)), null);
    }

    static IEnumerable<Fault> OfReach(EffortReach it)
    {
        if (new[] { it.Organisations.Count > 0, Filled(it.Group) is not null, it.Counties.Count > 0 }.Count(given => given) != 1)
            return [new("/organisations", "reach-of-one")];
        return [.. Names("/organisations", it.Organisations, MostReached), .. Names("/counties", it.Counties, Many),
            .. it.Group is { } group ? Names("/group", [group], 1) : []];
    }

    static List<Fault> Names(string at, IReadOnlyList<string> names, int most)
    {
        var faults = new List<Fault>();
        if (names.Count > most)
            return [new(at, "too-many", ("max", most))];
        for (var i = 0; i < names.Count; i++)
            faults.AddName(at == "/group" ? at : $"{at}/{i}", names[i]);
        return faults;
    }

    static IReadOnlyList<string> Trimmed(IReadOnlyList<string> names) => [.. names.Select(name => name.Trim()).Distinct()];

    static string? Filled(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
