using System.Globalization;
using System.Text;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Storage.Tests;

/// <summary>Fixed values for tests that do not care which.</summary>
static class Stored
{
    public static readonly Instant Time = Instant.FromUtc(2014, 6, 2, 6, 0);
    public static readonly LocalDate Today = new(2016, 3, 15);
    public static readonly PersonId Person = new("anna");

    /// <summary>In order of the number.</summary>
    public static AgreementId Agreement(int number = 1) => new(new Guid($"{number:x8}-2014-4000-8000-000000000001"));

    public static Guid AppendId(int number = 1) => new($"00000000-0000-4000-9000-{number:x12}");

    /// <summary>The next events of a log, whose hash chain goes on.</summary>
    public static List<StoredEvent> Events(AgreementId agreement, StoredEvent? last, int count, int size = 0)
    {
        var events = new List<StoredEvent>();
        for (var i = 0; i < count; i++)
        {
            var sequence = (last?.Sequence ?? 0) + 1;
            var data = Encoding.UTF8.GetBytes($$"""{"number":{{sequence}},"text":"{{new string('å', size)}}"}""");
            last = HashChain.Next(last?.Hash ?? HashChain.Start(agreement), sequence, Time + Duration.FromMinutes(sequence), Person, "report-submitted", data);
            events.Add(last);
        }
        return events;
    }

    public static Append Append(AgreementId agreement, StoredEvent? last, int events = 1, Instant? wakeUp = null, int id = 1) =>
        new(AppendId(id), agreement, last?.Sequence ?? 0, Events(agreement, last, events), wakeUp);

    public static Answer Answer(string key = "key-1", string body = """{"sequence":1}""") =>
        new(Person, key, Sha256.Of("POST /agreements"u8), 201, "/api/v1/agreements/1", "\"1\"", Encoding.UTF8.GetBytes(body));

    public static PortfolioRow Portfolio(int number = 1, string status = "active", string[]? parties = null, string? search = null) => new(
        Agreement(number), string.Create(CultureInfo.InvariantCulture, $"S2014/{number:D4}/MR"), $"Agreement {number}", status, parties ?? ["SKR", "RK"],
        search ?? $"s2014/{number:D4}/mr agreement {number} sveriges kommuner", $"agreement {number}", Kronor.Zero, Time, [.. "{}"u8]);

    public static DueRow Due(
        int agreement, string key, LocalDate effective, string status = "open", string[]? responsible = null, string? recipient = "RK", string[]? parties = null) => new(
        Agreement(agreement), key, $"Report {key}", effective.PlusDays(-1), effective, status, responsible ?? ["SKR"], recipient, parties ?? ["SKR", "RK"],
        string.Create(CultureInfo.InvariantCulture, $"S2014/{agreement:D4}/MR"));

    public static WorkItem WorkItem(int agreement, string subject, LocalDate? dueOn, string party = "SKR", Role role = Role.ProjectLead, LocalDate? from = null, PersonId? notBy = null) => new(
        Agreement(agreement), string.Create(CultureInfo.InvariantCulture, $"S2014/{agreement:D4}/MR"), party, role, WorkKind.Submit, subject, $"Report {subject}", null,
        from ?? Today.PlusDays(-1), dueOn, notBy);
}
