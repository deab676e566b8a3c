using Microsoft.AspNetCore.Components;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>A field of a form: its label, what was typed in it, and what is wrong with it.</summary>
public abstract class FieldView : View
{
    [CascadingParameter]
    public ActForm Form { get; set; } = null!;

    /// <summary>As the rules point to it, without the first slash.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What stands there before anybody has typed.</summary>
    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public bool Optional { get; set; }

    /// <summary>Whether the label says that it may be left empty; not in a row where that is said of the whole.</summary>
    [Parameter]
    public bool IsMarked { get; set; } = true;

    /// <summary>Whether the label is what people wrote.</summary>
    [Parameter]
    public bool IsContent { get; set; }

    // The list of what to mend calls each field what the form calls it.
    protected override void OnParametersSet() => Form.Refused?.Labels.TryAdd(Name, (Label, IsContent));

    protected string Id => Form.Id(Name);

    protected string Shown => Form.Refused is { } refused ? refused.Typed[Name].ToString() : Value;

    protected IReadOnlyList<Sentence>? Fault => Form.Refused?.FaultOf(Name);

    protected string? Invalid => Fault is null ? null : "true";

    protected virtual bool HasHint => Hint is not null;

    protected string? DescribedBy => (HasHint, Fault) switch
    {
        (false, null) => null,
        (_, null) => $"{Id}-hint",
        (false, _) => $"{Id}-fault",
        _ => $"{Id}-hint {Id}-fault"
    };
}
