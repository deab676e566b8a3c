using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MrAgreement.Ledgers;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Says which accounts belong to which cost category; replaces what was said before.</summary>
public sealed record MapCategories(IReadOnlyList<CategoryAccounts> Lines) : GrantCommand(Act.MapCategories);

public sealed record CategoriesMapped(IReadOnlyList<CategoryAccounts> Lines) : GrantEvent;

/// <param name="Category">Key of the cost category.</param>
/// <param name="Title">What people call it; null where the terms say so, or the key is name enough.</param>
public sealed record CategoryAccounts(string Category, IReadOnlyList<AccountRange> Accounts, string? Title = null);

/// <summary>The cost categories (kostnadsslag) of a grant, and the accounts that belong to each.</summary>
/// <param name="Version">0 as the terms have it, then one more with every change.</param>
public sealed partial record CategoryMap(int Version, ImmutableList<CategoryAccounts> Lines)
{
    /// <summary>The category of costs on accounts that no line names.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>A statement's line of costs on days that are not the agreement's: before it was signed, or outside its period.</summary>
    public const string OutsidePeriod = "outside-period";

    /// <summary>A statement's line of costs from before its first day that the grant bears only now.</summary>
    public const string BeforePeriod = "before-period";

    /// <summary>A statement's line of costs that the grant does not bear, as there was no more to use; below zero.</summary>
    public const string BeyondGrant = "beyond-grant";

    /// <summary>A statement's line of costs below zero, which the grant gets nothing for.</summary>
    public const string BelowZero = "below-zero";

    /// <summary>The most categories that a grant has.</summary>
    internal const int MostLines = 100;

    const int MostAccounts = 1000;
    const int MostTitle = 60;

    public static readonly CategoryMap None = new(0, []);

    public string Of(string account) => Lines.Find(line => line.Accounts.Any(range => range.Holds(account)))?.Category ?? Unassigned;

    internal static CategoryMap Stated(IReadOnlyList<CostCategory>? categories) =>
        // Terms of agreements from before accounts were checked may have others: those name no account.
        new(0, [.. (categories ?? []).Select(c =>
            new CategoryAccounts(c.Key, [.. (c.Accounts ?? []).Where(a => AccountRange.TryParse(a, null, out _))
            .Select(a => AccountRange.Parse(a))]))]);

    internal static Decision Decide(Grant it, MapCategories command)
    {
        var stated = (it.Terms?.Categories ?? []).Select(c => c.Key).ToHashSet();
        var faults = new List<Fault>();
        if (command.Lines.Count > MostLines)
            return Refused.Invalid(new Fault("/lines", "too-many", ("max", MostLines)));
        if (command.Lines.Sum(line => line.Accounts.Count) > MostAccounts)
            return Refused.Invalid(new Fault("/lines", "too-many", ("max", MostAccounts)));
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var (line, at) = (command.Lines[i], $"/lines/{i}");
            if (stated.Count > 0 && !stated.Contains(line.Category))
                faults.Add(new($"{at}/category", "category-not-in-terms", ("category", line.Category),
                    ("categories", string.Join(", ", stated))));
            else if (!IsKey(line.Category))
                faults.Add(new($"{at}/category", "category-key", ("category", line.Category)));
            if (line.Title is not null && line.Title.Trim().Length is 0 or > MostTitle)
                faults.Add(new($"{at}/title", "text-length", ("max", MostTitle)));
            if (command.Lines.Take(i).Any(other => other.Category == line.Category))
                faults.Add(new($"{at}/category", "key-taken", ("key", line.Category)));
            for (var j = 0; j < line.Accounts.Count; j++)
                if (command.Lines.Take(i).Append(line with { Accounts = [.. line.Accounts.Take(j)] })
                    .FirstOrDefault(other => other.Accounts.Any(a => Overlap(a, line.Accounts[j]))) is { } other)
                    faults.Add(new($"{at}/accounts/{j}", "account-taken", ("accounts", line.Accounts[j]),
                        ("category", other.Title ?? it.CategoryTitle(other.Category) ?? other.Category)));
        }
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        return Same(it.Categories.Lines, command.Lines) ? new Nothing() : new CategoriesMapped(command.Lines);
    }

    /// <summary>Lower-case letters, digits and hyphens, at most 60; and no word for what stands outside the categories.</summary>
    internal static bool IsKey(string key) => Key().IsMatch(key) && key.Length <= 60 && !IsOutside(key);

    /// <summary>Whether it is a line of its own rather than somebody's category.</summary>
    public static bool IsOutside(string key) => key is Unassigned or OutsidePeriod or BeforePeriod or BeyondGrant or BelowZero;

    /// <summary>A key for a name: <c>resor-och-logi</c> for <c>Resor och
    /// logi</c>. Empty when nothing of the name can be in a key.</summary>
    public static string KeyFor(string name) => NotInKeys().Replace(name.Trim().ToLowerInvariant(), "-").Trim('-');

    internal static bool Overlap(AccountRange a, AccountRange b) => a.First <= b.Last && b.First <= a.Last;

    static bool Same(IReadOnlyList<CategoryAccounts> a, IReadOnlyList<CategoryAccounts> b) =>
        a.Select(line => (line.Category, line.Title, string.Join(',', line.Accounts)))
            .SequenceEqual(b.Select(line => (line.Category, line.Title, string.Join(',', line.Accounts))));

    [GeneratedRegex(@"^[a-zåäö0-9]+(-[a-zåäö0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"[^a-zåäö0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInKeys();
}
