using Microsoft.AspNetCore.Components;
using MrAgreement.Obligations;
using MrAgreement.Web.Pages.Agreements;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>A piece of an obligation's page.</summary>
public abstract class ObligationView : AgreementView
{
    [CascadingParameter]
    public Obligation Obligation { get; set; } = null!;

    /// <summary>Where the obligation's forms are sent.</summary>
    protected string Here => $"{Address}/obligations/{Obligation.Key}";
}
