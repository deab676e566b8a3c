using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on telling the other side of recommendations, and on its receipt.</summary>
static class InformationDecisions
{
    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Dossier it, Act act, Subject of, Occasion on) => act switch
    {
        Act.InformOfRecommendations => it.Grounds.Recommendations.Exists(told => told.IsToTell) ? null : new("nothing-to-inform-of"),
        Act.ReceiveInformation => it.Grounds.Informations.Find(of.Number) switch
        {
            null => new("no-such-information", RefusalKind.NotFound, ("number", of.Number)),
            { Received: not null } => new("receipt-confirmed", ("number", of.Number)),
            { By: var by } => by == on.By.Id ? FourEyes.Refusal : null
        },
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    /// <summary>The information, and one more performance of the continuous obligation to inform, where the party has one.</summary>
    public static Decision Decide(Dossier it, InformOfRecommendations command, Occasion on)
    {
        var (how, numbers) = (command.How.Trim(), command.Numbers.Distinct().Order().ToList());
        var (documents, unknown) = it.Documents.Own(command.Documents, on.By.Party);
        if (unknown is null && it.Grounds.Informations.Exists(told =>
            (told.By, told.InformedOn, told.How) == (on.By.Id, command.InformedOn, how) && told.Numbers.SequenceEqual(numbers)
            && told.Documents.SequenceEqual(documents)))
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var faults = DateRange.FaultsOfPast("/informedOn", command.InformedOn, on.Today).ToList();
        faults.AddText("/how", how, 4000);
        if (numbers.Count == 0)
            faults.Add(new("/numbers", "required", ("field", "numbers")));
        faults.AddRange(command.Numbers.Select((number, i) => Fault(it.Grounds, number, $"/numbers/{i}")).OfType<Fault>());
        if (faults.Count > 0 || unknown is not null)
            return faults.Count > 0 ? Refused.Invalid(faults) : unknown!;
        var duty = it.Agreement.InOrder.FirstOrDefault(o => o is { Kind: ObligationKind.Continuous, Waived: null }
            && o.Responsible.Contains(on.By.Party) && it.Agreement.PurposeOf(o) == Purpose.Information);
        var informed = new RecommendationsInformed(it.Grounds.Informations.Count + 1, numbers, command.InformedOn, how, documents,
            on.By.Party, duty?.Key);
        return duty is null ? informed
            : new Accepted([informed, new ObligationCompleted(duty.Key, command.InformedOn, how, documents, on.By.Party)]);
    }

    /// <summary>The receipt; it confirms the performance too, while that is the obligation's last.</summary>
    public static Decision Decide(Dossier it, ReceiveInformation command, Occasion on)
    {
        var told = it.Grounds.Informations.Find(command.Number);
        if (told?.Received?.By == on.By.Id)
            return new Nothing();
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var received = new InformationReceived(command.Number, on.By.Party);
        return told!.Obligation is { } key && it.Agreement.Obligations[key] is { Completions: [.., { ConfirmedBy: null } last] } duty
            && (last.At, last.By, last.Note) == (told.At, told.By, told.How)
            && ActDecisions.Against(duty, Act.ConfirmCompletion, on) is null
                ? new Accepted([received, new CompletionConfirmed(key, on.By.Party)])
                : received;
    }

    static Fault? Fault(Grounds it, int number, string pointer) => it.Recommendations.Find(number) switch
    {
        null => new(pointer, "no-such-recommendation", ("number", number)),
        { Content.Kind: RecommendationKind.Report } => new(pointer, "not-of-review-body", ("number", number)),
        { IsToTell: false } => new(pointer, "already-informed", ("number", number)),
        _ => null
    };
}
