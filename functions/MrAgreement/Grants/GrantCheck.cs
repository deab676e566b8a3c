using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>What must hold of the grant's terms.</summary>
static partial class GrantCheck
{
    const int MaxInstalments = 100;

    public static IEnumerable<Fault> Faults(GrantTerms grant)
    {
        if (grant.Instalments.Count > MaxInstalments)
        {
            yield return new("/grant/instalments", "too-many", ("max", MaxInstalments));
            yield break;
        }
        if (grant.Currency != "SEK")
            yield return new("/grant/currency", "currency");
        if (!grant.Total.IsPositive)
            yield return new("/grant/total", "amount-not-positive");
        for (var i = 0; i < grant.Instalments.Count; i++)
        {
            var (instalment, at) = (grant.Instalments[i], $"/grant/instalments/{i}");
            if (!Key().IsMatch(instalment.Key) || instalment.Key.Length > 30)
                yield return new($"{at}/key", "obligation-key", ("key", instalment.Key));
            if (grant.Instalments.Take(i).Any(other => other.Key == instalment.Key))
                yield return new($"{at}/key", "key-taken", ("key", instalment.Key));
            foreach (var fault in DateRange.Faults(($"{at}/requisitionDueOn", instalment.RequisitionDueOn)))
                yield return fault;
            if (Fault.OptionalText($"{at}/condition", instalment.Condition, 200) is { } text)
                yield return text;
            if (!instalment.Amount.IsPositive)
                yield return new($"{at}/amount", "amount-not-positive");
            if (instalment.Appropriation is { } appropriation)
                foreach (var fault in Faults(appropriation, $"{at}/appropriation"))
                    yield return fault;
        }
        if (grant.Instalments.Sum(i => i.Amount) > grant.Total)
            yield return new("/grant/instalments", "instalments-exceed-total");
        foreach (var fault in DateRange.Faults(("/grant/eligible/from", grant.Eligible?.From), ("/grant/eligible/to", grant.Eligible?.To)))
            yield return fault;
        if (grant.Eligible is { } eligible && eligible.From > eligible.To)
            yield return new("/grant/eligible", "period-reversed", ("earliest", eligible.From));
        if (grant.VarianceThreshold is < 0 or > 1)
            yield return new("/grant/varianceThreshold", "share-range");
        if (grant.Overhead is { Share: < 0 or > 1 })
            yield return new("/grant/overhead/share", "share-range");
        if (grant.Overhead is { } known && grant.Categories?.Any(c => c.Key == known.Category) != true)
            yield return new("/grant/overhead/category", "category-unknown", ("category", known.Category));
        if (grant.OwnContribution is { IsPositive: false })
            yield return new("/grant/ownContribution", "amount-not-positive");
        if (grant.AttestationLimit is { IsPositive: false })
            yield return new("/grant/attestationLimit", "amount-not-positive");
        if (grant.AuditAbove is { IsPositive: false })
            yield return new("/grant/auditAbove", "amount-not-positive");
        foreach (var fault in Faults(grant.Categories ?? []))
            yield return fault;
    }

    static IEnumerable<Fault> Faults(IReadOnlyList<CostCategory> categories)
    {
        if (categories.Count > CategoryMap.MostLines)
        {
            yield return new("/grant/categories", "too-many", ("max", CategoryMap.MostLines));
            yield break;
        }
        var taken = new List<(AccountRange Accounts, CostCategory By)>();
        for (var i = 0; i < categories.Count; i++)
        {
            var category = categories[i];
            if (!CategoryMap.IsKey(category.Key))
                yield return new($"/grant/categories/{i}/key", "category-key", ("category", category.Key));
            if (categories.Take(i).Any(other => other.Key == category.Key))
                yield return new($"/grant/categories/{i}/key", "key-taken", ("key", category.Key));
            if (category.Budget is { IsNegative: true })
                yield return new($"/grant/categories/{i}/budget", "amount-negative");
            for (var j = 0; j < category.Accounts?.Count; j++)
            {
                var at = $"/grant/categories/{i}/accounts/{j}";
                if (!AccountRange.TryParse(category.Accounts[j], null, out var range))
                    yield return new(at, "account-range", ("accounts", category.Accounts[j]));
                else if (taken.Find(other => CategoryMap.Overlap(other.Accounts, range)).By is { } other)
                    yield return new(at, "account-taken", ("accounts", range), ("category", other.Title ?? other.Key));
                else
                    taken.Add((range, category));
            }
        }
    }

    public static IEnumerable<Fault> Faults(Appropriation appropriation, string at)
    {
        if (appropriation.Area is < 1 or > 27)
            yield return new($"{at}/area", "appropriation-area");
        if (!Item().IsMatch(appropriation.Item))
            yield return new($"{at}/item", "appropriation-item");
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"^[0-9]{1,2}:[0-9]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
