using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>The portfolio, the due index and what waits for whom: answers across agreements.</summary>
public interface ILists
{
    Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default);

    Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default);

    /// <summary>What waits for somebody in all agreements, the soonest date first and what has
    /// none last. They are not counted: they may be very many, and few are asked for.</summary>
    Task<IReadOnlyList<WorkItem>> WorkItems(WorkItemQuery query, CancellationToken cancellation = default);

    /// <summary>What is to be paid, or is to come back, in all agreements: by day, and what has none last.</summary>
    Task<MoneyList> Money(MoneyQuery query, CancellationToken cancellation = default);

    /// <summary>Money by appropriation and year in all agreements that somebody sees.</summary>
    Task<AppropriationList> Appropriations(AppropriationQuery query, CancellationToken cancellation = default);

    /// <summary>What everybody may read of all agreements, or of one, the latest first.</summary>
    Task<RowPage<PublishedRow>> Published(PublishedQuery query, CancellationToken cancellation = default);

    /// <summary>The keys of the parties to the agreements that a viewer sees (null: to all), in order.</summary>
    Task<IReadOnlyList<string>> Parties(string? viewer, CancellationToken cancellation = default);
}

/// <summary>The lists as projections of the logs.</summary>
public interface IReadModels : ILists
{
    /// <summary>The lists with whatever was written before the call:
    /// whoever asks for several need not look for news between them.</summary>
    Task<ILists> Latest(CancellationToken cancellation = default);

    /// <summary>What can be found in all agreements, kind by kind in the order that is asked for.</summary>
    Task<IReadOnlyList<SearchGroup>> Search(SearchQuery query, CancellationToken cancellation = default);

    /// <summary>The agreements whose log has events that their rows do not show yet.</summary>
    Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default);

    /// <summary>Whether one agreement is among them.</summary>
    Task<bool> IsBehind(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>Puts agreements' rows in the place of whatever was there, and notes how much of each log they show.</summary>
    /// <exception cref="StoreBusyException">Too much is waiting to be written; nothing was written. Try again shortly.</exception>
    /// <exception cref="StoreUnavailableException">The store could not write (a full disk, say); nothing was written.</exception>
    Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation = default);

    /// <summary>Forgets every row, so that every agreement is behind.</summary>
    Task Clear(CancellationToken cancellation = default);
}

/// <summary>All the rows of one agreement.</summary>
/// <param name="Sequence">The last event of its log that they show.</param>
/// <param name="Money">Null in rows that an older version of the program has written.</param>
/// <param name="Appropriations">Likewise.</param>
/// <param name="Search">What can be found of it; null to leave what there is.</param>
/// <param name="Published">Null in rows that an older version of the program has written.</param>
public sealed record AgreementRows(long Sequence, PortfolioRow Portfolio, IReadOnlyList<DueRow> Due, IReadOnlyList<WorkItem> WorkItems,
    IReadOnlyList<MoneyRow>? Money = null, IReadOnlyList<AppropriationRow>? Appropriations = null, IReadOnlyList<SearchRow>? Search = null,
    IReadOnlyList<PublishedRow>? Published = null);

/// <summary>One agreement in the portfolio; holds nothing that depends on today's date.</summary>
/// <param name="Status">draft, active, closed or terminated.</param>
/// <param name="Parties">The keys of its parties.</param>
/// <param name="Search">What a search looks in: folded text of diary number, title and parties' names.</param>
/// <param name="TitleOrder">The title in letters whose order is that of the Swedish alphabet.</param>
/// <param name="Remaining">What is left of what was received.</param>
/// <param name="ChangedAt">Recorded time of the last event that was not a reminder.</param>
/// <param name="Summary">What the portfolio shows besides, as JSON of a shape that only the projection knows.</param>
public sealed record PortfolioRow(
    AgreementId Agreement, string DiaryNumber, string Title, string Status, IReadOnlyList<string> Parties, string Search, string TitleOrder,
    Kronor Remaining,
    Instant ChangedAt, byte[] Summary);

/// <summary>One dated obligation in the due index; holds nothing that depends on today's date.</summary>
/// <param name="Status">waiting, open, submitted, returned, done or waived.</param>
/// <param name="Responsible">The keys of the parties that owe it.</param>
/// <param name="Recipient">The key of the party that it is owed to; null when nobody in particular.</param>
/// <param name="Parties">The keys of the agreement's parties: who may see the row.</param>
/// <param name="TakesPlaceOn">The day that the parties have set, where it is another than the effective date.</param>
public sealed record DueRow(
    AgreementId Agreement, string Key, string Title, LocalDate DueOn, LocalDate EffectiveDueOn, string Status,
    IReadOnlyList<string> Responsible, string? Recipient, IReadOnlyList<string> Parties, string DiaryNumber,
    LocalDate? TakesPlaceOn = null)
{
    /// <summary>Past its effective date, and not submitted, done or waived.</summary>
    public bool IsLate(LocalDate today) => EffectiveDueOn < today && Status is ("waiting" or "open" or "returned");
}

/// <summary>Something that waits for the people of one role in one party:
/// it is their turn. Holds nothing that depends on today's date.</summary>
/// <param name="Work">What is to be done.</param>
/// <param name="Subject">What it is done with: key of an obligation, number of a requisition and the like, id of an import.</param>
/// <param name="Title">What people call the subject.</param>
/// <param name="Note">Why it came back, who owes it, or what should be done before it; null when there is nothing to say.</param>
/// <param name="From">The first day on which it waits.</param>
/// <param name="DueOn">The effective date, or the day on which it takes place; null when there is none.</param>
/// <param name="NotBy">The one who can't do it, having prepared it; null for nobody.</param>
/// <param name="Amount">Of the subject; null when it is not about one.</param>
public sealed record WorkItem(
    AgreementId Agreement, string DiaryNumber, string Party, Role Role, WorkKind Work, string Subject, string Title, string? Note,
    LocalDate From, LocalDate? DueOn, PersonId? NotBy, Kronor? Amount = null)
{
    public bool IsFor(Actor by, LocalDate today) => (Party, Role) == (by.Party, by.Role) && From <= today && NotBy != by.Id;
}

/// <param name="By">For whom it waits.</param>
/// <param name="Skip">How many of the first to pass over.</param>
public sealed record WorkItemQuery(Actor By, LocalDate Today, int Skip, int Limit);

/// <summary>An agreement in the portfolio as it stands on the query's day.</summary>
/// <param name="Next">The soonest dated obligation not submitted, done or waived, today or later; null when there is none.</param>
/// <param name="Late">Of the obligations that are overdue, the one that has been so for longest; null when none is.</param>
/// <param name="OverdueCount">Obligations past their effective date and not submitted, done or waived.</param>
public sealed record PortfolioItem(PortfolioRow Row, DueRow? Next, DueRow? Late, int OverdueCount);

/// <summary>In which order agreements come; the diary number decides between equals.</summary>
public enum PortfolioOrder
{
    /// <summary>The soonest deadline to come first.</summary>
    NextDeadline,

    /// <summary>What has been overdue for longest first.</summary>
    Overdue,

    DiaryNumber,
    Title,

    /// <summary>Most money left first.</summary>
    Remaining,

    /// <summary>The latest change first.</summary>
    Changed
}

/// <param name="Party">Only agreements with this party; null for all.</param>
/// <param name="Viewer">Only agreements that this party is a party to; null for one who sees every agreement.</param>
/// <param name="Drafts">Whether drafts are shown.</param>
/// <param name="Search">Folded words that must all occur; null or empty for no search.</param>
/// <param name="Page">From 1.</param>
public sealed record PortfolioQuery(LocalDate Today, string? Viewer, bool Drafts, string? Status, string? Party, string? Search, int Page,
    int Limit)
{
    public PortfolioOrder Order { get; init; }

    /// <summary>Only agreements with something overdue.</summary>
    public bool OverdueOnly { get; init; }

    /// <summary>Only agreements that have changed since (inclusive); null for all.</summary>
    public Instant? ChangedSince { get; init; }
}

/// <param name="From">First effective date, inclusive.</param>
/// <param name="To">Last effective date, inclusive.</param>
/// <param name="Party">Only what this party owes or is owed.</param>
/// <param name="Status">A status of obligations, or <c>overdue</c>.</param>
public sealed record DeadlineQuery(
    LocalDate Today, string? Viewer, LocalDate? From, LocalDate? To, string? Party, string? Status, AgreementId? Agreement, int Page,
    int Limit)
{
    /// <summary>Only what has not been submitted, done or waived.</summary>
    public bool OutstandingOnly { get; init; }

    /// <summary>Only what this party owes, alone or with others; null for all.</summary>
    public string? Responsible { get; init; }
}

/// <summary>One page of rows and how many there are in all.</summary>
public sealed record RowPage<T>(IReadOnlyList<T> Rows, int Total);
