using System.Text.Json;
using System.Text.Json.Serialization;

namespace MrAgreement.Work;

/// <summary>The plan as a party is writing it, section by section; nothing of it need hold yet.</summary>
/// <param name="Party">Key of the party whose draft it is.</param>
/// <param name="By">Who changed it last.</param>
public sealed record PlanDraft(string Party, PlanContent Content, PersonId By, Instant At)
{
    /// <summary>Sections by their keys: what it says of itself, its focus areas, and each measure.</summary>
    public const string About = "about", FocusAreas = "focus-areas", MeasurePrefix = "measures/";

    /// <summary>Changes with whatever it says.</summary>
    [JsonIgnore]
    public string Tag => TagOf(Content);

    /// <summary>Changes with whatever a section says; of a measure that is not there it is that of nothing.</summary>
    public string TagOfSection(string section) => TagOf(Section(section));

    object? Section(string section) => section switch
    {
        About => Content with { FocusAreas = [], Measures = [], Dropped = [] },
        FocusAreas => Content.FocusAreas,
        _ => Content.Measure(section[MeasurePrefix.Length..])
    };

    /// <summary>The draft with a section changed.</summary>
    /// <param name="tag">That of the section as it was when somebody began to change it.</param>
    public (PlanDraft After, Refused? Refused) With(
        string section, string tag, Func<PlanContent, PlanContent> change, PersonId by, Instant now)
    {
        var after = change(Content).Trimmed();
        return after.SaysSame(Content) ? (this, null)
            : TagOfSection(section) != tag ? (this, new Refused("plan-section-changed").NotSo())
            : (this with { Content = after, By = by, At = now }, null);
    }

    static string TagOf(object? it) =>
        Sha256.Of(JsonSerializer.SerializeToUtf8Bytes(it, it?.GetType() ?? typeof(object), Json.Options)).ToString()[..16];
}
