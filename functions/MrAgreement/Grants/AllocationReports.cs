using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Writes what one's own party has spent in a year of what it was allocated; a newer version replaces the one before.</summary>
/// <param name="IsSure">If not, whoever writes it is asked first about what
/// may be a slip: more than was allocated, or a year that is not over.</param>
public sealed record PrepareAllocationReport(int Year, IReadOnlyList<SpendLine> Lines, string? Comment = null, bool IsSure = true)
    : GrantCommand(Act.PrepareAllocationReport)
{
    public override Subject Subject => Year;
}

public sealed record AttestAllocationReport(int Number) : NumberedCommand(Act.AttestAllocationReport, Number);

public sealed record AcceptAllocationReport(int Number, string? Comment = null) : NumberedCommand(Act.AcceptAllocationReport, Number);

public sealed record ReturnAllocationReport(int Number, string Reason) : NumberedCommand(Act.ReturnAllocationReport, Number);

/// <param name="Version">From 1, within the party's year.</param>
public sealed record AllocationReportPrepared(int Number, string Party, int Year, int Version, IReadOnlyList<SpendLine> Lines,
    string? Comment) : GrantEvent;

public sealed record AllocationReportAttested(int Number) : GrantEvent;

/// <param name="IsCost">From here on it is a cost of a grant that is paid, beside the
/// recipient's ledger; null where it is not, as in logs from before that was so.</param>
public sealed record AllocationReportAccepted(int Number, string? Comment, bool? IsCost = null) : GrantEvent;

public sealed record AllocationReportReturned(int Number, string Reason) : GrantEvent;

/// <summary>What was spent on a cost category, of an appropriation.</summary>
/// <param name="Category">Key of the cost category, or <see cref="CategoryMap.Unassigned"/>.</param>
/// <param name="Amount">Zero or more.</param>
public sealed record SpendLine(string Category, Kronor Amount, Appropriation? Appropriation = null);

public enum AllocationReportStatus
{
    Prepared,
    Attested,
    Accepted,
    Returned,

    /// <summary>A newer version has been attested.</summary>
    Replaced,

    /// <summary>Taken back before anybody attested it.</summary>
    Withdrawn,

    /// <summary>Sent back by whoever should have attested it.</summary>
    SentBack
}

/// <summary>A party's report of what it has spent of its parts; compiled from its attestation, and not while it is returned.</summary>
public sealed record AllocationReport(AllocationReportPrepared Prepared, AllocationReportStatus Status, PersonId PreparedBy,
    Instant PreparedAt, long Touched)
{
    const int MostLines = 200;

    public int Number => Prepared.Number;
    public string Party => Prepared.Party;
    public int Year => Prepared.Year;
    public PersonId? AttestedBy { get; init; }
    public LocalDate? AttestedOn { get; init; }
    public PersonId? DecidedBy { get; init; }

    /// <summary>Accepted as a cost of a grant that is paid; stays so until a newer version is accepted.</summary>
    public bool IsCost { get; init; }

    /// <summary>Why nobody attests it; null where somebody has, or may.</summary>
    public Undone? Undone { get; init; }

    /// <summary>What was said when it was accepted or returned.</summary>
    public string? DecisionText { get; init; }

    public bool Counts => Status is AllocationReportStatus.Attested or AllocationReportStatus.Accepted;
    /// <summary>Whether somebody may accept or return it: nobody does whose own hand is in it.</summary>
    public bool IsReviewedBy(PersonId person) => Status == AllocationReportStatus.Attested && PreparedBy != person && AttestedBy != person;

    /// <summary>A report has a year and no day: in statements it stands on the year's
    /// last day, or on that of its attestation when the year was not over.</summary>
    public LocalDate StandsOn => new LocalDate(Year, 12, 31) is var end && AttestedOn < end ? AttestedOn.Value : end;

    public Kronor Spent => Prepared.Lines.Sum(line => line.Amount);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        AllocationReportPrepared e =>
            it with { AllocationReports = it.AllocationReports.Add(new(e, AllocationReportStatus.Prepared, recorded.By, recorded.At,
            recorded.Sequence)) },
        AllocationReportAttested e =>
            With(Replaced(it, e.Number, recorded), e.Number,
            r => r with { Status = AllocationReportStatus.Attested, AttestedBy = recorded.By,
            AttestedOn = StockholmTime.DateOf(recorded.At) }, recorded),
        AllocationReportAccepted e =>
            With(it, e.Number, r => r with { Status = AllocationReportStatus.Accepted, DecidedBy = recorded.By, DecisionText = e.Comment,
            IsCost = e.IsCost is true }, recorded),
        AllocationReportReturned e =>
            With(it, e.Number, r => r with { Status = AllocationReportStatus.Returned, DecidedBy = recorded.By, DecisionText = e.Reason },
            recorded),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static Grant With(Grant it, int number, Func<AllocationReport, AllocationReport> change, Recorded recorded) =>
        it with { AllocationReports = it.AllocationReports.SetItem(number - 1,
            change(it.AllocationReports[number - 1]) with { Touched = recorded.Sequence }) };

    // What was returned stays returned, for all to see; only what counted is replaced.
    static Grant Replaced(Grant it, int by, Recorded recorded)
    {
        var newer = it.AllocationReports[by - 1];
        return it.AllocationReports.Where(r => r.Counts && (r.Party, r.Year) == (newer.Party, newer.Year))
            .Aggregate(it, (grant, older) => With(grant, older.Number, r => r with { Status = AllocationReportStatus.Replaced }, recorded));
    }

    /// <summary>What the same person has already prepared in the same words, and nobody has attested yet.</summary>
    public static AllocationReport? Same(Grant it, PrepareAllocationReport command, Actor by) =>
        Last(it, by.Party, command.Year) is { Status: AllocationReportStatus.Prepared } last && last.PreparedBy == by.Id
        && last.Prepared.Comment == Text(command.Comment) && last.Prepared.Lines.SequenceEqual(command.Lines) ? last : null;

    /// <summary>What stands against an act on the reports of a year, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Grant it, Act act, Subject of, Occasion on) => act switch
    {
        Act.PrepareAllocationReport =>
            it.Allocations.Exists(a => a.Made.Year == of.Number && a.Made.Parts.Any(part => part.Party == on.By.Party))
                ? null
                : new("nothing-allocated", ("key", on.By.Party), ("year", of.Number)),
        Act.AttestAllocationReport => AgainstAttesting(it, of.Number, on),
        Act.AcceptAllocationReport => AgainstDeciding(it, of.Number, on) ?? ReportLimits.Against(it, it.AllocationReports[of.Number - 1]),
        Act.ReturnAllocationReport => AgainstDeciding(it, of.Number, on),
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    // Four eyes, both of the party that reports; only its newest version is attested. Another party's draft does not exist.
    static Refused? AgainstAttesting(Grant it, int number, Occasion on) => it.AllocationReports.Find(number) switch
    {
        null => NoSuch(number),
        { AttestedBy: null, Party: var party } when party != on.By.Party => NoSuch(number),
        { Party: var party } when party != on.By.Party => new("report-of-other-party", RefusalKind.Forbidden, ("number", number)),
        { Undone: not null } => Preparations.Gone(PreparedKind.AllocationReport, number),
        { Status: AllocationReportStatus.Returned } returned => AlreadyDecided(returned),
        { PreparedBy: var by } when by == on.By.Id => new("own-allocation-report", RefusalKind.Forbidden),
        { AttestedBy: not null } => new("already-attested", ("number", number), ("status", "attested")),
        { } report => Last(it, report.Party, report.Year) is { } newest && newest.Number != number
            ? new("allocation-report-replaced", ("number", number), ("by", newest.Number))
            : null
    };

    // Nobody decides on what they have prepared or attested themselves.
    static Refused? AgainstDeciding(Grant it, int number, Occasion on) => it.AllocationReports.Find(number) switch
    {
        null or { AttestedBy: null } => NoSuch(number),
        { Status: AllocationReportStatus.Attested } report =>
            report.IsReviewedBy(on.By.Id) ? null : new("own-allocation-report", RefusalKind.Forbidden),
        { } other => AlreadyDecided(other)
    };

    static Refused AlreadyDecided(AllocationReport it) =>
        new("allocation-report-decided", ("number", it.Number), ("status", it.Status));

    static Refused? Against(Grant it, GrantCommand command, Occasion on) => Against(it, command.Act, command.Subject, on);

    internal static Decision Decide(Grant it, PrepareAllocationReport command, Occasion on)
    {
        if (Faults(it, command).ToList() is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        if (Against(it, command, on) is { } refused)
            return refused;
        if (Same(it, command, on.By) is not null)
            return new Nothing();
        var prepared = new AllocationReportPrepared(it.AllocationReports.Count + 1, on.By.Party, command.Year,
            it.AllocationReports.Count(r => (r.Party, r.Year) == (on.By.Party, command.Year)) + 1,
            command.Lines, Text(command.Comment));
        return !command.IsSure && Doubts(it, prepared, on).ToList() is { Count: > 0 } doubts ? Refused.Invalid(doubts) : prepared;
    }

    static IEnumerable<Fault> Doubts(Grant it, AllocationReportPrepared prepared, Occasion on)
    {
        if (ReportLimits.OfItsOwn(it, new(prepared, AllocationReportStatus.Prepared, on.By.Id, on.Now, 0)) is { } beyond)
            yield return new("/sure", beyond.Slug, [.. beyond.Values]);
        if (prepared.Year >= on.Today.Year)
            yield return new("/sure", "report-year-not-over", ("year", prepared.Year));
    }

    static IEnumerable<Fault> Faults(Grant it, PrepareAllocationReport command)
    {
        if (!DateRange.Holds(command.Year))
            yield return new("/year", "year-range", ("from", DateRange.FirstYear), ("to", DateRange.LastYear));
        if (Fault.OptionalText("/comment", command.Comment, 2000) is { } text)
            yield return text;
        if (command.Lines.Count > MostLines)
        {
            yield return new("/lines", "too-many", ("max", MostLines));
            yield break;
        }
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var line = command.Lines[i];
            if (!it.KnowsCategory(line.Category) && line.Category != CategoryMap.Unassigned)
                yield return new($"/lines/{i}/category", "category-unknown", ("category", line.Category));
            if (line.Amount.IsNegative)
                yield return new($"/lines/{i}/amount", "amount-negative");
            if (line.Appropriation is { } appropriation)
                foreach (var fault in GrantCheck.Faults(appropriation, $"/lines/{i}/appropriation"))
                    yield return fault;
            if (command.Lines.Take(i).Any(other => (other.Category, other.Appropriation) == (line.Category, line.Appropriation)))
                yield return new($"/lines/{i}", "report-line-twice", ("category", line.Category));
        }
    }

    internal static Decision Decide(Grant it, AttestAllocationReport command, Occasion on) =>
        it.AllocationReports.Find(command.Number) switch
    {
        { Status: not AllocationReportStatus.Returned, AttestedBy: { } by, Party: var party } when by == on.By.Id && party == on.By.Party =>
            new Nothing(),
        _ => Against(it, command, on) ?? (Decision)new AllocationReportAttested(command.Number)
    };

    internal static Decision Decide(Grant it, IReadOnlyList<Party> parties, AcceptAllocationReport command, Occasion on)
    {
        if (IsDecided(it, command.Number, AllocationReportStatus.Accepted, Text(command.Comment), on))
            return new Nothing();
        return Against(it, command, on) ?? Refused.OptionalText("/comment", command.Comment, 2000)
            ?? (Decision)new AllocationReportAccepted(command.Number, Text(command.Comment),
                AddsCosts(it, parties, it.AllocationReports.Find(command.Number)!) ? true : null);
    }

    // Of a grant that is paid, whoever handles the money has its own costs in the ledger that is imported.
    internal static bool AddsCosts(Grant it, IReadOnlyList<Party> parties, AllocationReport report) => !it.IsRightToCharge
        && parties.FirstOrDefault(party => party.Key == report.Party) is { } own && !Rights.Does(own, Duty.MoneyHandler, parties);

    internal static Decision Decide(Grant it, ReturnAllocationReport command, Occasion on)
    {
        if (IsDecided(it, command.Number, AllocationReportStatus.Returned, Text(command.Reason), on))
            return new Nothing();
        return Against(it, command, on) ?? Refused.Text("/reason", command.Reason, 2000)
            ?? (Decision)new AllocationReportReturned(command.Number, command.Reason.Trim());
    }

    static bool IsDecided(Grant it, int number, AllocationReportStatus wished, string? text, Occasion on) =>
        it.AllocationReports.Find(number) is { } done && (done.DecidedBy, done.Status, done.DecisionText) == (on.By.Id, wished, text);

    /// <summary>A party's newest version for a year, whatever has become of it.</summary>
    public static AllocationReport? Last(Grant it, string party, int year) =>
        it.AllocationReports.FindLast(r => r.Party == party && r.Year == year && r.Status != AllocationReportStatus.Withdrawn);

    static string? Text(string? written) => string.IsNullOrWhiteSpace(written) ? null : written.Trim();

    static Refused NoSuch(int number) => new("no-such-allocation-report", RefusalKind.NotFound, ("number", number));
}
