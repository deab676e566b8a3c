using System.Collections;
using System.Reflection;
using System.Text;
using MrAgreement.Documents;
using MrAgreement.Money;

namespace MrAgreement.Tests.Agreements;

/// <summary>Everything that a state holds, as text.</summary>
static class StateText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    static void Write(object? value, StringBuilder text)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value is Enum || value.GetType().Namespace?.StartsWith("NodaTime", StringComparison.Ordinal) == true
            || value is Guid or Sha256 or Kronor or PersonId or MrAgreement.EventSourcing.AgreementId or DiaryNumber)
            text.Append(value);
        else if (value is IDictionary map)
            foreach (var key in map.Keys.Cast<object>().OrderBy(k => k.ToString(), StringComparer.Ordinal))
            {
                text.Append(key).Append(':');
                Write(map[key], text);
            }
        else if (value is IEnumerable items)
            foreach (var item in items)
            {
                Write(item, text);
                text.Append(';');
            }
        else
            foreach (var field in Fields(value.GetType()))
            {
                text.Append('\n').Append(field.Name).Append('=');
                Write(field.GetValue(value), text);
            }
    }

    static readonly Dictionary<Type, FieldInfo[]> fields = [];

    static FieldInfo[] Fields(Type type)
    {
        lock (fields)
            return fields.TryGetValue(type, out var known)
                ? known
                : fields[type] = [.. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)];
    }
}
