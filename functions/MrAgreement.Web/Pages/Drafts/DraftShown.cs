using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using MrAgreement.Drafts;
using MrAgreement.Obligations;
using MrAgreement.Web.Drafts;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>A draft as somebody looks at it, with all that is wrong with it.</summary>
/// <param name="Writes">Whether it is theirs to write.</param>
/// <param name="IsMade">Whether the agreement that was made of it is there.</param>
public sealed record DraftShown(TermsDraft Draft, DraftCheck Check, bool Writes, bool IsMade)
{
    readonly ILookup<string?, (string Field, Fault Fault)> faults = Sorted(Draft, Check.Faults);
    readonly ILookup<string?, (string Field, Fault Fault)> doubts = Sorted(Draft, Check.Doubts);

    /// <summary>Whether it can still be changed, by this person.</summary>
    public bool CanChange => Writes && Draft.MadeAt is null;

    /// <summary>What is wrong in a section, each at its place there; null for what concerns all obligations.</summary>
    public IEnumerable<(string Field, Fault Fault)> FaultsOf(string? section) => faults[section];

    public IEnumerable<(string Field, Fault Fault)> DoubtsOf(string? section) => doubts[section];

    public int CommentsOf(string section) => Draft.Comments.Count(comment => comment.Section == section);

    /// <summary>A section's form as it stands, with what is wrong beside its fields.</summary>
    public Attempt Form(DraftSection section, string action, IFormCollection fields, Language language) => new(action, fields,
        StatusCodes.Status200OK, null, [.. Beside(section, FaultsOf(section.Key)).Select(it => new FieldFault(it.Field, null,
            Attempt.Told(language, it.Fault.Rule, it.Fault.Values)))]);

    /// <summary>Faults with the fields of the form in which they are mended.</summary>
    public static IEnumerable<(string? Field, Fault Fault)> Beside(DraftSection section, IEnumerable<(string Field, Fault Fault)> all) =>
        all.Select(it => (it.Fault.Rule == DraftDoubts.Unanswered ? null : SectionForms.Field(section, it.Field), it.Fault))
            .DistinctBy(it => (it.Item1, it.Fault.Rule));

    static ILookup<string?, (string Field, Fault Fault)> Sorted(TermsDraft draft, IReadOnlyList<Fault> all)
    {
        var titles = DraftWords.Titles(draft);
        return all.Select(fault => (Place: DraftTerms.Place(draft, fault.Pointer), Fault: Attempt.InWords(fault, titles.GetValueOrDefault)))
            .ToLookup(it => it.Place.Section, it => (it.Place.Field, it.Fault));
    }
}

/// <summary>A piece of a draft's pages.</summary>
public abstract class DraftPiece : View
{
    [CascadingParameter]
    public DraftShown It { get; set; } = null!;

    protected TermsDraft Draft => It.Draft;

    protected string Address => $"/drafts/{Draft.Id}";

    protected string AddressOf(DraftSection section) => $"{Address}/sections/{section.Key}";

    /// <summary>Where the obligation that an occurrence comes of is written.</summary>
    protected string AddressOf(Obligation it) =>
        Draft.Obligations.FirstOrDefault(section => DraftTerms.TextOf(section.Content["key"]) == it.TermsKey) is { } section
            ? AddressOf(section)
            : $"{Address}/sections/{DraftSection.Grant}";

    protected RenderFragment TitleOf(DraftSection section) => !section.IsObligation
        ? builder => builder.AddContent(0, Say($"draft-section.{section.Key}"))
        : DraftTerms.TextOf(section.Content["title"]) is { } title ? Own(title)
        : builder => builder.AddContent(1, Say("drafts.untitled-obligation"));

    /// <summary>What the draft is called.</summary>
    protected string Title => DraftTerms.TextOf(Draft[DraftSection.About]!.Content["title"]) ?? Say("drafts.untitled");

    /// <summary>What a field is called.</summary>
    protected string Label(string field) => DraftWords.Label(Language, field);

    protected IEnumerable<Obligation> DatesOf(DraftSection section) => It.Check.Preview is { } preview
        && DraftTerms.TextOf(section.Content["key"]) is { } key
        ? preview.Agreement.InOrder.Where(o => o.TermsKey == key)
        : [];
}
