using System.Text.Json.Nodes;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

/// <summary>The schema in docs/ is what other people write terms by: it must name what the program reads, neither more nor less.</summary>
public class TermsSchemaTests
{
    static readonly JsonObject schema = JsonNode.Parse(Some.Resource("terms.schema.json", typeof(TermsSchemaTests).Assembly))!.AsObject();

    [Theory]
    [InlineData(typeof(Terms), null)]
    [InlineData(typeof(Party), "party")]
    [InlineData(typeof(DateSpan), "period")]
    [InlineData(typeof(ObligationTerms), "obligation")]
    [InlineData(typeof(GrantTerms), "grant")]
    [InlineData(typeof(InstalmentTerms), "instalment")]
    [InlineData(typeof(Appropriation), "appropriation")]
    [InlineData(typeof(Share), "share")]
    [InlineData(typeof(Overhead), "overhead")]
    [InlineData(typeof(AgendaItem), "agendaItem")]
    [InlineData(typeof(Goal), "goal")]
    [InlineData(typeof(ContentItem), "contentItem")]
    public void Each_part_of_the_schema_has_just_the_fields_that_are_read(Type read, string? part)
    {
        var described = part is null ? schema : schema["$defs"]![part]!.AsObject();

        Assert.Equal(Fields(read), Properties(described));
        Assert.False(described["additionalProperties"]!.GetValue<bool>());
    }

    [Fact]
    public void The_due_rules_of_the_schema_are_those_that_are_read()
    {
        var rules = schema["$defs"]!["due"]!["oneOf"]!.AsArray().SelectMany(rule => Properties(rule!.AsObject())).ToHashSet();

        Assert.Equal(Fields(typeof(DueTerms)), rules.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_kinds_of_the_schema_are_those_that_terms_may_use()
    {
        var kinds = schema["$defs"]!["obligation"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(kind => kind!.GetValue<string>());

        Assert.Equal(Enum.GetValues<ObligationKind>().Where(kind => kind != ObligationKind.Requisition).Select(kind => Json.NameOf(kind)).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_shipped_terms_use_only_fields_of_the_schema_and_all_that_it_requires()
    {
        var terms = JsonNode.Parse(Some.Resource("mr-2014.json"))!.AsObject();

        Holds(terms, schema);
        Assert.All(terms["parties"]!.AsArray(), party => Holds(party!.AsObject(), Part("party")));
        Assert.All(terms["obligations"]!.AsArray(), obligation => Holds(obligation!.AsObject(), Part("obligation")));
        Holds(terms["grant"]!.AsObject(), Part("grant"));
        Assert.All(terms["grant"]!["instalments"]!.AsArray(), instalment => Holds(instalment!.AsObject(), Part("instalment")));
    }

    static void Holds(JsonObject written, JsonObject part)
    {
        Assert.Subset(Properties(part).ToHashSet(), written.Select(field => field.Key).ToHashSet());
        Assert.Superset(part["required"]!.AsArray().Select(field => field!.GetValue<string>()).ToHashSet(), written.Select(field => field.Key).ToHashSet());
    }

    static JsonObject Part(string name) => schema["$defs"]![name]!.AsObject();

    static IEnumerable<string> Properties(JsonObject described) => described["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal);

    static IEnumerable<string> Fields(Type read) => Json.Options.GetTypeInfo(read).Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).Select(p => p.Name).Order(StringComparer.Ordinal);
}
