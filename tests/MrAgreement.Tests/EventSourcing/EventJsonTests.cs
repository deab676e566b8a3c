using System.Text;
using MrAgreement.Access;
using MrAgreement.Agreements;

namespace MrAgreement.Tests.EventSourcing;

public class EventJsonTests
{
    // One row for every version of an event that was ever stored: name, tab, JSON. Rows are added, never changed (docs/decisions/0002).
    static IEnumerable<(string Name, string Json)> Golden =>
        Some.Resource("golden_events.jsonl", typeof(EventJsonTests).Assembly).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]));

    static IEnumerable<Type> EventTypes => typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract);

    [Fact]
    public void Every_event_has_one_stored_name()
    {
        Assert.Equal(EventTypes.OrderBy(t => t.Name), EventJson.Types.Values.OrderBy(t => t.Name));
        Assert.All(EventJson.Types.Keys, name => Assert.Matches("^[a-z]+(-[a-z]+)*$", name));
    }

    [Fact]
    public void Every_stored_name_has_a_golden_row() =>
        Assert.Equal(EventJson.Types.Keys.Order(), Golden.Select(row => row.Name).Distinct().Order());

    [Fact]
    public void Every_golden_row_reads_and_is_written_back_the_same() =>
        Assert.All(Golden, row => Assert.Equal(row.Json, Encoding.UTF8.GetString(EventJson.Write(EventJson.Read(row.Name, Encoding.UTF8.GetBytes(row.Json))))));

    [Fact]
    public void Every_event_has_a_next_state()
    {
        // Before each, the life of the 2014 agreement up to the first event of that name.
        foreach (var (name, type) in EventJson.Types)
        {
            var life = GoldenLife.Log;
            var at = life.FindIndex(row => row.Type == name);
            Assert.True(at >= 0, $"The golden life has no {name}.");
            var before = new Dossier(Some.AgreementId()).With(life.Take(at));
            var after = before.With(life[at]);
            Assert.Equal((at + 1, type), (after.Sequence, EventJson.Read(name, life[at].Data!).GetType()));
            Assert.True(name is "reminder-sent" or "review-reminded" or "archive-package-made" or "message-handed-over" or "message-given-up" or "message-bounced" || Sight.IsOwn(name) ? after.Touched == before.Touched : after.Touched == after.Sequence);
        }
    }

    [Fact]
    public void An_event_that_is_nobody_s_is_a_bug() =>
        Assert.ThrowsAny<Exception>(() => Story.Of2014().Dossier.Evolve(new Unheard(), new(99, Some.Utc("2014-06-13T10:00:00Z"), Some.Officer.Id)));

    [Fact]
    public void An_unknown_type_means_a_newer_program_and_is_refused() =>
        Assert.Contains("agreement-folded", Assert.Throws<UnknownEventException>(() => EventJson.Read("agreement-folded", "{}"u8.ToArray())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_payload_that_does_not_read_is_refused() =>
        Assert.Throws<System.Text.Json.JsonException>(() => EventJson.Read("requisition-attested", """{"number":1,"colour":"blue"}"""u8.ToArray()));

    [Fact]
    public void An_erased_payload_leaves_the_rest_unreadable_and_says_so() =>
        Assert.Contains("Row 3", Assert.Throws<InvalidDataException>(() => new Dossier(Some.AgreementId()).With(GoldenLife.Log.Select(row => row.Sequence == 3 ? row with { Data = null } : row))).Message, StringComparison.Ordinal);

    sealed record Unheard : Event;
}
