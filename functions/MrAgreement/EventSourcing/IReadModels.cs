using NodaTime;

namespace MrAgreement.EventSourcing;

/// <summary>The portfolio and the due index: projections of the logs that answer questions across agreements.</summary>
public interface IReadModels
{
    Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default);

    Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default);

    /// <summary>Puts one agreement's rows in the place of whatever was there; used to rebuild from the logs.</summary>
    Task Replace(PortfolioRow portfolio, IReadOnlyList<DueRow> due, CancellationToken cancellation = default);

    /// <summary>Forgets every row, before a rebuild.</summary>
    Task Clear(CancellationToken cancellation = default);
}

/// <summary>The rows that an append changes: the agreement's own, those of obligations that changed, and the keys of those that went.</summary>
public sealed record ReadModelChange(PortfolioRow Portfolio, IReadOnlyList<DueRow> Changed, IReadOnlyList<string> Gone);

/// <summary>One agreement in the portfolio; holds nothing that depends on today's date.</summary>
/// <param name="Status">draft, active, closed or terminated.</param>
/// <param name="Parties">The keys of its parties.</param>
/// <param name="Search">What a search looks in: folded text of diary number, title and parties' names.</param>
/// <param name="Summary">What the portfolio shows besides, as JSON of a shape that only the projection knows.</param>
public sealed record PortfolioRow(
    AgreementId Agreement, string DiaryNumber, string Title, string Status, IReadOnlyList<string> Parties, string Search, byte[] Summary);

/// <summary>One dated obligation in the due index; holds nothing that depends on today's date.</summary>
/// <param name="Status">waiting, open, submitted, returned, done or waived.</param>
/// <param name="Responsible">The keys of the parties that owe it.</param>
/// <param name="Recipient">The key of the party that it is owed to; null when nobody in particular.</param>
/// <param name="Parties">The keys of the agreement's parties: who may see the row.</param>
public sealed record DueRow(
    AgreementId Agreement, string Key, string Title, LocalDate DueOn, LocalDate EffectiveDueOn, string Status,
    IReadOnlyList<string> Responsible, string? Recipient, IReadOnlyList<string> Parties, string DiaryNumber);

/// <summary>An agreement in the portfolio as it stands on the query's day.</summary>
/// <param name="Next">The soonest dated obligation not submitted, done or waived, today or later; null when there is none.</param>
/// <param name="OverdueCount">Obligations past their effective date and not submitted, done or waived.</param>
public sealed record PortfolioItem(PortfolioRow Row, DueRow? Next, int OverdueCount);

/// <param name="Party">Only agreements with this party; null for all.</param>
/// <param name="Viewer">Only agreements that this party is a party to; null for one who sees every agreement.</param>
/// <param name="Drafts">Whether drafts are shown.</param>
/// <param name="Search">Folded words that must all occur; null or empty for no search.</param>
/// <param name="Page">From 1.</param>
public sealed record PortfolioQuery(LocalDate Today, string? Viewer, bool Drafts, string? Status, string? Party, string? Search, int Page, int Limit);

/// <param name="From">First effective date, inclusive.</param>
/// <param name="To">Last effective date, inclusive.</param>
/// <param name="Party">Only what this party owes or is owed.</param>
/// <param name="Status">A status of obligations, or <c>overdue</c>.</param>
public sealed record DeadlineQuery(
    LocalDate Today, string? Viewer, LocalDate? From, LocalDate? To, string? Party, string? Status, AgreementId? Agreement, int Page, int Limit);

/// <summary>One page of rows and how many there are in all.</summary>
public sealed record RowPage<T>(IReadOnlyList<T> Rows, int Total);
