using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

/// <summary>Lists whose rows are what a projection writes: where one is not, somebody has written there past the program, and they are
/// made anew before anybody is answered.</summary>
/// <param name="anew">Makes them anew; null where that was done a short while ago.</param>
sealed class CheckedLists(ILists lists, Func<Exception, CancellationToken, Task<ILists?>> anew) : ILists
{
    // Far more than all agreements come to, and far less than overflows in any sum.
    static readonly long most = Kronor.Max.Öre * 100;

    static readonly HashSet<string> statuses = [.. Enum.GetValues<AgreementStatus>().Select(it => Json.NameOf(it))];
    static readonly HashSet<string> obligations = [.. Enum.GetValues<ObligationStatus>().Select(it => Json.NameOf(it))];

    ILists lists = lists;

    public Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default) =>
        Checked(it => it.Portfolio(query, cancellation), page => page.Rows.All(Holds), cancellation);

    public Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default) =>
        Checked(it => it.Deadlines(query, cancellation), page => page.Rows.All(Holds), cancellation);

    public Task<IReadOnlyList<WorkItem>> WorkItems(WorkItemQuery query, CancellationToken cancellation = default) =>
        Checked(it => it.WorkItems(query, cancellation), rows => rows.All(Holds), cancellation);

    public Task<MoneyList> Money(MoneyQuery query, CancellationToken cancellation = default) =>
        Checked(it => it.Money(query, cancellation), list => Holds(list.Left) && list.Rows.All(Holds), cancellation);

    public Task<AppropriationList> Appropriations(AppropriationQuery query, CancellationToken cancellation = default) =>
        Checked(it => it.Appropriations(query, cancellation), list => Holds(list.Sums)
            && list.Rows.All(row => Holds(row.Sums)), cancellation);

    public Task<RowPage<PublishedRow>> Published(PublishedQuery query, CancellationToken cancellation = default) =>
        Checked(it => it.Published(query, cancellation), page => page.Rows.All(Holds), cancellation);

    public Task<IReadOnlyList<string>> Parties(string? viewer, CancellationToken cancellation = default) =>
        Checked(it => it.Parties(viewer, cancellation), _ => true, cancellation);

    async Task<T> Checked<T>(Func<ILists, Task<T>> ask, Func<T, bool> holds, CancellationToken cancellation)
    {
        try
        {
            return await Read(ask, holds);
        }
        catch (UnreadableRowException e)
        {
            if (await anew(e, cancellation) is not { } fresh)
                throw;
            lists = fresh;
            return await Read(ask, holds);
        }
    }

    async Task<T> Read<T>(Func<ILists, Task<T>> ask, Func<T, bool> holds)
    {
        try
        {
            var found = await ask(lists);
            return holds(found) ? found : throw new FormatException("No projection has written it.");
        }
        catch (Exception e) when (UnreadableRowException.Is(e))
        {
            throw new UnreadableRowException($"A row of the lists can't be read: {e.Message}", e);
        }
    }

    static bool Holds(PortfolioItem it) => statuses.Contains(it.Row.Status) && DiaryNumber.TryParse(it.Row.DiaryNumber, null, out _)
        && Holds(it.Row.Remaining) && IsMoment(it.Row.ChangedAt)
        && Holds(it.Next) && Holds(it.Late) && Projection.Summary(it.Row) is { Parties: { } parties } summary
        && Holds(summary.Period.From) && Holds(summary.Period.To) && parties.All(party => party?.Key is not null && party.Name is not null)
        && Holds(summary.TerminatesOn);

    static bool Holds(DueRow? it) => it is null || obligations.Contains(it.Status) && Holds(it.DueOn) && Holds(it.EffectiveDueOn)
        && Holds(it.TakesPlaceOn);

    // From the calendar's first day on waits what always has.
    static bool Holds(WorkItem it) => Holds(it.DueOn) && Holds(it.Amount);

    static bool Holds(MoneyRow it) => it is { DiaryNumber: not null, Title: not null, SeenBy: not null, Party: not null }
        && Holds(it.Amount) && Holds(it.Left) && Holds(it.OnItsWay) && Holds(it.DueOn) && Holds(it.Waiting);

    static bool Holds(AppropriationSums it) => Holds(it.Decided) && Holds(it.Conditional) && Holds(it.Requisitioned) && Holds(it.Paid)
        && Holds(it.Used) && Holds(it.Returned);

    static bool Holds(PublishedRow it) => IsMoment(it.At) && it switch
    {
        { Kind: PublishedKind.Gone } => true,
        { Of: not { DiaryNumber: not null, Title: not null, Parties: not null } } => false,
        { Kind: PublishedKind.Material, Material: { Title: not null, Language: not null, Audience: not null, Party: not null } told } =>
            Holds(told.On) && told.File is null != (told.Address is null) && told.File is not { Name: null } and not { MediaType: null },
        { Kind: PublishedKind.Grant, Grant: { Period: not null, Funders: not null, Recipients: not null } grant } => Holds(grant.Amount)
            && Holds(grant.AwardedOn),
        _ => false
    };

    static bool Holds(LocalDate? date) => date is not { Year: < 1000 or > 9000 };

    static bool Holds(Kronor? amount) => amount is not { } it || it.Öre >= -most && it.Öre <= most;

    static bool IsMoment(Instant at) => at.InUtc().Year is > 1000 and < 9000;
}
