using Microsoft.AspNetCore.Components;
using MrAgreement.Obligations;
using MrAgreement.Web.Pages.Agreements;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>A piece of an obligation's page.</summary>
public abstract class ObligationView : AgreementView
{
    [CascadingParameter]
    public Obligation Obligation { get; set; } = null!;

    /// <summary>The version that a form on the page is shown at.</summary>
    protected long Version => Obligation.VersionFor(Visitor.Actor.Party);

    /// <summary>Whether a statement is among what it is met by.</summary>
    protected bool AsksForStatement =>
        Obligation.Kind == ObligationKind.Deliverable && Obligation.Documents.Any(kind => kind is "statement" or "accounts");

    /// <summary>Where the obligation's forms are sent.</summary>
    protected string Here => $"{Address}/obligations/{Obligation.Key}";
}

/// <summary>A form for one act on an obligation.</summary>
public abstract class ObligationActView : ObligationView
{
    /// <summary>Folded away, unless it is the person's turn.</summary>
    [Parameter]
    public bool Folded { get; set; }
}
