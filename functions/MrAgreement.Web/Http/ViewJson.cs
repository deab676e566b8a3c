using System.Text.Json;
using System.Text.Json.Serialization;

namespace MrAgreement.Web.Http;

/// <summary>How answers are written: as <see cref="Json"/>, with every field present, null where there is nothing.</summary>
public static class ViewJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };
        options.MakeReadOnly();
        return options;
    }
}
