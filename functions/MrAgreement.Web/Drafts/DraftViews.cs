using System.Text.Json.Nodes;
using MrAgreement.Drafts;
using MrAgreement.Web.Http;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Drafts;

/// <param name="Template">What to begin from: empty, state-grant, shared-assignment or mr-2014.</param>
/// <param name="Agreement">UUID of an agreement whose terms to begin from.</param>
/// <param name="Terms">Terms to begin from, finished or not.</param>
public sealed record DraftRequest(string? Template = null, Guid? Agreement = null, JsonObject? Terms = null);

/// <param name="Parties">Keys of the parties, named in the draft, whose people may read it and comment on it.</param>
public sealed record ShowingRequest(IReadOnlyList<string> Parties);

/// <param name="Section">Key of the section that it is on.</param>
/// <param name="Text">At most 2 000 characters.</param>
public sealed record DraftCommentRequest(string Section, string Text);

/// <summary>A draft of terms in a list.</summary>
/// <param name="Id">UUID; of the agreement too that is made of it.</param>
/// <param name="Party">Key of the party whose draft it is.</param>
/// <param name="Title">As it is typed so far.</param>
/// <param name="DiaryNumber">Likewise.</param>
/// <param name="ShownTo">Keys of the other parties whose people may read it.</param>
/// <param name="MadeAt">When an agreement was made of it; null until then.</param>
/// <param name="ChangedBy">Who changed it last.</param>
/// <param name="ChangedAt">When.</param>
public sealed record DraftSummary(
    Guid Id, string Party, string? Title, string? DiaryNumber, IReadOnlyList<string> ShownTo, Instant? MadeAt, PersonView ChangedBy,
    Instant ChangedAt)
{
    internal static DraftSummary Of(TermsDraft it, IPeople people)
    {
        var (about, latest) = (it[DraftSection.About]!.Content, it.Latest);
        return new(it.Id, it.Party, DraftTerms.TextOf(about["title"]), DraftTerms.TextOf(about["diaryNumber"]), it.ShownTo, it.MadeAt,
            new(latest.By.Value, people.NameOf(latest.By)), latest.At);
    }
}

/// <summary>A draft of terms.</summary>
/// <param name="Id">UUID; of the agreement too that is made of it.</param>
/// <param name="Party">Key of the party whose draft it is.</param>
/// <param name="Version">Of the whole: another after every change of a section.</param>
/// <param name="ShownTo">Keys of the other parties whose people may read it.</param>
/// <param name="MadeAt">When an agreement was made of it; null until then.</param>
/// <param name="Sections">In the order of the terms; each obligation is one.</param>
/// <param name="Faults">All that stands against making an agreement of it, each at its place in the terms.</param>
/// <param name="Doubts">What may be a slip, and is asked about when an agreement is made.</param>
/// <param name="Comments">By those who read it, oldest first.</param>
public sealed record DraftView(
    Guid Id, string Party, int Version, IReadOnlyList<string> ShownTo, Instant? MadeAt, IReadOnlyList<DraftSectionView> Sections,
    IReadOnlyList<ProblemError> Faults, IReadOnlyList<ProblemError> Doubts, IReadOnlyList<DraftCommentView> Comments)
{
    internal static DraftView Of(TermsDraft it, LocalDate today, IPeople people, Language language)
    {
        var check = DraftCheck.Of(it, today);
        return new(it.Id, it.Party, it.Version, it.ShownTo, it.MadeAt,
            [.. it.Sections.Select(section => DraftSectionView.Of(section, people))], Told(check.Faults), Told(check.Doubts),
            [.. it.Comments.Select(comment => new DraftCommentView(comment.Number, comment.Section, comment.Text, comment.Party,
                new(comment.By.Value, people.NameOf(comment.By)), comment.At))]);

        IReadOnlyList<ProblemError> Told(IReadOnlyList<Fault> faults) =>
            [.. faults.Select(f => ProblemError.Of(f, language))];
    }
}

/// <param name="Key">about, parties, goals, obligation-1 and so on, grant, reminders.</param>
/// <param name="Version">From 1; its ETag.</param>
/// <param name="By">Who changed it last.</param>
/// <param name="At">When.</param>
/// <param name="Content">Fields of the terms, or of the obligation.</param>
public sealed record DraftSectionView(string Key, int Version, PersonView By, Instant At, JsonObject Content)
{
    internal static DraftSectionView Of(DraftSection it, IPeople people) =>
        new(it.Key, it.Version, new(it.By.Value, people.NameOf(it.By)), it.At, it.Content);
}

/// <param name="Number">From 1, within the draft.</param>
/// <param name="Section">Key of the section that it is on.</param>
/// <param name="Text">What was said.</param>
/// <param name="Party">Key of the party that the person spoke for.</param>
/// <param name="By">Who said it.</param>
/// <param name="At">When.</param>
public sealed record DraftCommentView(int Number, string Section, string Text, string Party, PersonView By, Instant At);
