using Microsoft.AspNetCore.Http;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Drafts;

// What whoever reads a draft does with it: the whole of it on one page, and what they say of a section.
sealed partial class DraftPages
{
    Task<IResult> Comment(Guid id) => Comment(id, section => $"/drafts/{id}/sections/{section}#comments",
        (section, attempt) => Section(id, section, attempt));

    Task<IResult> CommentOnWhole(Guid id) => Comment(id, section => $"/drafts/{id}/whole#{section}", (_, attempt) => Whole(id, attempt));

    async Task<IResult> Comment(Guid id, Func<string, string> next, Func<string, Attempt, Task<IResult>> back)
    {
        var filled = Filled();
        var (section, text) = (filled.Text("section"), filled.Text("text"));
        if (section.Length == 0)
            filled.Note(new("/section", "required", ("field", "section")));
        var (_, refused) = filled.Faults.Count > 0 ? (null, Refused.Invalid(filled.Faults))
            : await drafting.Comment(id, section, text, On, Cancellation);
        return refused is null ? FormPost.Go(Http, next(section))
            : refused.Kind == RefusalKind.NotFound ? Failures.Page(StatusCodes.Status404NotFound)
            : await back(section, Attempt(filled, refused));
    }

    Task<IResult> Whole(Guid id, Attempt? attempt = null) =>
        With(id, shown => Rendered.Page<DraftWholePage>(new { Shown = shown, Attempt = attempt }, attempt));
}
