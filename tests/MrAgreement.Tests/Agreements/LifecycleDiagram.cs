using System.Globalization;
using System.Text;
using MrAgreement.Agreements;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Agreements;

/// <summary>An agreement's life as Mermaid draws it, from its terms: what is owed by clause, by when, and what comes before what.</summary>
static class LifecycleDiagram
{
    public static string Of(Terms terms)
    {
        var agreement = Story.Signed(terms).Agreement;
        var drawn = new StringBuilder("flowchart LR\n");
        // What the grant's terms bring stands with its payment.
        var money = agreement.InOrder.First(o => o.Kind == ObligationKind.Payment).Clause;
        foreach (var (number, clause) in agreement.InOrder.GroupBy(o => o.Clause ?? money ?? "").Index())
        {
            drawn.Append(CultureInfo.InvariantCulture, $"  subgraph c{number + 1}[\"{Text(clause.Key)}\"]\n");
            foreach (var it in clause)
                drawn.Append(CultureInfo.InvariantCulture, $"    {Name(it.Key)}{Shape(it, $"{Text(it.Title)}<br>{When(it)}")}\n");
            drawn.Append("  end\n");
        }
        foreach (var released in terms.Grant!.Instalments.Where(i => i.Condition is not null))
            drawn.Append(CultureInfo.InvariantCulture, $"  released-{released.Key}([\"Riksdagens anslag {released.Key}<br>beslut om årsbelopp\"]) --> {Name("grant-payment")}\n");
        foreach (var it in agreement.InOrder)
        {
            foreach (var before in it.Rests)
                drawn.Append(CultureInfo.InvariantCulture, $"  {Name(before)} --> {Name(it.Key)}\n");
            if (it.Due is BeforeOther or AfterOther)
                drawn.Append(CultureInfo.InvariantCulture, $"  {Name(it.Due.Other!)} -. {(it.Due is BeforeOther ? "senast då" : "därefter")} .-> {Name(it.Key)}\n");
        }
        return drawn.ToString();
    }

    static string When(Obligation it) => it.Kind == ObligationKind.Continuous ? "löpande" : it.EffectiveDueOn is { } due ? $"senast {due:uuuu-MM-dd}" : "utan datum";

    static string Shape(Obligation it, string text) => it.Kind switch
    {
        ObligationKind.Joint => $"{{{{\"{text}\"}}}}",
        ObligationKind.Payment or ObligationKind.Repayment or ObligationKind.Requisition => $"[/\"{text}\"/]",
        ObligationKind.Continuous => $"([\"{text}\"])",
        _ => $"[\"{text}\"]"
    };

    static string Name(string key) => $"o-{key}";

    static string Text(string it) => it.Replace("\"", "#quot;", StringComparison.Ordinal);
}
