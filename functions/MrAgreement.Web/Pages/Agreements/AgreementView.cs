using Microsoft.AspNetCore.Components;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>A piece of an agreement's pages.</summary>
public abstract class AgreementView : View
{
    [CascadingParameter]
    public Dossier Dossier { get; set; } = null!;

    protected Agreement Agreement => Dossier.Agreement;

    protected string Address => $"/agreements/{Dossier.Id}";

    protected bool May(Right right) => Rights.May(Visitor.Actor, right, Agreement.Terms.Parties);

    /// <summary>Whether the obligations run: a form on a draft or a closed agreement would only be refused.</summary>
    protected bool MayNow(Right right) => Agreement.IsRunning && May(right);

    protected string AddressOf(Obligation obligation) => $"{Address}/obligations/{obligation.Key}";

    protected string PartyName(string key) => Agreement.Party(key)?.Name ?? key;
}
