using Microsoft.AspNetCore.Components;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>What every page and piece about one agreement knows of it.</summary>
public abstract class DossierView : View
{
    protected abstract Dossier It { get; }

    protected Agreement Agreement => It.Agreement;

    protected string Address => $"/agreements/{It.Id}";

    protected bool May(Right right) => Rights.May(Visitor.Actor, right, Agreement.Terms.Parties);

    /// <summary>Whether something may be done now, so that its form is shown.</summary>
    protected bool MayNow(Act act, Subject of = default) => Visitor.Past is null && Acts.May(It, act, of, new(Visitor.Actor, Visitor.Now));

    /// <summary>The way to a part of the agreement, on whichever page it stands.</summary>
    protected string Part(string name) => $"{Address}{Places.To(name, Visitor.Then)}";

    protected string AddressOf(Obligation obligation) => $"{Address}/obligations/{obligation.Key}{Visitor.Then}";

    protected string PartyName(string key) => Agreement.NameOf(key, Visitor.Today);

    /// <summary>The year that a yearly statement tells of, which is not the year
    /// that it is named after; null for what is no such statement.</summary>
    protected string? Concerns(Obligation it) =>
        it is { Kind: ObligationKind.Deliverable, Year: { } year } && it.Documents.Contains("statement")
        ? Say("obligation.concerns", ("year",
        it.LastSubmission?.Statement is { } number ? It.Grant.Statements[number - 1].Period.To.Year : year - 1))
        : null;

    /// <summary>A cost category as the terms call it, or else its key.</summary>
    protected string CategoryName(string key) =>
        CategoryMap.IsOutside(key) ? Say($"categories.{key}") : It.Grant.CategoryTitle(key) ?? key;

    /// <summary>The same, in its own language.</summary>
    protected RenderFragment Category(string key) => CategoryMap.IsOutside(key) ? builder =>
        builder.AddContent(0, CategoryName(key)) : Own(CategoryName(key));

    /// <summary>Cost categories of the terms and of the map of accounts.</summary>
    protected IEnumerable<string> CategoryKeys =>
        (It.Grant.Terms?.Categories ?? []).Select(c => c.Key).Union(It.Grant.Categories.Lines.Select(line => line.Category));

    protected string AppropriationName(Appropriation? it) => it switch
    {
        null => Say("appropriation.none"),
        { Post: { } post } => Say("appropriation.name-post", ("area", it.Area), ("item", it.Item), ("post", post)),
        _ => Say("appropriation.name", ("area", it.Area), ("item", it.Item))
    };

    /// <summary>Whoever pays the money out, and is paid back: the party that only does that, or else the grantor.</summary>
    protected string PayerName => PartyName((Agreement.Terms.Parties.FirstOrDefault(party => party.Role == PartyRole.Payer)
        ?? Agreement.Terms.Parties.First(party => party.Role == PartyRole.Grantor)).Key);

    /// <summary>The parties that have a duty, for all that share.</summary>
    protected string Names(Duty duty) =>
        string.Join(", ", Agreement.Terms.Parties.Where(party => Rights.Does(party, duty, Agreement.Terms.Parties))
        .Select(party => party.Name));

    [Inject]
    public IPeople Everybody { get; set; } = null!;

    /// <summary>The people who have a right in the agreement, or else their parties: whose turn it is.</summary>
    /// <param name="notBy">Who may not for having a hand in it; null for nobody.</param>
    /// <param name="of">The keys of the parties that it is for; null for all.</param>
    protected string WhoMay(Right right, PersonId? notBy = null, IReadOnlyList<string>? of = null)
    {
        var parties = Agreement.Terms.Parties;
        var people = Everybody.All.Where(p => p.Id != notBy && of?.Contains(p.Actor.Party) != false
            && parties.Any(party => party.Key == p.Actor.Party) && Rights.May(p.Actor, right, parties)).Select(p => p.Name).ToList();
        return string.Join(", ", people.Count > 0 ? people : parties.Where(p => of?.Contains(p.Key) != false
            && Enum.GetValues<Role>().Any(role => Rights.May(new(PersonId.System, p.Key, role), right, parties))).Select(p => p.Name));
    }
}
