using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>Every refusal and every broken rule that the sources name has its texts, and every place in them is given its value.</summary>
public partial class RefusalTextsTests
{
    // Ready for what may come to be refused: a limit on requests, and amounts that may be zero but not less.
    static readonly string[] written = ["too-many-requests", "amount-negative"];

    [Fact]
    public void Every_refusal_in_the_sources_has_a_title_and_a_detail()
    {
        var refusals = Refusals().ToList();
        // Fewer would mean that the search has gone blind.
        Assert.True(refusals.Count > 60, $"Only {refusals.Count} refusals were found.");
        Guard.FindsNothing(refusals.Where(refusal => !IsSaidByForms(refusal)).SelectMany(refusal => Missing(refusal, $"problem.{refusal.Name}", $"problem.{refusal.Name}.detail")));
    }

    // A refusal for a single broken rule is named after the rule, so a rule has the texts of a problem too.
    [Fact]
    public void Every_rule_in_the_sources_has_its_sentence_and_the_texts_of_a_problem()
    {
        var rules = Rules().ToList();
        Assert.True(rules.Count > 60, $"Only {rules.Count} faults were found.");
        Guard.FindsNothing(rules.Where(rule => !IsSaidByForms(rule)).SelectMany(rule => Missing(rule, $"rule.{rule.Name}", $"problem.{rule.Name}", $"problem.{rule.Name}.detail")));
    }

    [Fact]
    public void Every_place_in_the_text_of_a_refusal_or_a_rule_is_given_its_value()
    {
        var unfilled =
            from given in Refusals().Select(refusal => (Named: refusal, Keys: new[] { $"problem.{refusal.Name}.detail" }))
                .Concat(Rules().Select(rule => (Named: rule, Keys: new[] { $"rule.{rule.Name}", $"problem.{rule.Name}.detail" })))
            where given.Named.Places is not null
            from text in TextFiles.All
            where given.Keys.Contains(text.Key)
            from place in TextFiles.Places(text.Text)
            where !given.Named.Places!.Contains(place)
            select $"{given.Named.Where}: no {{{place}}} for {text.Key}";
        Guard.FindsNothing(unfilled.Distinct());
    }

    [Fact]
    public void Every_rule_sentence_belongs_to_a_problem_with_the_same_name() =>
        Guard.FindsNothing(TextFiles.Keys.Where(key => key.StartsWith("rule.", StringComparison.Ordinal) && !TextFiles.Keys.Contains($"problem.{key["rule.".Length..]}")));

    [Fact]
    public void Every_problem_has_both_title_and_detail() =>
        Guard.FindsNothing(TextFiles.Keys.Where(key => key.StartsWith("problem.", StringComparison.Ordinal)
            && !TextFiles.Keys.Contains(key.EndsWith(".detail", StringComparison.Ordinal) ? key[..^".detail".Length] : $"{key}.detail")));

    [Fact]
    public void Every_problem_is_one_that_the_sources_can_name()
    {
        var named = Sources.All.SelectMany(source => CSharpText.Literals(source.Text)).Concat(written).ToHashSet();
        Guard.FindsNothing(TextFiles.Keys.Where(key => key.Split('.')[0] is "problem" or "rule").Select(key => key.Split('.')[1]).Where(name => !named.Contains(name)));
    }

    static IEnumerable<string> Missing(Named named, params string[] keys) => keys.Where(key => !TextFiles.Holds(key)).Select(key => $"{named.Where}: {key}");

    // What only a form can refuse, because only a form reads what people type, is said in the form's own words.
    static bool IsSaidByForms(Named named) => named.Where.StartsWith("functions/MrAgreement.Web/Pages/", StringComparison.Ordinal) && TextFiles.Holds($"form.{named.Name}");

    static IEnumerable<Named> Refusals()
    {
        foreach (var source in Sources.All)
        {
            foreach (var call in source.Calls(NewRefused()))
                foreach (var slug in CSharpText.Texts(call.Arguments is [var first, ..] ? first : ""))
                    yield return new(slug, call.Where, call.Places(1));
            if (!source.Text.Contains("Refused", StringComparison.Ordinal) && !source.Text.Contains("Problem", StringComparison.Ordinal))
                continue;
            foreach (var call in source.Calls(NewOfItsType()).Where(IsRefusal))
                foreach (var slug in CSharpText.Texts(call.Arguments[0]))
                    yield return new(slug, call.Where, call.Places(1));
            foreach (var call in source.Calls(ProblemCall()))
                foreach (var slug in call.Arguments.Where(argument => argument[0] == '"').SelectMany(CSharpText.Texts).Where(text => Slug().IsMatch(text)))
                    yield return new(slug, call.Where, null);
            // Helpers that take the slug, such as WrongState("already-attested", it).
            foreach (var helper in Helper().Matches(source.Text).Select(match => match.Groups[1].Value))
                foreach (var call in source.Calls(new($@"\b{helper}\((?="")")))
                    foreach (var slug in CSharpText.Texts(call.Arguments[0]))
                        yield return new(slug, call.Where, null);
        }
    }

    static IEnumerable<Named> Rules() =>
        from source in Sources.All
        where source.Text.Contains("Fault", StringComparison.Ordinal)
        from call in source.Calls(NewFault()).Concat(source.Calls(NewOfItsType()).Where(IsFault))
        where call.Arguments.Count > 1
        from rule in CSharpText.Texts(call.Arguments[1])
        select new Named(rule, call.Where, call.Places(2));

    // A slug and its values, and nothing else; a slug of one word, or one that is chosen there, only where a problem is being made.
    static bool IsRefusal(Call call) =>
        call.Arguments is [var first, ..] && call.Arguments.Skip(1).ToList() is var rest
        && CSharpText.Texts(first).ToList() is { Count: > 0 } slugs && slugs.TrueForAll(Slug().IsMatch)
        && rest.TrueForAll(argument => CSharpText.IsPlace(argument) || argument.StartsWith("RefusalKind.", StringComparison.Ordinal))
        && (first[0] == '"' && (first.Contains('-', StringComparison.Ordinal) || rest.Count > 0)
            || call.Before.Contains("Problem", StringComparison.Ordinal) || call.Before.Contains("StatusCodes", StringComparison.Ordinal));

    // A pointer, a rule and its values.
    static bool IsFault(Call call) =>
        call.Arguments is [var pointer, var rule, ..] && rule[0] == '"' && Slug().IsMatch(rule.Trim('"')) && Pointer().IsMatch(pointer) && call.Arguments.Skip(2).All(CSharpText.IsPlace);

    /// <param name="Places">The places that are given values; null when the text does not tell.</param>
    sealed record Named(string Name, string Where, IReadOnlySet<string>? Places);

    [GeneratedRegex(@"\bnew Refused\(")]
    private static partial Regex NewRefused();

    [GeneratedRegex(@"\bnew Fault\(")]
    private static partial Regex NewFault();

    [GeneratedRegex(@"\bnew\(")]
    private static partial Regex NewOfItsType();

    // What is malformed is told by the name of its parameter.
    [GeneratedRegex(@"\bProblem(\.(?!Malformed\b)\w+)?\(")]
    private static partial Regex ProblemCall();

    [GeneratedRegex(@"\bRefused\??\)?\s+(\w+)\(string slug\b")]
    private static partial Regex Helper();

    [GeneratedRegex(@"^[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Slug();

    // A JSON pointer as text, or a variable that holds one.
    [GeneratedRegex(@"^(""(/.*)?""|\$""[/{].*""|[a-z]\w*)\z")]
    private static partial Regex Pointer();
}
