using System.Runtime.CompilerServices;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Formats.Tables;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Registry;

/// <summary>What a party registers of a day, over all its agreements.</summary>
public sealed class DailyRegistry(KeptOverviews overviews, Dossiers dossiers)
{
    const int AtOnce = 100;

    /// <summary>Whose register somebody keeps: of whoever registers documents for their party.</summary>
    public static bool IsKeptBy(Actor by) => Rights.MaySomewhere(by, Right.UploadDocument);

    /// <summary>In the order of their numbers.</summary>
    public async Task<OutOfMany<RegisteredRow>> On(LocalDate day, Actor by, CancellationToken cancellation)
    {
        var (rows, unread) = (new List<RegisteredRow>(), new List<string>());
        // What was registered of the day was recorded then or later.
        await foreach (var dossier in Of(by.Party, day, StockholmTime.EndOfDay(day.PlusDays(-1)), unread, cancellation))
            rows.AddRange(Overviews.Registry.Of(dossier, by.Party, by).Where(row => row.IsOf(day))
                .Select(row => new RegisteredRow(row, ReceiptView.Of(row, dossier.Agreement))));
        return new(rows, unread);
    }

    /// <summary>What of a party's documents may be disposed of on a day, by its periods; in the order of their numbers.</summary>
    public async Task<OutOfMany<Disposable>> Due(RetentionPlan plan, LocalDate day, Actor by, CancellationToken cancellation)
    {
        var (rows, unread) = (new List<Disposable>(), new List<string>());
        if (plan.Periods.Any(period => period.Years is not null))
            await foreach (var dossier in Of(plan.Party, day, null, unread, cancellation))
                rows.AddRange(Disposable.Of(dossier, plan, day, by));
        return new(rows, unread);
    }

    /// <summary>All dossiers of a party, in the order of their numbers.</summary>
    /// <param name="unread">Is given the diary numbers of those whose logs can't be read.</param>
    internal async IAsyncEnumerable<Dossier> Of(string party, LocalDate day, Instant? changedSince, List<string> unread,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lists = await overviews.Now(cancellation);
        for (var page = 1; ; page++)
        {
            var found = await lists.Portfolio(new(day, party, Drafts: true, null, null, null, page, AtOnce)
            {
                ChangedSince = changedSince, Order = PortfolioOrder.DiaryNumber
            }, cancellation);
            foreach (var item in found.Rows)
                if (await dossiers.ReadIfWhole(item.Row.Agreement, cancellation) is { } dossier)
                    yield return dossier;
                else
                    unread.Add(item.Row.DiaryNumber);
            if (page * AtOnce >= found.Total)
                yield break;
        }
    }

    /// <summary>As a sheet.</summary>
    public static Sheet Sheet(LocalDate day, OutOfMany<RegisteredRow> all, Language language) => new(
        language.Say("registry.heading"),
        [
            new(language.Say("registry.on"), ColumnKind.Date), new(language.Say("registry.diary"), ColumnKind.Text, 24),
            new(language.Say("registry.matter"), ColumnKind.Text, 60), new(language.Say("registry.direction"), ColumnKind.Text),
            new(language.Say("registry.counterpart"), ColumnKind.Text), new(language.Say("registry.kind"), ColumnKind.Text),
            new(language.Say("registry.title"), ColumnKind.Text, 60), new(language.Say("registry.documents"), ColumnKind.Text),
            new(language.Say("registry.secrecy"), ColumnKind.Text, 30), new(language.Say("registry.registered-on"), ColumnKind.Date),
            new(language.Say("registry.state"), ColumnKind.Text), new(language.Say("registry.receipts"), ColumnKind.Text, 60)
        ],
        [
            .. from it in all.Rows
               let row = it.Row
               select (IReadOnlyList<Cell>)[row.On, $"{row.Diary}", row.Matter, language.Word(row.Direction), row.Counterpart,
                   Kind(row, language), row.Title, string.Join(", ", row.Documents), Secrecy(row, language), row.RegisteredOn,
                   row.State is { } state ? language.Word(state) : "",
                   string.Join(' ', it.Receipts.Select(receipt => receipt.Said(language)))],
            .. from number in all.Unread
               select (IReadOnlyList<Cell>)[day, number, language.Say("registry.unread"), "", "", "", "", "", "", day, "", ""]
        ]);

    /// <summary>The sections of law by which anything is confidential, and the markings: provisions, day and authority.</summary>
    public static string Secrecy(RegistryRow row, Language language) => string.Join("; ", row.LegalGrounds.Concat(row.Markings.Select(it =>
        language.Say("registry.marked", ("number", it.Document), ("ground", it.LegalGround), ("date", it.On),
            ("authority", it.Authority)))));

    /// <summary>What it is: <c>Inlämning 2</c>.</summary>
    public static string Kind(RegistryRow row, Language language) =>
        (row.Version is { } version ? $"{language.Word(row.Kind)} {version}" : language.Word(row.Kind))
            + (row.Act is { } act ? ": " + language.Say($"registry.{(row.Kind == RegistryKind.Note ? "note" : "act")}-{act}") : "");
}

/// <summary>What was read out of many agreements.</summary>
/// <param name="Unread">Diary numbers of those whose logs can't be read: nothing of them is there.</param>
public sealed record OutOfMany<T>(IReadOnlyList<T> Rows, IReadOnlyList<string> Unread);

/// <summary>A row of a party's register, with the receipts of those who received what it sent or drew up.</summary>
public sealed record RegisteredRow(RegistryRow Row, IReadOnlyList<ReceiptView> Receipts);
