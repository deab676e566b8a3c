using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>Whatever the field can hold, people have a word for it.</summary>
public class WordTextsTests
{
    // What no person sees; every other value that the field may have is shown somewhere.
    static readonly IReadOnlyList<Type> unseen = [typeof(RefusalKind), typeof(Act), typeof(WorkKind), typeof(WaitedForKind), typeof(VoucherFate), typeof(AppendOutcome), typeof(DiscordKind), typeof(StoredBytesKind), typeof(PublishedKind), typeof(ReportValueKind), typeof(ReportLackKind)];

    static readonly IReadOnlyList<Type> seen = [.. typeof(Kronor).Assembly.GetExportedTypes().Where(type => type is { IsEnum: true, IsNested: false }).Except(unseen)];

    [Fact]
    public void Every_value_that_people_see_has_a_word()
    {
        Assert.NotEmpty(seen);
        Guard.FindsNothing(seen.SelectMany(type => Enum.GetValues(type).Cast<Enum>()).SelectMany(value => TextFiles.Languages
            .Where(language => Record.Exception(() => language.Word(value)) is not null)
            .Select(language => $"{language.Code}: {value.GetType().Name}.{value}")));
    }

    [Fact]
    public void Every_kind_of_work_has_its_sentence() =>
        Guard.FindsNothing(Enum.GetValues<WorkKind>().Select(work => $"turn.{Json.NameOf(work)}").Except(TextFiles.Keys));

    [Fact]
    public void Everything_that_is_waited_for_has_its_sentence() =>
        Guard.FindsNothing(Enum.GetValues<WaitedForKind>().Select(it => $"lifecycle.{Json.NameOf(it)}").Except(TextFiles.Keys));

    [Fact]
    public void Every_act_in_the_register_has_its_sentence_in_mail() =>
        Guard.FindsNothing(TextFiles.Keys.Where(key => key.StartsWith("registry.act-", StringComparison.Ordinal)).Select(key => $"mail.{key["registry.".Length..]}").Except(TextFiles.Keys));

    [Fact]
    public void What_is_told_of_what_can_t_be_done_yet_has_its_sentence() =>
        Guard.FindsNothing(WhyNot.Hidden.Select(slug => $"problem.{slug}.detail").Except(TextFiles.Keys));

    [Fact]
    public void No_word_stands_for_a_value_that_does_not_exist()
    {
        var families = seen.ToDictionary(type => Kebab(type.Name), type => Enum.GetNames(type).Select(Kebab).ToHashSet());
        Guard.FindsNothing(TextFiles.All.Where(text => text.File == "words.json")
            .Select(text => text.Key.Split('.', 2))
            .Where(key => key.Length == 2 && families.TryGetValue(key[0], out var values) && !values.Contains(key[1]))
            .Select(key => string.Join('.', key)));
    }

    [Fact]
    public void Every_stored_event_has_its_sentence()
    {
        var names = EventJson.Types.Keys.Where(name => name != "reminder-sent")
            .Concat(["reminder-sent.before", "reminder-sent.before-one", "reminder-sent.after", "reminder-sent.after-one", "repayment-claimed.agreed", "submission-accepted.reviewed", "repayment-claimed.unnamed", "message-handed-over.folder", "message-given-up.nobody", "message-given-up.overtaken", "reminder-acknowledged.later", "reminder-acknowledged.review", "reminder-acknowledged.review-later", "review-reminded.one", "amendment-proposed.told", "amendment-took-effect.told", "instalment-amended.otherwise", "recommendation-recorded.several"]).Select(name => $"event.{name}").ToList();
        Guard.FindsNothing(names.Where(key => !TextFiles.Keys.Contains(key)));
        Guard.FindsNothing(TextFiles.Keys.Where(key => key.StartsWith("event.", StringComparison.Ordinal)).Except(names));
    }

    [Fact]
    public void The_sentence_of_an_event_names_only_what_a_reader_of_the_log_is_given()
    {
        string[] places = ["actor", "obligation", "number", "date", "amount", "instalment", "reference", "title", "party", "reason", "days", "name", "kind", "rule", "transaction", "payments", "row", "difference", "duty"];
        Guard.FindsNothing(TextFiles.All.Where(text => text.Key.StartsWith("event.", StringComparison.Ordinal) && TextFiles.Places(text.Text).Except(places).Any()));
    }

    [Fact]
    public void The_condition_of_the_2014_terms_has_its_words() => Assert.Contains("condition.riksdag-appropriation", TextFiles.Keys);

    [Fact]
    public void Every_role_of_a_party_is_told_from_the_others_in_Swedish() =>
        Assert.Equal(["Bidragsmottagare", "Bidragsgivare", "Utbetalande myndighet", "Delmottagare"], Enum.GetValues<PartyRole>().Select(role => Language.Swedish.Word(role)));

    static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
