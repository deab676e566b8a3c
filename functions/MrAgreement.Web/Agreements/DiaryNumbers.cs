using System.Globalization;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Web.Agreements;

/// <summary>Which diary numbers agreements have: two may have the same, but seldom are meant to.</summary>
sealed class DiaryNumbers(KeptOverviews overviews, IClock clock)
{
    const int PageSize = 100;

    /// <summary>What to ask whoever gives an agreement a number that another has; null when none has.
    /// Which one it is hears only who may know of it.</summary>
    public async Task<Refused?> InUse(DiaryNumber number, AgreementId except, Actor by, CancellationToken cancellation)
    {
        var asked = new Refused("diary-number-in-use", ("number", $"{number}")).NotSo();
        var today = StockholmTime.DateOf(clock.GetCurrentInstant());
        // The same number may be written in more than one way; the serial stands in all of them.
        var search = number.Serial is { } serial ? serial.ToString(CultureInfo.InvariantCulture) : Projection.Folded($"{number}");
        RowPage<PortfolioItem> found;
        var (page, isUsed) = (1, false);
        do
        {
            found = await overviews.Portfolio(new(today, null, true, null, null, search, page, PageSize), cancellation);
            foreach (var row in found.Rows.Select(item => item.Row)
                .Where(row => row.Agreement != except && DiaryNumber.Parse(row.DiaryNumber) == number))
            {
                isUsed = true;
                if (by.SeesEveryAgreement || row.Parties.Contains(by.Party))
                    return asked with { Faults = [new("/diaryNumber", "diary-number-of", ("title", row.Title),
                        ("agreement", $"{row.Agreement}"))] };
            }
        } while (page++ * PageSize < found.Total);
        return isUsed ? asked : null;
    }
}
