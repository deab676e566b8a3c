using Microsoft.AspNetCore.Components;
using MrAgreement.Agreements;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>A piece of an agreement's pages.</summary>
public abstract class AgreementView : DossierView
{
    [CascadingParameter]
    public Dossier Dossier { get; set; } = null!;

    protected override Dossier It => Dossier;
}
