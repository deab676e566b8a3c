using System.Text;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Erasures;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests;

/// <summary>An agreement's life in a test: given what people have done, when somebody does something at a time, then events, a refusal or nothing.</summary>
sealed class Story
{
    int documents;

    Story(Dossier dossier) => Dossier = dossier;

    public Dossier Dossier { get; private set; }
    public Instant Now { get; private set; } = Some.Utc("2014-06-13T10:00:00Z");
    public List<StoredEvent> Log { get; } = [];

    public Agreement Agreement => Dossier.Agreement;
    public LocalDate Today => StockholmTime.DateOf(Now);
    public Obligation this[string key] => Agreement.Obligations[key];

    public static Story Empty() => new(new Dossier(Some.AgreementId()));

    /// <summary>Drafted by the officer at noon on the day.</summary>
    public static Story Draft(Terms terms, string on = "2014-06-13") => Empty().On(on).Given(Some.Officer, new CreateAgreement(terms));

    /// <summary>Drafted and signed at noon on the day.</summary>
    public static Story Signed(Terms terms, string on = "2014-06-13") => Draft(terms, on).Given(Some.Officer, Some.Signature(on));

    /// <summary>The 2014 agreement, signed.</summary>
    public static Story Of2014() => Signed(Some.Terms2014);

    /// <summary>Noon in Stockholm on that day; nothing that falls due on the way is run.</summary>
    public Story On(string day) => At(StockholmTime.Noon(Some.Day(day)));

    public Story At(string instant) => At(Some.Utc(instant));

    public Story At(Instant instant)
    {
        Now = instant;
        return this;
    }

    /// <summary>Noon on that day, with everything that falls due on the way run at its own instant.</summary>
    public Story Until(string day)
    {
        var end = StockholmTime.Noon(Some.Day(day));
        while (Lifecycle.NextWakeUp(Dossier) is { } next && next <= end)
        {
            At(Instant.Max(Now, next));
            Advance();
        }
        return At(end);
    }

    /// <summary>Runs what is due now, in pieces, and answers the events.</summary>
    public IReadOnlyList<Event> Advance()
    {
        var all = new List<Event>();
        while (Lifecycle.Due(Dossier, Now).Events is { Count: > 0 } due)
        {
            Assert.InRange(due.Count, 1, Append.MaxEvents);
            Record(due, PersonId.System);
            all.AddRange(due);
        }
        return all;
    }

    public Story Given(Actor by, params Command[] commands)
    {
        foreach (var command in commands)
            if (Dossier.Decide(command, new(by, Now)) is Accepted accepted)
                Record(accepted.Events, by.Id);
            else
                Assert.Fail($"{command} by {by.Role} on {Today} was not accepted: {Show(Dossier.Decide(command, new(by, Now)))}");
        return this;
    }

    /// <summary>What is done with what the story has come to.</summary>
    public Story Given(Actor by, Func<Story, Command> command) => Given(by, command(this));

    /// <summary>Uploads what the obligation asks for and delivers it.</summary>
    public Story Submitted(string obligation, Actor? by = null, string summary = "Översänds härmed.") =>
        Given(by ?? Some.ProjectLead, new Submit(obligation, summary, Uploaded(by ?? Some.ProjectLead, [.. this[obligation].Documents])));

    public Story Accepted(string obligation) => Given(Some.Officer, new AcceptSubmission(obligation, this[obligation].Submissions.Count, null));

    public Story Completed(string obligation, string? on = null) =>
        Given(Some.ProjectLead, new CompleteObligation(obligation, on is null ? Today : Some.Day(on), "Genomfört.", null));

    /// <summary>A new document of each kind; their ids.</summary>
    public IReadOnlyList<Guid> Uploaded(Actor by, params string[] kinds)
    {
        var ids = new List<Guid>();
        foreach (var kind in kinds)
        {
            var command = Some.Document(1000 + ++documents, kind);
            Given(by, command);
            ids.Add(command.Document);
        }
        return ids;
    }

    /// <summary>The first row of an event by that stored name.</summary>
    public StoredEvent RowOf(string type) => Log.First(row => row.Type == type);

    /// <summary>One asks for the erasure of that row, and another approves it. The log here keeps what stood there.</summary>
    public Story Erased(Actor asks, Actor approves, string type)
    {
        Given(asks, new RequestErasure(RowOf(type).Sequence, null, ErasureGround.Gdpr17, null));
        return Given(approves, Approval(Dossier.Erasures.InOrder.Count));
    }

    public ApproveErasure Approval(int number) => new(number)
    {
        Rows = [.. Dossier.Erasures[number] is { } it ? Dossier.Erasures.RowsOf(it.Asked).Select(row => Log[(int)row - 1]).Select(row => row with { Data = ErasableFields.Erase(row.Type, row.Data!) }) : []]
    };

    /// <summary>What the system records of itself.</summary>
    public Story Happened(params Event[] events)
    {
        Record(events, PersonId.System);
        return this;
    }

    public Outcome When(Actor by, Command command) => new(this, Dossier.Decide(command, new(by, Now)), by);

    public void Record(IReadOnlyList<Event> events, PersonId by)
    {
        foreach (var happened in events)
        {
            var row = HashChain.Next(Dossier.Hash, Dossier.Sequence + 1, Now, by, EventJson.NameOf(happened), EventJson.Write(happened));
            Log.Add(row);
            // By way of the stored JSON, as the program does after a restart.
            Dossier = Dossier.With(row);
        }
    }

    public static string Show(Decision decision) => decision switch
    {
        Accepted accepted => string.Join('\n', accepted.Events.Select(Show)),
        Refused refused => $"refused {refused.Slug} ({string.Join(", ", refused.Faults.Select(f => $"{f.Pointer} {f.Rule}"))})",
        _ => "nothing"
    };

    public static string Show(Event happened) => $"{EventJson.NameOf(happened)} {Encoding.UTF8.GetString(EventJson.Write(happened))}";
}

/// <summary>What became of a command in a story.</summary>
sealed record Outcome(Story Story, Decision Decision, Actor By)
{
    /// <summary>Exactly these events.</summary>
    public Story Then(params Event[] expected)
    {
        Assert.Equal(string.Join('\n', expected.Select(Story.Show)), Story.Show(Decision));
        return Recorded();
    }

    /// <summary>At least one event of that type; answers the first.</summary>
    public T Then<T>() where T : Event
    {
        Assert.True(Decision is Accepted, Story.Show(Decision));
        var found = Assert.Single(((Accepted)Decision).Events.OfType<T>());
        Recorded();
        return found;
    }

    public Story ThenNothing()
    {
        Assert.Equal("nothing", Story.Show(Decision));
        return Story;
    }

    /// <param name="kind">Null for a rule that stands against it, whether it says not now or not so.</param>
    public Story ThenRefused(string slug, RefusalKind? kind = null)
    {
        Assert.True(Decision is Refused, Story.Show(Decision));
        var refused = (Refused)Decision;
        Assert.Equal(slug, refused.Slug);
        if (kind is { } expected)
            Assert.Equal(expected, refused.Kind);
        else
            Assert.True(refused.Kind is RefusalKind.NotNow or RefusalKind.NotSo, $"{slug}: {refused.Kind}");
        return Story;
    }

    /// <summary>Refused as content that can't be right, by that rule among others.</summary>
    public Story ThenRefusedBy(string rule)
    {
        Assert.Contains(rule, Assert.IsType<Refused>(Decision).Faults.Select(f => f.Rule));
        return Story;
    }

    /// <summary>Refused as content that can't be right, with exactly these faults (pointer and rule).</summary>
    public Story ThenFaults(params (string Pointer, string Rule)[] expected)
    {
        Assert.True(Decision is Refused, Story.Show(Decision));
        Assert.Equal(expected, ((Refused)Decision).Faults.Select(f => (f.Pointer, f.Rule)));
        return Story;
    }

    Story Recorded()
    {
        Assert.True(Decision is Accepted, Story.Show(Decision));
        Story.Record(((Accepted)Decision).Events, By.Id);
        return Story;
    }
}
