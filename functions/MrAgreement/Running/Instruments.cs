using System.Diagnostics;
using System.Diagnostics.Metrics;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Reconciliations;

namespace MrAgreement.Running;

/// <summary>What the program tells of its work to whoever listens: spans and measures
/// of one name, without anybody's name in them (docs/observability.md).</summary>
public static class Instruments
{
    public const string Name = "MrAgreement";

    static readonly ActivitySource spans = new(Name);
    static readonly Meter meter = new(Name);
    static readonly Counter<long> commands = meter.CreateCounter<long>("mragreement.commands", "{command}",
        "Commands, by what became of them.");
    static readonly Histogram<double> appends = Seconds("mragreement.append.duration", "How long an append took, until it was durable.",
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]);
    static readonly Histogram<double> lags = Seconds("mragreement.wakeup.lag", "How long after it was due an agreement was looked at.",
        [1, 5, 15, 60, 300, 900, 3600, 21600, 86400]);
    static readonly Counter<long> reminders = meter.CreateCounter<long>("mragreement.reminders", "{reminder}",
        "Reminders that were due: sent, or failed and still due.");
    static readonly Counter<long> importedRows = meter.CreateCounter<long>("mragreement.import.rows", "{row}",
        "Rows of imported files, by format.");
    static readonly Counter<long> balanceAlarms = meter.CreateCounter<long>("mragreement.balance.alarms", "{alarm}",
        "Changes to a grant after which its balance, reckoned in two ways, was not the same.");

    static readonly Counter<long> logFaults = meter.CreateCounter<long>("mragreement.log.faults", "{fault}",
        "Faults that were found in logs, by what they are.");

    /// <summary>Something is wrong with a log that was not known before.</summary>
    public static void LogFault(string what) => logFaults.Add(1, new KeyValuePair<string, object?>("what", what));

    static readonly Counter<long> mailGivenUp = meter.CreateCounter<long>("mragreement.mail.failures", "{message}",
        "Messages that reached nobody, or not everybody, by why.");

    /// <summary>A message was given up.</summary>
    public static void MailGivenUp(Messages.MessageFailure failure) =>
        mailGivenUp.Add(1, new KeyValuePair<string, object?>("failure", Json.NameOf(failure)));

    /// <summary>How long a store took to append.</summary>
    /// <param name="outcome">appended, moved or failed.</param>
    public static void Appended(TimeSpan took, string outcome) =>
        appends.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Goes on with a trace that came by a message.</summary>
    /// <param name="trace">Its <c>traceparent</c>; null or unreadable where it has none.</param>
    public static Activity? Continue(string what, string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var parent)
            ? spans.StartActivity(what, ActivityKind.Consumer, parent)
            : null;

    internal static Activity? Begin(string what, AgreementId agreement) =>
        spans.StartActivity(what)?.SetTag("mragreement.agreement", agreement.ToString());

    internal static void Ended(Activity? span, Command command, Execution done)
    {
        if (done.Refused is { } refused)
            span?.SetTag("mragreement.refusal", refused.Slug);
        Ended(span, command, done switch
        {
            { Refused: not null } => "refused",
            { Repeated: not null } => "repeated",
            { Changed: true } => "accepted",
            _ => "unchanged"
        });
    }

    internal static void Ended(Activity? span, Command command, Exception e)
    {
        span?.SetStatus(ActivityStatusCode.Error, e.Message).AddException(e);
        Ended(span, command, e switch
        {
            StoreBusyException => "busy",
            StoreUnavailableException => "unavailable",
            OperationCanceledException => "cancelled",
            _ => "failed"
        });
    }

    static void Ended(Activity? span, Command command, string outcome)
    {
        span?.SetTag("mragreement.outcome", outcome);
        commands.Add(1, new("command", command.GetType().Name), new("outcome", outcome));
    }

    /// <param name="at">When it is looked at; what is due later makes no lag.</param>
    internal static void Woken(Dossier it, Instant at)
    {
        if (lags.Enabled && Lifecycle.NextWakeUp(it) is { } due && due <= at)
            lags.Record((at - due).TotalSeconds);
    }

    /// <summary>What an append made durable.</summary>
    public static void Recorded(Dossier after, IReadOnlyList<Event> happened)
    {
        Tell(after.Sequence - happened.Count, happened);
        foreach (var e in happened)
            if (e is ReminderEvent)
                reminders.Add(1, new KeyValuePair<string, object?>("outcome", "sent"));
            else if (e is LedgerImported ledger)
                importedRows.Add(ledger.Rows, new KeyValuePair<string, object?>("format", "sie-4"));
            else if (e is BankFileImported bank)
                importedRows.Add(bank.File.Transactions, new KeyValuePair<string, object?>("format", bank.File.Message));
        if (balanceAlarms.Enabled && happened.Any(e => e is GrantEvent) && MoneyChecks.BalanceAddsUp(after.Grant).IsException)
            balanceAlarms.Add(1, new KeyValuePair<string, object?>("check", "balance-adds-up"));
    }

    internal static void NotRecorded(IReadOnlyList<Event> happened)
    {
        if (happened.Count(e => e is ReminderEvent) is > 0 and var due)
            reminders.Add(due, new KeyValuePair<string, object?>("outcome", "failed"));
    }

    // From a trace to the log: the rows are found again by agreement and sequence. The log itself names no trace (docs/decisions/0021).
    static void Tell(long before, IReadOnlyList<Event> happened)
    {
        if (Activity.Current is not { } span || span.Source != spans)
            return;
        for (var i = 0; i < happened.Count; i++)
            span.AddEvent(new(EventJson.NameOf(happened[i]), tags: new() { ["mragreement.sequence"] = before + i + 1 }));
    }

    static Histogram<double> Seconds(string name, string text, double[] bounds) =>
        meter.CreateHistogram<double>(name, "s", text, advice: new() { HistogramBucketBoundaries = bounds });
}
