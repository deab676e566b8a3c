using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Messages;

/// <summary>A log that gives much to tell, a mail server that does as it is told, and processes that die where they are to.</summary>
public abstract class PostOffice(Azurite azurite) : IAsyncDisposable
{
    private protected static readonly AgreementId id = Some.AgreementId();

    // Before all that is told: nothing is late.
    private protected static readonly Instant onTime = Some.Utc("2014-01-23T10:01:00Z");

    private protected readonly TemporaryFolder folder = new();
    private protected readonly List<IDisposable> opened = [];
    private protected readonly MailServer server = new();
    private protected readonly ManualClock machine = new();
    int databases;

    /// <summary>Where the database lies that was opened last.</summary>
    private protected string Lived => folder[$"{databases}"];

    readonly AccountInUse account = new(azurite);

    public async ValueTask DisposeAsync()
    {
        await account.DisposeAsync();
        foreach (var it in opened)
            it.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected sealed record Site(IEventStore Logs, IKeptRecords Kept, Dossiers Dossiers);

    private protected async Task<Site> Open(bool onAccount)
    {
        if (!onAccount)
            return Open();
        await account.Open();
        return new(account.Stores.Events, account.Stores.Kept, new Dossiers(account.Stores.Events, Guid.CreateVersion7));
    }

    private protected Site Open(string? copyOf = null)
    {
        var path = folder[$"{++databases}"];
        if (copyOf is not null)
        {
            Directory.CreateDirectory(path);
            foreach (var file in Directory.GetFiles(copyOf))
                File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        }
        var database = SqliteDatabase.Open(path);
        opened.Add(database);
        var logs = new SqliteEventStore(database);
        return new(logs, new SqliteKeptRecords(database), new Dossiers(logs, Guid.CreateVersion7));
    }

    // Signed, reminded, delivered and returned: turns, reminders and a decision.
    private protected static async Task Live(Site at, AgreementId? of = null)
    {
        var id = of ?? PostmanTests.id;
        await Do(at, id, "2014-06-13", Some.Officer, new CreateAgreement(Some.Terms2014), Some.Signature());
        await at.Dossiers.Advance(id, Some.Utc("2015-01-02T07:00:00Z"), Cancellation);
        var document = Some.Document(1001);
        await Do(at, id, "2015-01-20", Some.ProjectLead, document, new Submit("mapping-report", "Härmed", [document.Document]));
        await Do(at, id, "2015-01-21", Some.Officer, new ReturnSubmission("mapping-report", 1, "Komplettera", Some.Day("2015-02-15")));
        await Do(at, id, "2015-01-22", Some.ProjectLead, new Submit("mapping-report", "Nu", [document.Document]));
        await Do(at, id, "2015-01-23", Some.Officer, new AcceptSubmission("mapping-report", 2, null));
    }

    private protected static Task Do(Site at, string day, Actor by, params Command[] commands) => Do(at, id, day, by, commands);

    private protected static async Task Do(Site at, AgreementId id, string day, Actor by, params Command[] commands)
    {
        foreach (var command in commands)
            Assert.Null((await at.Dossiers.Execute(id, command, new(by, Some.Utc($"{day}T10:00:00Z")), cancellation: Cancellation)).Refused);
    }

    private protected Postman Postman(Site at, IPostbox? postbox = null, IKeptRecords? kept = null, Dossiers? dossiers = null, People? people = null) =>
        new(at.Logs, dossiers ?? at.Dossiers, kept ?? at.Kept, postbox ?? server, people ?? new People(), (whom, _, mail) => new(mail, Written(whom[0].To), whom[0].To.Name, whom[0].To.Language, $"{whom[0].Message.Key.Of} {whom[0].Message.About}", "", "") { About = [.. whom.Select(MailedTo)] },
            (messages, to, mail) => new(mail, Written(to[0]), to[0].Name, to[0].Language, "together", string.Join('\n', messages.Select(it => $"{it.Of.Id} {it.Message.Key.Of} {it.Message.About}")), "") { About = [.. messages.SelectMany(it => it.Whom).Select(MailedTo)] }, machine, (_, it) => lost.Add(it));

    private protected static MailedMessage MailedTo(Addressee it) => new(it.Message.Agreement, it.Message.Key, it.To.Id, it.Message.Obligation);

    // Whom nothing can be written to.
    private protected string? unwritable;
    private protected readonly List<MessageGivenUp> lost = [];

    private protected string Written(Recipient to) => to.Mail == unwritable ? throw new FormatException($"No address: {to.Mail}") : to.Mail;

    // Until nothing is left, as the clock of the machine goes.
    private protected async Task Settle(Postman postman)
    {
        for (var rounds = 0; await postman.Deliver(id, Some.Utc("2015-02-01T10:00:00Z"), Cancellation) is { } again; rounds++)
        {
            Assert.True(rounds < 2000, "It never ends.");
            machine.Now = Instant.Max(machine.Now, again);
        }
    }

    // But of what was no longer so before it went.
    private protected static async Task<List<MessageEvent>> Outcomes(Site at) =>
        [.. (await AllOutcomes(at)).Where(it => it is not MessageGivenUp { Why: MessageFailure.Overtaken })];

    private protected static async Task<List<MessageEvent>> AllOutcomes(Site at) =>
        [.. (await at.Logs.ReadSince(id, 0, Cancellation)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<MessageEvent>()];

    private protected static readonly PersonId lead = new("project-lead.SKR");
    private protected static readonly AgreementId other = new(Guid.Parse("0197d3a0-0000-7000-8000-0000000000ff"));
    private protected static readonly Instant friday = Some.Utc("2015-01-23T10:01:00Z");
    private protected static readonly Instant monday = Some.Utc("2015-01-26T06:00:00Z");

    private protected static IEnumerable<string> In(MailMessage mail) => mail.Subject == "together" ? mail.Text.Split('\n') : [$"{mail.Subject}"];

    private protected List<MailMessage> ToLead() => [.. server.Taken.Where(mail => mail.To.StartsWith("project-lead.SKR", StringComparison.Ordinal))];

    // Until nothing is left for now, at one moment of the domain.
    private protected async Task<Instant?> Settle(Postman postman, Instant now, AgreementId? of = null)
    {
        for (var rounds = 0; ; rounds++)
        {
            Assert.True(rounds < 500, "It never ends.");
            var again = await postman.Deliver(of ?? id, now, Cancellation);
            if (again is not { } at || (await postman.ToldOf(of ?? id, Cancellation)).Looked is not null)
                return again;
            machine.Now = Instant.Max(machine.Now, at);
        }
    }

    // Whoever looks after the host hears of it.
    private protected async Task IsToldForAWeek(Site at, IReadOnlyList<MessageGivenUp> given)
    {
        var (postman, last) = (Postman(at), (await at.Logs.ReadSince(id, 0, Cancellation))[^1].At);
        Assert.Equal(given.Select(it => new MissingMessage(MissingKind.NotReached, it.Of)).Distinct(),
            (await postman.Missing(id, last, Cancellation)).Where(it => it.Kind == MissingKind.NotReached));
        Assert.DoesNotContain(await postman.Missing(id, last + Duration.FromDays(7), Cancellation), it => it.Kind == MissingKind.NotReached);
    }

    private protected sealed class ManualClock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 1, 5, 7, 0);

        public Instant GetCurrentInstant() => Now;
    }

    private protected sealed class People : IRecipients
    {
        public string? Nobody { get; init; }
        public bool Two { get; init; }

        /// <summary>Whether those two read the same mailbox.</summary>
        public bool IsShared { get; init; }

        public Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<Recipient>>(party == Nobody || role == Role.PartyAdmin ? [] : Two && party == "SKR" ? [One(party, role), One(party, Role.Finance)] : [One(party, role)]);

        Recipient One(string party, Role role) => new(new($"{Json.NameOf(role)}.{party}"), $"{role}", IsShared && party == "SKR" && role == Role.Finance ? "Project-Lead.SKR@example.se" : $"{Json.NameOf(role)}.{party}@example.se", "sv");

        public Task<IReadOnlyList<Recipient>> At(string mail, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<Recipient>>(IsShared && mail.StartsWith("project-lead.SKR", StringComparison.OrdinalIgnoreCase) ? [One("SKR", Role.ProjectLead), One("SKR", Role.Finance)] : []);
    }

    private protected sealed class MailServer : IPostbox
    {
        public List<MailMessage> Taken { get; } = [];
        public Dictionary<string, int> Tries { get; } = [];
        public int Asked { get; private set; }
        public Func<MailMessage, int, Handover> Says { get; set; } = (_, _) => new(HandoverOutcome.Taken, "250 OK");
        public Task Pause { get; set; } = Task.CompletedTask;

        string IPostbox.Server => "mail.example.se";

        public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            await Pause;
            lock (Taken)
            {
                Asked++;
                var key = $"{mail.To} {mail.Id}";
                var said = Says(mail, Tries[key] = Tries.GetValueOrDefault(key) + 1);
                if (said.Outcome == HandoverOutcome.Taken)
                    Taken.Add(mail);
                return said;
            }
        }
    }

    private protected sealed class Died : Exception;

    private protected sealed class Death(int at)
    {
        int steps;

        public bool InServer { get; private set; }

        // The server has taken a mail of which no record tells yet.
        public bool IsTaken { get; set; }

        public void Step(bool inServer = false)
        {
            if (++steps != at)
                return;
            InServer = inServer;
            throw new Died();
        }
    }

    // Killed before the server hears of it, or when it has taken it and nobody has heard so.
    private protected sealed class DyingServer(MailServer it, Death death) : IPostbox
    {
        string IPostbox.Server => "mail.example.se";

        public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            death.Step();
            var said = await it.HandOver(mail, cancellation);
            death.Step(inServer: true);
            death.IsTaken = true;
            return said;
        }
    }

    // Waits once it has read what is tried, until it may go on.
    private protected sealed class HeldBack(IKeptRecords it) : IKeptRecords
    {
        readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously), may = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsHeld => held.Task;

        public void Go() => may.SetResult();

        public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => it.Find(kind, key, now, cancellation);

        public async Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default)
        {
            var found = await it.Range(kind, prefix, now, cancellation);
            held.TrySetResult();
            await may.Task;
            return found;
        }

        public Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default) => it.Put(record, now, cancellation);

        public Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default) => it.Delete(kind, key, etag, cancellation);

        public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => it.Sweep(kind, now, cancellation);
    }

    private protected sealed class DyingRecords(IKeptRecords it, Death death) : IKeptRecords
    {
        public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => it.Find(kind, key, now, cancellation);

        public Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default) => it.Range(kind, prefix, now, cancellation);

        public async Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default)
        {
            death.Step(inServer: death.IsTaken);
            var etag = await it.Put(record, now, cancellation);
            death.IsTaken = false;
            death.Step();
            return etag;
        }

        public async Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default)
        {
            var gone = await it.Delete(kind, key, etag, cancellation);
            death.Step();
            return gone;
        }

        public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => it.Sweep(kind, now, cancellation);
    }

    // The mailbox, without a server of mailboxes.
    private protected sealed class Reports(params Bounce[] come) : IBounceMailbox
    {
        public List<bool> Ours { get; } = [];

        public async Task<MailboxRound> Read(MailboxMark? since, Func<Bounce, Task<bool>> take, CancellationToken cancellation = default)
        {
            foreach (var it in come)
                Ours.Add(await take(it));
            return new(new(1, (uint)come.Length), null);
        }
    }
}
