using Microsoft.AspNetCore.Components;
using MrAgreement.Agreements;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Grants;

/// <summary>A page of its own about an agreement's money.</summary>
public abstract class GrantPage : DossierView
{
    [Parameter, EditorRequired]
    public Dossier Dossier { get; set; } = null!;

    /// <summary>The form that was refused, when the page is the answer to one.</summary>
    [Parameter]
    public Attempt? Attempt { get; set; }

    protected override Dossier It => Dossier;

    protected string Grant => $"{Address}/grant";
}
