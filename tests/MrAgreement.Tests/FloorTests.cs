using Mono.Cecil;
using MrAgreement.Agreements;

namespace MrAgreement.Tests;

/// <summary>The rooms of the rules form floors: what is used lies on the same floor or below (docs/architecture.md).</summary>
public class FloorTests
{
    static readonly Dictionary<string, int> floors = new()
    {
        ["Money"] = 0, ["Calendars"] = 0, ["Parties"] = 0, ["EventSourcing"] = 0, ["Transparency"] = 0,
        ["Documents"] = 1, ["Obligations"] = 1, ["People"] = 1, ["Erasures"] = 1, ["Organisations"] = 1, ["Messages"] = 1,
        ["Grants"] = 2, ["Ledgers"] = 2, ["Banking"] = 2, ["Work"] = 2,
        ["Agreements"] = 3,
        ["Reconciliations"] = 4, ["Archives"] = 4, ["Overviews"] = 4, ["Access"] = 4, ["Drafts"] = 4, ["Reports"] = 4,
        ["Decisions"] = 5,
        ["Running"] = 6
    };

    static readonly List<(string From, string To)> arrows = Arrows();

    [Fact]
    public void Nothing_points_up_to_a_higher_floor()
    {
        var up = arrows.Where(a => floors[RoomOf(a.To)] > floors[RoomOf(a.From)]).Select(a => $"{a.From} uses {a.To}").ToList();
        Assert.True(up.Count == 0, string.Join('\n', up));
    }

    [Fact]
    public void Every_room_stands_on_a_floor() =>
        Assert.Equal(floors.Keys.Order(), arrows.SelectMany(a => new[] { RoomOf(a.From), RoomOf(a.To) }).Distinct().Order());

    static string RoomOf(string type) => type.Split('.')[1];

    // From each type to each type of ours that its bases, members, attributes and bodies name.
    static List<(string From, string To)> Arrows()
    {
        using var rules = AssemblyDefinition.ReadAssembly(typeof(Agreement).Assembly.Location);
        return [.. rules.MainModule.GetTypes()
            .SelectMany(type => Used(type).SelectMany(Parts).Where(used => used.Scope == rules.MainModule).Select(used => (From: Outermost(type), To: Outermost(used))))
            .Where(a => a.From != a.To && IsInRoom(a.From) && IsInRoom(a.To)).Distinct().Order()];
    }

    static bool IsInRoom(string type) => type.StartsWith("MrAgreement.", StringComparison.Ordinal);

    static string Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type.FullName;

    static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type]
    };

    static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.CustomAttributes.SelectMany(Used),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Methods.SelectMany(Used)
    ];

    static IEnumerable<TypeReference?> Used(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method.Body?.Variables.Select(v => v.VariableType) ?? [],
        .. method.Body?.Instructions.SelectMany(i => Used(i.Operand)) ?? []
    ];

    static IEnumerable<TypeReference?> Used(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(a => a.Value as TypeReference).Prepend(attribute.AttributeType);

    static IEnumerable<TypeReference?> Used(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => []
    };
}
