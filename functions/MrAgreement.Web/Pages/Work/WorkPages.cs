using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Work;

/// <summary>Pages of the work, for those who may read it.</summary>
static class WorkPages
{
    public static IResult Page<T>(Dossier dossier, PageVisitor visitor, object parameters, Attempt? refused = null) where T : IComponent =>
        Sight.SeesWork(dossier, visitor.Actor) ? Rendered.Page<T>(parameters, refused) : Failures.Page(StatusCodes.Status403Forbidden);
}
