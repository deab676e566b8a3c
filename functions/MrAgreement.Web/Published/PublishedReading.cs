using MrAgreement.Overviews;
using MrAgreement.Running;

namespace MrAgreement.Web.Published;

/// <summary>What everybody may read, out of the lists alone: no log is read for anybody who has not signed in, and what is not open is
/// not there to be found.</summary>
public sealed class PublishedReading(KeptOverviews overviews)
{
    /// <summary>More than this is in the list's further pages.</summary>
    public const int MostInFiles = 5000;

    internal Task<RowPage<PublishedRow>> Page(AgreementId? agreement, int page, int limit, CancellationToken cancellation) =>
        overviews.Published(new(PublishedKind.Material, agreement, null, page, limit), cancellation);

    /// <summary>One of them, or the sign that it is gone; null where there is none, and where there is one that nobody has opened.
    /// </summary>
    internal async Task<PublishedRow?> One(AgreementId agreement, int number, CancellationToken cancellation) => number < 1 ? null
        : (await overviews.Published(new(null, agreement, number, 1, 1), cancellation)).Rows is [var row] ? row : null;

    internal async Task<IReadOnlyList<PublishedRow>> All(PublishedKind kind, int most, CancellationToken cancellation) =>
        (await overviews.Published(new(kind, null, null, 1, most), cancellation)).Rows;
}
