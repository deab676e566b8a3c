using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.Drafts;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.OpenApi;

/// <summary>An example of every shape in the contract, from the 2014 agreement,
/// made from the same types that the API reads and writes.</summary>
static class Examples
{
    const string Agreement = "0198c0de-2014-4228-9d15-000000002289";
    const string Document = "0198c0de-2015-4201-9d15-000000000201";
    const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    // Fields whose example says more than their type does.
    static readonly Dictionary<string, JsonNode?> byName = new()
    {
        ["diaryNumber"] = "A2014/2289/DISK",
        ["title"] = "Kartläggning",
        ["key"] = "mapping-report",
        ["obligation"] = "mapping-report",
        ["instalment"] = "2014",
        ["party"] = "SKR",
        ["recipient"] = "RK",
        ["responsible"] = new JsonArray("SKR"),
        ["rests"] = new JsonArray("mapping-report"),
        ["waitsFor"] = new JsonArray(),
        ["untouched"] = new JsonArray(),
        ["to"] = new JsonArray("SKR"),
        ["clause"] = "Kartläggning",
        ["dueText"] = "1 februari 2015",
        ["summary"] = "Härmed lämnas rapporten från kartläggningen.",
        ["comment"] = "Rapporten är komplett.",
        ["reason"] = "Rapporten behöver kompletteras med regionernas svar.",
        ["reference"] = "A2014/2289/DISK",
        ["note"] = "Samråd hölls i Rosenbad.",
        ["now"] = "2015-02-02",
        ["rung"] = -30,
        ["kind"] = "report",
        ["mediaType"] = "application/pdf",
        ["fileName"] = "kartlaggning.pdf",
        ["legalGround"] = "OSL 21 kap. 7 §",
        ["type"] = "submission-made",
        ["data"] = new JsonObject { ["obligation"] = "mapping-report", ["number"] = 1 },
        ["category"] = "personal",
        ["apiName"] = "mragreement",
        ["apiVersion"] = "1.0.0",
        ["apiDocumentation"] = "https://mragreement.example/api/v1/openapi.json",
        ["apiStatus"] = "active",
        ["currency"] = "SEK",
        ["item"] = "6:1",
        ["condition"] = "riksdag-appropriation",
        ["basis"] = "ledger",
        ["mail"] = "anna.ask@example.se",
        ["language"] = "sv",
        ["issuer"] = "https://login.example.se",
        ["subject"] = "ekonomisystemet",
        ["address"] = "103 33 Stockholm",
        ["names"] = new JsonArray(new JsonObject { ["name"] = "Sveriges Kommuner och Regioner", ["from"] = "2019-11-27", ["to"] = null }),
        ["month"] = null,
        ["everyYear"] = null,
        ["before"] = null,
        ["after"] = null
    };

    static readonly Dictionary<Type, JsonNode?> byType = new()
    {
        [typeof(Terms)] = JsonNode.Parse(typeof(Examples).Assembly.GetManifestResourceStream("OpenApi/terms-example.json")!),
        [typeof(AgreementId)] = Agreement,
        [typeof(Guid)] = Document,
        [typeof(LocalDate)] = "2015-02-01",
        [typeof(Instant)] = "2015-01-30T09:12:00Z",
        [typeof(LocalTime)] = "09:00",
        [typeof(YearMonth)] = "2015-05",
        [typeof(Kronor)] = 4000000,
        [typeof(Sha256)] = Hash,
        [typeof(Salt)] = Hash[..32],
        [typeof(DiaryNumber)] = "A2014/2289/DISK",
        [typeof(OrganisationNumber)] = "222000-0315",
        [typeof(Bankgiro)] = "5050-1055",
        [typeof(string)] = "text",
        [typeof(int)] = 1,
        [typeof(long)] = 1,
        [typeof(decimal)] = 0.1,
        [typeof(bool)] = false,
        [typeof(CostCategory)] = "personal",
        [typeof(JsonObject)] = new JsonObject { ["title"] = "Överenskommelse om stöd till romsk inkludering" },
        [typeof(DraftRequest)] = new JsonObject { ["template"] = "state-grant" },
        [typeof(ShowingRequest)] = new JsonObject { ["parties"] = new JsonArray("SKR") },
        [typeof(DraftCommentRequest)] = new JsonObject { ["section"] = "about", ["text"] = "Titeln bör nämna regionerna." },
        [typeof(Reading)] = new JsonObject { ["acceptance"] = "Rapporten lämnas; att den granskas är departementets praxis." },
        [typeof(PersonView)] = new JsonObject { ["id"] = "lena.lind", ["name"] = "Lena Lind" },
        [typeof(ReminderPlan)] = new JsonObject { ["before"] = new JsonArray(90, 30, 14, 7, 1), ["overdue"] = new JsonArray(1, 7, 14, 28),
            ["review"] = new JsonArray(14, 28) },
        [typeof(DateSpan)] = new JsonObject { ["from"] = "2014-06-13", ["to"] = "2017-12-31" },
        [typeof(DueTerms)] = new JsonObject { ["on"] = "2015-02-01" },
        [typeof(AmendmentChange)] = new JsonObject { ["reschedule"] = new JsonObject { ["key"] = "final-report",
            ["due"] = new JsonObject { ["on"] = "2017-10-01" } } },
        [typeof(Web.Obligations.MeetingTimeRequest)] = new JsonObject { ["on"] = "2016-05-19", ["start"] = "09:00", ["end"] = "12:00",
            ["form"] = "on-site", ["place"] = "Rosenbad, Stockholm" },
        [typeof(Web.Agreements.BodyRequest)] = new JsonObject { ["key"] = "coordination-group", ["title"] = "Samordningsgruppen",
            ["obligation"] = "coordination-group" },
        [typeof(Web.Agreements.SeatRequest)] = new JsonObject { ["function"] = "Handläggare, Socialdepartementet", ["from"] = "2015-05-20", ["to"] = null },
        [typeof(AgendaItem)] = new JsonObject { ["key"] = "action-plan", ["title"] = "Handlingsplanen", ["whenNeeded"] = null },
        [typeof(TreatedItem)] = new JsonObject { ["item"] = "action-plan",
            ["considered"] = "Regeringskansliets synpunkt om verktygslådan beaktas i planen." },
        [typeof(Participant)] = new JsonObject { ["party"] = "RK", ["name"] = "Arbetsmarknadsdepartementet" },
        [typeof(ConsultationDecision)] = new JsonObject { ["kind"] = "new-date", ["text"] = "Slutrapporten lämnas en månad senare.",
            ["obligation"] = "final-report", ["on"] = "2017-10-01" },
        [typeof(PageLinks)] = new JsonObject { ["self"] = "https://mragreement.example/api/v1/agreements?page=1", ["next"] = null,
            ["previous"] = null }
    };

    public static JsonNode? Of(Type type, string? name = null)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (name is not null && byName.TryGetValue(name, out var named) && Fits(named, type))
            return named?.DeepClone();
        if (byType.TryGetValue(type, out var typed))
            return typed?.DeepClone();
        if (type.IsEnum)
            return JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(type == typeof(ObligationStatus) ? 1 : 0), type,
                Json.Options);
        var shape = ViewJson.Options.GetTypeInfo(type);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Enumerable => Of(shape.ElementType!) is { } item ? new JsonArray(item) : new JsonArray(),
            JsonTypeInfoKind.Object => new JsonObject(shape.Properties.Select(p =>
                KeyValuePair.Create(p.Name, Of(p.PropertyType, p.Name)))),
            _ => null
        };
    }

    /// <summary>A problem as it would be answered.</summary>
    public static JsonObject Problem(int status) => new()
    {
        ["type"] = "https://mragreement.example/problems/requisition-exceeds-instalment",
        ["title"] = "Rekvisitionen är större än årsbeloppet",
        ["status"] = status,
        ["detail"] = "Av årsbeloppet 2014 återstår 4 000 000 kr att rekvirera.",
        ["instance"] = $"/api/v1/agreements/{Agreement}/grant/requisitions"
    };

    static bool Fits(JsonNode? example, Type type) => example switch
    {
        null => true,
        JsonArray => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type),
        JsonValue value => value.GetValueKind() == JsonValueKind.Number ? type == typeof(int) : type == typeof(string),
        _ => type == typeof(JsonElement) || type == typeof(object)
    };
}
