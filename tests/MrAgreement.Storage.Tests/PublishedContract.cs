using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Work;

namespace MrAgreement.Storage.Tests;

/// <summary>What the list of what everybody may read promises on every store.</summary>
public abstract class PublishedContract
{
    protected abstract IReadModels ReadModels { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_comes_back_as_it_was_put_the_latest_first_and_in_pages()
    {
        var (guide, gone, grant) = (Guide(1, 3, day: 1), Gone(1, 2, day: 2), Grant(1, day: 3));
        await Write((1, [guide, gone, grant]), (2, [Guide(2, 1, day: 4)]));

        Assert.Equal([Told(Guide(2, 1, day: 4)), Told(grant), Told(gone), Told(guide)], await Read(new(null, null, null, 1, 10)));
        Assert.Equal([Told(gone)], await Read(new(null, null, null, 3, 1), total: 4));
        Assert.Empty(await Read(new(null, null, null, 5, 1), total: 4));
        Assert.Equal([Told(grant), Told(gone), Told(guide)], await Read(new(null, Stored.Agreement(1), null, 1, 10)));
        Assert.Equal([Told(Guide(2, 1, day: 4)), Told(guide)], await Read(new(PublishedKind.Material, null, null, 1, 10)));
        Assert.Equal([Told(gone)], await Read(new(null, Stored.Agreement(1), 2, 1, 1)));
        Assert.Empty(await Read(new(null, Stored.Agreement(2), 3, 1, 1)));
        Assert.Empty(await Read(new(null, Stored.Agreement(3), null, 1, 10)));
    }

    [Fact]
    public async Task What_was_opened_in_the_same_moment_keeps_its_order()
    {
        await Write((1, [Guide(1, 9), Guide(1, 10), Guide(1, 2)]), (2, [Guide(2, 1)]));

        Assert.Equal(["10", "9", "2", "1"], (await ReadModels.Published(new(null, null, null, 1, 10), Cancellation)).Rows.Select(row => $"{row.Number}"));
    }

    [Fact]
    public async Task Written_anew_it_is_what_it_is_now_and_cleared_it_is_nothing()
    {
        await Write((1, [Guide(1, 1), Grant(1)]), (2, [Guide(2, 1)]));
        await Write((1, [Gone(1, 1)]));
        Assert.Equal([Told(Gone(1, 1))], await Read(new(null, Stored.Agreement(1), null, 1, 10)));
        Assert.Equal([Told(Guide(2, 1))], await Read(new(PublishedKind.Material, null, null, 1, 10)));

        await Write((2, []));
        Assert.Equal([Told(Gone(1, 1))], await Read(new(null, null, null, 1, 10)));
        await ReadModels.Clear(Cancellation);
        Assert.Empty(await Read(new(null, null, null, 1, 10)));
    }

    Task Write(params (int Agreement, IReadOnlyList<PublishedRow> Rows)[] rows) => ReadModels.Write(
        [.. rows.Select(it => new AgreementRows(1, Stored.Portfolio(it.Agreement), [], [], [], [], Published: it.Rows))], Cancellation);

    async Task<IEnumerable<string>> Read(PublishedQuery query, int? total = null)
    {
        var found = await ReadModels.Published(query, Cancellation);
        Assert.Equal(total ?? found.Rows.Count, found.Total);
        return found.Rows.Select(Told);
    }

    static string Told(PublishedRow row) => System.Text.Json.JsonSerializer.Serialize(row, Json.Options);

    static PublishedRow Guide(int agreement, int number, int day = 0) => new(Stored.Agreement(agreement), PublishedKind.Material, number, Day(day), Of(agreement),
        new($"Vägledning å '\" {number}", PublicationKind.Guide, Stored.Today, "sv-SE", [PublicationAudience.Officials], "SKR", null, new("a.pdf", "application/pdf", Sha256.Of([1, 2]), 2)));

    static PublishedRow Gone(int agreement, int number, int day = 0) => new(Stored.Agreement(agreement), PublishedKind.Gone, number, Day(day)) { IsErased = true };

    static PublishedRow Grant(int agreement, int day = 0) => new(Stored.Agreement(agreement), PublishedKind.Grant, 0, Day(day), Of(agreement),
        Grant: new(Kronor.Of(12_000_000), Stored.Today, new(Stored.Today, Stored.Today.PlusYears(3)), [new("Regeringen", null)], [new("SKR", Parties.OrganisationNumber.Parse("222000-0315"))]));

    static PublishedAgreement Of(int agreement) => new($"A{agreement}", "Avtal – å", ["SKR", "RK"]);

    static Instant Day(int day) => Stored.Time.Plus(Duration.FromDays(day));
}
