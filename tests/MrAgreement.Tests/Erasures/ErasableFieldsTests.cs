using System.Collections;
using System.Reflection;
using System.Text;
using MrAgreement.Agreements;
using MrAgreement.Tests.EventSourcing;

namespace MrAgreement.Tests.Erasures;

/// <summary>What of each event may be erased is said beside its name, and nothing that figures, days and decisions rest on is in it.</summary>
public class ErasableFieldsTests
{
    // Texts that stay: keys, references, numbers, codes and what the parties have decided.
    static readonly HashSet<string> stay =
    [
        "obligation", "party", "reference", "instalment", "consultation", "kind", "clause", "of", "to/*", "item", "consultation/items/*/item", "ministry",
        "consultation/participants/*/party", "consultation/decisions/*/obligation", "consultation/decisions/*/text", "riksdagReference", "conditions/*", "voucher", "category",
        "signatories/*/party", "untouched/*", "effect/dropped/*", "changes/*/reschedule/key", "changes/*/drop/key", "changes/*/raise/instalment",
        "changes/*/revise/key", "changes/*/revise/title", "changes/*/revise/documents/*", "changes/*/instalment/key", "changes/*/instalment/condition", "condition",
        "changes/*/join/key", "changes/*/join/name", "changes/*/join/names/*/name", "changes/*/leave/key", "changes/*/takeOver/from", "changes/*/takeOver/key", "changes/*/takeOver/name", "changes/*/duty/party",
        "rests/*", "explanations/*/category", "rule", "expected", "actual", "legalGround", "file/mediaType", "bankReference", "encoding", "lines/*/category", "lines/*/title",
        "parts/*/party", "body", "decisions", "project/code", "changes/*/account", "appropriation/item", "lines/*/appropriation/item", "server", "status",
        // Where a recommendation stands, and by what findings are found.
        "recommendations/*/body", "recommendations/*/occasion", "recommendations/*/document", "recommendations/*/paragraph", "recommendations/*/themes/*", "recommendations/*/commissioner",
        "content/occasion", "finding/themes/*", "contents/*/key",
        // Keys of the plan and of organisations.
        "focusArea", "measure", "report/reached/*", "material/measure",
        // The language of material, and who has spread it.
        "material/language", "spreading/party",
        // What is measured, and by what it is told in parts; whom efforts are for, on which step.
        "indicator", "content/belongsTo/measure", "content/belongsTo/focusArea", "content/belongsTo/goal", "content/breakdowns/*/key", "content/breakdowns/*/title", "content/breakdowns/*/values/*",
        "reading/parts/*/breakdown", "reading/parts/*/value", "steps/*/key", "steps/*/title", "effort/step", "effort/arrangers/*", "effort/reach/organisations/*", "effort/reach/group", "effort/reach/counties/*",
        "effort/perspectives/*", "effort/measure", "seen/organisation", "organisation", "area"
    ];

    // What was attested, told and agreed as a whole.
    static readonly string[] whole = ["terms/", "release/", "content/", "changes/*/add/", "changes/*/reschedule/due/", "accounts/", "differences/", "warnings/", "reckoned/", "file/accounts/", "file/message", "file/warnings/", "closing/", "known/", "asked/"];

    [Fact]
    public void Every_event_says_what_of_it_may_be_erased() =>
        Assert.All(EventJson.Types, stored => Assert.True(ErasableFields.Of(stored.Value) is not null, $"{stored.Key} says nothing of what may be erased of it: see ErasableFields."));

    [Fact]
    public void Every_text_of_an_event_may_be_erased_or_is_known_to_stay()
    {
        var unsaid = EventJson.Types.SelectMany(stored => Texts(stored.Value, "").Distinct().Except(ErasableFields.Of(stored.Value)!)
            .Where(path => !stay.Contains(path) && !whole.Any(beginning => path.StartsWith(beginning, StringComparison.Ordinal))).Select(path => $"{stored.Key}: {path}")).ToList();
        Assert.True(unsaid.Count == 0, string.Join('\n', unsaid));
        Assert.All(EventJson.Types, stored => Assert.Empty(ErasableFields.Of(stored.Value)!.Except(Texts(stored.Value, ""))));
    }

    [Fact]
    public void What_is_left_reads_as_the_same_event_and_holds_no_word_of_what_went()
    {
        foreach (var row in GoldenLife.Log.Where(row => ErasableFields.Has(EventJson.Read(row.Type, row.Data!))))
        {
            var left = ErasableFields.Erase(row.Type, row.Data!);
            Assert.Equal(Encoding.UTF8.GetString(left), Encoding.UTF8.GetString(EventJson.Write(EventJson.Read(row.Type, left))));
            Assert.Equal(left, ErasableFields.Erase(row.Type, left));
        }
        var submission = ErasableFields.Erase("submission-made", """{"number":2,"summary":"Anna Ek","documents":[],"party":"SKR","coverLetter":"Härmed","obligation":"x"}"""u8.ToArray());
        Assert.Equal("""{"number":2,"summary":"raderat","documents":[],"party":"SKR","coverLetter":"raderat","obligation":"x"}""", Encoding.UTF8.GetString(submission));
        var signed = ErasableFields.Erase("agreement-signed", """{"signedOn":"2014-06-13","signatories":[{"name":"Erik Ek","party":"RK"},{"name":"Anna","party":"SKR"}]}"""u8.ToArray());
        Assert.Equal("""{"signedOn":"2014-06-13","signatories":[{"name":"raderat","party":"RK"},{"name":"raderat","party":"SKR"}]}""", Encoding.UTF8.GetString(signed));
    }

    // The paths of all texts that an event of the type can hold.
    static IEnumerable<string> Texts(Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return [path];
        if (type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } list && typeof(IEnumerable).IsAssignableFrom(type))
            return Texts(list.GenericTypeArguments[0], $"{path}/*");
        // What reads and writes itself as a text of its own form is no free text.
        if (type.Namespace?.StartsWith(nameof(MrAgreement), StringComparison.Ordinal) != true || type.IsEnum || type.GetInterfaces().Any(i => i.Name.StartsWith("IParsable", StringComparison.Ordinal)))
            return [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract")
            .SelectMany(p => Texts(p.PropertyType, $"{path}/{char.ToLowerInvariant(p.Name[0])}{p.Name[1..]}".TrimStart('/')));
    }
}
