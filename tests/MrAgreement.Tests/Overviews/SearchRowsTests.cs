using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.EventSourcing;

namespace MrAgreement.Tests.Overviews;

/// <summary>What can be found of an agreement, by which words, and by whom.</summary>
public class SearchRowsTests
{
    static readonly IReadOnlyList<Actor> everybody = [.. from party in new[] { "SKR", "RK", "KAMK", "MSB", "" } from role in Enum.GetValues<Role>() select new Actor(new("x"), party, role)];

    static IEnumerable<string> Found(Dossier it, Actor by, string words) => SearchRows.Of(it)
        .Where(row => SearchWords.Find(SearchWords.Of(words), row.Words) && (Audience.For(by) is not { } audience || audience.Any(row.SeenBy.Contains)))
        .Select(row => $"{Json.NameOf(row.Kind)} {row.Subject}".TrimEnd());

    static IEnumerable<string> Found(Story story, Actor by, string words) => Found(story.Dossier, by, words);

    [Theory]
    [InlineData("Räksmörgås – S2014/4185/JÄM", "raksmorgas s2014 4185 jam")]
    [InlineData("Ra\u0308ksmo\u0308rga\u030as \u0308 x\u0301", "raksmorgas x")]
    [InlineData("FÖ, fo och fö", "fo och")]
    [InlineData("é Ü ø 2015-02-01", "e u o 2015 02 01")]
    [InlineData(" \"*' OR (AND) \0\uE000 ", "or and")]
    public void Words_are_runs_of_letters_and_digits_without_dots_each_once(string text, string words) =>
        Assert.Equal(words.Split(' '), SearchWords.Of(text));

    [Fact]
    public void Words_are_found_by_their_beginnings_all_of_them_and_a_single_letter_by_itself()
    {
        var among = SearchWords.Of("Slutrapport om mänskliga rättigheter, del B");

        Assert.All(["slut ratt", "Rättigheter del b", "MÄNSK"], text => Assert.True(SearchWords.Find(SearchWords.Of(text), among)));
        Assert.All(["rapport", "slut x", "s", "slutrapporten"], text => Assert.False(SearchWords.Find(SearchWords.Of(text), among)));
    }

    [Fact]
    public void An_agreement_is_found_by_number_title_and_parties_and_what_is_owed_by_its_title_and_clause()
    {
        var story = Story.Of2014();

        Assert.Equal(["agreement"], Found(story, Payer, "2289 disk"));
        Assert.Equal(["agreement"], Found(story, Reader, "kammarkoll overensk"));
        Assert.Equal(["obligation mapping-report", "obligation mapping-discussion"], Found(story, Officer, "kartlagg").Where(found => found.Contains("mapping", StringComparison.Ordinal)));
        Assert.Equal(["person 1"], Found(story, ProjectLead, "knape"));
        Assert.Empty(Found(story, Stranger, "overensk"));
        Assert.Equal(["agreement"], Found(Story.Draft(Terms2014), ProjectLead, "2289"));
        Assert.Empty(Found(Story.Draft(Terms2014), Reader, "2289"));
    }

    [Fact]
    public void What_is_found_in_a_life_of_everything_is_just_what_each_sees_on_the_pages()
    {
        var dossier = new Dossier(Some.AgreementId());
        var seen = new HashSet<string>();
        foreach (var row in GoldenLife.Log)
        {
            dossier = dossier.With(row);
            if (row.Sequence % 40 != 0 && row.Sequence != GoldenLife.Log.Count)
                continue;
            var rows = SearchRows.Of(dossier).ToDictionary(found => (found.Kind, found.Subject));
            foreach (var findable in Findable.Of(dossier))
            {
                Assert.True(rows.TryGetValue((findable.Kind, findable.Subject), out var found), $"{findable.Kind} {findable.Subject} can't be found.");
                Assert.All(everybody, by => Assert.Equal((findable.Subject, by, findable.IsSeenBy(by)), (findable.Subject, by, Audience.For(by) is not { } audience || audience.Any(found!.SeenBy.Contains))));
                Assert.NotNull(Findable.Find(dossier, Admin, new(dossier.Id, findable.Kind, findable.Subject), found!.Words));
                seen.Add($"{findable.Kind} {findable.Act?.Happened.GetType().Name}");
            }
        }
        Assert.True(seen.Count > 30, string.Join('\n', seen));
    }

    [Fact]
    public void What_a_party_keeps_to_itself_or_only_prepares_is_not_found_by_anybody()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Finance, Requisition(reference: "Förberedd"))
            .Given(ProjectLead, Document(1)).Given(ProjectLead, new DraftSubmission("mapping-report", "Utkastet", "Härmed", [Id(1)], null)).Submitted("mapping-report")
            .Given(Officer, new WriteInternalNote("mapping-report", 1, "Antecknat"), new RecordMinistryComment("mapping-report", 1, "Socialdepartementet", "Kommenterat", Day("2014-08-15")));

        Assert.All(everybody, by => Assert.All(["forbered", "utkast", "antecknat", "kommenterat", "socialdep"], words => Assert.Empty(Found(story, by, words))));
        story.Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));
        Assert.Equal(["log requisition-1"], Found(story, Payer, "forbered"));
        Assert.Empty(Found(story, Reader, "forbered"));
    }

    [Fact]
    public void A_document_is_found_by_those_who_see_it_and_a_confidential_one_by_whom_it_was_handed_to()
    {
        var story = Story.Of2014().On("2015-01-19").Given(ProjectLead, new RegisterDocument(Id(1), "Hemlig kartläggning", "report", File(1), null, true, "OSL 21 kap. 1 §", From: "Anna Ek"), Document(2));

        Assert.Equal(["document 1"], Found(story, Finance, "hemlig"));
        Assert.All(everybody.Where(by => by.Party is "RK" or "KAMK" or "MSB" && !by.SeesEveryAgreement || by.Role == Role.Reader), by => Assert.Empty(Found(story, by, "hemlig")));
        Assert.Empty(Found(story, Officer, "handling 2"));
        story.Given(ProjectLead, new Submit("mapping-report", "Kartläggningen", [Id(1), Id(2)]));
        Assert.Equal(["document 1"], Found(story, Officer, "hemlig anna"));
        Assert.Empty(Found(story, Payer, "hemlig"));
        Assert.Equal(["document 2"], Found(story, Payer, "handling 2"));
    }

    [Fact]
    public void A_decision_is_found_by_its_number_and_its_reason_and_what_was_erased_is_not()
    {
        var story = Story.Of2014().On("2015-01-20").Given(Officer, new WaiveObligation("coordination-group", "Ingen Åkerman behövs", "S2015/77"));
        var row = story.Dossier.Sequence;

        Assert.Equal([$"log {row}"], Found(story, Finance, "s2015 77"));
        Assert.Equal([$"log {row}"], Found(story, ProjectLead, "akerm"));
        Assert.Empty(Found(story, Reader, "akerm"));
        var hit = new SearchHit(story.Dossier.Id, SearchKind.Log, $"{row}");
        Assert.NotNull(Findable.Find(story.Dossier, Finance, hit, ["akerm"]));
        Assert.Null(Findable.Find(story.Dossier, Reader, hit, ["akerm"]));

        story.Given(ProjectLead, new RegisterDocument(Id(1), "Brev från Åkerman", "note", File(1), null, false, null));
        Assert.Equal(["document 1", $"log {row}"], Found(story, ProjectLead, "akerm"));
        story.Erased(Officer, OtherOfficer, "obligation-waived").Erased(ProjectLead, Finance, "document-registered");
        // As the log is read from then on.
        var after = new Dossier(story.Dossier.Id).With(story.Log.Select(it => it.Type is "obligation-waived" or "document-registered" ? it with { Data = ErasableFields.Erase(it.Type, it.Data!) } : it));
        Assert.Empty(Found(after, ProjectLead, "akerm"));
        Assert.Empty(Found(after, ProjectLead, "brev"));
        Assert.Equal([$"log {row}"], Found(after, ProjectLead, "s2015 77"));
        Assert.Null(Findable.Find(after, Finance, hit, ["akerm"]));
    }

    [Fact]
    public void An_agreements_rows_stay_within_bounds_however_much_is_decided()
    {
        var it = Story.Of2014().On("2015-01-20").Given(Officer, new WaiveObligation("coordination-group", "Ingen grupp behövs", "S2015/77")).Dossier;
        it = it with { Acts = [.. Enumerable.Range(1, 1100).Select(i => it.Acts[^1] with { Sequence = i, Title = $"Beslut {i}" })] };

        Assert.Equal(1000, SearchRows.Of(it).Count(row => row.Kind == SearchKind.Log));
        Assert.Equal(["log 1100"], Found(it, Officer, "1100"));
        Assert.DoesNotContain("log 100", Found(it, Officer, "beslut"));
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(SearchRows.Of(it), Json.Options).Length < 500_000);
    }
}
